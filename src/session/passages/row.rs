//! A row of the passages table, as it is kept.

use demarche_model::{SpanId, TextRange};

/// A row, by place. Small, since a project may have a million.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct StoredRow {
    /// From the span's first byte to its last.
    pub cover: TextRange,
    /// The span.
    pub span: SpanId,
    /// Whose it is: a place in [`DocumentRows::annotators`].
    pub who: u32,
}

impl StoredRow {
    /// Where it stands among the rows of its document.
    pub fn key(&self) -> (usize, std::cmp::Reverse<usize>, SpanId) {
        (self.cover.start, std::cmp::Reverse(self.cover.end), self.span)
    }
}
