//! A text that is only looked at, before it is part of a project: set and scrolled as in [`TextView`](super::TextView),
//! with the names of its pages beside it, and nothing to select or tag.

use std::sync::Arc;

use egui::{CornerRadius, Id, Rect, Sense, Ui, WidgetInfo, pos2, vec2};

use super::estimate::Metrics;
use super::geometry::{Geometry, Margin};
use super::items::Shown;
use super::scroll::Anchor;
use super::sheet::Sheet;
use super::{Face, places};
use crate::theme::{Tokens, space};
use demarche_model::{Anchors, DocumentId, Text, TextRange};

/// Width of the scroll bar in points.
const BAR: f32 = 8.0;
/// Shortest thumb of the scroll bar in points.
const SHORTEST: f32 = 24.0;
/// Characters that are told to screen readers at most.
const TOLD: usize = 2_000;

/// Shows one text at a time; it remembers how far that was read.
pub struct Reader {
    sheet: Option<Sheet>,
    anchor: Anchor,
    face: Face,
    /// Where in the thumb it is held, in points below its top.
    grip: Option<f32>,
    /// Height of the text in sight, in points.
    height: f32,
}

impl Default for Reader {
    fn default() -> Self {
        let anchor = Anchor { block: 0, offset: f32::NEG_INFINITY };
        Self { sheet: None, anchor, face: Face::default(), grip: None, height: 0.0 }
    }
}

impl Reader {
    /// Goes on by most of what is in sight, or back.
    pub fn page(&mut self, forward: bool) {
        let step = self.height * 0.9;
        self.anchor.offset += if forward { step } else { -step };
    }

    /// Shows a text in all the space that there is. `id` tells it from others; `size_px` is the size of the type in points.
    pub fn ui(&mut self, ui: &mut Ui, id: &DocumentId, text: &Arc<Text>, anchors: &Anchors, size_px: f32) {
        let (rect, response) = ui.allocate_exact_size(ui.available_size(), Sense::hover());
        if rect.height() < 1.0 || rect.width() < 1.0 {
            return;
        }
        let tokens = Tokens::of(ui);
        let mut sheet = match self.sheet.take() {
            Some(sheet) if sheet.shows(id, text) => sheet,
            _ => {
                self.anchor = Anchor { block: 0, offset: f32::NEG_INFINITY };
                Sheet::new(id, text)
            }
        };
        sheet.ink(tokens.text);
        let metrics = Metrics { size: size_px, wrap: 0.0, scale: ui.ctx().pixels_per_point() };
        self.face.measure(ui.ctx(), &metrics);
        let geometry = reading_geometry(rect, self.face.mean_advance, places::gutter(anchors));
        let metrics = Metrics { wrap: geometry.wrap, ..metrics };
        if sheet.fits(&metrics) {
            sheet.poll(ui.ctx(), &mut self.face.advances);
        } else {
            sheet.fit(ui.ctx(), metrics, self.face.mean_advance, &mut self.face.advances);
        }
        self.height = rect.height();
        if response.contains_pointer() {
            self.anchor.offset -= ui.input_mut(|input| std::mem::take(&mut input.smooth_scroll_delta.y));
        }
        self.bar(ui, &sheet, &geometry);
        if self.anchor.offset == f32::NEG_INFINITY {
            self.anchor = Anchor::top(&geometry);
        }
        self.anchor.settle(ui.ctx(), &mut sheet, &geometry);
        let shown = self.paint(ui, &mut sheet, &geometry);
        places::paint(ui, &geometry, anchors, &shown, Id::unique("places of a preview"));
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Document, true, told(text, &shown)));
        self.sheet = Some(sheet);
    }

    /// Paints the blocks in sight.
    fn paint(&self, ui: &Ui, sheet: &mut Sheet, geometry: &Geometry) -> Vec<Shown> {
        let view = geometry.view;
        let painter = ui.painter().with_clip_rect(ui.clip_rect().intersect(view));
        let colour = Tokens::of(ui).text;
        let mut y = view.top() - self.anchor.offset;
        let mut shown = Vec::new();
        for block in self.anchor.block..sheet.count() {
            if y > view.bottom() {
                break;
            }
            let galley = sheet.galley(ui.ctx(), block);
            let map = sheet.map_of(block, &galley);
            let origin = pos2(geometry.left, painter.round_to_pixel_center(y).floor());
            painter.galley(origin, galley, colour);
            shown.push(Shown { block, range: sheet.range(block), origin, map });
            y += sheet.height(ui.ctx(), block);
        }
        shown
    }

    /// The scroll bar.
    fn bar(&mut self, ui: &Ui, sheet: &Sheet, geometry: &Geometry) {
        let strip = geometry.strip;
        let first = -f64::from(geometry.head());
        let last = (sheet.heights().total() - f64::from(geometry.view.height()) * 0.7).max(first + 1.0);
        let whole = sheet.heights().total() + f64::from(geometry.head());
        if whole <= f64::from(geometry.view.height()) || self.anchor.offset == f32::NEG_INFINITY {
            return;
        }
        let seen = f64::from(strip.height()) / (last - first + f64::from(strip.height()));
        let height = (strip.height() * seen as f32).clamp(SHORTEST.min(strip.height()), strip.height());
        let travel = (strip.height() - height).max(1.0);
        let part = ((self.anchor.position(sheet) - first) / (last - first)).clamp(0.0, 1.0) as f32;
        let thumb = Rect::from_min_size(
            pos2(strip.left(), strip.top() + (strip.height() - height) * part),
            vec2(strip.width(), height),
        );
        let response = ui.interact(strip, Id::unique("scroll bar of a preview"), Sense::click_and_drag());
        match response.interact_pointer_pos().filter(|_| response.is_pointer_button_down_on()) {
            Some(at) => {
                let held = if thumb.contains(at) { at.y - thumb.top() } else { height / 2.0 };
                let grip = *self.grip.get_or_insert(held);
                let part = f64::from(((at.y - grip - strip.top()) / travel).clamp(0.0, 1.0));
                self.anchor.go_to(sheet, first + (last - first) * part);
            }
            None => self.grip = None,
        }
        let strength = if response.hovered() || self.grip.is_some() { 0.35 } else { 0.2 };
        let fill = Tokens::of(ui).text.gamma_multiply(strength);
        ui.painter().rect_filled(thumb.shrink2(vec2(1.0, 1.0)), CornerRadius::same(3), fill);
    }
}

/// Where things stand: no cards beside the text, and a scroll bar instead of the overview.
fn reading_geometry(rect: Rect, mean_advance: f32, gutter: f32) -> Geometry {
    let edge = (rect.right() - BAR).max(rect.left());
    let (view, strip) = rect.split_left_right_at_x(edge);
    let wide = Geometry::new(Rect::from_min_size(rect.min, vec2(2000.0, rect.height())), mean_advance, 0.0);
    let lead = gutter.max(space::L);
    let wrap = (view.width() - lead - space::L).min(wide.wrap).floor().max(24.0);
    let centred = (view.width() - wrap) / 2.0;
    let left = (view.left() + centred.max(lead)).floor();
    Geometry { view, strip, left, wrap, margin: Margin::Empty }
}

/// What stands in sight, for screen readers.
fn told(text: &Text, shown: &[Shown]) -> String {
    let (Some(first), Some(last)) = (shown.first(), shown.last()) else { return String::new() };
    let seen = text.slice(TextRange { start: first.range.start, end: last.range.end });
    seen.chars().take(TOLD).collect()
}
