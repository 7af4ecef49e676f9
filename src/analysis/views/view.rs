//! All views, for what treats them alike.

use super::{
    ActorsView, Answer, AsksOptions, AsksView, CodelineOptions, CodelineView, FollowsOptions, FollowsView,
    Look, MatrixOptions, MatrixView, MovementView, TimeOptions, TimeView, TogetherOptions, TogetherView,
    TowardsOptions, TowardsView,
};
use demarche_model::ViewKind;

/// What a view is asked.
#[derive(Clone, PartialEq, Debug)]
pub enum ViewOptions {
    /// The overview matrix.
    Matrix(MatrixOptions),
    /// Demands and offers.
    Asks(AsksOptions),
    /// The figures of each actor.
    Actors,
    /// Over time.
    Time(TimeOptions),
    /// Interactions.
    Towards(TowardsOptions),
    /// Within documents.
    Codeline(CodelineOptions),
    /// Movement.
    Movement,
    /// Co-occurrence.
    Together(TogetherOptions),
    /// Sequences.
    Follows(FollowsOptions),
}

impl ViewOptions {
    /// What a view is asked at the start.
    pub fn start(kind: ViewKind) -> Self {
        match kind {
            ViewKind::Matrix => Self::Matrix(MatrixOptions::default()),
            ViewKind::Asks => Self::Asks(AsksOptions::default()),
            ViewKind::Actors => Self::Actors,
            ViewKind::Time => Self::Time(TimeOptions::default()),
            ViewKind::Towards => Self::Towards(TowardsOptions::default()),
            ViewKind::Codeline => Self::Codeline(CodelineOptions::default()),
            ViewKind::Movement => Self::Movement,
            ViewKind::Together => Self::Together(TogetherOptions::default()),
            ViewKind::Follows => Self::Follows(FollowsOptions::default()),
        }
    }

    /// The kind of the view.
    pub fn kind(&self) -> ViewKind {
        match self {
            Self::Matrix(_) => ViewKind::Matrix,
            Self::Asks(_) => ViewKind::Asks,
            Self::Actors => ViewKind::Actors,
            Self::Time(_) => ViewKind::Time,
            Self::Towards(_) => ViewKind::Towards,
            Self::Codeline(_) => ViewKind::Codeline,
            Self::Movement => ViewKind::Movement,
            Self::Together(_) => ViewKind::Together,
            Self::Follows(_) => ViewKind::Follows,
        }
    }
}

/// A view with its numbers.
#[derive(Clone, PartialEq, Debug)]
pub enum View {
    /// The overview matrix.
    Matrix(MatrixView),
    /// Demands and offers.
    Asks(AsksView),
    /// The figures of each actor.
    Actors(ActorsView),
    /// Over time.
    Time(TimeView),
    /// Interactions.
    Towards(TowardsView),
    /// Within documents.
    Codeline(CodelineView),
    /// Movement.
    Movement(MovementView),
    /// Co-occurrence.
    Together(TogetherView),
    /// Sequences.
    Follows(FollowsView),
}

impl View {
    /// Computes a view.
    pub fn of(look: &Look<'_>, options: ViewOptions) -> Self {
        match options {
            ViewOptions::Matrix(options) => Self::Matrix(MatrixView::of(look, options)),
            ViewOptions::Asks(options) => Self::Asks(AsksView::of(look, options)),
            ViewOptions::Actors => Self::Actors(ActorsView::of(look)),
            ViewOptions::Time(options) => Self::Time(TimeView::of(look, options)),
            ViewOptions::Towards(options) => Self::Towards(TowardsView::of(look, options)),
            ViewOptions::Codeline(options) => Self::Codeline(CodelineView::of(look, options)),
            ViewOptions::Movement => Self::Movement(MovementView::of(look)),
            ViewOptions::Together(options) => Self::Together(TogetherView::of(look, options)),
            ViewOptions::Follows(options) => Self::Follows(FollowsView::of(look, options)),
        }
    }

    /// What it says.
    pub fn answer(&self) -> &Answer {
        match self {
            Self::Matrix(view) => view.answer(),
            Self::Asks(view) => view.answer(),
            Self::Actors(view) => view.answer(),
            Self::Time(view) => view.answer(),
            Self::Towards(view) => view.answer(),
            Self::Codeline(view) => view.answer(),
            Self::Movement(view) => view.answer(),
            Self::Together(view) => view.answer(),
            Self::Follows(view) => view.answer(),
        }
    }

    /// Its kind.
    pub fn kind(&self) -> ViewKind {
        match self {
            Self::Matrix(_) => ViewKind::Matrix,
            Self::Asks(_) => ViewKind::Asks,
            Self::Actors(_) => ViewKind::Actors,
            Self::Time(_) => ViewKind::Time,
            Self::Towards(_) => ViewKind::Towards,
            Self::Codeline(_) => ViewKind::Codeline,
            Self::Movement(_) => ViewKind::Movement,
            Self::Together(_) => ViewKind::Together,
            Self::Follows(_) => ViewKind::Follows,
        }
    }
}
