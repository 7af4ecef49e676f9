//! A read-only view of a text that is not part of the project yet: laid out and scrolled as in
//! [`TextView`](super::TextView), with a gutter, but with nothing to select or tag.

use std::sync::Arc;

use egui::{CornerRadius, Id, Rect, Sense, Ui, WidgetInfo, pos2, vec2};

use super::estimate::Metrics;
use super::geometry::{Geometry, SideMargin};
use super::laid_out::LaidOutText;
use super::scroll::ScrollAnchor;
use super::visible::VisibleBlock;
use super::{FontMetrics, gutter};
use crate::theme::{Tokens, font_generation, space};
use demarche_io::settings::TextLook;
use demarche_model::{Anchors, DocumentId, Text, TextRange};

/// Width of the scroll bar in points.
const BAR: f32 = 8.0;
/// Minimum height of the scroll bar's thumb, in points.
const MIN_THUMB: f32 = 24.0;
/// Maximum number of characters passed to screen readers.
const ACCESSIBLE_CHARS: usize = 2_000;

/// Shows one text at a time and remembers its scroll position.
pub struct Reader {
    laid_out: Option<LaidOutText>,
    anchor: ScrollAnchor,
    font: FontMetrics,
    /// The distance of the pointer below the thumb's top while dragging, in points.
    grip: Option<f32>,
    /// The height of the view, in points.
    height: f32,
}

impl Default for Reader {
    fn default() -> Self {
        let anchor = ScrollAnchor { block: 0, offset: f32::NEG_INFINITY };
        Self { laid_out: None, anchor, font: FontMetrics::default(), grip: None, height: 0.0 }
    }
}

impl Reader {
    /// Scrolls by most of the view's height.
    pub fn page(&mut self, forward: bool) {
        let step = self.height * 0.9;
        self.anchor.offset += if forward { step } else { -step };
    }

    /// Shows a text in the available space. `id` identifies it; `size_pt` is the font size in points.
    pub fn ui(&mut self, ui: &mut Ui, id: &DocumentId, text: &Arc<Text>, anchors: &Anchors, size_pt: f32) {
        let (rect, response) = ui.allocate_exact_size(ui.available_size(), Sense::hover());
        if rect.height() < 1.0 || rect.width() < 1.0 {
            return;
        }
        let tokens = Tokens::of(ui);
        let mut laid_out = match self.laid_out.take() {
            Some(laid_out) if laid_out.is_of(id, text) => laid_out,
            _ => {
                self.anchor = ScrollAnchor { block: 0, offset: f32::NEG_INFINITY };
                LaidOutText::new(id, text)
            }
        };
        laid_out.set_colour(tokens.text);
        let line_height = TextLook::default().line_height;
        let scale = ui.ctx().pixels_per_point();
        let fonts = font_generation(ui.ctx());
        let metrics = Metrics { size: size_pt, wrap: 0.0, scale, line_height, fonts };
        self.font.measure(ui.ctx(), &metrics);
        let geometry = reading_geometry(rect, self.font.mean_advance, gutter::width(anchors));
        let metrics = Metrics { wrap: geometry.wrap, ..metrics };
        if laid_out.is_fitted_to(&metrics) {
            laid_out.poll(ui.ctx(), &mut self.font.advances);
        } else {
            laid_out.fit(ui.ctx(), metrics, self.font.mean_advance, &mut self.font.advances);
        }
        self.height = rect.height();
        if response.contains_pointer() {
            self.anchor.offset -= ui.input_mut(|input| std::mem::take(&mut input.smooth_scroll_delta.y));
        }
        self.scroll_bar(ui, &laid_out, &geometry);
        if self.anchor.offset == f32::NEG_INFINITY {
            self.anchor = ScrollAnchor::top(&geometry);
        }
        self.anchor.clamp(ui.ctx(), &mut laid_out, &geometry);
        let blocks = self.paint(ui, &mut laid_out, &geometry);
        gutter::paint(ui, &geometry, anchors, &blocks, Id::unique("gutter of a preview"));
        response
            .widget_info(|| WidgetInfo::labeled(egui::Role::Document, true, accessible_text(text, &blocks)));
        self.laid_out = Some(laid_out);
    }

