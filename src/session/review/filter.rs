//! The filter of the review queue.

use std::collections::HashMap;

use demarche_model::{AnnotatorId, CategoryId, DocumentId, SpanRef};

/// A filter for the queue. A field that is `None` matches everything.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ReviewFilter {
    /// The annotator; `None` for everyone but the user and the consensus.
    pub annotator: Option<AnnotatorId>,
    /// The category.
    pub category: Option<CategoryId>,
    /// The document.
    pub document: Option<DocumentId>,
    /// The state of their review.
    pub state: ReviewState,
}

/// A state of the review of a span, or all of them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum ReviewState {
    /// The user has not decided, or the span has changed since.
    #[default]
    Undecided,
    /// A reviewer disputes it, or proposes a change that has not been applied.
    Disputed,
    /// Its annotator has answered the user.
    Answered,
    /// The user has decided.
    Decided,
    /// Any state.
    All,
}

impl ReviewState {
    /// All states, in the order of the menu.
    pub const ALL: [Self; 5] = [Self::Undecided, Self::Disputed, Self::Answered, Self::Decided, Self::All];
}

/// Positions of spans among those of their document that are in the queue.
pub(super) type Positions = HashMap<SpanRef, usize>;
