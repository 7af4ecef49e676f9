//! The overview ruler on the right, which is also the scroll bar. It marks the spans and search hits of the whole document,
//! and the visible part.

use std::sync::Arc;

use egui::{Color32, CornerRadius, Mesh, Rect, Sense, Shape, Stroke, StrokeKind, pos2};

use super::geometry::Geometry;
use super::laid_out::LaidOutText;
use super::{Frame, Page, TextView};
use crate::words::text_view as words;
use demarche_model::{CategoryId, DocumentId, TextRange};

/// Spans of one layer that are sampled for one pixel row: in a document with tens of thousands of spans, a sample
/// gives the colours of a row well enough.
const SAMPLES_PER_ROW: usize = 4;
/// Spans that are sampled in one frame; the picture of a document with more takes several frames.
const SAMPLES_PER_FRAME: usize = 150;
/// Minimum height of the thumb, in points.
const MIN_THUMB: f32 = 18.0;

/// The values that the picture depends on.
#[derive(Clone, PartialEq)]
struct PictureKey {
    document: DocumentId,
    revision: u64,
    version: u64,
    hits: usize,
    rect: Rect,
    dark: bool,
}

/// The picture of the document, and the state of the thumb's drag.
#[derive(Default)]
pub struct Overview {
    key: Option<PictureKey>,
    picture: Arc<Mesh>,
    /// The rows of the next picture that are ready.
    rows: Vec<PixelRow>,
    /// The distance of the pointer below the thumb's top while dragging, in points.
    grip: Option<f32>,
}

/// The colours in the part of the document that a pixel row represents.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
struct PixelRow {
    main: Option<Color32>,
    second: Option<Color32>,
    hit: bool,
}

impl TextView {
    pub(super) fn drag_overview(&mut self, laid_out: &mut LaidOutText, frame: &Frame<'_>) {
        let overview = frame.geometry.overview;
        let response = frame.ui.interact(overview, self.id.with("overview"), Sense::click_and_drag());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ScrollBar, true, words::overview()));
        let thumb = self.thumb(laid_out, frame);
        if !response.is_pointer_button_down_on() && !response.clicked() {
            self.overview.grip = None;
            return;
        }
        let Some(at) = response.interact_pointer_pos() else { return };
        let held = if thumb.contains(at) { at.y - thumb.top() } else { thumb.height() / 2.0 };
        let grip = *self.overview.grip.get_or_insert(held);
        let travel = (overview.height() - thumb.height()).max(1.0);
        let part = ((at.y - grip - overview.top()) / travel).clamp(0.0, 1.0);
        let (first, last) = Self::travel(laid_out, &frame.geometry);
        self.pinned_top = None;
        self.anchor.jump_to(laid_out, first + (last - first) * f64::from(part));
    }

    /// Returns the scroll positions at the top and at the end of the document, in points.
    pub(super) fn travel(laid_out: &LaidOutText, geometry: &Geometry) -> (f64, f64) {
        let first = -f64::from(geometry.top_padding());
        let last = laid_out.heights().total() - f64::from(geometry.view.height()) * 0.7;
        (first, last.max(first))
    }

    fn thumb(&self, laid_out: &LaidOutText, frame: &Frame<'_>) -> Rect {
        let overview = frame.geometry.overview;
        let (first, last) = Self::travel(laid_out, &frame.geometry);
        let seen = f64::from(overview.height()) / (last - first + f64::from(overview.height())).max(1.0);
        let height =
            (overview.height() * seen as f32).clamp(MIN_THUMB.min(overview.height()), overview.height());
        let part = (self.anchor.position(laid_out) - first) / (last - first).max(1.0);
        let top = overview.top() + (overview.height() - height) * (part as f32).clamp(0.0, 1.0);
        Rect::from_min_max(pos2(overview.left(), top), pos2(overview.right(), top + height))
    }

    pub(super) fn paint_overview(&mut self, laid_out: &LaidOutText, frame: &Frame<'_>) {
        let overview = frame.geometry.overview;
        let painter = frame.ui.painter();
        painter.rect_filled(overview, CornerRadius::ZERO, frame.tokens.panel);
        painter.vline(overview.left(), overview.y_range(), Stroke::new(1.0, frame.tokens.line));
        self.overview.draw(laid_out, frame);
        painter.add(Shape::Mesh(self.overview.picture.clone()));
        let thumb = self.thumb(laid_out, frame).shrink2(egui::vec2(1.0, 0.0));
        if thumb.height() >= overview.height() {
            return;
        }
        let busy = self.overview.grip.is_some() || frame.ui.rect_contains_pointer(overview);
        let fill = frame.tokens.text.gamma_multiply(if busy { 0.20 } else { 0.12 });
        let edge = Stroke::new(1.0, frame.tokens.text.gamma_multiply(0.35));
        painter.rect(thumb, CornerRadius::same(3), fill, edge, StrokeKind::Inside);
    }
}

