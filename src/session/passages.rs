//! The rows of the passages table: spans that are shown and fit the filter, by document and place.
//!
//! Rows are kept per document and patched where a layer changes, so that tagging in a document of 100,000 spans costs a
//! search and one move of memory.

use crate::model::{
    AnnotatorId, CategoryId, Document, DocumentId, Layer, LayerId, Project, Span, SpanId, SpanRef, Stamp,
    Text, TextRange, Touch,
};

use super::Shown;

/// Which spans the table shows; empty fields let everything through.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct PassageFilter {
    /// Only this category.
    pub category: Option<CategoryId>,
    /// Only this document.
    pub document: Option<DocumentId>,
    /// Only spans that share something with this stretch of the document, in bytes.
    pub stretch: Option<TextRange>,
    /// Only this annotator.
    pub annotator: Option<AnnotatorId>,
    /// Only spans made in this stretch of time: from the first, before the second.
    pub created: Option<(Stamp, Stamp)>,
    /// Only spans whose words or note hold this, upper and lower case alike.
    pub words: String,
}

impl PassageFilter {
    /// Whether everything gets through.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A row of the table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PassageRow {
    /// Whose span it is.
    pub annotator: AnnotatorId,
    /// From the span's first byte to its last.
    pub cover: TextRange,
    /// The span.
    pub span: SpanId,
}

impl PassageRow {
    fn key(&self) -> (usize, std::cmp::Reverse<usize>, SpanId) {
        (self.cover.start, std::cmp::Reverse(self.cover.end), self.span)
    }
}

/// Which spans become rows.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Choice {
    filter: PassageFilter,
    shown: Shown,
    me: Option<AnnotatorId>,
}

/// The rows of one document.
#[derive(Default)]
pub(super) struct Rows {
    rows: Vec<PassageRow>,
    /// Spans that are shown, whatever the filter.
    total: usize,
}

/// The rows of the passages table.
#[derive(Default)]
pub struct Passages {
    choice: Choice,
    documents: Vec<Rows>,
    /// `ends[i]`: rows of the documents `0..=i`.
    ends: Vec<usize>,
    total: usize,
}

impl Passages {
    /// What the table shows.
    pub fn filter(&self) -> &PassageFilter {
        &self.choice.filter
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.ends.last().copied().unwrap_or(0)
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many spans are shown, whatever the filter.
    pub fn total(&self) -> usize {
        self.total
    }

    /// A row with the position of its document in the project.
    pub fn row(&self, index: usize) -> Option<(usize, &PassageRow)> {
        let document = self.ends.partition_point(|&end| end <= index);
        let rows = &self.documents.get(document)?.rows;
        rows.get(index - self.start(document)).map(|row| (document, row))
    }

    /// Where a span stands in the table.
    pub fn position(&self, project: &Project, at: &SpanRef) -> Option<usize> {
        let document = project.position(&at.layer.document)?;
        let cover = project.span(at)?.ranges.cover();
        let rows = &self.documents.get(document)?.rows;
        let key = (cover.start, std::cmp::Reverse(cover.end), at.span);
        let place = rows.binary_search_by_key(&key, PassageRow::key).ok()?;
        Some(place + self.start(document))
    }

    /// Rows of the documents before this one.
    fn start(&self, document: usize) -> usize {
        if document == 0 { 0 } else { self.ends[document - 1] }
    }

    /// Chooses what is shown.
    pub(super) fn choose(
        &mut self,
        project: &Project,
        filter: PassageFilter,
        shown: &Shown,
        me: &AnnotatorId,
    ) {
        self.choice = Choice { filter, shown: shown.clone(), me: Some(me.clone()) };
        self.project_changed(project);
    }

    /// Which spans become rows now.
    pub(super) fn choice(&self) -> &Choice {
        &self.choice
    }

    /// Follows an edit, given the places it has touched. Rows are counted once, however many places there are.
    pub(super) fn follow(&mut self, project: &Project, touched: &[Touch]) {
        if touched.iter().any(|touch| matches!(touch, Touch::Project | Touch::Text(_))) {
            return self.project_changed(project);
        }
        for touch in touched {
            if let Touch::Layer(layer, range) | Touch::Recoded(layer, range) = touch {
                self.layer_changed(project, layer, *range);
            }
        }
        self.count();
    }

    /// Documents, categories or annotators have changed.
    fn project_changed(&mut self, project: &Project) {
        self.documents = project.documents().iter().map(|document| self.choice.rows_of(document)).collect();
        self.count();
    }

    fn count(&mut self) {
        let mut end = 0;
        self.ends.clear();
        self.ends.extend(self.documents.iter().map(|document| {
            end += document.rows.len();
            end
        }));
        self.total = self.documents.iter().map(|document| document.total).sum();
    }

    /// A document has come into memory; these are its rows, if they are known already.
    pub(super) fn document_read(&mut self, project: &Project, id: &DocumentId, rows: Option<Rows>) {
        let Some((position, document)) = project.position(id).zip(project.document(id)) else { return };
        let rows = rows.unwrap_or_else(|| self.choice.rows_of(document));
        self.change(position, |slot| *slot = rows);
    }

    /// A layer has changed in a stretch of its document. Rows have to be counted afterwards.
    fn layer_changed(&mut self, project: &Project, id: &LayerId, range: TextRange) {
        let Some((position, document)) = project.position(&id.document).zip(project.document(&id.document))
        else {
            return;
        };
        let layers = || document.layers.iter().map(|(annotator, layer)| (annotator, &**layer));
        let added = self.choice.rows_in(document.id(), document.text.as_deref(), layers(), Some(range));
        let total = self.choice.total(layers());
        let Some(slot) = self.documents.get_mut(position) else { return };
        let start = slot.rows.partition_point(|row| row.cover.start < range.start);
        let end = slot.rows.partition_point(|row| row.cover.start <= range.end);
        slot.rows.splice(start..end, added);
        slot.total = total;
    }

    /// Changes the rows of one document. No other document is looked at; counts of those behind it are moved.
    fn change(&mut self, position: usize, change: impl FnOnce(&mut Rows)) {
        let Some(slot) = self.documents.get_mut(position) else { return };
        let before = (slot.rows.len(), slot.total);
        change(slot);
        let after = (slot.rows.len(), slot.total);
        self.ends[position..].iter_mut().for_each(|end| *end = *end - before.0 + after.0);
        self.total = self.total - before.1 + after.1;
    }
}

impl Choice {
    fn rows_of(&self, document: &Document) -> Rows {
        let layers = || document.layers.iter().map(|(annotator, layer)| (annotator, &**layer));
        self.rows(document.id(), document.text.as_deref(), layers)
    }

