//! The pointer: selecting words, clicking spans, dragging their bounds.

use egui::{CursorIcon, Key, Modifiers, PointerButton, Pos2, Rect, pos2, vec2};

use super::laid_out::LaidOutText;
use super::scroll::Point;
use super::visible::{VisibleBlock, VisibleSpan, next_at_click};
use super::{Frame, TextView};
use demarche_analysis::list_marker::sentence_without_marker_at;
use demarche_analysis::segment;
use demarche_model::{SpanRef, TextRange};
use demarche_session::{AnnotateAction, TextSelection};

/// Radius of the knob of a handle, in points.
pub(super) const KNOB_RADIUS: f32 = 4.0;

/// Distance from the centre of a knob within which the pointer hits it, in points. The bar is no target: it covers the
/// first and last letters of a passage, where a drag selects words.
const HIT_DISTANCE: f32 = KNOB_RADIUS + 3.0;

/// A drag in progress.
#[derive(Clone, PartialEq, Debug, Default)]
pub enum Drag {
    /// Nothing.
    #[default]
    None,
    /// A selection that starts at this offset.
    Select { from: usize },
    /// A bound of the current span.
    Bound(BoundDrag),
}

/// A bound of a span that is being moved.
#[derive(Clone, PartialEq, Debug)]
pub struct BoundDrag {
    /// The span.
    pub at: SpanRef,
    /// The index of the range.
    pub index: usize,
    /// The bound that does not move.
    pub fixed: usize,
    /// Whether the start is being dragged.
    pub start: bool,
    /// The range as it would become.
    pub range: TextRange,
}

/// A handle at a bound of the current span.
#[derive(Clone, Debug)]
pub struct Handle {
    /// The bar at the bound.
    pub bar: Rect,
    /// The centre of the knob, which can be dragged.
    pub knob: Pos2,
    drag: BoundDrag,
}

/// A click that has made a span current.
#[derive(Clone, Debug)]
pub struct SpanClick {
    at: Pos2,
    current: SpanRef,
}

impl TextView {
    pub(super) fn handle_pointer(
        &mut self,
        laid_out: &mut LaidOutText,
        frame: &mut Frame<'_>,
        blocks: &[VisibleBlock],
    ) {
        let handles = self.handles(frame, blocks);
        if frame.response.drag_started_by(PointerButton::Primary) {
            frame.response.request_focus();
            self.start_drag(laid_out, frame, &handles);
        }
        if self.drag != Drag::None {
            self.continue_drag(laid_out, frame);
        } else if frame.response.clicked() || frame.response.secondary_clicked() {
            frame.response.request_focus();
            self.click(laid_out, frame, blocks);
        }
        self.set_cursor(frame, blocks, &handles);
    }

    /// Hit test: returns the offset nearest to a point on the screen.
    fn offset_at(&self, laid_out: &mut LaidOutText, frame: &Frame<'_>, at: Pos2) -> usize {
        let Point { block, y } = self.anchor.locate(frame.ctx, laid_out, at.y - frame.geometry.view.top());
        let map = laid_out.map(frame.ctx, block);
        let inside = map.hit_test(map.row_at(y), at.x - frame.geometry.left);
        let range = laid_out.block_range(block);
        (range.start + inside).min(range.end)
    }

    fn start_drag(&mut self, laid_out: &mut LaidOutText, frame: &mut Frame<'_>, handles: &[Handle]) {
        let Some(origin) = frame.ctx.input(|i| i.pointer.press_origin()) else { return };
        if let Some(handle) = handle_at(handles, origin) {
            self.drag = Drag::Bound(handle.drag.clone());
            return;
        }
        let extend = frame.ctx.input(|i| i.modifiers.shift);
        let from = if extend { frame.selection.anchor } else { self.offset_at(laid_out, frame, origin) };
        self.drag = Drag::Select { from };
        self.goal_x = None;
        frame.set_current(None);
    }

