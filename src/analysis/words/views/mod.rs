//! The views of the Analyse screen: names, sentences and notes.

pub(crate) mod actors;
pub(crate) mod asks;
pub(crate) mod caption;
pub(crate) mod codeline;
pub(crate) mod follows;
pub(crate) mod matrix;
pub(crate) mod movement;
mod names;
pub(crate) mod time;
pub(crate) mod together;
pub(crate) mod towards;

pub(crate) use names::{count, not_specified};

use crate::bargain::PassageSet;
use crate::views::Sentence;

/// A number with its noun, and the passages behind it.
fn counted(sentence: Sentence, passages: PassageSet, noun: &str) -> Sentence {
    let text = count(passages.len(), noun);
    sentence.passages(text, passages)
}
