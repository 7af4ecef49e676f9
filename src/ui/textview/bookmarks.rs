//! Bookmarks beside the text and in the overview.

use egui::{Color32, CornerRadius, Id, Pos2, Rect, Sense, Shape, Stroke, pos2, vec2};

use super::Frame;
use super::laid_out::LaidOutText;
use super::visible::VisibleBlock;
use crate::words::text_view as words;

/// Size of a ribbon beside the text, in points.
const RIBBON: egui::Vec2 = vec2(6.0, 12.0);
/// Distance of the ribbons from the text, in points: page numbers end further to the left.
const GAP: f32 = 3.0;
/// Height of a bookmark in the overview, in points.
const BAR: f32 = 2.0;

/// Paints a ribbon beside each visible row with a bookmark.
pub(super) fn paint(frame: &Frame<'_>, blocks: &[VisibleBlock], view: Id) {
    let painter = frame.ui.painter().with_clip_rect(frame.ui.clip_rect().intersect(frame.geometry.view));
    let marks = frame.page.bookmarks;
    for block in blocks {
        let first = marks.partition_point(|mark| mark.at < block.range.start);
        for mark in marks[first..].iter().take_while(|mark| mark.at <= block.range.end) {
            let (row, _) = block.map.caret(mark.at - block.range.start);
            let height = block.map.row_height();
            let middle = block.origin.y + (row as f32 + 0.5) * height;
            let right = frame.geometry.left - GAP;
            let rect = Rect::from_center_size(pos2(right - RIBBON.x / 2.0, middle), RIBBON);
            painter.add(ribbon(rect, frame.tokens.accent));
            let response =
                frame.ui.interact(rect.expand(2.0), view.with(("bookmark", mark.at)), Sense::hover());
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, words::bookmark()));
            response.on_hover_text(words::bookmark_hint());
        }
    }
}

/// A ribbon with a notch at its lower end.
fn ribbon(rect: Rect, colour: Color32) -> Shape {
    let notch = pos2(rect.center().x, rect.bottom() - rect.width() / 2.0);
    let half = |outer: Pos2, lower: Pos2| {
        let top = pos2(rect.center().x, rect.top());
        Shape::convex_polygon(vec![outer, top, notch, lower], colour, Stroke::NONE)
    };
    Shape::Vec(vec![half(rect.left_top(), rect.left_bottom()), half(rect.right_top(), rect.right_bottom())])
}

/// Paints the bookmarks of the whole document in the overview.
pub(super) fn paint_overview(frame: &Frame<'_>, laid_out: &LaidOutText) {
    let overview = frame.geometry.overview;
    let heights = laid_out.heights();
    let total = heights.total().max(f64::from(overview.height()));
    for mark in frame.page.bookmarks {
        let block = laid_out.block_at(mark.at);
        let range = laid_out.block_range(block);
        let inside = mark.at.saturating_sub(range.start) as f64 / range.len().max(1) as f64;
        let y = heights.before(block) + f64::from(heights.get(block)) * inside.min(1.0);
        let top = overview.top() + (y / total * f64::from(overview.height())) as f32;
        let bar = Rect::from_min_size(pos2(overview.left() + 1.0, top), vec2(overview.width() - 1.0, BAR));
        frame.ui.painter().rect_filled(bar, CornerRadius::ZERO, frame.tokens.accent);
    }
}
