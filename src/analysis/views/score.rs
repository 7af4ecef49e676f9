//! Scores: the weights of moves, added up.

use super::Look;
use crate::bargain::{PassageIndex, Score};

impl Look<'_> {
    /// The score of some moves. Conditions and recommendations do not count.
    pub fn score(&self, moves: impl Iterator<Item = PassageIndex>) -> Score {
        let mut sum = 0.0;
        let (mut weighted, mut unweighted) = (Vec::new(), Vec::new());
        for index in moves.filter(|index| !self.kind(self.get(*index)).is_derived()) {
            match self.weight(self.get(index)) {
                Some(weight) => {
                    sum += weight;
                    weighted.push(index);
                }
                None => unweighted.push(index),
            }
        }
        Score { sum, weighted: weighted.into_iter().collect(), unweighted: unweighted.into_iter().collect() }
    }
}

/// The sum of a score; `None` if no move has a weight.
pub(super) fn sum(score: &Score) -> Option<f64> {
    (!score.weighted.is_empty()).then_some(score.sum)
}
