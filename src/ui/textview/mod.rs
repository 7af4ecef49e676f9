//! The document view: a text with its spans, for documents of any length.
//!
//! Only visible blocks are laid out ([`blocks`], [`laid_out`]). The heights of the others are estimated ([`wrap`],
//! [`estimate`]) and kept in a Fenwick tree ([`heights`]). The scroll position is anchored at a block ([`scroll`]),
//! so better heights never move the text. Highlights are rectangles under plain galleys ([`visible`], [`lanes`],
//! [`paint`]). Hit testing and caret are our own ([`clusters`], [`block_map`], [`pointer`], [`keys`]). Next to the
//! text are the [`cards`] with their links ([`arcs`], [`links`]), the [`gutter`] with page numbers, the [`bookmarks`], and the
//! [`overview`]. [`access`] describes what is visible to screen readers and tests.
//!
//! [`clusters`] says what does not work with right-to-left text.

mod access;
mod arcs;
mod block_map;
mod blocks;
mod bookmarks;
mod card_groups;
mod cards;
mod clusters;
mod dash;
mod drops;
mod estimate;
mod geometry;
mod gutter;
mod heights;
mod keys;
mod laid_out;
mod lanes;
mod links;
mod menu;
mod overview;
mod page;
mod paint;
mod pointer;
mod reader;
mod scroll;
mod scrolling;
mod sentences;
mod together;
mod visible;
mod wrap;

#[cfg(test)]
mod galley_tests;

use std::collections::HashMap;
use std::sync::Arc;

use egui::{Context, Galley, Id, Rect, Response, Sense, Ui, WidgetInfo, pos2};

pub use self::dash::Dash;
use self::estimate::Metrics;
use self::geometry::Geometry;
use self::laid_out::LaidOutText;
use self::links::LinkDrag;
use self::overview::Overview;
pub use self::page::{Page, PageLayer, Relations};
use self::pointer::{Drag, SpanClick};
pub use self::reader::Reader;
use self::scroll::{Point, ScrollAnchor};
pub use self::together::{Follow, Scrolled};
use self::visible::{VisibleBlock, VisibleSpans, seen_range};
use self::wrap::Advances;
use super::theme::{Tokens, font_generation};
use crate::requests::Requests;
use demarche_model::{DocumentId, SpanRef, Text, TextRange};
use demarche_session::{NavigateAction, PaneKey, TextSelection};

/// Font sizes that the view accepts, in points.
const SIZES_PT: std::ops::RangeInclusive<f32> = 6.0..=96.0;

/// The document view. One view serves all documents of a pane; it remembers the scroll position of each.
pub struct TextView {
    id: Id,
    laid_out: Option<LaidOutText>,
    /// The first visible byte of documents shown before.
    scroll_positions: HashMap<DocumentId, usize>,
    anchor: ScrollAnchor,
    /// The scroll position that has been noted last: what differs from it was scrolled.
    settled: ScrollAnchor,
    scrolled: Option<Scrolled>,
    follow: Option<Follow>,
    /// The first visible byte before the width or font size began to change; it stays at the top meanwhile.
    pinned_top: Option<usize>,
    visible: VisibleSpans,
    overview: Overview,
    drag: Drag,
    last_click: Option<SpanClick>,
    /// The x that moving up and down keeps, in points from the left of the text.
    goal_x: Option<f32>,
    /// Serial of the last reveal request that was carried out.
    last_reveal: u64,
    hovered_card: Option<SpanRef>,
    link_drag: Option<LinkDrag>,
    font: FontMetrics,
    /// The byte at the reading position.
    reading_position: usize,
    /// The range of text that the user sees.
    seen: TextRange,
    /// The upper edge of the view in the frame before, in points.
    upper_edge: Option<f32>,
    /// Where the pointer was when a key was pressed or the wheel turned last: the tooltip stays away until it moves.
    pointer_at_rest: Option<egui::Pos2>,
}

