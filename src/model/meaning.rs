//! What the analysis takes an attribute to mean.

use smol_str::SmolStr;

use super::AttributeId;

/// What the values of an attribute say about a move. [`AttributeDef::means`](super::AttributeDef::means) lists them.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Meaning {
    /// Who makes the move.
    Actor,
    /// To whom it is addressed.
    Target,
    /// What it is about.
    Issue,
    /// The person who speaks, if named.
    Speaker,
    /// Yes if the move depends on something.
    Conditional,
    /// Yes if the text says that the move was not made.
    Negated,
    /// This value says that the move is only imagined.
    Hypothetical(SmolStr),
    /// This value says that the text reports an earlier move.
    Past(SmolStr),
    /// When the move was made.
    When,
    /// A number that the mover puts forward, such as a price.
    Position,
}

impl Meaning {
    /// The meanings that an attribute has by its id if its codebook gives none: `actor` … `when`, and `time` with the
    /// values `hypothetical` and `past`. A position has to be declared.
    pub fn by_id(id: &AttributeId) -> Vec<Self> {
        match id.as_str() {
            "actor" => vec![Self::Actor],
            "target" => vec![Self::Target],
            "issue" => vec![Self::Issue],
            "speaker" => vec![Self::Speaker],
            "conditional" => vec![Self::Conditional],
            "negated" => vec![Self::Negated],
            "time" => vec![Self::Hypothetical("hypothetical".into()), Self::Past("past".into())],
            "when" => vec![Self::When],
            _ => Vec::new(),
        }
    }

    /// All meanings, those of a value with an empty one.
    pub const ALL: [Self; 10] = [
        Self::Actor,
        Self::Target,
        Self::Issue,
        Self::Speaker,
        Self::Conditional,
        Self::Negated,
        Self::Hypothetical(SmolStr::new_static("")),
        Self::Past(SmolStr::new_static("")),
        Self::When,
        Self::Position,
    ];

    /// The value that has the meaning, if only one of an attribute's values has it.
    pub fn value(&self) -> Option<&SmolStr> {
        match self {
            Self::Hypothetical(value) | Self::Past(value) => Some(value),
            Self::Actor
            | Self::Target
            | Self::Issue
            | Self::Speaker
            | Self::Conditional
            | Self::Negated
            | Self::When
            | Self::Position => None,
        }
    }

    /// True if two meanings are the same, whatever their values.
    pub fn is_same(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}
