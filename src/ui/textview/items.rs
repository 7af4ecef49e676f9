//! The spans in sight: what is painted for each, and what lies under the pointer.

use std::sync::Arc;

use egui::{Rect, pos2};

use super::lanes::{Key, LANES, Lanes};
use super::rowmap::BlockMap;
use super::{Dash, Page, PageLayer};
use demarche_model::{AnnotatorId, Colour, DocumentId, LayerId, Span, SpanRef, TextRange, Verdict};
use demarche_session::LinkEnd;

/// Colour of spans whose category the codebook lacks.
const UNKNOWN: Colour = Colour([0x7A, 0x7A, 0x7A]);

/// A block in sight.
pub struct Shown {
    /// Position of the block.
    pub block: usize,
    /// Where it lies in the text.
    pub range: TextRange,
    /// Top left of its text on the screen, in points.
    pub origin: egui::Pos2,
    /// Where its characters stand.
    pub map: Arc<BlockMap>,
}

impl Shown {
    /// The rectangles that `range` (bytes of the text) covers in this block, one or more per row, each as high as a
    /// row.
    pub fn rects(&self, range: TextRange, mut each: impl FnMut(Rect)) {
        let Some(part) = range.intersect(self.range) else { return };
        let inside = TextRange { start: part.start - self.range.start, end: part.end - self.range.start };
        let height = self.map.row_height();
        self.map.stretches(inside, |s| {
            let top = self.origin.y + s.row as f32 * height;
            each(Rect::from_min_max(
                pos2(self.origin.x + s.left, top),
                pos2(self.origin.x + s.right, top + height),
            ));
        });
    }
}

/// One range of one span in sight.
#[derive(Clone, Debug)]
pub struct Item {
    /// What it is known by.
    pub key: Key,
    /// The span.
    pub span: Arc<Span>,
    /// Where the span is in the project.
    pub at: SpanRef,
    /// The range, in bytes.
    pub range: TextRange,
    /// Its underline.
    pub lane: u8,
    /// How that is drawn.
    pub dash: Dash,
    /// Colour of its category.
    pub colour: Colour,
    /// Whether it belongs to the one who works here.
    pub mine: bool,
    /// Name of its annotator.
    pub annotator: String,
    /// Their initials.
    pub short: String,
    /// Its links, both ways.
    pub links: Arc<[LinkEnd]>,
    /// What reviewers have decided on it.
    pub verdict: Option<Verdict>,
}

/// The spans that overlap the blocks in sight, gathered anew only when these or the annotations have changed.
#[derive(Default)]
pub struct Items {
    made_for: Option<(DocumentId, u64, TextRange)>,
    all: Vec<Item>,
    lanes: Lanes,
}

impl Items {
    /// All of them, by layer, then in reading order.
    pub fn all(&self) -> &[Item] {
        &self.all
    }

    /// Brings the list up to date for the stretch `seen` of the text.
    pub fn gather(&mut self, page: &Page<'_>, seen: TextRange) {
        let made_for = Some((page.id.clone(), page.revision, seen));
        if self.made_for == made_for {
            return;
        }
        if self.made_for.as_ref().is_none_or(|(id, ..)| id != page.id) {
            self.lanes = Lanes::default();
        }
        self.made_for = made_for;
        self.all.clear();
        for (number, layer) in page.layers.iter().enumerate() {
            self.all.extend(items(page, number, layer, seen));
        }
        let ranges: Vec<(Key, TextRange)> = self.all.iter().map(|item| (item.key, item.range)).collect();
        let lanes = self.lanes.assign(&ranges);
        for (item, free) in self.all.iter_mut().zip(lanes) {
            let fixed = page.layers.get(item.key.layer).and_then(|layer| layer.lane);
            item.lane = fixed.unwrap_or(free).min(LANES - 1);
        }
    }

    /// The spans over the byte at `offset`: the shortest first, one's own before those of others.
    pub fn over(&self, offset: usize) -> Vec<&Item> {
        let mut found: Vec<&Item> = self.all.iter().filter(|item| item.range.contains(offset)).collect();
        found.sort_by_key(|item| (item.range.len(), !item.mine, item.key.layer, item.key.span));
        found.dedup_by_key(|item| (item.key.layer, item.key.span));
        found
    }
}

fn items<'a>(
    page: &'a Page<'a>,
    number: usize,
    layer: &'a PageLayer<'a>,
    seen: TextRange,
) -> impl Iterator<Item = Item> + 'a {
    layer.layer.index().overlapping(seen).filter_map(move |entry| {
        let span = layer.layer.span(entry.span)?;
        let index = span.ranges.iter().position(|range| range == entry.range)?;
        let at = span_ref(page.id, layer.annotator, span);
        let links = page.relations.map(|relations| relations.links_at(&at)).unwrap_or_default();
        Some(Item {
            key: Key { layer: number, span: span.id, index },
            at,
            range: entry.range,
            lane: 0,
            dash: layer.dash,
            colour: page.codebook.category(&span.category).map_or(UNKNOWN, |c| c.colour),
            mine: layer.mine,
            annotator: layer.name.to_owned(),
            short: layer.short.clone(),
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

/// The span to pick at a click: the first, or the one after the span that the click before has picked there.
pub fn next_of(found: &[&Item], again: Option<&SpanRef>) -> Option<SpanRef> {
    let before = again.and_then(|at| found.iter().position(|item| &item.at == at));
    let next = before.map_or(0, |at| (at + 1) % found.len().max(1));
    found.get(next).map(|item| item.at.clone())
}
