//! The keyboard: moving and extending the caret, tagging with category keys. Everything else is left to the
//! application's commands.

use egui::{Event, EventFilter, Key, Modifiers};

use super::sheet::Sheet;
use super::{Frame, TextView, place_of};
use crate::category_keys;
use demarche_analysis::segment;
use demarche_session::{AnnotateAction, TextSelection};

/// Where the caret goes.
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

/// What a key means here, if it means anything.
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
    pub(super) fn keys(&mut self, sheet: &mut Sheet, frame: &mut Frame<'_>) {
        if !frame.response.has_focus() {
            return;
        }
        let filter = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
        frame.ctx.memory_mut(|memory| memory.set_focus_lock_filter(Self::id(), filter));
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
            self.go(sheet, frame, motion, extend);
        }
        if frame.page.editable {
            tag_keys(frame);
        }
    }

    fn go(&mut self, sheet: &mut Sheet, frame: &mut Frame<'_>, motion: Motion, extend: bool) {
        let TextSelection { anchor, head } = frame.selection;
        let selected = frame.selection.range();
        let vertical = matches!(motion, Motion::Up | Motion::Down | Motion::PageUp | Motion::PageDown);
        let to = match motion {
            Motion::Left if !extend && !selected.is_empty() => selected.start,
            Motion::Right if !extend && !selected.is_empty() => selected.end,
            Motion::Up => self.line_away(sheet, frame, head, -1),
            Motion::Down => self.line_away(sheet, frame, head, 1),
            Motion::PageUp => self.page_away(sheet, frame, head, -1.0),
            Motion::PageDown => self.page_away(sheet, frame, head, 1.0),
            Motion::LineStart => line_bounds(sheet, frame, head).0,
            Motion::LineEnd => line_bounds(sheet, frame, head).1,
            other => in_text(frame.page.text.as_str(), head, other),
        };
        if !vertical {
            self.goal = None;
        }
        frame.select(TextSelection { anchor: if extend { anchor } else { to }, head: to });
        self.keep_in_view(sheet, frame, to);
    }

    /// The offset a visual line above or below, at the x that moving up and down began with.
    fn line_away(&mut self, sheet: &mut Sheet, frame: &Frame<'_>, head: usize, by: isize) -> usize {
        let block = sheet.block_at(head);
        let map = sheet.map(frame.ctx, block);
        let (row, x) = map.caret(head - sheet.range(block).start.min(head));
        let x = *self.goal.get_or_insert(x);
        let (block, row) = match row.checked_add_signed(by).filter(|&row| row < map.rows()) {
            Some(row) => (block, row),
            None if by < 0 && block == 0 => return 0,
            None if by < 0 => (block - 1, usize::MAX),
            None if block + 1 >= sheet.count() => return sheet.text().len(),
            None => (block + 1, 0),
        };
        let map = sheet.map(frame.ctx, block);
        sheet.range(block).start + map.hit(row.min(map.rows() - 1), x)
    }

    /// Scrolls by a page and takes the caret along.
    fn page_away(&mut self, sheet: &mut Sheet, frame: &Frame<'_>, head: usize, sign: f32) -> usize {
        let height = frame.geometry.view.height();
        let row = sheet.metrics().row_height();
        let block = sheet.block_at(head);
        let map = sheet.map(frame.ctx, block);
        let (_, x) = map.caret(head - sheet.range(block).start.min(head));
        let x = *self.goal.get_or_insert(x);
        let place = place_of(frame.ctx, sheet, head);
        let y = self.anchor.y_of(frame.ctx, sheet, place, height).filter(|&y| y >= 0.0 && y < height);
        let y = y.unwrap_or(height / 3.0);
        let before = self.anchor;
        self.held = None;
        self.anchor.offset += sign * (height - 2.0 * row).max(row);
        self.anchor.settle(frame.ctx, sheet, &frame.geometry);
        if self.anchor == before {
            // There is no further page: to the very end.
            return if sign < 0.0 { 0 } else { sheet.text().len() };
        }
        let (block, y) = self.anchor.locate(frame.ctx, sheet, y + row / 2.0);
        let map = sheet.map(frame.ctx, block);
        sheet.range(block).start + map.hit(map.row_at(y), x)
    }

    /// Scrolls as little as it takes for the caret to be seen with a line of context.
    fn keep_in_view(&mut self, sheet: &mut Sheet, frame: &Frame<'_>, head: usize) {
        let height = frame.geometry.view.height();
        let row = sheet.metrics().row_height();
        let context = row.min(height / 4.0);
        let place = place_of(frame.ctx, sheet, head);
        let y = self.anchor.y_of(frame.ctx, sheet, place, height);
        let far_above = y.is_none() && place.0 < self.anchor.block;
        if far_above || y.is_some_and(|y| y < context) {
            self.held = None;
            self.anchor.show_at(place, context);
        } else if y.is_none_or(|y| y + row > height - context) {
            self.held = None;
            self.anchor.show_at(place, height - context - row);
        }
    }
}

/// Moves that need nothing but the text.
fn in_text(text: &str, head: usize, motion: Motion) -> usize {
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

/// First and last place of the caret on its visual line.
fn line_bounds(sheet: &mut Sheet, frame: &Frame<'_>, head: usize) -> (usize, usize) {
    let block = sheet.block_at(head);
    let map = sheet.map(frame.ctx, block);
    let start = sheet.range(block).start;
    let (first, last) = map.row_bounds(map.row_of(head.saturating_sub(start)));
    (start + first, start + last)
}

/// Tags with the category keys that were pressed; with Shift the picked span a second time.
fn tag_keys(frame: &mut Frame<'_>) {
    let codebook = frame.page.codebook;
    let (again, tags) = frame.ctx.input_mut(|input| {
        (category_keys::take_shifted(input, codebook), category_keys::take(input, codebook))
    });
    frame.requests.extend(again.map(AnnotateAction::TagAlso));
    frame.requests.extend(tags.into_iter().map(AnnotateAction::Tag));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_mean_nothing_here_are_left_alone() {
        let none = Modifiers::NONE;
        assert_eq!(motion(Key::Delete, none), None);
        assert_eq!(motion(Key::Tab, none), None);
        assert_eq!(motion(Key::ArrowLeft, Modifiers::ALT), None);
        assert_eq!(motion(Key::ArrowLeft, Modifiers::CTRL), Some(Motion::WordLeft));
        assert_eq!(motion(Key::ArrowDown, Modifiers::ALT), Some(Motion::SentenceDown));
        assert_eq!(motion(Key::ArrowDown, Modifiers::SHIFT), Some(Motion::Down));
    }
}
