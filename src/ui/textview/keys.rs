//! The keyboard: moving the caret, extending the selection, tagging with category keys. All other keys are left to
//! commands.

use egui::{Event, EventFilter, Key, Modifiers};

use super::laid_out::LaidOutText;
use super::scroll::Point;
use super::{Frame, TextView, point_of, sentences};
use crate::category_keys;
use demarche_analysis::segment;
use demarche_session::{AnnotateAction, TextSelection};

/// Number of rows that stay visible above and below the caret.
const ROWS_AROUND_CARET: f32 = 3.0;

/// A move of the caret.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Motion {
    Left,
    Right,
    WordLeft,
    WordRight,
    Up,
    Down,
    ParagraphUp,
    ParagraphDown,
    SentenceUp,
    SentenceDown,
    LineStart,
    LineEnd,
    Start,
    End,
    PageUp,
    PageDown,
}

/// Returns the movement of a key, if it has one.
fn motion(key: Key, modifiers: Modifiers) -> Option<Motion> {
    let ctrl = modifiers.ctrl || modifiers.command;
    Some(match (key, ctrl, modifiers.alt) {
        (Key::ArrowLeft, false, false) => Motion::Left,
        (Key::ArrowRight, false, false) => Motion::Right,
        (Key::ArrowLeft, true, false) => Motion::WordLeft,
        (Key::ArrowRight, true, false) => Motion::WordRight,
        (Key::ArrowUp, false, false) => Motion::Up,
        (Key::ArrowDown, false, false) => Motion::Down,
        (Key::ArrowUp, true, false) => Motion::ParagraphUp,
        (Key::ArrowDown, true, false) => Motion::ParagraphDown,
        (Key::ArrowUp, false, true) => Motion::SentenceUp,
        (Key::ArrowDown, false, true) => Motion::SentenceDown,
        (Key::Home, false, false) => Motion::LineStart,
        (Key::End, false, false) => Motion::LineEnd,
        (Key::Home, true, false) => Motion::Start,
        (Key::End, true, false) => Motion::End,
        (Key::PageUp, false, false) => Motion::PageUp,
        (Key::PageDown, false, false) => Motion::PageDown,
        _ => return None,
    })
}

impl TextView {
    pub(super) fn handle_keys(&mut self, laid_out: &mut LaidOutText, frame: &mut Frame<'_>) {
        if !frame.response.has_focus() {
            return handle_category_digits(frame);
        }
        let filter = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
        frame.ctx.memory_mut(|memory| memory.set_focus_lock_filter(frame.id, filter));
        let mut motions = Vec::new();
        frame.ctx.input_mut(|input| {
            input.events.retain(|event| match event {
                Event::Key { key, pressed: true, modifiers, .. } => match motion(*key, *modifiers) {
                    Some(motion) => {
                        motions.push((motion, modifiers.shift));
                        false
                    }
                    None => true,
                },
                _ => true,
            });
        });
        for (motion, extend) in motions {
            self.move_caret(laid_out, frame, motion, extend);
        }
        if frame.page.editable {
            handle_category_keys(frame);
        }
    }

