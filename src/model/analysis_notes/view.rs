//! Saved views: the settings of the Analyse screen under a name.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use crate::{CategoryId, ViewId};

/// A saved view. Settings that are `None` have the value with which the view starts.
///
/// What can be rows, columns, a measure, a scale, a bin or a chip depends on the view, so these are kept as the codes that
/// the command line uses for them.
#[derive(Clone, PartialEq, Debug)]
pub struct SavedView {
    /// Its id.
    pub id: ViewId,
    /// Its name.
    pub name: String,
    /// The filter as text; empty for everything.
    pub filter: String,
    /// The view that it opens.
    pub kind: ViewKind,
    /// The rows, such as `actor`.
    pub rows: Option<SmolStr>,
    /// The columns, such as `issue`.
    pub columns: Option<SmolStr>,
    /// The measure, such as `moves`.
    pub measure: Option<SmolStr>,
    /// The scale of conflict and cooperation, such as `goldstein`.
    pub scale: Option<SmolStr>,
    /// The weights of categories that differ from those of the scale.
    pub weights: BTreeMap<CategoryId, f64>,
    /// The bin of time, such as `document`.
    pub bin: Option<SmolStr>,
    /// The chips that are not as they start, such as `collectives`: `members`.
    pub chips: BTreeMap<SmolStr, SmolStr>,
    /// The places of actors that were dragged in the network.
    pub nodes: BTreeMap<String, NodePlace>,
}

/// The place of a node in a figure: parts of its width and height, from the top left corner.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct NodePlace {
    /// Part of the width.
    pub x: f64,
    /// Part of the height.
    pub y: f64,
}

/// A view of the Analyse screen.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum ViewKind {
    /// Overview matrix.
    #[default]
    Matrix,
    /// Demands and offers.
    Asks,
    /// Figures per actor.
    Actors,
    /// Volume and tone over time.
    Time,
    /// Interactions: who addresses whom.
    Towards,
    /// Places within documents.
    Codeline,
    /// Movement on issues.
    Movement,
    /// Co-occurrence.
    Together,
    /// Sequences.
    Follows,
}

impl ViewKind {
    /// All views, in the order of the screen.
    pub const ALL: [Self; 9] = [
        Self::Matrix,
        Self::Asks,
        Self::Actors,
        Self::Time,
        Self::Towards,
        Self::Codeline,
        Self::Movement,
        Self::Together,
        Self::Follows,
    ];

    /// The code of the view in files and on the command line.
    pub fn code(self) -> &'static str {
        match self {
            Self::Matrix => "matrix",
            Self::Asks => "asks",
            Self::Actors => "actors",
            Self::Time => "time",
            Self::Towards => "towards",
            Self::Codeline => "codeline",
            Self::Movement => "movement",
            Self::Together => "together",
            Self::Follows => "follows",
        }
    }

    /// The view with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

impl SavedView {
    /// A view as it starts, under a name.
    pub fn new(id: ViewId, name: impl Into<String>, kind: ViewKind) -> Self {
        Self {
            id,
            name: name.into(),
            filter: String::new(),
            kind,
            rows: None,
            columns: None,
            measure: None,
            scale: None,
            weights: BTreeMap::new(),
            bin: None,
            chips: BTreeMap::new(),
            nodes: BTreeMap::new(),
        }
    }

    /// True if all weights and places are numbers, not infinite or undefined.
    pub fn is_finite(&self) -> bool {
        let mut places = self.nodes.values();
        self.weights.values().all(|weight| weight.is_finite())
            && places.all(|place| place.x.is_finite() && place.y.is_finite())
    }
}
