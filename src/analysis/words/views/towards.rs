//! Interactions.

use std::sync::Arc;

use super::count;
use crate::bargain::PassageSet;
use crate::views::Sentence;

pub(crate) const FROM: &str = "From";
pub(crate) const TO: &str = "To";
pub(crate) const MOVES: &str = "Moves";
pub(crate) const SOFT: &str = "Soft";
pub(crate) const HARD: &str = "Hard";
pub(crate) const SOFTNESS: &str = "Softness";
pub(crate) const SCORE_MEAN: &str = "Mean score";
pub(crate) const SCORE_SUM: &str = "Sum of scores";
pub(crate) const BALANCE: &str = "Balance of concessions";

/// The moves of one actor towards another.
pub(crate) struct Most {
    pub from: String,
    pub to: String,
    pub moves: Arc<PassageSet>,
    pub soft: Arc<PassageSet>,
    pub hard: Arc<PassageSet>,
}

/// The sentence about the pair with most moves.
pub(crate) fn most(most: Most) -> Sentence {
    let (moves, soft, hard) = (count(most.moves.len(), "move"), most.soft.len(), most.hard.len());
    Sentence::plain(format!("{} addresses {} most often: ", most.from, most.to))
        .passages(moves, most.moves)
        .words(", ")
        .passages(format!("{soft} soft"), most.soft)
        .words(" and ")
        .passages(format!("{hard} hard"), most.hard)
        .words(".")
}

/// Moves towards oneself.
pub(crate) fn to_self(moves: PassageSet, actors: Vec<String>) -> Sentence {
    let text = count(moves.len(), "move");
    Sentence::default()
        .passages(text, moves)
        .words(format!(" towards oneself not drawn: {}", actors.join(", ")))
}

/// Hidden edges.
pub(crate) fn hidden(edges: usize, below: usize) -> Sentence {
    Sentence::plain(format!("{} with fewer than {below} moves hidden", count(edges, "edge")))
}
