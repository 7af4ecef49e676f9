//! The notes below figures.

use super::{count, counted};
use crate::bargain::{PassageSet, Weights};
use crate::views::{Duplicates, Sentence};

pub(crate) const ACTOR: &str = "actor";
pub(crate) const TARGET: &str = "target";
pub(crate) const ISSUE: &str = "issue";

/// What does not count as a move.
pub(crate) fn excluded(denied: PassageSet, hypothetical: PassageSet) -> Sentence {
    let (of_denied, of_hypothetical) = (denied.len(), hypothetical.len());
    Sentence::plain("excluded: ")
        .passages(format!("{of_denied} denied"), denied)
        .words(", ")
        .passages(format!("{of_hypothetical} hypothetical"), hypothetical)
}

/// Conditions, and what they count as.
pub(crate) fn conditions(conditions: PassageSet, as_demands: bool) -> Sentence {
    let rule =
        if as_demands { " counted as demands" } else { " apart, with the offer or threat that holds them" };
    counted(Sentence::default(), conditions, "condition").words(rule)
}

/// Recommendations of observers, and what they count as.
pub(crate) fn recommendations(recommendations: PassageSet, as_demands: bool) -> Sentence {
    let rule = if as_demands { " of observers counted as demands" } else { " of observers apart" };
    counted(Sentence::default(), recommendations, "recommendation").words(rule)
}

/// The form in which collective actors appear.
pub(crate) fn collectives(members: bool) -> Sentence {
    Sentence::plain(if members { "collectives: as their members" } else { "collectives: as they are" })
}

/// The moves that count once.
pub(crate) fn duplicates(duplicates: Duplicates) -> Sentence {
    let scope = match duplicates {
        Duplicates::All => return Sentence::default(),
        Duplicates::PerDocument => "document",
        Duplicates::PerBin => "bin",
        Duplicates::PerChain => "chain of repeats",
    };
    Sentence::plain(format!("moves of one category, actor, target and issue count once per {scope}"))
}

/// A project in which no attribute means the issue.
pub(crate) fn no_issues() -> Sentence {
    Sentence::plain("no attribute means the issue: everything is one issue")
}

/// Repeats that make no chain.
pub(crate) fn ignored_repeats(number: usize) -> Sentence {
    Sentence::plain(format!("{} between different kinds of move ignored", count(number, "repeat")))
}

/// How many moves lack what.
pub(crate) fn not_specified(lacking: &[(&str, PassageSet)]) -> Option<Sentence> {
    let lacking = lacking.iter().filter(|(_, passages)| !passages.is_empty());
    let mut sentence = Sentence::default();
    for (at, (what, passages)) in lacking.enumerate() {
        let text = format!("{} without {what}", passages.len());
        sentence = if at > 0 { sentence.words(", ") } else { sentence }.passages(text, passages.clone());
    }
    (!sentence.is_empty()).then_some(sentence)
}

/// The scale of a score.
pub(crate) fn scale(weights: &Weights) -> Sentence {
    let changed =
        if weights.changed() > 0 { format!(", changed ({})", weights.changed()) } else { String::new() };
    Sentence::plain(format!("scale{changed}: {}", weights.scale().source()))
}

/// Moves without a weight.
pub(crate) fn without_weight(passages: PassageSet) -> Sentence {
    counted(Sentence::default(), passages, "move").words(" without a weight")
}

/// Moves whose place in the text is lost.
pub(crate) fn no_place(passages: PassageSet) -> Sentence {
    counted(Sentence::default(), passages, "move").words(" left out: their place in the text is lost")
}

/// Reported moves.
pub(crate) fn reported(passages: PassageSet, all: usize) -> Sentence {
    let text = passages.len().to_string();
    Sentence::default().passages(text, passages).words(format!(" of {} are reported", count(all, "move")))
}