    fn continue_drag(&mut self, laid_out: &mut LaidOutText, frame: &mut Frame<'_>) {
        let is_bound = matches!(self.drag, Drag::Bound(_));
        if is_bound && frame.ctx.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape)) {
            self.drag = Drag::None;
            return;
        }
        let stopped = !frame.response.dragged_by(PointerButton::Primary);
        let at = frame.response.interact_pointer_pos().or_else(|| frame.ctx.pointer_latest_pos());
        if let Some(at) = at {
            if !stopped {
                self.scroll_at_edge(frame, at);
            }
            let to = self.offset_at(laid_out, frame, at);
            self.drag_to(frame, to);
        }
        if !stopped {
            return;
        }
        if let Drag::Bound(BoundDrag { at, index, range, .. }) = std::mem::take(&mut self.drag)
            && frame.page.editable
            && !self.has_range(&at, index, range)
        {
            frame.requests.push(AnnotateAction::SetBounds { at, index, to: range });
        }
    }

    fn drag_to(&mut self, frame: &mut Frame<'_>, to: usize) {
        let snap = frame.page.snap && !frame.ctx.input(|i| i.modifiers.alt);
        let text = frame.page.text.as_str();
        match &mut self.drag {
            Drag::None => {}
            Drag::Select { from } => {
                let from = *from;
                frame.select(selection(text, from, to, snap));
            }
            Drag::Bound(bound) => bound.range = dragged_range(text, bound, to, snap),
        }
    }

    fn has_range(&self, at: &SpanRef, index: usize, range: TextRange) -> bool {
        self.visible.all().iter().any(|i| &i.at == at && i.key.index == index && i.range == range)
    }

    /// Scrolls while something is dragged beyond the upper or lower edge.
    pub(super) fn scroll_at_edge(&mut self, frame: &Frame<'_>, at: Pos2) {
        let view = frame.geometry.view;
        let beyond = (at.y - view.bottom() + 12.0).max(0.0) + (at.y - view.top() - 12.0).min(0.0);
        if beyond != 0.0 {
            let seconds = frame.ctx.input(|i| i.stable_dt).min(0.1);
            self.pinned_top = None;
            self.anchor.offset += (beyond * 12.0).clamp(-3000.0, 3000.0) * seconds;
            frame.ctx.request_repaint();
        }
    }

    fn click(&mut self, laid_out: &mut LaidOutText, frame: &mut Frame<'_>, blocks: &[VisibleBlock]) {
        let Some(at) = frame.response.interact_pointer_pos() else { return };
        let offset = self.offset_at(laid_out, frame, at);
        let under = byte_at(blocks, at);
        let text = frame.page.text.as_str();
        let Modifiers { shift, alt, command, .. } = frame.ctx.input(|i| i.modifiers);
        self.goal_x = None;
        let added = under.filter(|_| command).and_then(|byte| next_at_click(&self.visible.at(byte), None));
        if let (Some(added), true) = (added, frame.response.clicked()) {
            frame.click_span(added);
        } else if frame.response.secondary_clicked() {
            self.secondary_click(frame, under, offset);
        } else if frame.response.triple_clicked() {
            let sentence = sentence_without_marker_at(text, under.unwrap_or(offset));
            frame.select(TextSelection::over(sentence));
        } else if frame.response.double_clicked() {
            let word = segment::word_at(text, under.unwrap_or(offset));
            frame.select(word.map_or(TextSelection::caret(offset), TextSelection::over));
        } else if shift {
            let snap = frame.page.snap && !alt;
            frame.select(selection(text, frame.selection.anchor, offset, snap));
        } else {
            frame.select(TextSelection::caret(offset));
            self.set_current_at(frame, at, under);
        }
    }

    /// Makes the shortest span at a point current, or the next longer one after a click at the same point.
    fn set_current_at(&mut self, frame: &mut Frame<'_>, at: Pos2, under: Option<usize>) {
        let found = under.map(|byte| self.visible.at(byte)).unwrap_or_default();
        let before = self.last_click.as_ref().filter(|click| click.at.distance(at) < 4.0);
        let again = before.map(|click| &click.current).filter(|&span| frame.page.current_span == Some(span));
        let next = next_at_click(&found, again);
        self.last_click = next.clone().map(|current| SpanClick { at, current });
        match next {
            Some(next) => frame.click_span(next),
            None => frame.set_current(None),
        }
    }

    fn secondary_click(&mut self, frame: &mut Frame<'_>, under: Option<usize>, offset: usize) {
        let selected = frame.selection.range();
        if under.is_some_and(|byte| selected.contains(byte)) {
            return;
        }
        frame.select(TextSelection::caret(offset));
        let found = under.map(|byte| self.visible.at(byte)).unwrap_or_default();
        if !found.iter().any(|item| frame.page.is_highlighted(&item.at)) {
            let next = next_at_click(&found, None);
            frame.set_current(next);
        }
    }

    fn set_cursor(&self, frame: &Frame<'_>, blocks: &[VisibleBlock], handles: &[Handle]) {
        let at = frame.response.hover_pos().or_else(|| frame.response.interact_pointer_pos());
        let Some(at) = at else { return };
        let icon = match &self.drag {
            Drag::Bound(_) => CursorIcon::ResizeHorizontal,
            Drag::Select { .. } => CursorIcon::Text,
            Drag::None if handle_at(handles, at).is_some() => CursorIcon::ResizeHorizontal,
            Drag::None if in_column(frame, blocks, at) => CursorIcon::Text,
            Drag::None => return,
        };
        frame.ctx.set_cursor_icon(icon);
    }

    /// Returns the handles of the current span, if the user may change it.
    pub(super) fn handles(&self, frame: &Frame<'_>, blocks: &[VisibleBlock]) -> Vec<Handle> {
        if !frame.page.editable {
            return Vec::new();
        }
        let current = self.visible.all().iter().filter(|i| i.mine && Some(&i.at) == frame.page.current_span);
        current.flat_map(|item| handles_of(item, self.shown_range(item), blocks)).collect()
    }

    /// Returns the range of an item, or the one to which its bounds are being dragged.
    pub(super) fn shown_range(&self, item: &VisibleSpan) -> TextRange {
        match &self.drag {
            Drag::Bound(bound) if bound.at == item.at && bound.index == item.key.index => bound.range,
            _ => item.range,
        }
    }

    /// Returns the item under the pointer: the one that a click would make current.
    pub(super) fn hovered<'a>(
        &'a self,
        frame: &Frame<'_>,
        blocks: &[VisibleBlock],
    ) -> Option<&'a VisibleSpan> {
        if self.drag != Drag::None {
            return None;
        }
        let byte = byte_at(blocks, frame.response.hover_pos()?)?;
        self.visible.at(byte).first().copied()
    }
}

