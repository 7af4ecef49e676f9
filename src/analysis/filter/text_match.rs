//! A text that a passage or a note contains.

use demarche_model::{TextRange, is_break_hint};

use super::ast::Value;
use crate::search::{Matcher, Query};

/// A text to look for, ignoring case; white space matches any white space.
#[derive(Clone, Debug)]
pub(super) struct TextMatch {
    matcher: Matcher,
    /// True if a word must begin with it.
    prefix: bool,
}

impl TextMatch {
    /// The text of a value: anywhere, as whole words if it is exact, at the start of a word if it is a beginning. `None`
    /// if there is nothing to look for.
    pub fn new(value: &Value) -> Option<Self> {
        let is_whole = value.is_exact() && !value.is_prefix();
        let query = Query { whole_words: is_whole, ..Query::words(value.text()) };
        Some(Self { matcher: query.compile().ok()?, prefix: value.is_prefix() })
    }

    /// True if a text contains it.
    pub fn is_in(&self, text: &str) -> bool {
        if !self.prefix {
            return !self.matcher.find_up_to(text, 1).ranges.is_empty();
        }
        let is_start = |found: &TextRange| {
            !text[..found.start].trim_end_matches(is_break_hint).ends_with(char::is_alphanumeric)
        };
        self.matcher.find_all(text).iter().any(is_start)
    }
}
