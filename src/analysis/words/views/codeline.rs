//! Within documents.

use super::count;
use crate::bargain::PassageSet;
use crate::views::Sentence;

pub(crate) const DOCUMENT: &str = "Document";
pub(crate) const LANE: &str = "Lane";
pub(crate) const START: &str = "Start";
pub(crate) const END: &str = "End";
pub(crate) const WORDS: &str = "Words";

/// The sentence about the document with most moves.
pub(crate) fn most(moves: PassageSet, with: usize, all: usize, title: &str, most: PassageSet) -> Sentence {
    let (text, number) = (count(moves.len(), "move"), most.len().to_string());
    Sentence::default()
        .passages(text, moves)
        .words(format!(" in {with} of {}; most in “{title}”: ", count(all, "document")))
        .passages(number, most)
        .words(".")
}

/// What the places mean.
pub(crate) fn note() -> Sentence {
    Sentence::plain("places as shares of the characters of the document")
}
