//! Paints the text: hits, tints, selection, underlines, galleys, outlines and handles, caret, in this order.

use std::sync::Arc;

use egui::{Color32, CornerRadius, Galley, Mesh, Painter, Rect, Shape, Stroke, StrokeKind, pos2, vec2};

use super::pointer::KNOB_RADIUS;
use super::visible::{VisibleBlock, VisibleSpan};
use super::{Frame, TextView};
use demarche_model::TextRange;

/// Thickness of an underline, in points.
const UNDERLINE: f32 = 2.0;
/// Distance between underline lanes, in points.
const LANE_HEIGHT: f32 = 3.0;

/// Distance of a bar next to changed words from the text, and its thickness, in points.
const CHANGE_BAR: (f32, f32) = (9.0, 2.0);

/// Rectangles of one kind, collected into one shape.
struct Layer<'a> {
    mesh: Mesh,
    painter: &'a Painter,
    view: Rect,
}

impl<'a> Layer<'a> {
    fn new(painter: &'a Painter, view: Rect) -> Self {
        Self { mesh: Mesh::default(), painter, view }
    }

    fn rect(&mut self, rect: Rect, colour: Color32) {
        if rect.bottom() >= self.view.top() && rect.top() <= self.view.bottom() && rect.width() > 0.0 {
            let round = |p: egui::Pos2| {
                let scale = self.painter.pixels_per_point();
                pos2((p.x * scale).round() / scale, (p.y * scale).round() / scale)
            };
            self.mesh.add_colored_rect(Rect::from_min_max(round(rect.min), round(rect.max)), colour);
        }
    }

    fn paint(self) {
        if !self.mesh.is_empty() {
            self.painter.add(Shape::mesh(self.mesh));
        }
    }
}

impl TextView {
    pub(super) fn paint(&self, frame: &Frame<'_>, blocks: &[VisibleBlock], galleys: &[Arc<Galley>]) {
        let view = frame.geometry.view;
        let painter = frame.ui.painter().with_clip_rect(frame.ui.clip_rect().intersect(view));
        painter.rect_filled(view, CornerRadius::ZERO, frame.tokens.page);
        paint_changes(frame, &painter, blocks);
        paint_hits(frame, &painter, blocks);
        self.paint_tints(frame, &painter, blocks);
        paint_selection(frame, &painter, blocks);
        self.paint_underlines(frame, &painter, blocks);
        for (block, galley) in blocks.iter().zip(galleys) {
            painter.galley(block.origin, galley.clone(), frame.tokens.text);
        }
        self.paint_outlines(frame, &painter, blocks);
        paint_caret(frame, &painter, blocks);
    }

    fn paint_tints(&self, frame: &Frame<'_>, painter: &Painter, blocks: &[VisibleBlock]) {
        let mut layer = Layer::new(painter, frame.geometry.view);
        let hovered = self.hovered(frame, blocks).map(|item| &item.at).or(self.hovered_card.as_ref());
        for item in self.visible.all() {
            let strong = frame.page.is_highlighted(&item.at);
            let strength = match (strong, Some(&item.at) == hovered, item.mine) {
                (true, ..) => 0.34,
                (_, true, _) => 0.27,
                (.., true) => 0.17,
                (.., false) => 0.08,
            };
            // Words under many passages must remain readable.
            let fainter = if strong { 1.0 } else { 1.0 - 0.22 * f32::from(item.lane) };
            let colour = frame.tokens.tint(item.colour, strength * fainter);
            each_rect(blocks, self.shown_range(item), |rect| layer.rect(inset(rect), colour));
        }
        layer.paint();
    }

    fn paint_underlines(&self, frame: &Frame<'_>, painter: &Painter, blocks: &[VisibleBlock]) {
        let mut layer = Layer::new(painter, frame.geometry.view);
        for item in self.visible.all() {
            let colour = frame.tokens.category(item.colour);
            let range = self.shown_range(item);
            for block in blocks {
                let below = underline(block, item);
                block.rects(range, |rect| {
                    let top = rect.top() + below;
                    let line =
                        Rect::from_min_max(pos2(rect.left(), top), pos2(rect.right(), top + UNDERLINE));
                    item.dash.strokes(line, |stroke| layer.rect(stroke, colour));
                });
            }
        }
        layer.paint();
    }

    /// Paints the outlines of current and selected spans, and the handles of the current one.
    fn paint_outlines(&self, frame: &Frame<'_>, painter: &Painter, blocks: &[VisibleBlock]) {
        let highlighted = self.visible.all().iter().filter(|item| frame.page.is_highlighted(&item.at));
        for item in highlighted {
            let stroke = Stroke::new(1.0, frame.tokens.category(item.colour));
            each_rect(blocks, self.shown_range(item), |rect| {
                painter.rect_stroke(inset(rect), CornerRadius::same(2), stroke, StrokeKind::Outside);
            });
        }
        for handle in self.handles(frame, blocks) {
            let colour = frame.tokens.accent;
            painter.rect_filled(handle.bar, CornerRadius::same(1), colour);
            painter.circle(handle.knob, KNOB_RADIUS, colour, Stroke::new(1.5, frame.tokens.page));
        }
    }
}

