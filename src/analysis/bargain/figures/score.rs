//! Scores: sums and means of weights.

use crate::bargain::{Moves, Passage, PassageIndex, PassageSet, Weights};

/// The weights of some moves. They are weights of event data, applied to passages.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Score {
    /// Sum of the weights: the volume.
    pub sum: f64,
    /// The moves that have a weight.
    pub weighted: PassageSet,
    /// The moves that have none.
    pub unweighted: PassageSet,
}

impl Score {
    /// Mean weight: the tone. Undefined without a move that has a weight.
    pub fn mean(&self) -> Option<f64> {
        super::share(self.sum, self.weighted.len() as f64)
    }
}

/// The weights of the categories of a table of moves.
#[derive(Clone, Debug)]
pub(super) struct CategoryWeights(Vec<Option<f64>>);

impl CategoryWeights {
    pub fn of(moves: &Moves, weights: &Weights) -> Self {
        Self(moves.categories().map(|(_, id)| weights.value(id)).collect())
    }

    /// The score of moves. Conditions and recommendations have none.
    pub fn score<'a>(&self, moves: impl Iterator<Item = (PassageIndex, &'a Passage)>) -> Score {
        let mut sum = 0.0;
        let (mut weighted, mut unweighted) = (Vec::new(), Vec::new());
        for (index, passage) in moves.filter(|(_, passage)| !passage.is_derived()) {
            match self.0.get(passage.category.get()).copied().flatten() {
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