/// Hit test: returns the byte of the text under a point, if there is one.
pub(super) fn byte_at(blocks: &[VisibleBlock], at: Pos2) -> Option<usize> {
    let block = blocks.iter().rev().find(|block| block.origin.y <= at.y)?;
    let y = at.y - block.origin.y;
    if y >= block.map.height() {
        return None;
    }
    let inside = block.map.byte_at(block.map.row_at(y), at.x - block.origin.x)?;
    Some(block.range.start + inside)
}

fn in_column(frame: &Frame<'_>, blocks: &[VisibleBlock], at: Pos2) -> bool {
    let g = &frame.geometry;
    let below = blocks.last().is_none_or(|last| at.y > last.origin.y + last.map.height() + 40.0);
    g.view.contains(at) && at.x > g.left - 12.0 && at.x < g.left + g.wrap + 8.0 && !below
}

/// Returns the selection from `from` to `to`, widened to whole words if `snap`. The caret stays on the side of `to`.
pub(super) fn selection(text: &str, from: usize, to: usize, snap: bool) -> TextSelection {
    let raw = TextRange::new(from, to);
    if !snap || raw.is_empty() {
        return TextSelection { anchor: from, head: to };
    }
    let snapped = segment::snap_to_words(text, raw);
    if from <= to {
        TextSelection { anchor: snapped.start, head: snapped.end }
    } else {
        TextSelection { anchor: snapped.end, head: snapped.start }
    }
}

