//! The document view: a text with its spans, made for documents of any length.
//!
//! Only the blocks in sight are laid out ([`blocks`], [`sheet`]); the heights of the others are estimated
//! ([`wrap`], [`estimate`]) and stand in a Fenwick tree ([`heights`]). The view is anchored at a block ([`scroll`]), so
//! better heights never move the text. Highlights are rectangles under plain text ([`items`], [`lanes`], [`paint`]);
//! hit-testing and caret are our own ([`matching`], [`rowmap`], [`pointer`], [`keys`]). Beside the text stand [`cards`] with
//! their links ([`arcs`], [`links`]), the names of pages ([`places`]) and the overview [`strip`]; [`access`] tells screen readers and tests what is in sight.
//!
//! What does not work with right-to-left text is written down in [`matching`].

mod access;
mod arcs;
mod blocks;
mod card_places;
mod cards;
mod dash;
mod estimate;
mod geometry;
mod heights;
mod items;
mod keys;
mod lanes;
mod links;
mod matching;
mod menu;
mod page;
mod paint;
mod places;
mod pointer;
mod reader;
mod rowmap;
mod scroll;
mod sheet;
mod strip;
mod wrap;

#[cfg(test)]
mod galley_tests;

use std::collections::HashMap;
use std::sync::Arc;

use egui::{Context, Galley, Id, Rect, Response, Sense, Ui, WidgetInfo, pos2};

pub use self::dash::Dash;
use self::estimate::Metrics;
use self::geometry::Geometry;
use self::items::{Items, Shown};
use self::links::Pull;
pub use self::page::{Page, PageLayer, Relations};
use self::pointer::{Click, Drag};
pub use self::reader::Reader;
use self::scroll::Anchor;
use self::sheet::Sheet;
use self::strip::Strip;
use self::wrap::Advances;
use super::theme::Tokens;
use crate::requests::Requests;
use demarche_model::{DocumentId, SpanRef, Text, TextRange};
use demarche_session::{NavigateAction, TextSelection};

/// Text sizes that the view accepts, in points.
const SIZES: std::ops::RangeInclusive<f32> = 6.0..=96.0;

/// The document view. One serves for all documents; it remembers where each was left.
pub struct TextView {
    sheet: Option<Sheet>,
    /// First byte in sight of documents that were shown before.
    places: HashMap<DocumentId, usize>,
    anchor: Anchor,
    /// First byte in sight before the width or size began to change; what stays at the top meanwhile.
    held: Option<usize>,
    items: Items,
    strip: Strip,
    drag: Drag,
    last_click: Option<Click>,
    /// The x that moving up and down keeps to, in points from the left of the text.
    goal: Option<f32>,
    /// Serial of the last wish to reveal something that was met.
    revealed: u64,
    hovered_card: Option<SpanRef>,
    pull: Option<Pull>,
    face: Face,
    /// The byte that one reads at.
    reading: usize,
}

/// What is known of the face of the text at a size.
#[derive(Default)]
struct Face {
    /// Size in points and pixels per point.
    size: (f32, f32),
    /// Mean advance of a character of running text, in points.
    mean_advance: f32,
    advances: Advances,
}

impl Face {
    fn measure(&mut self, ctx: &Context, metrics: &Metrics) {
        let size = (metrics.size, metrics.scale);
        if self.size != size {
            *self = Self { size, mean_advance: mean_advance(ctx, metrics), advances: Advances::default() };
        }
    }
}

impl Default for TextView {
    fn default() -> Self {
        Self::new()
    }
}

/// What all parts of the view need to know in a frame.
struct Frame<'a> {
    ctx: &'a Context,
    ui: &'a Ui,
    page: &'a Page<'a>,
    geometry: Geometry,
    tokens: &'static Tokens,
    response: Response,
    /// Caret and selection as this frame has left them.
    selection: TextSelection,
    requests: &'a mut Requests,
}

impl Frame<'_> {
    /// Asks for another selection and shows it at once.
    fn select(&mut self, to: TextSelection) {
        if self.selection != to {
            self.selection = to;
            self.requests.push(NavigateAction::SelectText(to));
        }
    }

    /// Asks for a span to be picked, or none.
    fn pick(&mut self, to: Option<SpanRef>) {
        if self.page.picked != to.as_ref() {
            self.requests.push(NavigateAction::SetCurrent(to));
        }
    }

    /// Asks for a span to be picked that was clicked on; with Ctrl to be chosen beside the others.
    fn pick_or_choose(&mut self, at: SpanRef) {
        if self.ctx.input(|input| input.modifiers.command) {
            self.requests.push(NavigateAction::ToggleSelected(at));
        } else if self.page.chosen.is_some() || self.page.picked != Some(&at) {
            self.requests.push(NavigateAction::SetCurrent(Some(at)));
        }
    }
}

