//! Scrolling: to what the page asks for, by the wheel, and with what comes and goes above the view.

use super::geometry::Geometry;
use super::laid_out::LaidOutText;
use super::scroll::ScrollAnchor;
use super::{Frame, TextView, anchor_at, point_of};

impl TextView {
    /// Keeps the text in place when a banner or bar above it comes or goes: the view covers it, or uncovers it again. The
    /// first line is never covered.
    pub(super) fn follow_upper_edge(&mut self, geometry: &Geometry) {
        let top = geometry.view.top();
        let moved = self.upper_edge.replace(top).map_or(0.0, |before| top - before);
        let is_scrolled = self.anchor.block > 0 || self.anchor.offset > 0.5 - geometry.top_padding();
        if moved != 0.0 && is_scrolled && moved.abs() < geometry.view.height() {
            self.pinned_top = None;
            self.anchor.offset += moved;
            self.settled.offset += moved;
        }
    }

    /// Scrolls to what the page asks for: to the first line, or about a third from the top, unless it is well in view
    /// already.
    pub(super) fn reveal(&mut self, laid_out: &mut LaidOutText, frame: &Frame<'_>) {
        let reveal = frame.page.reveal;
        if reveal.serial == self.last_reveal {
            return;
        }
        self.last_reveal = reveal.serial;
        if reveal.at_top {
            return self.show_from(laid_out, frame, reveal.range.start);
        }
        let start = point_of(frame.ctx, laid_out, reveal.range.start);
        let end = point_of(frame.ctx, laid_out, reveal.range.end.max(reveal.range.start));
        let height = frame.geometry.view.height();
        let row = laid_out.metrics().row_height();
        let top = self.anchor.y_of(frame.ctx, laid_out, start, height);
        let bottom = self.anchor.y_of(frame.ctx, laid_out, end, height).map(|y| y + row);
        if let (Some(top), Some(bottom)) = (top, bottom)
            && top >= row
            && bottom <= height - 2.0 * row
        {
            return;
        }
        self.pinned_top = None;
        self.anchor.scroll_to(start, height / 3.0);
    }

    /// Scrolls so that a byte is in the first line, also once the width of the text has settled.
    fn show_from(&mut self, laid_out: &mut LaidOutText, frame: &Frame<'_>, byte: usize) {
        self.pinned_top = Some(byte);
        self.anchor = match byte {
            0 => ScrollAnchor::top(&frame.geometry),
            byte => anchor_at(frame.ctx, laid_out, byte),
        };
    }

    pub(super) fn handle_wheel(&mut self, frame: &Frame<'_>) {
        if !frame.ui.rect_contains_pointer(frame.geometry.view.union(frame.geometry.overview)) {
            return;
        }
        let delta = frame.ctx.input_mut(|input| std::mem::take(&mut input.smooth_scroll_delta.y));
        if delta != 0.0 {
            self.pinned_top = None;
            self.anchor.offset -= delta;
            // A tooltip would take a second frame for every notch of the wheel.
            self.pointer_at_rest = frame.response.hover_pos();
        }
    }
}
