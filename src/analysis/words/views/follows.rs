//! Sequences.

use std::sync::Arc;

use super::count;
use crate::bargain::PassageSet;
use crate::views::Sentence;

pub(crate) const HARD: &str = "hard";
pub(crate) const SOFT: &str = "soft";
pub(crate) const REASON: &str = "reason";
pub(crate) const OTHER: &str = "other";
pub(crate) const FROM: &str = "First";
pub(crate) const TO: &str = "Next";
pub(crate) const OBSERVED: &str = "Seen";
pub(crate) const EXPECTED: &str = "Expected";
pub(crate) const Z: &str = "z";
pub(crate) const Q: &str = "Yule’s Q";
pub(crate) const FEW: &str = "few";

/// The sentence about the transition that is seen most often.
pub(crate) fn most(
    pairs: usize,
    all: PassageSet,
    [from, to]: [&str; 2],
    seen: usize,
    passages: Arc<PassageSet>,
    marked: usize,
) -> Sentence {
    let marked = match marked {
        0 => "no cell is marked".to_owned(),
        1 => "1 cell is marked".to_owned(),
        marked => format!("{marked} cells are marked"),
    };
    Sentence::default()
        .passages(count(pairs, "pair"), all)
        .words(format!("; {from} → {to} most often: "))
        .passages(seen.to_string(), passages)
        .words(format!("; {marked}."))
}

/// How many cells would pass by chance.
pub(crate) fn chance(cells: usize) -> Sentence {
    let by_chance = (cells as f64 * 0.05).round();
    Sentence::plain(format!(
        "{}, about {by_chance} would pass |z| ≥ 1.96 by chance; marked at |z| ≥ 3.4 where 5 or more are expected; passages of \
         one text are not independent",
        count(cells, "cell")
    ))
}

/// The order of the text.
pub(crate) fn text_order() -> Sentence {
    Sentence::plain("order in the text, not order of events; overlapping passages are skipped")
}

/// The order of answers.
pub(crate) fn answer_links() -> Sentence {
    Sentence::plain("from what is answered to its linked answer")
}

/// The order of dates.
pub(crate) fn date_order() -> Sentence {
    Sentence::plain("order by date, only where it is certain")
}

/// Folded roles.
pub(crate) fn folded() -> Sentence {
    Sentence::plain("roles folded to hard, soft and reason")
}