impl TextView {
    /// A view that has shown nothing yet.
    pub fn new() -> Self {
        Self {
            sheet: None,
            places: HashMap::new(),
            anchor: Anchor { block: 0, offset: f32::NEG_INFINITY },
            held: None,
            items: Items::default(),
            strip: Strip::default(),
            drag: Drag::None,
            last_click: None,
            goal: None,
            revealed: 0,
            hovered_card: None,
            pull: None,
            face: Face::default(),
            reading: 0,
        }
    }

    /// The id of the view, which has the keyboard when text is read and tagged.
    pub fn id() -> Id {
        Id::unique("demarche document view")
    }

    /// Gives the keyboard to the view.
    pub fn request_focus(ctx: &Context) {
        ctx.memory_mut(|memory| memory.request_focus(Self::id()));
    }

    /// Shows a page in all the space that there is. What the user wants is pushed to `requests`.
    pub fn ui(&mut self, ui: &mut Ui, page: &Page<'_>, requests: &mut Requests) -> Response {
        let size = ui.available_size().min(ui.clip_rect().size().max(egui::Vec2::splat(1.0)));
        let (rect, _) = ui.allocate_exact_size(size.max(egui::Vec2::ZERO), Sense::hover());
        let response = ui.interact(rect, Self::id(), Sense::click_and_drag());
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Document, true, "Document text"));
        let ctx = ui.ctx().clone();
        let mut sheet = self.open(page);
        if rect.height() >= 1.0 && rect.width() >= 1.0 && rect.is_finite() {
            let tokens = Tokens::of(ui);
            sheet.ink(tokens.text);
            let geometry = self.fit(&ctx, &mut sheet, page, rect);
            let selection = clamp(page.text, page.selection);
            let mut frame = Frame { ctx: &ctx, ui, page, geometry, tokens, response, selection, requests };
            self.frame(&mut sheet, &mut frame);
            self.sheet = Some(sheet);
            return frame.response;
        }
        self.sheet = Some(sheet);
        response
    }

    /// The sheet of the page; what was shown before is left where it stands.
    fn open(&mut self, page: &Page<'_>) -> Sheet {
        let old = self.sheet.take();
        match old {
            Some(sheet) if sheet.shows(page.id, page.text) => return sheet,
            Some(sheet) => {
                let top = self.held.unwrap_or_else(|| self.top_byte(&sheet));
                self.places.insert(sheet.id().clone(), top);
            }
            None => {}
        }
        self.held = Some(self.places.get(page.id).copied().unwrap_or(0));
        self.drag = Drag::None;
        self.pull = None;
        self.last_click = None;
        self.goal = None;
        Sheet::new(page.id, page.text)
    }

    /// Sets the text for the space that there is, keeping the place.
    fn fit(&mut self, ctx: &Context, sheet: &mut Sheet, page: &Page<'_>, rect: Rect) -> Geometry {
        let size = if page.size_px.is_finite() { page.size_px } else { 16.0 };
        let size = size.clamp(*SIZES.start(), *SIZES.end());
        let scale = ctx.pixels_per_point();
        let metrics = Metrics { size, wrap: 0.0, scale };
        self.face.measure(ctx, &metrics);
        let geometry = Geometry::new(rect, self.face.mean_advance, places::gutter(page.anchors));
        let metrics = Metrics { wrap: geometry.wrap, ..metrics };
        if !sheet.fits(&metrics) {
            let top = self.held.unwrap_or_else(|| self.top_byte(sheet));
            self.held = Some(top);
            sheet.fit(ctx, metrics, self.face.mean_advance, &mut self.face.advances);
            self.anchor = if top == 0 { Anchor::top(&geometry) } else { at_byte(ctx, sheet, top) };
        } else {
            sheet.poll(ctx, &mut self.face.advances);
        }
        geometry
    }

    /// First byte in sight, as far as it is known without laying anything out.
    fn top_byte(&self, sheet: &Sheet) -> usize {
        if self.anchor.offset <= 0.0 && self.anchor.block == 0 {
            return 0;
        }
        let range = sheet.range(self.anchor.block);
        if let Some(map) = sheet.known(self.anchor.block) {
            return range.start + map.row_bounds(map.row_at(self.anchor.offset)).0;
        }
        let part = self.anchor.offset / sheet.heights().get(self.anchor.block).max(1.0);
        let at = range.start + (range.len() as f32 * part.clamp(0.0, 1.0)) as usize;
        sheet.text().as_str().floor_char_boundary(at.min(range.end))
    }

    fn frame(&mut self, sheet: &mut Sheet, frame: &mut Frame<'_>) {
        self.reveal(sheet, frame);
        self.wheel(frame);
        self.drag_strip(sheet, frame);
        self.keys(sheet, frame);
        self.anchor.settle(frame.ctx, sheet, &frame.geometry);
        let (shown, galleys) = self.lay_out(sheet, frame);
        self.items.gather(frame.page, seen(&shown));
        self.pointer(sheet, frame, &shown);
        self.paint(frame, &shown, &galleys);
        places::paint(frame.ui, &frame.geometry, frame.page.anchors, &shown, Self::id().with("places"));
        self.note_reading(frame, &shown);
        self.cards(frame, &shown);
        self.paint_strip(sheet, frame);
        self.menu(sheet, frame);
        access::describe(frame, &shown, &self.items);
    }

    /// The byte that one reads at: the caret where it is in sight, else what stands somewhat above the middle.
    pub fn reading(&self) -> usize {
        self.reading
    }

    fn note_reading(&mut self, frame: &Frame<'_>, shown: &[Shown]) {
        let reading = self.reading_at(frame, shown);
        if std::mem::replace(&mut self.reading, reading) != reading {
            // Panels that were shown before the text follow in the next frame.
            frame.ctx.request_repaint();
        }
    }

    /// Brings what the page asks for into view: about a third from the top, unless it stands well already.
    fn reveal(&mut self, sheet: &mut Sheet, frame: &Frame<'_>) {
        let reveal = frame.page.reveal;
        if reveal.serial == self.revealed {
            return;
        }
        self.revealed = reveal.serial;
        let place = place_of(frame.ctx, sheet, reveal.range.start);
        let end = place_of(frame.ctx, sheet, reveal.range.end.max(reveal.range.start));
        let height = frame.geometry.view.height();
        let row = sheet.metrics().row_height();
        let top = self.anchor.y_of(frame.ctx, sheet, place, height);
        let bottom = self.anchor.y_of(frame.ctx, sheet, end, height).map(|y| y + row);
        if let (Some(top), Some(bottom)) = (top, bottom)
            && top >= row
            && bottom <= height - 2.0 * row
        {
            return;
        }
        self.held = None;
        self.anchor.show_at(place, height / 3.0);
    }

    fn wheel(&mut self, frame: &Frame<'_>) {
        if !frame.ui.rect_contains_pointer(frame.geometry.view.union(frame.geometry.strip)) {
            return;
        }
        let delta = frame.ctx.input_mut(|input| std::mem::take(&mut input.smooth_scroll_delta.y));
        if delta != 0.0 {
            self.held = None;
            self.anchor.offset -= delta;
        }
    }

    /// Lays out the blocks in sight.
    fn lay_out(&self, sheet: &mut Sheet, frame: &Frame<'_>) -> (Vec<Shown>, Vec<Arc<Galley>>) {
        let view = frame.geometry.view;
        let mut y = view.top() - self.anchor.offset;
        let (mut shown, mut galleys) = (Vec::new(), Vec::new());
        for block in self.anchor.block..sheet.count() {
            if y > view.bottom() {
                break;
            }
            let galley = sheet.galley(frame.ctx, block);
            let map = sheet.map_of(block, &galley);
            let origin = pos2(frame.geometry.left, frame.ui.painter().round_to_pixel_center(y).floor());
            shown.push(Shown { block, range: sheet.range(block), origin, map });
            galleys.push(galley);
            y += sheet.height(frame.ctx, block);
        }
        (shown, galleys)
    }
}

