//! A row of the passages table, as it is stored.

use std::cmp::Reverse;
use std::sync::Arc;

use demarche_model::{Span, SpanId};

/// A row. Small, since a project may have a million.
#[derive(Clone, Debug)]
pub(super) struct StoredRow {
    /// The span as it was when the row was made, shared with the layer.
    pub span: Arc<Span>,
    /// The annotator, as an index into [`DocumentRows::annotators`](super::DocumentRows::annotators).
    pub who: u32,
}

impl StoredRow {
    /// The first byte of the span.
    pub fn start(&self) -> usize {
        self.span.ranges.start()
    }

    /// The key by which rows of a document are ordered.
    pub fn key(&self) -> (usize, Reverse<usize>, SpanId) {
        let cover = self.span.ranges.cover();
        (cover.start, Reverse(cover.end), self.span.id)
    }
}

/// Rows are equal if they are of the same span at the same position.
impl PartialEq for StoredRow {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key() && self.who == other.who
    }
}

impl Eq for StoredRow {}