    fn move_caret(
        &mut self,
        laid_out: &mut LaidOutText,
        frame: &mut Frame<'_>,
        motion: Motion,
        extend: bool,
    ) {
        let TextSelection { anchor, head } = frame.selection;
        let selected = frame.selection.range();
        let by_sentence = frame.page.select_sentences;
        if let (Motion::SentenceUp | Motion::SentenceDown, true, false) = (motion, by_sentence, extend) {
            return self.select_sentence(laid_out, frame, motion == Motion::SentenceDown);
        }
        let vertical = matches!(motion, Motion::Up | Motion::Down | Motion::PageUp | Motion::PageDown);
        let to = match motion {
            Motion::Left if !extend && !selected.is_empty() => selected.start,
            Motion::Right if !extend && !selected.is_empty() => selected.end,
            Motion::Up => self.move_by_row(laid_out, frame, head, -1),
            Motion::Down => self.move_by_row(laid_out, frame, head, 1),
            Motion::PageUp => self.move_by_page(laid_out, frame, head, -1.0),
            Motion::PageDown => self.move_by_page(laid_out, frame, head, 1.0),
            Motion::SentenceDown if by_sentence => sentences::end_after(frame.page.text.as_str(), head),
            Motion::LineStart => row_bounds(laid_out, frame, head).0,
            Motion::LineEnd => row_bounds(laid_out, frame, head).1,
            other => text_motion(frame.page.text.as_str(), head, other),
        };
        if !vertical {
            self.goal_x = None;
        }
        frame.select(TextSelection { anchor: if extend { anchor } else { to }, head: to });
        self.keep_in_view(laid_out, frame, to);
    }

    /// Selects the next (or previous) sentence. Of a long one, the start stays in view.
    fn select_sentence(&mut self, laid_out: &mut LaidOutText, frame: &mut Frame<'_>, forward: bool) {
        let found = sentences::step(frame.page.text.as_str(), frame.selection, forward);
        self.goal_x = None;
        frame.select(TextSelection::over(found));
        self.keep_in_view(laid_out, frame, found.end);
        self.keep_in_view(laid_out, frame, found.start);
    }

    /// Returns the offset one row above or below, at the x where moving up and down began.
    fn move_by_row(
        &mut self,
        laid_out: &mut LaidOutText,
        frame: &Frame<'_>,
        head: usize,
        by: isize,
    ) -> usize {
        let block = laid_out.block_at(head);
        let map = laid_out.map(frame.ctx, block);
        let (row, x) = map.caret(head - laid_out.block_range(block).start.min(head));
        let x = *self.goal_x.get_or_insert(x);
        let (block, row) = match row.checked_add_signed(by).filter(|&row| row < map.rows()) {
            Some(row) => (block, row),
            None if by < 0 && block == 0 => return 0,
            None if by < 0 => (block - 1, usize::MAX),
            None if block + 1 >= laid_out.block_count() => return laid_out.text().len(),
            None => (block + 1, 0),
        };
        let map = laid_out.map(frame.ctx, block);
        laid_out.block_range(block).start + map.hit_test(row.min(map.rows() - 1), x)
    }

    /// Scrolls by a page and moves the caret along.
    fn move_by_page(
        &mut self,
        laid_out: &mut LaidOutText,
        frame: &Frame<'_>,
        head: usize,
        sign: f32,
    ) -> usize {
        let height = frame.geometry.view.height();
        let row = laid_out.metrics().row_height();
        let block = laid_out.block_at(head);
        let map = laid_out.map(frame.ctx, block);
        let (_, x) = map.caret(head - laid_out.block_range(block).start.min(head));
        let x = *self.goal_x.get_or_insert(x);
        let caret = point_of(frame.ctx, laid_out, head);
        let y = self.anchor.y_of(frame.ctx, laid_out, caret, height).filter(|&y| y >= 0.0 && y < height);
        let y = y.unwrap_or(height / 3.0);
        let before = self.anchor;
        self.pinned_top = None;
        self.anchor.offset += sign * (height - 2.0 * row).max(row);
        self.anchor.clamp(frame.ctx, laid_out, &frame.geometry);
        if self.anchor == before {
            // There is no further page: go to the very end.
            return if sign < 0.0 { 0 } else { laid_out.text().len() };
        }
        let Point { block, y } = self.anchor.locate(frame.ctx, laid_out, y + row / 2.0);
        let map = laid_out.map(frame.ctx, block);
        laid_out.block_range(block).start + map.hit_test(map.row_at(y), x)
    }