/// Metrics of the text's font at a size.
#[derive(Default)]
struct FontMetrics {
    /// Size in points, pixels per point, and the number of the installed fonts.
    size: (f32, f32, u32),
    /// Mean advance of a character of running text, in points.
    mean_advance: f32,
    advances: Advances,
}

impl FontMetrics {
    fn measure(&mut self, ctx: &Context, metrics: &Metrics) {
        let size = (metrics.size, metrics.scale, metrics.fonts);
        if self.size != size {
            *self = Self { size, mean_advance: mean_advance(ctx, metrics), advances: Advances::default() };
        }
    }
}

/// The values that all parts of the view need in a frame.
struct Frame<'a> {
    ctx: &'a Context,
    ui: &'a Ui,
    /// The id of the view.
    id: Id,
    page: &'a Page<'a>,
    geometry: Geometry,
    tokens: &'static Tokens,
    response: Response,
    /// Caret and selection, as changed in this frame.
    selection: TextSelection,
    requests: &'a mut Requests,
}

impl Frame<'_> {
    /// Requests another selection and shows it at once.
    fn select(&mut self, to: TextSelection) {
        if self.selection != to {
            self.selection = to;
            self.requests.push(NavigateAction::SelectText(to));
        }
    }

    /// Requests another current span, or none.
    fn set_current(&mut self, to: Option<SpanRef>) {
        if self.page.current_span != to.as_ref() {
            self.requests.push(NavigateAction::SetCurrent(to));
        }
    }

    /// Requests what a click on a span does: make it current or, with Ctrl, select or deselect it.
    fn click_span(&mut self, at: SpanRef) {
        if self.ctx.input(|input| input.modifiers.command) {
            self.requests.push(NavigateAction::ToggleSelected(at));
        } else if self.page.selected_spans.is_some() || self.page.current_span != Some(&at) {
            self.requests.push(NavigateAction::SetCurrent(Some(at)));
        }
    }
}

impl TextView {
    /// Creates the view of a pane, which has shown nothing yet.
    pub fn new(pane: PaneKey) -> Self {
        Self {
            id: Self::id_of(pane),
            laid_out: None,
            scroll_positions: HashMap::new(),
            anchor: ScrollAnchor { block: 0, offset: f32::NEG_INFINITY },
            settled: ScrollAnchor { block: 0, offset: f32::NEG_INFINITY },
            scrolled: None,
            follow: None,
            pinned_top: None,
            visible: VisibleSpans::default(),
            overview: Overview::default(),
            drag: Drag::None,
            last_click: None,
            goal_x: None,
            last_reveal: 0,
            hovered_card: None,
            link_drag: None,
            font: FontMetrics::default(),
            reading_position: 0,
            seen: TextRange::default(),
            upper_edge: None,
            pointer_at_rest: None,
        }
    }

    /// Returns the id of the view of a pane, which has the keyboard focus while the user reads and tags in it.
    pub fn id_of(pane: PaneKey) -> Id {
        Id::unique(("demarche document view", pane))
    }