    /// Paints the visible blocks.
    fn paint(&self, ui: &Ui, laid_out: &mut LaidOutText, geometry: &Geometry) -> Vec<VisibleBlock> {
        let view = geometry.view;
        let painter = ui.painter().with_clip_rect(ui.clip_rect().intersect(view));
        let colour = Tokens::of(ui).text;
        let mut y = view.top() - self.anchor.offset;
        let mut blocks = Vec::new();
        for block in self.anchor.block..laid_out.block_count() {
            if y > view.bottom() {
                break;
            }
            let galley = laid_out.galley(ui.ctx(), block);
            let map = laid_out.map_from_galley(block, &galley);
            let origin = pos2(geometry.left, painter.round_to_pixel_center(y).floor());
            painter.galley(origin, galley, colour);
            blocks.push(VisibleBlock { block, range: laid_out.block_range(block), origin, map });
            y += laid_out.height(ui.ctx(), block);
        }
        blocks
    }

    /// Shows the scroll bar.
    fn scroll_bar(&mut self, ui: &Ui, laid_out: &LaidOutText, geometry: &Geometry) {
        let overview = geometry.overview;
        let first = -f64::from(geometry.top_padding());
        let last = (laid_out.heights().total() - f64::from(geometry.view.height()) * 0.7).max(first + 1.0);
        let whole = laid_out.heights().total() + f64::from(geometry.top_padding());
        if whole <= f64::from(geometry.view.height()) || self.anchor.offset == f32::NEG_INFINITY {
            return;
        }
        let visible = f64::from(overview.height()) / (last - first + f64::from(overview.height()));
        let height =
            (overview.height() * visible as f32).clamp(MIN_THUMB.min(overview.height()), overview.height());
        let travel = (overview.height() - height).max(1.0);
        let part = ((self.anchor.position(laid_out) - first) / (last - first)).clamp(0.0, 1.0) as f32;
        let thumb = Rect::from_min_size(
            pos2(overview.left(), overview.top() + (overview.height() - height) * part),
            vec2(overview.width(), height),
        );
        let response = ui.interact(overview, Id::unique("scroll bar of a preview"), Sense::click_and_drag());
        match response.interact_pointer_pos().filter(|_| response.is_pointer_button_down_on()) {
            Some(at) => {
                let held = if thumb.contains(at) { at.y - thumb.top() } else { height / 2.0 };
                let grip = *self.grip.get_or_insert(held);
                let part = f64::from(((at.y - grip - overview.top()) / travel).clamp(0.0, 1.0));
                self.anchor.jump_to(laid_out, first + (last - first) * part);
            }
            None => self.grip = None,
        }
        let strength = if response.hovered() || self.grip.is_some() { 0.35 } else { 0.2 };
        let fill = Tokens::of(ui).text.gamma_multiply(strength);
        ui.painter().rect_filled(thumb.shrink2(vec2(1.0, 1.0)), CornerRadius::same(3), fill);
    }
}

/// Returns the geometry of a reader: no cards, and a scroll bar instead of the overview.
fn reading_geometry(rect: Rect, mean_advance: f32, gutter: f32) -> Geometry {
    let edge = (rect.right() - BAR).max(rect.left());
    let (view, overview) = rect.split_left_right_at_x(edge);
    let wide = Geometry::new(
        Rect::from_min_size(rect.min, vec2(2000.0, rect.height())),
        mean_advance,
        0.0,
        &TextLook::default(),
    );
    let lead = gutter.max(space::L);
    let wrap = (view.width() - lead - space::L).min(wide.wrap).floor().max(24.0);
    let centred = (view.width() - wrap) / 2.0;
    let left = (view.left() + centred.max(lead)).floor();
    Geometry { view, overview, left, wrap, margin: SideMargin::Empty }
}

/// Returns the visible text, for screen readers.
fn accessible_text(text: &Text, blocks: &[VisibleBlock]) -> String {
    let (Some(first), Some(last)) = (blocks.first(), blocks.last()) else { return String::new() };
    let visible = text.slice(TextRange { start: first.range.start, end: last.range.end });
    visible.chars().take(ACCESSIBLE_CHARS).collect()
}
