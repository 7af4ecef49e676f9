//! The overview at the right edge, which is also the scroll bar: where in the whole document spans and search hits
//! lie, and where the view stands.

use std::sync::Arc;

use egui::{Color32, CornerRadius, Id, Mesh, Rect, Sense, Shape, Stroke, StrokeKind, pos2};

use super::sheet::Sheet;
use super::{Frame, Page, TextView};
use demarche_model::{CategoryId, DocumentId, TextRange};

/// Spans of one layer that are looked at for one row of pixels: in a long document with tens of thousands of spans,
/// a sample tells the colours of a row well enough.
const SAMPLE: usize = 8;
/// Spans that are looked at in one frame; the picture of a document with more is made over several frames.
const PER_FRAME: usize = 300;
/// Shortest thumb in points.
const SHORTEST: f32 = 18.0;

/// What the picture depends on.
#[derive(Clone, PartialEq)]
struct Made {
    document: DocumentId,
    revision: u64,
    version: u64,
    hits: usize,
    rect: Rect,
    dark: bool,
}

/// The picture of the document, and the drag of its thumb.
#[derive(Default)]
pub struct Strip {
    made: Option<Made>,
    picture: Arc<Mesh>,
    /// The picture that is being made.
    rows: Vec<Bucket>,
    /// Where in the thumb it is held, in points below its top.
    grip: Option<f32>,
}

/// The part of the document that a row of pixels stands for, and the colours in it.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
struct Bucket {
    main: Option<Color32>,
    second: Option<Color32>,
    hit: bool,
}

impl TextView {
    pub(super) fn drag_strip(&mut self, sheet: &mut Sheet, frame: &Frame<'_>) {
        let strip = frame.geometry.strip;
        let id = Id::unique("demarche document overview");
        let response = frame.ui.interact(strip, id, Sense::click_and_drag());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ScrollBar, true, "Overview"));
        let thumb = self.thumb(sheet, frame);
        if !response.is_pointer_button_down_on() && !response.clicked() {
            self.strip.grip = None;
            return;
        }
        let Some(at) = response.interact_pointer_pos() else { return };
        let held = if thumb.contains(at) { at.y - thumb.top() } else { thumb.height() / 2.0 };
        let grip = *self.strip.grip.get_or_insert(held);
        let travel = (strip.height() - thumb.height()).max(1.0);
        let part = ((at.y - grip - strip.top()) / travel).clamp(0.0, 1.0);
        let (first, last) = self.travel(sheet, frame);
        self.held = None;
        self.anchor.go_to(sheet, first + (last - first) * f64::from(part));
    }

    /// Positions of the view at the top and at the end of the document, in points.
    fn travel(&self, sheet: &Sheet, frame: &Frame<'_>) -> (f64, f64) {
        let first = -f64::from(frame.geometry.head());
        let last = sheet.heights().total() - f64::from(frame.geometry.view.height()) * 0.7;
        (first, last.max(first))
    }

    fn thumb(&self, sheet: &Sheet, frame: &Frame<'_>) -> Rect {
        let strip = frame.geometry.strip;
        let (first, last) = self.travel(sheet, frame);
        let seen = f64::from(strip.height()) / (last - first + f64::from(strip.height())).max(1.0);
        let height = (strip.height() * seen as f32).clamp(SHORTEST.min(strip.height()), strip.height());
        let part = (self.anchor.position(sheet) - first) / (last - first).max(1.0);
        let top = strip.top() + (strip.height() - height) * (part as f32).clamp(0.0, 1.0);
        Rect::from_min_max(pos2(strip.left(), top), pos2(strip.right(), top + height))
    }

    pub(super) fn paint_strip(&mut self, sheet: &Sheet, frame: &Frame<'_>) {
        let strip = frame.geometry.strip;
        let painter = frame.ui.painter();
        painter.rect_filled(strip, CornerRadius::ZERO, frame.tokens.panel);
        painter.vline(strip.left(), strip.y_range(), Stroke::new(1.0, frame.tokens.line));
        self.strip.draw(sheet, frame);
        painter.add(Shape::Mesh(self.strip.picture.clone()));
        let thumb = self.thumb(sheet, frame).shrink2(egui::vec2(1.0, 0.0));
        if thumb.height() >= strip.height() {
            return;
        }
        let busy = self.strip.grip.is_some() || frame.ui.rect_contains_pointer(strip);
        let fill = frame.tokens.text.gamma_multiply(if busy { 0.20 } else { 0.12 });
        let edge = Stroke::new(1.0, frame.tokens.text.gamma_multiply(0.35));
        painter.rect(thumb, CornerRadius::same(3), fill, edge, StrokeKind::Inside);
    }
}

