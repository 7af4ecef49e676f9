//! What the review queue shows.

use std::collections::HashMap;

use demarche_model::{AnnotatorId, CategoryId, DocumentId, SpanRef};

/// Which spans come into the queue. What is `None` does not matter.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ReviewFilter {
    /// Whose spans; for `None` everybody else's, but not those of the consensus.
    pub annotator: Option<AnnotatorId>,
    /// Of which category.
    pub category: Option<CategoryId>,
    /// In which document.
    pub document: Option<DocumentId>,
    /// How far the review of them is.
    pub state: ReviewState,
}

/// How far the review of a span is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum ReviewState {
    /// The user has not decided, or the span was changed since.
    #[default]
    Undecided,
    /// Somebody disputes it or proposes a change that was not taken over.
    Disputed,
    /// The one who tagged it has answered the user.
    Answered,
    /// The user has decided.
    Decided,
    /// All of them.
    All,
}

impl ReviewState {
    /// All states, in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Undecided, Self::Disputed, Self::Answered, Self::Decided, Self::All];

    /// Its name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Undecided => "undecided",
            Self::Disputed => "disputed",
            Self::Answered => "with an answer",
            Self::Decided => "decided by me",
            Self::All => "all",
        }
    }
}

/// Where spans of a document stand among those of it that are in the queue.
pub(super) type Places = HashMap<SpanRef, usize>;
