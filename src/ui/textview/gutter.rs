//! The gutter to the left of the text: pages, headings and times, at the rows where they begin. The layout of the
//! text does not depend on them; the visible ones are found by binary search.

use egui::{Align2, FontId, Id, Rect, Sense, Ui, pos2, vec2};

use super::geometry::Geometry;
use super::visible::VisibleBlock;
use super::{Frame, TextView};
use crate::theme::{Tokens, size};
use crate::words::text_view as words;
use demarche_model::{Anchor, AnchorKind, Anchors, TextRange};

/// Width for page numbers and times, in points.
const NAMES_WIDTH: f32 = 50.0;
/// Width for heading marks, in points.
const MARKS_WIDTH: f32 = 24.0;
/// Distance from the gutter to the text, in points.
const GAP: f32 = 10.0;

/// Returns the width that the gutter needs, in points.
pub(super) fn width(anchors: &Anchors) -> f32 {
    if anchors.pages().len() + anchors.times().len() > 0 {
        NAMES_WIDTH
    } else if anchors.headings().len() > 0 {
        MARKS_WIDTH
    } else {
        0.0
    }
}

/// A label in the gutter, for what begins in a row.
struct GutterLabel {
    /// The row.
    row: Rect,
    name: String,
    /// The tooltip, and the name for screen readers.
    title: String,
    /// Whether it is the mark of a heading, which gives way to a page or time.
    heading: bool,
    /// The x at which it begins, if that is not at the start of the paragraph.
    x: Option<f32>,
}

/// Paints the labels of the visible rows. `id` must be unique among views.
pub(super) fn paint(ui: &Ui, geometry: &Geometry, anchors: &Anchors, blocks: &[VisibleBlock], id: Id) {
    let tokens = Tokens::of(ui);
    let painter = ui.painter().with_clip_rect(ui.clip_rect().intersect(geometry.view));
    let mut last: Option<f32> = None;
    for (number, label) in labels(anchors, geometry, blocks).into_iter().enumerate() {
        if let Some(x) = label.x {
            let tick = Rect::from_min_size(
                pos2(x - 1.0, label.row.top() + (label.row.height() * 0.2).round()),
                vec2(1.0, (label.row.height() * 0.6).round()),
            );
            painter.rect_filled(tick, 0, tokens.text_faint);
        }
        if last == Some(label.row.top()) {
            continue;
        }
        last = Some(label.row.top());
        let colour = if label.heading { tokens.text_faint } else { tokens.text_weak };
        let at = pos2(geometry.left - GAP, label.row.center().y);
        let font = FontId::proportional(size::SMALL);
        let rect = painter.text(at, Align2::RIGHT_CENTER, &label.name, font, colour);
        let response = ui.interact(rect.expand(2.0), id.with(number), Sense::hover());
        let title = label.title.clone();
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &title));
        response.on_hover_text(label.title);
    }
}

impl TextView {
    /// Returns the byte at which the user reads: the caret if it is visible, otherwise a point slightly above the
    /// middle.
    pub(super) fn find_reading_position(&self, frame: &Frame<'_>, blocks: &[VisibleBlock]) -> usize {
        let view = frame.geometry.view;
        let head = frame.selection.head;
        let holder = blocks.iter().rev().find(|s| s.range.start <= head && head <= s.range.end);
        if let Some(block) = holder {
            let (row, _) = block.map.caret(head - block.range.start);
            let y = block.origin.y + (row as f32 + 0.5) * block.map.row_height();
            if y >= view.top() && y <= view.bottom() {
                return head;
            }
        }
        let y = view.top() + view.height() * 0.4;
        let block = blocks.iter().rev().find(|block| block.origin.y <= y).or(blocks.first());
        block.map_or(0, |block| {
            let row = block.map.row_at(y - block.origin.y);
            block.range.start + block.map.row_bounds(row).0
        })
    }
}

/// Returns the labels of the visible rows in order; in one row, pages and times first.
fn labels(anchors: &Anchors, geometry: &Geometry, blocks: &[VisibleBlock]) -> Vec<GutterLabel> {
    if anchors.is_empty() {
        return Vec::new();
    }
    let mut labels: Vec<GutterLabel> = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        // An anchor on a line end belongs to the block before it, as elsewhere.
        let end = blocks.get(index + 1).map_or(block.range.end + 1, |next| next.range.start);
        let from = labels.len();
        let here = anchors.within(TextRange { start: block.range.start, end: end.max(block.range.start) });
        labels.extend(here.iter().map(|anchor| label(geometry, block, anchor)));
        let top = |label: &GutterLabel| label.row.top();
        if let Some(new) = labels.get_mut(from..) {
            new.sort_by(|a, b| top(a).total_cmp(&top(b)).then(a.heading.cmp(&b.heading)));
        }
    }
    // Of several pages that begin in one row, the last is the one that continues below.
    let mut kept: Vec<GutterLabel> = Vec::with_capacity(labels.len());
    for label in labels {
        let same = kept
            .last()
            .is_some_and(|last| last.row.top() == label.row.top() && last.heading == label.heading);
        if same {
            kept.pop();
        }
        kept.push(label);
    }
    kept
}

fn label(geometry: &Geometry, block: &VisibleBlock, anchor: &Anchor) -> GutterLabel {
    let inside = anchor.at.saturating_sub(block.range.start);
    let (row, x) = block.map.caret(inside);
    let height = block.map.row_height();
    let top = block.origin.y + row as f32 * height;
    let row = Rect::from_min_size(pos2(block.origin.x, top), vec2(geometry.wrap, height));
    let (name, title, heading) = match &anchor.kind {
        AnchorKind::Page(page) => (words::short_page(page), words::page(page), false),
        AnchorKind::Heading { level, title } => ("§".to_owned(), words::heading(*level, title), true),
        AnchorKind::Time(time) => (short_time(time).to_owned(), words::time(time), false),
    };
    let x = (inside > 0 && !heading).then_some(block.origin.x + x);
    GutterLabel { row, name, title, heading, x }
}

/// Shortens a time: `02:05` for `00:02:05`. Hours are shown only if there are any.
fn short_time(time: &str) -> &str {
    time.strip_prefix("00:").filter(|rest| rest.contains(':')).unwrap_or(time)
}