    /// Shows a page in the available space. Pushes what the user asks for to `requests`.
    pub fn ui(&mut self, ui: &mut Ui, page: &Page<'_>, requests: &mut Requests) -> Response {
        let size = ui.available_size().min(ui.clip_rect().size().max(egui::Vec2::splat(1.0)));
        let (rect, _) = ui.allocate_exact_size(size.max(egui::Vec2::ZERO), Sense::hover());
        let response = ui.interact(rect, self.id, Sense::click_and_drag());
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Document, true, page.name));
        let ctx = ui.ctx().clone();
        let mut laid_out = self.open(page);
        if rect.height() >= 1.0 && rect.width() >= 1.0 && rect.is_finite() {
            let tokens = Tokens::of(ui);
            laid_out.set_colour(tokens.text);
            let geometry = self.fit(&ctx, &mut laid_out, page, rect);
            let selection = clamp_selection(page.text, page.selection);
            let mut frame =
                Frame { ctx: &ctx, ui, id: self.id, page, geometry, tokens, response, selection, requests };
            self.show_frame(&mut laid_out, &mut frame);
            self.laid_out = Some(laid_out);
            return frame.response;
        }
        self.seen = TextRange::default();
        self.laid_out = Some(laid_out);
        response
    }

    /// Returns the layout of the page's text. Remembers the scroll position of the document shown before.
    fn open(&mut self, page: &Page<'_>) -> LaidOutText {
        let old = self.laid_out.take();
        match old {
            Some(laid_out) if laid_out.is_of(page.id, page.text) => return laid_out,
            Some(laid_out) => {
                let top = self.pinned_top.unwrap_or_else(|| self.top_byte(&laid_out));
                self.scroll_positions.insert(laid_out.id().clone(), top);
            }
            None => {}
        }
        self.pinned_top = Some(self.scroll_positions.get(page.id).copied().unwrap_or(0));
        self.upper_edge = None;
        self.drag = Drag::None;
        self.link_drag = None;
        self.last_click = None;
        self.goal_x = None;
        LaidOutText::new(page.id, page.text)
    }

    /// Lays the text out for the available space and keeps the scroll position.
    fn fit(&mut self, ctx: &Context, laid_out: &mut LaidOutText, page: &Page<'_>, rect: Rect) -> Geometry {
        let size = if page.size_pt.is_finite() { page.size_pt } else { 16.0 };
        let size = size.clamp(*SIZES_PT.start(), *SIZES_PT.end());
        let scale = ctx.pixels_per_point();
        let line_height = page.look.line_height;
        let fonts = font_generation(ctx);
        let metrics = Metrics { size, wrap: 0.0, scale, line_height, fonts };
        self.font.measure(ctx, &metrics);
        let geometry = Geometry::new(rect, self.font.mean_advance, gutter::width(page.anchors), page.look);
        let metrics = Metrics { wrap: geometry.wrap, ..metrics };
        if !laid_out.is_fitted_to(&metrics) {
            let top = self.pinned_top.unwrap_or_else(|| self.top_byte(laid_out));
            self.pinned_top = Some(top);
            laid_out.fit(ctx, metrics, self.font.mean_advance, &mut self.font.advances);
            self.anchor = if top == 0 { ScrollAnchor::top(&geometry) } else { anchor_at(ctx, laid_out, top) };
            self.settled = self.anchor;
        } else {
            laid_out.poll(ctx, &mut self.font.advances);
        }
        geometry
    }

    /// Returns the first visible byte, as exactly as it can be known without layout.
    fn top_byte(&self, laid_out: &LaidOutText) -> usize {
        if self.anchor.offset <= 0.0 && self.anchor.block == 0 {
            return 0;
        }
        let range = laid_out.block_range(self.anchor.block);
        if let Some(map) = laid_out.cached_map(self.anchor.block) {
            return range.start + map.row_bounds(map.row_at(self.anchor.offset)).0;
        }
        let part = self.anchor.offset / laid_out.heights().get(self.anchor.block).max(1.0);
        let at = range.start + (range.len() as f32 * part.clamp(0.0, 1.0)) as usize;
        laid_out.text().as_str().floor_char_boundary(at.min(range.end))
    }

    fn show_frame(&mut self, laid_out: &mut LaidOutText, frame: &mut Frame<'_>) {
        self.follow_upper_edge(&frame.geometry);
        self.carry_out_follow(frame.ctx, laid_out, &frame.geometry);
        self.reveal(laid_out, frame);
        self.handle_wheel(frame);
        self.drag_overview(laid_out, frame);
        self.handle_keys(laid_out, frame);
        self.anchor.clamp(frame.ctx, laid_out, &frame.geometry);
        self.note_scrolling(frame.ctx, laid_out, &frame.geometry);
        let (blocks, galleys) = self.lay_out_visible(laid_out, frame);
        self.visible.update(frame.page, visible_range(&blocks));
        self.handle_pointer(laid_out, frame, &blocks);
        self.paint(frame, &blocks, &galleys);
        bookmarks::paint(frame, &blocks, self.id);
        gutter::paint(frame.ui, &frame.geometry, frame.page.anchors, &blocks, self.id.with("gutter"));
        self.seen = seen_range(&blocks, frame.geometry.view);
        self.reading_position = self.find_reading_position(frame, &blocks);
        self.cards(frame, &blocks);
        self.paint_overview(laid_out, frame);
        bookmarks::paint_overview(frame, laid_out);
        self.menu(laid_out, frame);
        access::describe(frame, &blocks, &self.visible);
    }

    /// Returns the byte at which the user reads: the caret if it is visible, otherwise a point slightly above the
    /// middle.
    pub fn reading_position(&self) -> usize {
        self.reading_position
    }

    /// Returns the range of text that the user sees.
    pub fn seen(&self) -> TextRange {
        self.seen
    }

    /// Lays out the visible blocks.
    fn lay_out_visible(
        &self,
        laid_out: &mut LaidOutText,
        frame: &Frame<'_>,
    ) -> (Vec<VisibleBlock>, Vec<Arc<Galley>>) {
        let view = frame.geometry.view;
        let mut y = view.top() - self.anchor.offset;
        let (mut blocks, mut galleys) = (Vec::new(), Vec::new());
        for block in self.anchor.block..laid_out.block_count() {
            if y > view.bottom() {
                break;
            }
            let galley = laid_out.galley(frame.ctx, block);
            let map = laid_out.map_from_galley(block, &galley);
            let origin = pos2(frame.geometry.left, frame.ui.painter().round_to_pixel_center(y).floor());
            blocks.push(VisibleBlock { block, range: laid_out.block_range(block), origin, map });
            galleys.push(galley);
            y += laid_out.height(frame.ctx, block);
        }
        (blocks, galleys)
    }
}

