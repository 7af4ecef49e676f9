//! Scores of views.

use super::Look;
use crate::bargain::{PassageIndex, Score};

impl Look<'_> {
    /// The score of some moves. Conditions and recommendations do not count.
    pub fn score(&self, moves: impl Iterator<Item = PassageIndex>) -> Score {
        self.weights.score(moves.map(|index| (index, self.get(index))))
    }
}

/// The sum of a score; `None` if no move has a weight.
pub(super) fn sum(score: &Score) -> Option<f64> {
    (!score.weighted.is_empty()).then_some(score.sum)
}