/// Returns the distance of an underline below the top of its row, in points.
fn underline(block: &VisibleBlock, item: &VisibleSpan) -> f32 {
    let scale = (block.map.row_height() / 24.0).clamp(0.75, 2.0);
    let lowest = block.map.row_height() + 5.0 * scale - UNDERLINE;
    (block.map.baseline() + 3.0 * scale + f32::from(item.lane) * LANE_HEIGHT * scale.max(1.0)).min(lowest)
}

/// Returns a row's rectangle without the white space between the lines.
fn inset(rect: Rect) -> Rect {
    rect.shrink2(vec2(0.0, (rect.height() * 0.07).round()))
}

fn each_rect(blocks: &[VisibleBlock], range: TextRange, mut each: impl FnMut(Rect)) {
    blocks.iter().for_each(|block| block.rects(range, &mut each));
}

/// Paints words that another version of the text lacks, with bars in the margin next to them.
fn paint_changes(frame: &Frame<'_>, painter: &Painter, blocks: &[VisibleBlock]) {
    let changes = frame.page.changes;
    let (Some(first), Some(last)) = (blocks.first(), blocks.last()) else { return };
    let from = changes.partition_point(|change| change.end <= first.range.start);
    let to = changes.partition_point(|change| change.start < last.range.end);
    let mut layer = Layer::new(painter, frame.geometry.view);
    let x = frame.geometry.left - CHANGE_BAR.0;
    for &change in changes.get(from..to).unwrap_or_default() {
        each_rect(blocks, change, |rect| {
            layer.rect(inset(rect), frame.tokens.text.gamma_multiply(0.10));
            let bar = Rect::from_min_max(pos2(x, rect.top()), pos2(x + CHANGE_BAR.1, rect.bottom()));
            layer.rect(bar, frame.tokens.text_weak);
        });
    }
    layer.paint();
}

fn paint_hits(frame: &Frame<'_>, painter: &Painter, blocks: &[VisibleBlock]) {
    let hits = frame.page.hits;
    let (Some(first), Some(last)) = (blocks.first(), blocks.last()) else { return };
    let from = hits.partition_point(|hit| hit.end <= first.range.start);
    let to = hits.partition_point(|hit| hit.start < last.range.end);
    let mut layer = Layer::new(painter, frame.geometry.view);
    let mut current = Vec::new();
    for (index, &hit) in hits.iter().enumerate().take(to).skip(from) {
        each_rect(blocks, hit, |rect| {
            let rect = inset(rect).expand2(vec2(1.0, 0.0));
            layer.rect(rect, frame.tokens.hit);
            if frame.page.current_hit == Some(index) {
                current.push(rect);
            }
        });
    }
    layer.paint();
    for rect in current {
        let stroke = Stroke::new(1.5, frame.tokens.warning);
        painter.rect_stroke(rect, CornerRadius::same(2), stroke, StrokeKind::Outside);
    }
}

fn paint_selection(frame: &Frame<'_>, painter: &Painter, blocks: &[VisibleBlock]) {
    let range = frame.selection.range();
    if range.is_empty() {
        return;
    }
    let mut layer = Layer::new(painter, frame.geometry.view);
    let colour = frame.tokens.selection.gamma_multiply(0.8);
    for block in blocks {
        block.rects(range, |rect| layer.rect(rect, colour));
        // A selected line end is visible, which matters in blank lines.
        if range.start <= block.range.end && block.range.end < range.end {
            let (row, x) = block.map.caret(block.range.len());
            let height = block.map.row_height();
            let at = pos2(block.origin.x + x, block.origin.y + row as f32 * height);
            layer.rect(Rect::from_min_size(at, vec2(5.0, height)), colour);
        }
    }
    layer.paint();
}

fn paint_caret(frame: &Frame<'_>, painter: &Painter, blocks: &[VisibleBlock]) {
    let head = frame.selection.head;
    let holds = |block: &&VisibleBlock| block.range.start <= head && head <= block.range.end;
    let Some(block) = blocks.iter().rev().find(holds) else { return };
    if !frame.response.has_focus() {
        return;
    }
    let (row, x) = block.map.caret(head - block.range.start);
    let height = block.map.row_height();
    let top = block.origin.y + row as f32 * height;
    let at = pos2((block.origin.x + x).round() - 1.0, top + (height * 0.1).round());
    let rect = Rect::from_min_size(at, vec2(2.0, (height * 0.8).round()));
    painter.rect_filled(rect, CornerRadius::ZERO, frame.tokens.accent);
}
