//! Scores: sums and means of weights.

use crate::bargain::{CategoryIndex, Moves, Passage, PassageIndex, PassageSet, Rules, Weights};

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
pub struct CategoryWeights {
    rules: Rules,
    of_category: Vec<Option<f64>>,
}

impl CategoryWeights {
    /// The weights of all categories, under the rules for all views.
    pub fn of(moves: &Moves, weights: &Weights, rules: Rules) -> Self {
        let of_category = moves.categories().map(|(_, id)| weights.value(id)).collect();
        Self { rules, of_category }
    }

    /// The weight of a category.
    pub fn of_category(&self, category: CategoryIndex) -> Option<f64> {
        self.of_category.get(category.get()).copied().flatten()
    }

    /// The weight of a move; `None` without one, and for conditions and recommendations, which count in no score.
    pub fn of_move(&self, passage: &Passage) -> Option<f64> {
        if self.rules.is_derived(passage) { None } else { self.of_category(passage.category) }
    }

    /// The score of moves. Conditions and recommendations have none.
    pub fn score<'a>(&self, moves: impl Iterator<Item = (PassageIndex, &'a Passage)>) -> Score {
        let mut sum = 0.0;
        let (mut weighted, mut unweighted) = (Vec::new(), Vec::new());
        for (index, passage) in moves.filter(|(_, passage)| !self.rules.is_derived(passage)) {
            match self.of_category(passage.category) {
                Some(weight) => {
                    sum += weight;
                    weighted.push(index);
                }
                None => unweighted.push(index),
            }
        }
        let [weighted, unweighted] = [weighted, unweighted].map(|list| PassageSet::of_slice(&list));
        Score { sum, weighted, unweighted }
    }
}