    /// Scrolls as little as necessary to show the caret with some rows of context.
    fn keep_in_view(&mut self, laid_out: &mut LaidOutText, frame: &Frame<'_>, head: usize) {
        let height = frame.geometry.view.height();
        let row = laid_out.metrics().row_height();
        let context = (ROWS_AROUND_CARET * row).min(height / 4.0);
        let caret = point_of(frame.ctx, laid_out, head);
        let y = self.anchor.y_of(frame.ctx, laid_out, caret, height);
        let far_above = y.is_none() && caret.block < self.anchor.block;
        if far_above || y.is_some_and(|y| y < context) {
            self.pinned_top = None;
            self.anchor.scroll_to(caret, context);
        } else if y.is_none_or(|y| y + row > height - context) {
            self.pinned_top = None;
            self.anchor.scroll_to(caret, height - context - row);
        }
    }
}

/// Returns the offset after a move that needs nothing but the text.
fn text_motion(text: &str, head: usize, motion: Motion) -> usize {
    match motion {
        Motion::Left => segment::previous_grapheme(text, head),
        Motion::Right => segment::next_grapheme(text, head),
        Motion::WordLeft => segment::previous_word(text, head),
        Motion::WordRight => segment::next_word(text, head),
        Motion::ParagraphUp => segment::previous_paragraph(text, head),
        Motion::ParagraphDown => segment::next_paragraph(text, head),
        Motion::SentenceUp => segment::previous_sentence(text, head),
        Motion::SentenceDown => segment::next_sentence(text, head),
        Motion::Start => 0,
        Motion::End => text.len(),
        _ => head,
    }
}

/// Returns the first and the last offset of the caret on its row.
fn row_bounds(laid_out: &mut LaidOutText, frame: &Frame<'_>, head: usize) -> (usize, usize) {
    let block = laid_out.block_at(head);
    let map = laid_out.map(frame.ctx, block);
    let start = laid_out.block_range(block).start;
    let (first, last) = map.row_bounds(map.row_of(head.saturating_sub(start)));
    (start + first, start + last)
}

/// Tags with the category keys that were pressed; with Shift, tags the current span's words a second time. In marker mode
/// without selected words, changes the category of the mode.
fn handle_category_keys(frame: &mut Frame<'_>) {
    let codebook = frame.page.codebook;
    let (again, tags) = frame.ctx.input_mut(|input| {
        (category_keys::consume_shifted(input, codebook), category_keys::consume(input, codebook))
    });
    frame.requests.extend(again.map(AnnotateAction::TagAlso));
    let tag = |category| match frame.page.marker {
        Some(_) if frame.selection.is_empty() => AnnotateAction::SetMarker(Some(category)),
        _ => AnnotateAction::Tag(category),
    };
    frame.requests.extend(tags.into_iter().map(tag));
}

/// Tags the selected words with the digits that were pressed while the keyboard is elsewhere, but nobody is typing.
fn handle_category_digits(frame: &mut Frame<'_>) {
    let is_typing = frame.ctx.text_edit_focused()
        || egui::Popup::is_any_open(frame.ctx)
        || frame.ctx.memory(|memory| memory.top_modal_layer().is_some());
    if !frame.page.is_active || !frame.page.editable || frame.selection.is_empty() || is_typing {
        return;
    }
    let tags = frame.ctx.input_mut(|input| category_keys::consume_digits(input, frame.page.codebook));
    frame.requests.extend(tags.into_iter().map(AnnotateAction::Tag));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_keys_that_move_the_caret_are_consumed() {
        let none = Modifiers::NONE;
        assert_eq!(motion(Key::Delete, none), None);
        assert_eq!(motion(Key::Tab, none), None);
        assert_eq!(motion(Key::ArrowLeft, Modifiers::ALT), None);
        assert_eq!(motion(Key::ArrowLeft, Modifiers::CTRL), Some(Motion::WordLeft));
        assert_eq!(motion(Key::ArrowDown, Modifiers::ALT), Some(Motion::SentenceDown));
        assert_eq!(motion(Key::ArrowDown, Modifiers::SHIFT), Some(Motion::Down));
    }
}
