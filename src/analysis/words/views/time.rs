//! The view over time.

use super::count;
use crate::bargain::PassageSet;
use crate::views::Sentence;

pub(crate) const BIN: &str = "Time";
pub(crate) const MOVES: &str = "Moves";
pub(crate) const SCORED: &str = "Scored moves";
pub(crate) const MEAN: &str = "Mean score";
pub(crate) const SUM: &str = "Sum of scores";
pub(crate) const LOW: &str = "95 % band, low";
pub(crate) const HIGH: &str = "95 % band, high";

/// The score of a bin.
pub(crate) struct End {
    pub label: String,
    pub mean: f64,
    pub passages: PassageSet,
}

/// The sentence about the tone at the start and at the end.
pub(crate) fn sentence(moves: PassageSet, bins: usize, ends: Option<(End, End)>) -> Sentence {
    let text = count(moves.len(), "move");
    let sentence = Sentence::default().passages(text, moves).words(format!(" in {}", count(bins, "bin")));
    let Some((first, last)) = ends else { return sentence.words(".") };
    let of = |end: &End| format!("{:+.2}", end.mean).replace('-', "−");
    let sentence = sentence.words("; the mean score goes from ").passages(of(&first), first.passages.clone());
    let sentence =
        sentence.words(format!(" ({}) to ", first.label)).passages(of(&last), last.passages.clone());
    sentence.words(format!(" ({}).", last.label))
}

/// Periods without moves between the first and the last.
pub(crate) fn gaps(number: usize) -> Sentence {
    Sentence::plain(format!(
        "{} without moves in between: gaps in the figure, no rows in the table",
        count(number, "period")
    ))
}

/// The mean.
pub(crate) fn mean() -> Sentence {
    Sentence::plain("score of a bin: mean weight of its moves (tone); a hollow point has fewer than 3 moves")
}

/// The sum.
pub(crate) fn sum() -> Sentence {
    Sentence::plain(
        "score of a bin: sum of the weights of its moves (volume); a hollow point has fewer than 3 moves",
    )
}

/// The band.
pub(crate) fn band(draws: usize, seed: u64) -> Sentence {
    Sentence::plain(format!(
        "band: 95 % percentile bootstrap over documents, {draws} draws, seed {seed}, in bins of 5 documents or more"
    ))
}
