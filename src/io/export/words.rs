//! A text as sentences and tokens, for the formats that have no other places.

use std::ops::Range;

use demarche_analysis::segment::{all_sentences, tokens};
use demarche_model::{Text, TextRange};

/// The tokens of a text, and where sentences start.
pub(super) struct Words {
    /// The tokens, in order; all but spacing is in one.
    pub tokens: Vec<TextRange>,
    /// Numbers of the tokens that a sentence starts with, ascending.
    pub starts: Vec<usize>,
}

impl Words {
    /// Takes a text apart.
    pub fn of(text: &Text) -> Self {
        let mut words = Self { tokens: Vec::new(), starts: Vec::new() };
        for sentence in all_sentences(text.as_str()) {
            let first = words.tokens.len();
            words.tokens.extend(tokens(text.as_str(), sentence));
            if words.tokens.len() > first {
                words.starts.push(first);
            }
        }
        words
    }

    /// The tokens that a range touches, by number.
    pub fn touched(&self, range: TextRange) -> Range<usize> {
        let start = self.tokens.partition_point(|token| token.end <= range.start);
        start..self.tokens.partition_point(|token| token.start < range.end).max(start)
    }

    /// The tokens of each sentence, by number.
    pub fn sentences(&self) -> impl Iterator<Item = Range<usize>> {
        let ends = self.starts.iter().skip(1).copied().chain([self.tokens.len()]);
        self.starts.iter().copied().zip(ends).map(|(start, end)| start..end)
    }
}