    /// The rows of a document with this text and these layers.
    pub fn rows<'a, L: Iterator<Item = (&'a AnnotatorId, &'a Layer)>>(
        &self,
        id: &DocumentId,
        text: Option<&Text>,
        layers: impl Fn() -> L,
    ) -> Rows {
        Rows { rows: self.rows_in(id, text, layers(), None), total: self.total(layers()) }
    }

    fn total<'a>(&self, layers: impl Iterator<Item = (&'a AnnotatorId, &'a Layer)>) -> usize {
        layers.filter(|(annotator, _)| self.shows(annotator)).map(|(_, layer)| layer.len()).sum()
    }

    /// Rows of spans that start in `range` (its end included), sorted.
    fn rows_in<'a>(
        &self,
        id: &DocumentId,
        text: Option<&Text>,
        layers: impl Iterator<Item = (&'a AnnotatorId, &'a Layer)>,
        range: Option<TextRange>,
    ) -> Vec<PassageRow> {
        if self.filter.document.as_ref().is_some_and(|only| only != id) {
            return Vec::new();
        }
        let words = self.filter.words.to_lowercase();
        let only = self.filter.annotator.as_ref();
        let mut rows = Vec::new();
        let mut sources = 0;
        for (annotator, layer) in layers {
            if !self.shows(annotator) || only.is_some_and(|only| only != annotator) {
                continue;
            }
            sources += 1;
            let spans = starting_in(layer, range).filter(|span| self.fits(span, text, &words));
            rows.extend(spans.map(|span| PassageRow {
                annotator: annotator.clone(),
                cover: span.ranges.cover(),
                span: span.id,
            }));
        }
        // Rows go by the whole span, entries of the index by its first range.
        if sources > 1 || !rows.is_sorted_by_key(PassageRow::key) {
            rows.sort_unstable_by_key(PassageRow::key);
        }
        rows
    }

    fn shows(&self, annotator: &AnnotatorId) -> bool {
        match &self.shown {
            Shown::Mine => self.me.as_ref() == Some(annotator),
            Shown::Everyone => true,
            Shown::One(one) => one == annotator,
        }
    }

    fn fits(&self, span: &Span, text: Option<&Text>, words: &str) -> bool {
        let filter = &self.filter;
        filter.category.as_ref().is_none_or(|only| *only == span.category)
            && filter.stretch.is_none_or(|only| span.ranges.overlaps(only))
            && filter.created.is_none_or(|(from, to)| from <= span.created && span.created < to)
            && (words.is_empty()
                || span.note.to_lowercase().contains(words)
                || text.is_some_and(|text| span.quote(text).to_lowercase().contains(words)))
    }
}

/// The spans of a layer that start in `range` (its end included) in order; all of them for `None`.
fn starting_in(layer: &Layer, range: Option<TextRange>) -> impl Iterator<Item = &Span> {
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