impl Strip {
    /// Brings the picture up to date with what it shows, a part of it in every frame.
    fn draw(&mut self, sheet: &Sheet, frame: &Frame<'_>) {
        let made = Made {
            document: frame.page.id.clone(),
            revision: frame.page.revision,
            version: sheet.version(),
            hits: frame.page.hits.len(),
            rect: frame.geometry.strip,
            dark: frame.tokens.dark,
        };
        let all = frame.geometry.strip.height().ceil().max(1.0) as usize;
        if self.made.as_ref() != Some(&made) {
            let other = self.made.as_ref().is_none_or(|old| old.document != made.document);
            if other || self.made.as_ref().is_some_and(|old| old.rect != made.rect) {
                self.picture = Arc::default();
            }
            self.rows.clear();
            self.made = Some(made);
        } else if self.rows.len() >= all {
            return;
        }
        more_rows(&mut self.rows, all, sheet, frame);
        if self.rows.len() < all {
            frame.ctx.request_repaint();
        } else {
            self.picture = Arc::new(picture(&self.rows, frame.geometry.strip, frame.tokens.warning));
        }
    }
}

/// Adds rows of points, `all` of which show the whole document, until enough spans have been looked at.
fn more_rows(rows: &mut Vec<Bucket>, all: usize, sheet: &Sheet, frame: &Frame<'_>) {
    let total = sheet.heights().total().max(f64::from(frame.geometry.strip.height()));
    let offset = |row: usize| -> usize {
        let (block, inside) = sheet.heights().find(total * row as f64 / all as f64);
        let range = sheet.range(block);
        let height = f64::from(sheet.heights().get(block)).max(1.0);
        range.start + (range.len() as f64 * (inside / height).min(1.0)) as usize
    };
    let mut tally = Vec::new();
    let mut looked_at = 0;
    let mut start = offset(rows.len());
    while rows.len() < all && looked_at < PER_FRAME {
        let last = rows.len() + 1 == all;
        let end = if last { sheet.text().len() } else { offset(rows.len() + 1).max(start) };
        rows.push(bucket(frame, TextRange::new(start, end), &mut tally));
        looked_at += 1 + tally.iter().map(|&(_, count)| count).sum::<usize>();
        start = end;
    }
}

fn bucket<'a>(frame: &Frame<'a>, range: TextRange, tally: &mut Vec<(&'a CategoryId, usize)>) -> Bucket {
    tally.clear();
    if range.is_empty() {
        return Bucket::default();
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
    Bucket { main: colour(0), second: colour(1), hit }
}

/// Counts the categories of a sample of the spans in a stretch.
fn count<'a>(page: &'a Page<'a>, range: TextRange, tally: &mut Vec<(&'a CategoryId, usize)>) {
    for layer in page.layers {
        let index = layer.layer.index();
        let first = index.first_from(range.start);
        let inside = index.first_from(range.end) - first;
        let step = inside.div_ceil(SAMPLE).max(1);
        let across = index.overlapping(TextRange { start: range.start, end: range.start + 1 }).take(SAMPLE);
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

/// Bars of equal rows, joined.
fn picture(buckets: &[Bucket], strip: Rect, hit: Color32) -> Mesh {
    let mut mesh = Mesh::default();
    let mut from = 0;
    while let Some(&bucket) = buckets.get(from) {
        let same = buckets.iter().skip(from).take_while(|&&other| other == bucket).count();
        let (top, bottom) = (strip.top() + from as f32, strip.top() + (from + same) as f32);
        let mut bar = |left: f32, right: f32, colour: Option<Color32>| {
            if let Some(colour) = colour {
                let (left, right) = (strip.left() + left, strip.left() + right);
                let bottom = bottom.max(top + 2.0).min(strip.bottom());
                mesh.add_colored_rect(Rect::from_min_max(pos2(left, top), pos2(right, bottom)), colour);
            }
        };
        let middle = if bucket.second.is_some() { 6.5 } else { 10.0 };
        bar(3.0, middle, bucket.main);
        bar(middle, 10.0, bucket.second);
        bar(11.0, 14.0, bucket.hit.then_some(hit));
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
        let strip = Rect::from_min_size(pos2(0.0, 0.0), vec2(14.0, 6.0));
        let red = Bucket { main: Some(Color32::RED), ..Bucket::default() };
        let both = Bucket { second: Some(Color32::BLUE), hit: true, ..red };
        let none = Bucket::default();
        let mesh = picture(&[none, red, red, none, both, none], strip, Color32::YELLOW);
        assert_eq!(mesh.indices.len() / 6, 4, "one for the two red rows, three for the mixed one");
    }
}
