//! The passages that count as moves.

use super::Passage;

/// The passages that count as moves besides those that are neither denied nor hypothetical.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Counted {
    /// True if denied passages count.
    pub denied: bool,
    /// True if hypothetical passages count.
    pub hypothetical: bool,
}

impl Counted {
    /// True if a passage counts as a move.
    pub fn counts(self, passage: &Passage) -> bool {
        (self.denied || !passage.is_denied) && (self.hypothetical || !passage.is_hypothetical)
    }
}