/// Returns the range of text in the visible blocks.
fn visible_range(blocks: &[VisibleBlock]) -> TextRange {
    match (blocks.first(), blocks.last()) {
        (Some(first), Some(last)) => TextRange::new(first.range.start, last.range.end),
        _ => TextRange::default(),
    }
}

/// Returns the block of an offset, and the top of its row in that block.
fn point_of(ctx: &Context, laid_out: &mut LaidOutText, offset: usize) -> Point {
    let block = laid_out.block_at(offset.min(laid_out.text().len()));
    let map = laid_out.map(ctx, block);
    let inside = offset.saturating_sub(laid_out.block_range(block).start);
    Point { block, y: map.row_of(inside) as f32 * map.row_height() }
}

fn anchor_at(ctx: &Context, laid_out: &mut LaidOutText, byte: usize) -> ScrollAnchor {
    let Point { block, y } = point_of(ctx, laid_out, byte);
    ScrollAnchor { block, offset: y }
}

/// Moves a selection into the text and onto character boundaries.
fn clamp_selection(text: &Text, selection: TextSelection) -> TextSelection {
    let clamp = |offset: usize| text.as_str().floor_char_boundary(offset.min(text.len()));
    TextSelection { anchor: clamp(selection.anchor), head: clamp(selection.head) }
}

/// Returns mean advance of a character of running text, in points.
fn mean_advance(ctx: &Context, metrics: &Metrics) -> f32 {
    const SAMPLE: &str =
        "the delegation regrets that no agreement could be reached on the question of access";
    let font = metrics.font();
    let width: f32 = ctx.fonts_mut(|fonts| SAMPLE.chars().map(|c| fonts.glyph_width(&font, c)).sum());
    (width / SAMPLE.len() as f32).max(1.0)
}
