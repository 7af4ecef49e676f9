//! The query of the table, and the rows of one document.

use std::ops::Range;
use std::sync::Arc;

use demarche_model::{AnnotatorId, Document, DocumentId, Layer, Project, Span, TextRange, Visibility};

use super::super::filtering::PassingSpans;
use super::column::Passage;
use super::filter::{DocumentParts, Narrowing};
use super::order::{Arrangement, RowKeys, SortedRow};
use super::row::StoredRow;

/// The spans to show, and their order.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct PassageQuery {
    /// The passages that pass the filter of the window.
    pub(super) passing: PassingSpans,
    pub(super) narrowing: Narrowing,
    pub(super) arrangement: Arrangement,
    pub(super) visibility: Visibility,
}

/// The rows of one document, by position.
pub(crate) struct DocumentRows {
    pub(super) document: DocumentId,
    /// The annotators of rows. Only grows, so that the indices in rows stay valid.
    pub(super) annotators: Vec<AnnotatorId>,
    pub(super) rows: Vec<StoredRow>,
    /// One per row if the table is sorted or grouped; otherwise empty.
    pub(super) keys: Vec<RowKeys>,
    /// Number of visible spans, whatever the filter.
    pub(super) total: usize,
}

impl DocumentRows {
    /// The index of an annotator.
    fn who(&mut self, annotator: &AnnotatorId) -> u32 {
        let known = self.annotators.iter().position(|known| known == annotator);
        let index = known.unwrap_or_else(|| {
            self.annotators.push(annotator.clone());
            self.annotators.len() - 1
        });
        index as u32
    }

    /// The indices of the rows that start in `range`, including its end.
    pub(super) fn starting_in(&self, range: TextRange) -> Range<usize> {
        let start = self.rows.partition_point(|row| row.start() < range.start);
        start..self.rows.partition_point(|row| row.start() <= range.end)
    }

    /// The keys of rows of this document in an arrangement.
    pub(super) fn keys_of(
        &self,
        project: &Project,
        arrangement: &Arrangement,
        rows: &[StoredRow],
    ) -> Vec<RowKeys> {
        let Some(document) = project.document(&self.document) else { return Vec::new() };
        let keys = |row: &StoredRow| {
            let annotator = &self.annotators[row.who as usize];
            let span = document.layer(annotator)?.span(row.span.id)?;
            Some(arrangement.keys(&Passage { project, document, annotator, span }))
        };
        // The rows were built from these layers, so every one has its span.
        rows.iter().filter_map(keys).collect()
    }

    /// The rows with their keys.
    pub(super) fn entries(&self, position: usize, range: Range<usize>) -> impl Iterator<Item = SortedRow> {
        let rows = self.rows[range.clone()].iter().zip(&self.keys[range]);
        rows.map(move |(row, keys)| SortedRow {
            keys: keys.clone(),
            document: position as u32,
            row: row.clone(),
        })
    }
}

impl PassageQuery {
    pub(super) fn rows_of(&self, document: &Document) -> DocumentRows {
        let layers = || document.layers.iter().map(|(annotator, layer)| (annotator, &**layer));
        self.rows(DocumentParts::from_document(document), layers)
    }

    /// The rows of a document with these layers.
    pub fn rows<'a, L: Iterator<Item = (&'a AnnotatorId, &'a Layer)>>(
        &self,
        parts: DocumentParts<'_>,
        layers: impl Fn() -> L,
    ) -> DocumentRows {
        let mut rows = DocumentRows {
            document: parts.meta.id.clone(),
            annotators: Vec::new(),
            rows: Vec::new(),
            keys: Vec::new(),
            total: self.total(layers()),
        };
        rows.rows = self.rows_in(&mut rows, parts, layers(), None);
        rows
    }

    pub(super) fn total<'a>(&self, layers: impl Iterator<Item = (&'a AnnotatorId, &'a Layer)>) -> usize {
        self.visibility.filter(layers).iter().map(|(_, layer)| layer.len()).sum()
    }

    /// Rows of spans that start in `range` (including its end), sorted.
    pub(super) fn rows_in<'a>(
        &self,
        into: &mut DocumentRows,
        parts: DocumentParts<'_>,
        layers: impl Iterator<Item = (&'a AnnotatorId, &'a Layer)>,
        range: Option<TextRange>,
    ) -> Vec<StoredRow> {
        let prepared = self.narrowing.prepared();
        if !prepared.document(&parts.meta.id) {
            return Vec::new();
        }
        let mut rows = Vec::new();
        let mut sources = 0;
        for (annotator, layer) in self.visibility.filter(layers) {
            let passing = self.passing.of_layer(&parts.meta.id, annotator);
            let passes = |span: &Span| passing.is_none_or(|passing| passing.holds(span.id));
            sources += 1;
            let who = into.who(annotator);
            let spans = starting_in(layer, range)
                .filter(|span| passes(span) && prepared.span(parts, annotator, span));
            rows.extend(spans.map(|span| StoredRow { span: span.clone(), who }));
        }
        // Rows are ordered by the whole span, entries of the index by its first range.
        if sources > 1 || !rows.is_sorted_by_key(StoredRow::key) {
            rows.sort_unstable_by_key(StoredRow::key);
        }
        rows
    }
}

/// The spans of a layer that start in `range` (including its end), in order; all of them for `None`.
pub(super) fn starting_in(layer: &Layer, range: Option<TextRange>) -> impl Iterator<Item = &Arc<Span>> {
    let entries = layer.index().entries();
    let (from, to) = match range {
        None => (0, entries.len()),
        Some(range) => (layer.index().first_from(range.start), layer.index().first_from(range.end + 1)),
    };
    entries.range(from..to).filter_map(|entry| {
        let span = layer.span(entry.span)?;
        (span.ranges.start() == entry.range.start).then_some(span)
    })
}