/// The stretch of text that the blocks in sight hold.
fn seen(shown: &[Shown]) -> TextRange {
    match (shown.first(), shown.last()) {
        (Some(first), Some(last)) => TextRange::new(first.range.start, last.range.end),
        _ => TextRange::default(),
    }
}

/// Block of an offset and the height of its row in the block, in points.
fn place_of(ctx: &Context, sheet: &mut Sheet, offset: usize) -> (usize, f32) {
    let block = sheet.block_at(offset.min(sheet.text().len()));
    let map = sheet.map(ctx, block);
    let inside = offset.saturating_sub(sheet.range(block).start);
    (block, map.row_of(inside) as f32 * map.row_height())
}

fn at_byte(ctx: &Context, sheet: &mut Sheet, byte: usize) -> Anchor {
    let (block, offset) = place_of(ctx, sheet, byte);
    Anchor { block, offset }
}

/// A selection inside the text and on character boundaries.
fn clamp(text: &Text, selection: TextSelection) -> TextSelection {
    let clamp = |offset: usize| text.as_str().floor_char_boundary(offset.min(text.len()));
    TextSelection { anchor: clamp(selection.anchor), head: clamp(selection.head) }
}

/// Mean advance of a character of running text, in points.
fn mean_advance(ctx: &Context, metrics: &Metrics) -> f32 {
    const SAMPLE: &str =
        "the delegation regrets that no agreement could be reached on the question of access";
    let font = metrics.font();
    let width: f32 = ctx.fonts_mut(|fonts| SAMPLE.chars().map(|c| fonts.glyph_width(&font, c)).sum());
    (width / SAMPLE.len() as f32).max(1.0)
}
