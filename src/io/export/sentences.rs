//! A text as sentences and tokens, for formats whose annotations refer to tokens.

use std::ops::Range;

use demarche_analysis::segment::{all_sentences, tokens};
use demarche_model::{Text, TextRange};

/// The tokens and sentences of a text.
pub(super) struct Sentences {
    /// The tokens, in order. They contain everything except spacing.
    pub tokens: Vec<TextRange>,
    /// Indices of the first token of each sentence, ascending.
    pub starts: Vec<usize>,
}

impl Sentences {
    /// Splits a text.
    pub fn new(text: &Text) -> Self {
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

    /// Returns the indices of the tokens that a range touches.
    pub fn touched(&self, range: TextRange) -> Range<usize> {
        let start = self.tokens.partition_point(|token| token.end <= range.start);
        start..self.tokens.partition_point(|token| token.start < range.end).max(start)
    }

    /// Returns the indices of the tokens in each sentence.
    pub fn sentences(&self) -> impl Iterator<Item = Range<usize>> {
        let ends = self.starts.iter().skip(1).copied().chain([self.tokens.len()]);
        self.starts.iter().copied().zip(ends).map(|(start, end)| start..end)
    }
}
