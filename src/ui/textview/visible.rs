//! The visible blocks and spans: what is painted for each, and what is under the pointer.

use std::sync::Arc;

use egui::{Rect, pos2};

use super::block_map::BlockMap;
use super::lanes::{LANES, Lanes, RangeKey};
use super::{Dash, Page, PageLayer};
use demarche_model::{AnnotatorId, Colour, DocumentId, LayerId, Span, SpanRef, TextRange, Verdict};
use demarche_session::LinkEnd;

/// Colour of spans whose category is not in the codebook.
const UNKNOWN: Colour = Colour([0x7A, 0x7A, 0x7A]);

/// A visible block.
pub struct VisibleBlock {
    /// The index of the block.
    pub block: usize,
    /// Its range in the text.
    pub range: TextRange,
    /// The top left of its text on the screen, in points.
    pub origin: egui::Pos2,
    /// The positions of its characters.
    pub map: Arc<BlockMap>,
}

impl VisibleBlock {
    /// Returns the range of the rows of which at least half is between two heights on the screen.
    fn rows_between(&self, top: f32, bottom: f32) -> Option<TextRange> {
        let height = self.map.row_height().max(1.0);
        let hidden_above = ((top - self.origin.y) / height).round().max(0.0) as usize;
        let until = ((bottom - self.origin.y) / height).round().max(0.0) as usize;
        let last = until.min(self.map.rows()).checked_sub(1).filter(|last| hidden_above <= *last)?;
        let (start, end) = (self.map.row_bounds(hidden_above).0, self.map.row_bounds(last).1);
        Some(TextRange { start: self.range.start + start, end: self.range.start + end })
    }

    /// Calls `each` with the rectangles that `range` (bytes of the text) covers in this block: one or more per row,
    /// each as high as a row.
    pub fn rects(&self, range: TextRange, mut each: impl FnMut(Rect)) {
        let Some(part) = range.intersect(self.range) else { return };
        let inside = TextRange { start: part.start - self.range.start, end: part.end - self.range.start };
        let height = self.map.row_height();
        self.map.segments(inside, |s| {
            let top = self.origin.y + s.row as f32 * height;
            each(Rect::from_min_max(
                pos2(self.origin.x + s.left, top),
                pos2(self.origin.x + s.right, top + height),
            ));
        });
    }
}

/// Returns the range of text that a user sees in `view`.
pub fn seen_range(blocks: &[VisibleBlock], view: Rect) -> TextRange {
    let mut rows = blocks.iter().filter_map(|block| block.rows_between(view.top(), view.bottom()));
    let first = rows.next().unwrap_or_default();
    TextRange { start: first.start, end: rows.next_back().unwrap_or(first).end }
}

/// One visible range of a span.
#[derive(Clone, Debug)]
pub struct VisibleSpan {
    /// Identifies the range.
    pub key: RangeKey,
    /// The span.
    pub span: Arc<Span>,
    /// The span's place in the project.
    pub at: SpanRef,
    /// The range, in bytes.
    pub range: TextRange,
    /// The lane of its underline.
    pub lane: u8,
    /// The pattern of its underline.
    pub dash: Dash,
    /// The colour of its category.
    pub colour: Colour,
    /// Whether it is the current user's.
    pub mine: bool,
    /// The name of its annotator.
    pub annotator: String,
    /// The annotator's initials.
    pub initials: String,
    /// Its links, in both directions.
    pub links: Arc<[LinkEnd]>,
    /// The verdict of its reviewers.
    pub verdict: Option<Verdict>,
}

/// The spans that overlap the visible blocks. Collected again only if the blocks or the annotations have changed.
#[derive(Default)]
pub struct VisibleSpans {
    key: Option<(DocumentId, u64, TextRange)>,
    all: Vec<VisibleSpan>,
    lanes: Lanes,
}

impl VisibleSpans {
    /// Returns all ranges, by layer, then in reading order.
    pub fn all(&self) -> &[VisibleSpan] {
        &self.all
    }

    /// Updates the list for the visible range of the text.
    pub fn update(&mut self, page: &Page<'_>, visible: TextRange) {
        let key = Some((page.id.clone(), page.revision, visible));
        if self.key == key {
            return;
        }
        if self.key.as_ref().is_none_or(|(id, ..)| id != page.id) {
            self.lanes = Lanes::default();
        }
        self.key = key;
        self.all.clear();
        for (number, layer) in page.layers.iter().enumerate() {
            self.all.extend(visible_spans(page, number, layer, visible));
        }
        let ranges: Vec<(RangeKey, TextRange)> = self.all.iter().map(|item| (item.key, item.range)).collect();
        let lanes = self.lanes.assign(&ranges);
        for (item, free) in self.all.iter_mut().zip(lanes) {
            let fixed = page.layers.get(item.key.layer).and_then(|layer| layer.lane);
            item.lane = fixed.unwrap_or(free).min(LANES - 1);
        }
    }

    /// Hit test: returns the spans over the byte at `offset`, the shortest first, the user's own before those of others.
    pub fn at(&self, offset: usize) -> Vec<&VisibleSpan> {
        let mut found: Vec<&VisibleSpan> =
            self.all.iter().filter(|item| item.range.contains(offset)).collect();
        found.sort_by_key(|item| (item.range.len(), !item.mine, item.key.layer, item.key.span));
        found.dedup_by_key(|item| (item.key.layer, item.key.span));
        found
    }
}

fn visible_spans<'a>(
    page: &'a Page<'a>,
    number: usize,
    layer: &'a PageLayer<'a>,
    visible: TextRange,
) -> impl Iterator<Item = VisibleSpan> + 'a {
    layer.layer.index().overlapping(visible).filter_map(move |entry| {
        let span = layer.layer.span(entry.span)?;
        let index = span.ranges.iter().position(|range| range == entry.range)?;
        let at = span_ref(page.id, layer.annotator, span);
        let links = page.relations.map(|relations| relations.links_at(&at)).unwrap_or_default();
        Some(VisibleSpan {
            key: RangeKey { layer: number, span: span.id, index },
            at,
            range: entry.range,
            lane: 0,
            dash: layer.dash,
            colour: page.codebook.category(&span.category).map_or(UNKNOWN, |c| c.colour),
            mine: layer.mine,
            annotator: layer.name.to_owned(),
            initials: layer.initials.clone(),
            links: links.into(),
            verdict: page
                .relations
                .and_then(|relations| relations.verdict_on(page.id, layer.annotator, span)),
            span: span.clone(),
        })
    })
}

fn span_ref(document: &DocumentId, annotator: &AnnotatorId, span: &Span) -> SpanRef {
    SpanRef { layer: LayerId::new(document, annotator), span: span.id }
}

/// Returns the span that a click makes current: the first, or the one after the span of the previous click there.
pub fn next_at_click(found: &[&VisibleSpan], previous: Option<&SpanRef>) -> Option<SpanRef> {
    let before = previous.and_then(|at| found.iter().position(|item| &item.at == at));
    let next = before.map_or(0, |at| (at + 1) % found.len().max(1));
    found.get(next).map(|item| item.at.clone())
}