impl Overview {
    /// Brings the picture up to date, a part of it in every frame.
    fn draw(&mut self, laid_out: &LaidOutText, frame: &Frame<'_>) {
        let key = PictureKey {
            document: frame.page.id.clone(),
            revision: frame.page.revision,
            version: laid_out.version(),
            hits: frame.page.hits.len(),
            rect: frame.geometry.overview,
            dark: frame.tokens.dark,
        };
        let all = frame.geometry.overview.height().ceil().max(1.0) as usize;
        if self.key.as_ref() != Some(&key) {
            let other = self.key.as_ref().is_none_or(|old| old.document != key.document);
            if other || self.key.as_ref().is_some_and(|old| old.rect != key.rect) {
                self.picture = Arc::default();
            }
            self.rows.clear();
            self.key = Some(key);
            if !self.picture.is_empty() {
                // The frame of a tag has enough to do: the picture stays, and sampling begins in the next frame.
                frame.ctx.request_repaint();
                return;
            }
        } else if self.rows.len() >= all {
            return;
        }
        add_rows(&mut self.rows, all, laid_out, frame);
        if self.rows.len() < all {
            frame.ctx.request_repaint();
        } else {
            self.picture = Arc::new(picture(&self.rows, frame.geometry.overview, frame.tokens.warning));
        }
    }
}

/// Adds pixel rows, `all` of which show the whole document, until enough spans have been sampled.
fn add_rows(rows: &mut Vec<PixelRow>, all: usize, laid_out: &LaidOutText, frame: &Frame<'_>) {
    let total = laid_out.heights().total().max(f64::from(frame.geometry.overview.height()));
    let offset = |row: usize| -> usize {
        let (block, inside) = laid_out.heights().find(total * row as f64 / all as f64);
        let range = laid_out.block_range(block);
        let height = f64::from(laid_out.heights().get(block)).max(1.0);
        range.start + (range.len() as f64 * (inside / height).min(1.0)) as usize
    };
    let mut tally = Vec::new();
    let mut sampled = 0;
    let mut start = offset(rows.len());
    while rows.len() < all && sampled < SAMPLES_PER_FRAME {
        let last = rows.len() + 1 == all;
        let end = if last { laid_out.text().len() } else { offset(rows.len() + 1).max(start) };
        rows.push(pixel_row(frame, TextRange::new(start, end), &mut tally));
        sampled += 1 + tally.iter().map(|&(_, count)| count).sum::<usize>();
        start = end;
    }
}

fn pixel_row<'a>(frame: &Frame<'a>, range: TextRange, tally: &mut Vec<(&'a CategoryId, usize)>) -> PixelRow {
    tally.clear();
    if range.is_empty() {
        return PixelRow::default();
    }
    count(frame.page, range, tally);
    tally.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    let colour = |at: usize| {
        let (id, _) = tally.get(at)?;
        let category = frame.page.codebook.category(id);
        Some(category.map_or(frame.tokens.text_faint, |c| frame.tokens.category(c.colour)))
    };
    let hits = frame.page.hits;
    let next = hits.partition_point(|hit| hit.end <= range.start);
    let hit = hits.get(next).is_some_and(|hit| hit.start < range.end);
    PixelRow { main: colour(0), second: colour(1), hit }
}

/// Counts the categories of a sample of the spans in a range.
fn count<'a>(page: &'a Page<'a>, range: TextRange, tally: &mut Vec<(&'a CategoryId, usize)>) {
    for layer in page.layers {
        let index = layer.layer.index();
        let first = index.first_from(range.start);
        let inside = index.first_from(range.end) - first;
        let step = inside.div_ceil(SAMPLES_PER_ROW).max(1);
        let across =
            index.overlapping(TextRange { start: range.start, end: range.start + 1 }).take(SAMPLES_PER_ROW);
        let sampled = (first..first + inside).step_by(step).filter_map(|at| index.entries().get(at).copied());
        for entry in across.chain(sampled) {
            let Some(span) = layer.layer.span(entry.span) else { continue };
            match tally.iter_mut().find(|(id, _)| *id == &span.category) {
                Some((_, count)) => *count += 1,
                None => tally.push((&span.category, 1)),
            }
        }
    }
}

/// Returns the picture: equal rows joined into bars.
fn picture(rows: &[PixelRow], overview: Rect, hit: Color32) -> Mesh {
    let mut mesh = Mesh::default();
    let mut from = 0;
    while let Some(&row) = rows.get(from) {
        let same = rows.iter().skip(from).take_while(|&&other| other == row).count();
        let (top, bottom) = (overview.top() + from as f32, overview.top() + (from + same) as f32);
        let mut bar = |left: f32, right: f32, colour: Option<Color32>| {
            if let Some(colour) = colour {
                let (left, right) = (overview.left() + left, overview.left() + right);
                let bottom = bottom.max(top + 2.0).min(overview.bottom());
                mesh.add_colored_rect(Rect::from_min_max(pos2(left, top), pos2(right, bottom)), colour);
            }
        };
        let middle = if row.second.is_some() { 6.5 } else { 10.0 };
        bar(3.0, middle, row.main);
        bar(middle, 10.0, row.second);
        bar(11.0, 14.0, row.hit.then_some(hit));
        from += same;
    }
    mesh
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::vec2;

    #[test]
    fn equal_rows_become_one_bar() {
        let overview = Rect::from_min_size(pos2(0.0, 0.0), vec2(14.0, 6.0));
        let red = PixelRow { main: Some(Color32::RED), ..PixelRow::default() };
        let both = PixelRow { second: Some(Color32::BLUE), hit: true, ..red };
        let none = PixelRow::default();
        let mesh = picture(&[none, red, red, none, both, none], overview, Color32::YELLOW);
        assert_eq!(mesh.indices.len() / 6, 4, "one for the two red rows, three for the mixed one");
    }
}
