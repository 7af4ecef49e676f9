//! The English of the report in Markdown.

use super::report::share;

/// Before the note of a passage.
pub(crate) const NOTE: &str = "Note: ";

/// The heading of a memo.
pub(crate) fn memo(author: &str) -> String {
    format!("Memo by {author}")
}

/// The share of a document that is tagged, in characters.
pub(crate) fn tagged(characters: usize, all: usize) -> String {
    format!("{} of the text tagged", share(characters, all))
}

/// The range of a passage in characters.
pub(crate) fn characters(start: usize, end: usize) -> String {
    format!("characters {start}–{end}")
}
