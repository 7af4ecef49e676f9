//! Which spans become rows, and the rows of one document.

use super::row::PassageRow;
use std::ops::Range;

use demarche_model::{AnnotatorId, Document, DocumentId, Layer, Project, Span, TextRange, Visibility};

use super::column::Passage;
use super::filter::{Of, PassageFilter, Sieve};
use super::order::{Arrangement, Entry, Keys};

/// Which spans become rows, and in what order.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct Choice {
    pub(super) filter: PassageFilter,
    pub(super) arrangement: Arrangement,
    pub(super) sight: Visibility,
}

/// The rows of one document, by place.
pub(crate) struct Rows {
    pub(super) document: DocumentId,
    /// Whose rows there are; only ever grows, so that the numbers in rows stay good.
    pub(super) annotators: Vec<AnnotatorId>,
    pub(super) rows: Vec<PassageRow>,
    /// One per row where the table is not by place; else none.
    pub(super) keys: Vec<Keys>,
    /// Spans that are shown, whatever the filter.
    pub(super) total: usize,
}

impl Rows {
    fn who(&mut self, annotator: &AnnotatorId) -> u32 {
        let known = self.annotators.iter().position(|known| known == annotator);
        let place = known.unwrap_or_else(|| {
            self.annotators.push(annotator.clone());
            self.annotators.len() - 1
        });
        place as u32
    }

    /// Where the rows stand that start in `range`, its end included.
    pub(super) fn starting_in(&self, range: TextRange) -> Range<usize> {
        let start = self.rows.partition_point(|row| row.cover.start < range.start);
        start..self.rows.partition_point(|row| row.cover.start <= range.end)
    }

    /// Where rows of this document belong in an arrangement.
    pub(super) fn keys_of(
        &self,
        project: &Project,
        arrangement: &Arrangement,
        rows: &[PassageRow],
    ) -> Vec<Keys> {
        let Some(document) = project.document(&self.document) else { return Vec::new() };
        let keys = |row: &PassageRow| {
            let annotator = &self.annotators[row.who as usize];
            let span = document.layer(annotator)?.span(row.span)?;
            Some(arrangement.keys(&Passage { project, document, annotator, span }))
        };
        // The rows were made of these very layers.
        rows.iter().filter_map(keys).collect()
    }

    /// The rows with their keys, as they stand in the order.
    pub(super) fn entries(&self, position: usize, range: Range<usize>) -> impl Iterator<Item = Entry> {
        let rows = self.rows[range.clone()].iter().zip(&self.keys[range]);
        rows.map(move |(row, keys)| Entry { keys: keys.clone(), document: position as u32, row: *row })
    }
}

impl Choice {
    pub(super) fn rows_of(&self, document: &Document) -> Rows {
        let layers = || document.layers.iter().map(|(annotator, layer)| (annotator, &**layer));
        self.rows(Of::document(document), layers)
    }

    /// The rows of a document with these layers.
    pub fn rows<'a, L: Iterator<Item = (&'a AnnotatorId, &'a Layer)>>(
        &self,
        of: Of<'_>,
        layers: impl Fn() -> L,
    ) -> Rows {
        let mut rows = Rows {
            document: of.meta.id.clone(),
            annotators: Vec::new(),
            rows: Vec::new(),
            keys: Vec::new(),
            total: self.total(layers()),
        };
        rows.rows = self.rows_in(&mut rows, of, layers(), None);
        rows
    }

    pub(super) fn total<'a>(&self, layers: impl Iterator<Item = (&'a AnnotatorId, &'a Layer)>) -> usize {
        self.sight.filter(layers).iter().map(|(_, layer)| layer.len()).sum()
    }

    /// Rows of spans that start in `range` (its end included), sorted.
    pub(super) fn rows_in<'a>(
        &self,
        into: &mut Rows,
        of: Of<'_>,
        layers: impl Iterator<Item = (&'a AnnotatorId, &'a Layer)>,
        range: Option<TextRange>,
    ) -> Vec<PassageRow> {
        let sieve: Sieve = self.filter.sieve();
        if !sieve.document(&of.meta.id) {
            return Vec::new();
        }
        let mut rows = Vec::new();
        let mut sources = 0;
        for (annotator, layer) in self.sight.filter(layers) {
            if !sieve.annotator(annotator) {
                continue;
            }
            sources += 1;
            let who = into.who(annotator);
            let spans = starting_in(layer, range).filter(|span| sieve.span(of, annotator, span));
            rows.extend(spans.map(|span| PassageRow { cover: span.ranges.cover(), span: span.id, who }));
        }
        // Rows go by the whole span, entries of the index by its first range.
        if sources > 1 || !rows.is_sorted_by_key(PassageRow::key) {
            rows.sort_unstable_by_key(PassageRow::key);
        }
        rows
    }
}

/// The spans of a layer that start in `range` (its end included) in order; all of them for `None`.
pub(super) fn starting_in(layer: &Layer, range: Option<TextRange>) -> impl Iterator<Item = &Span> {
    let entries = layer.index().entries();
    let (from, to) = match range {
        None => (0, entries.len()),
        Some(range) => (layer.index().first_from(range.start), layer.index().first_from(range.end + 1)),
    };
    entries.range(from..to).filter_map(|entry| {
        let span = layer.span(entry.span)?;
        (span.ranges.start() == entry.range.start).then_some(span.as_ref())
    })
}