/// Returns the range of a span whose bound is dragged to `to`: never empty, never reversed.
fn dragged_range(text: &str, bound: &BoundDrag, to: usize, snap: bool) -> TextRange {
    let mut to = to;
    if snap {
        let snapped = segment::snap_to_words(text, TextRange::new(bound.fixed, to));
        let reversed = if bound.start { to >= bound.fixed } else { to <= bound.fixed };
        to = if reversed {
            bound.fixed
        } else if bound.start {
            snapped.start
        } else {
            snapped.end
        };
    }
    if bound.start {
        let most = segment::previous_grapheme(text, bound.fixed);
        TextRange::new(to.min(most), bound.fixed)
    } else {
        let least = segment::next_grapheme(text, bound.fixed);
        TextRange::new(bound.fixed, to.max(least))
    }
}

fn handles_of(item: &VisibleSpan, range: TextRange, blocks: &[VisibleBlock]) -> Vec<Handle> {
    let mut rects = Vec::new();
    blocks.iter().for_each(|block| block.rects(range, |rect| rects.push(rect)));
    let holds = |offset: usize| blocks.iter().any(|b| b.range.start <= offset && offset <= b.range.end);
    let bar =
        |x: f32, rect: &Rect| Rect::from_center_size(pos2(x, rect.center().y), vec2(2.0, rect.height()));
    let drag = |start: bool| BoundDrag {
        at: item.at.clone(),
        index: item.key.index,
        fixed: if start { range.end } else { range.start },
        start,
        range,
    };
    let first = rects.first().filter(|_| holds(range.start));
    let last = rects.last().filter(|_| holds(range.end));
    let first = first.map(|rect| {
        let bar = bar(rect.left() - 1.0, rect);
        Handle { bar, knob: bar.center_top(), drag: drag(true) }
    });
    let last = last.map(|rect| {
        let bar = bar(rect.right() + 1.0, rect);
        Handle { bar, knob: bar.center_bottom(), drag: drag(false) }
    });
    first.into_iter().chain(last).collect()
}

fn handle_at(handles: &[Handle], at: Pos2) -> Option<&Handle> {
    let distance = |handle: &Handle| handle.knob.distance(at);
    let near = handles.iter().filter(|handle| distance(handle) <= HIT_DISTANCE);
    near.min_by(|a, b| distance(a).total_cmp(&distance(b)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use demarche_model::{AnnotatorId, DocumentId, LayerId, SpanId};
    use uuid::Uuid;

    #[test]
    fn the_caret_stays_on_the_dragged_side() {
        let text = "will suspend the talks";
        assert_eq!(selection(text, 2, 8, true), TextSelection { anchor: 0, head: 12 });
        assert_eq!(selection(text, 8, 2, true), TextSelection { anchor: 12, head: 0 });
        assert_eq!(selection(text, 8, 2, false), TextSelection { anchor: 8, head: 2 });
        assert_eq!(selection(text, 8, 8, true), TextSelection::caret(8));
    }

    #[test]
    fn a_dragged_bound_never_passes_the_other() {
        let text = "will suspend the talks";
        let span = SpanRef {
            layer: LayerId::new(&DocumentId::new("d"), &AnnotatorId::new("a")),
            span: SpanId(Uuid::nil()),
        };
        let mut bound =
            BoundDrag { at: span, index: 0, fixed: 5, start: false, range: TextRange::new(5, 12) };
        let range = |start, end| TextRange { start, end };
        assert_eq!(dragged_range(text, &bound, 14, true), range(5, 16));
        assert_eq!(dragged_range(text, &bound, 14, false), range(5, 14));
        assert_eq!(dragged_range(text, &bound, 2, true), range(5, 6));
        assert_eq!(dragged_range(text, &bound, 2, false), range(5, 6));
        (bound.start, bound.fixed) = (true, 12);
        assert_eq!(dragged_range(text, &bound, 2, true), range(0, 12));
        assert_eq!(dragged_range(text, &bound, 20, true), range(11, 12));
    }
}
