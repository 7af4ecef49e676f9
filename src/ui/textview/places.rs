//! Pages, headings and times in the margin to the left of the text, at the rows where they begin. The text is set as ever;
//! what is in sight is found by binary search.

use egui::{Align2, FontId, Id, Rect, Sense, Ui, pos2, vec2};

use super::geometry::Geometry;
use super::items::Shown;
use super::{Frame, TextView};
use crate::theme::{Tokens, size};
use demarche_model::{Anchor, AnchorKind, Anchors, TextRange};

/// Room for the names of pages and for times, in points.
const NAMES: f32 = 50.0;
/// Room for the marks of headings.
const MARKS: f32 = 24.0;
/// From a name to the text.
const GAP: f32 = 10.0;

/// How much room the margin to the left of the text needs, in points.
pub(super) fn gutter(anchors: &Anchors) -> f32 {
    if anchors.pages().len() + anchors.times().len() > 0 {
        NAMES
    } else if anchors.headings().len() > 0 {
        MARKS
    } else {
        0.0
    }
}

/// What begins in a row.
struct Sign {
    /// The row that it begins in.
    row: Rect,
    name: String,
    /// For whoever points at it.
    title: String,
    /// Whether it is the mark of a heading, which gives way to a name.
    heading: bool,
    /// Where in the row it begins, if that is not at the start of the paragraph.
    x: Option<f32>,
}

/// Paints what begins in the rows in sight. `id` tells its places from those of other views.
pub(super) fn paint(ui: &Ui, geometry: &Geometry, anchors: &Anchors, shown: &[Shown], id: Id) {
    let tokens = Tokens::of(ui);
    let painter = ui.painter().with_clip_rect(ui.clip_rect().intersect(geometry.view));
    let mut last: Option<f32> = None;
    for (number, sign) in signs(anchors, geometry, shown).into_iter().enumerate() {
        if let Some(x) = sign.x {
            let tick = Rect::from_min_size(
                pos2(x - 1.0, sign.row.top() + (sign.row.height() * 0.2).round()),
                vec2(1.0, (sign.row.height() * 0.6).round()),
            );
            painter.rect_filled(tick, 0, tokens.text_faint);
        }
        if last == Some(sign.row.top()) {
            continue;
        }
        last = Some(sign.row.top());
        let colour = if sign.heading { tokens.text_faint } else { tokens.text_weak };
        let at = pos2(geometry.left - GAP, sign.row.center().y);
        let font = FontId::proportional(size::SMALL);
        let rect = painter.text(at, Align2::RIGHT_CENTER, &sign.name, font, colour);
        let response = ui.interact(rect.expand(2.0), id.with(number), Sense::hover());
        let title = sign.title.clone();
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &title));
        response.on_hover_text(sign.title);
    }
}

impl TextView {
    /// The byte that one reads at: the caret where it is in sight, else what stands somewhat above the middle.
    pub(super) fn reading_at(&self, frame: &Frame<'_>, shown: &[Shown]) -> usize {
        let view = frame.geometry.view;
        let head = frame.selection.head;
        let holder = shown.iter().rev().find(|s| s.range.start <= head && head <= s.range.end);
        if let Some(block) = holder {
            let (row, _) = block.map.caret(head - block.range.start);
            let y = block.origin.y + (row as f32 + 0.5) * block.map.row_height();
            if y >= view.top() && y <= view.bottom() {
                return head;
            }
        }
        let y = view.top() + view.height() * 0.4;
        let block = shown.iter().rev().find(|block| block.origin.y <= y).or(shown.first());
        block.map_or(0, |block| {
            let row = block.map.row_at(y - block.origin.y);
            block.range.start + block.map.row_bounds(row).0
        })
    }
}

/// What begins in the rows in sight, by place; of one row the names of pages and times first.
fn signs(anchors: &Anchors, geometry: &Geometry, shown: &[Shown]) -> Vec<Sign> {
    if anchors.is_empty() {
        return Vec::new();
    }
    let mut signs: Vec<Sign> = Vec::new();
    for (index, block) in shown.iter().enumerate() {
        // What lies on a line end counts to the block before it, as elsewhere.
        let end = shown.get(index + 1).map_or(block.range.end + 1, |next| next.range.start);
        let from = signs.len();
        let here = anchors.within(TextRange { start: block.range.start, end: end.max(block.range.start) });
        signs.extend(here.iter().map(|anchor| sign(geometry, block, anchor)));
        let top = |sign: &Sign| sign.row.top();
        if let Some(new) = signs.get_mut(from..) {
            new.sort_by(|a, b| top(a).total_cmp(&top(b)).then(a.heading.cmp(&b.heading)));
        }
    }
    // Of several pages that begin in one row, the last is the one that is read on.
    let mut kept: Vec<Sign> = Vec::with_capacity(signs.len());
    for sign in signs {
        let same =
            kept.last().is_some_and(|last| last.row.top() == sign.row.top() && last.heading == sign.heading);
        if same {
            kept.pop();
        }
        kept.push(sign);
    }
    kept
}

fn sign(geometry: &Geometry, block: &Shown, anchor: &Anchor) -> Sign {
    let inside = anchor.at.saturating_sub(block.range.start);
    let (row, x) = block.map.caret(inside);
    let height = block.map.row_height();
    let top = block.origin.y + row as f32 * height;
    let row = Rect::from_min_size(pos2(block.origin.x, top), vec2(geometry.wrap, height));
    let (name, title, heading) = match &anchor.kind {
        AnchorKind::Page(page) if page.chars().count() > 5 => {
            (page.to_string(), format!("Page {page}"), false)
        }
        AnchorKind::Page(page) => (format!("p. {page}"), format!("Page {page}"), false),
        AnchorKind::Heading { level, title } => ("§".to_owned(), format!("Heading {level}: {title}"), true),
        AnchorKind::Time(time) => (short_time(time).to_owned(), format!("Time {time}"), false),
    };
    let x = (inside > 0 && !heading).then_some(block.origin.x + x);
    Sign { row, name, title, heading, x }
}

/// `02:05` of `00:02:05`: hours only where there are any.
fn short_time(time: &str) -> &str {
    time.strip_prefix("00:").filter(|rest| rest.contains(':')).unwrap_or(time)
}
