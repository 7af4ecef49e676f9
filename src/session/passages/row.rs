//! A row of the passages table, as it is stored.

use demarche_model::{SpanId, TextRange};

/// A row. Small, since a project may have a million.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct StoredRow {
    /// The range from the span's first byte to its last.
    pub cover: TextRange,
    /// The span.
    pub span: SpanId,
    /// The annotator, as an index into [`DocumentRows::annotators`].
    pub who: u32,
}

impl StoredRow {
    /// The key by which rows of a document are ordered.
    pub fn key(&self) -> (usize, std::cmp::Reverse<usize>, SpanId) {
        (self.cover.start, std::cmp::Reverse(self.cover.end), self.span)
    }
}
