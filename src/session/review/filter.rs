//! The filter of the review queue.

use std::collections::HashMap;

use demarche_analysis::random::scramble;
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
    /// A random sample of what is left; all of it if `None`.
    pub sample: Option<ReviewSample>,
}

/// A random sample of the queue. One seed draws the same passages again, as long as they are in the queue.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ReviewSample {
    /// Number of entries.
    pub size: usize,
    /// The seed.
    pub seed: u64,
}

impl ReviewSample {
    /// The highest rank that is drawn; `None` if the sample is at least as large as the queue.
    pub(super) fn limit<'a>(self, groups: impl Iterator<Item = &'a Group>) -> Option<u64> {
        let mut ranks: Vec<u64> = groups.map(|group| self.rank(group)).collect();
        let last = self.size.max(1) - 1;
        (last + 1 < ranks.len()).then(|| *ranks.select_nth_unstable(last).1)
    }

    /// The rank of an entry, which depends on its spans and the seed alone.
    pub(super) fn rank(self, group: &Group) -> u64 {
        let id = group.iter().map(|at| at.span.0.as_u128()).min().unwrap_or_default();
        let (high, low) = ((id >> 64) as u64, id as u64);
        scramble(scramble(scramble(self.seed) ^ high) ^ low)
    }
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

/// An entry of the queue: a span, and those of others that are the same reading, which are reviewed together.
pub(super) type Group = Vec<SpanRef>;

/// Positions of spans among the entries of their document in the queue. Spans that are the same reading share one.
pub(super) type Positions = HashMap<SpanRef, usize>;
