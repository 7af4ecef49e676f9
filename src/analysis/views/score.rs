//! Scores: the weights of moves, added up.

use std::sync::Arc;

use super::Look;
use crate::bargain::{PassageIndex, PassageSet};

/// The score of some moves. Conditions, recommendations and moves without a weight do not count.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Score {
    /// The moves that count.
    pub passages: Arc<PassageSet>,
    /// Mean of their weights; `None` without any.
    pub mean: Option<f64>,
    /// Sum of their weights; `None` without any.
    pub sum: Option<f64>,
}

impl Score {
    /// The score of moves.
    pub fn of(look: &Look<'_>, moves: impl Iterator<Item = PassageIndex>) -> Self {
        let weighted = moves.filter_map(|index| Some((index, look.weight(look.get(index))?)));
        let (passages, weights): (Vec<PassageIndex>, Vec<f64>) = weighted.unzip();
        let sum: f64 = weights.iter().sum();
        let is_defined = !weights.is_empty();
        Self {
            passages: Arc::new(passages.into_iter().collect()),
            mean: is_defined.then(|| sum / weights.len() as f64),
            sum: is_defined.then_some(sum),
        }
    }

    /// Number of moves that count.
    pub fn count(&self) -> usize {
        self.passages.len()
    }
}
