//! A part of the new text, in which the user selects a passage.

use egui::text::{CCursor, CCursorRange};
use egui::{RichText, Ui};

use crate::theme::{Tokens, size};
use crate::{widgets, words::update as words};
use demarche_analysis::context::shorten;
use demarche_analysis::segment;
use demarche_model::{Document, Ranges, Text, TextRange};
use demarche_session::PendingPassage;

/// Bytes of the text on either side of the proposed position.
const CONTEXT_BYTES: usize = 1500;

/// The position of a passage, as it is being corrected.
pub(super) struct Correction {
    /// The key of the passage.
    pub key: u32,
    /// The part of the text that is shown.
    part: TextRange,
    selected: Option<TextRange>,
    focused: bool,
}

/// The result of a correction.
pub(super) enum Corrected {
    /// The passage moves here.
    To(Ranges),
    /// The correction was cancelled.
    Cancelled,
}

impl Correction {
    /// Starts at the proposed position; without one, at the same fraction of the new text as in the old one.
    pub fn new(document: &Document, passage: &PendingPassage) -> Option<Self> {
        let text = document.text.as_ref()?;
        let middle = match &passage.likeness {
            Some(likeness) => likeness.ranges.cover(),
            None => {
                let old = document.other_texts.get(&passage.version)?.text.len().max(1);
                let share = passage.old_ranges.start() as f64 / old as f64;
                let offset = ((share * text.len() as f64) as usize).min(text.len());
                TextRange { start: offset, end: offset }
            }
        };
        let selected = passage.likeness.as_ref().map(|likeness| likeness.ranges.cover());
        Some(Self { key: passage.key, part: part_around(text, middle), selected, focused: false })
    }

    /// Shows the part of the text.
    pub fn ui(&mut self, ui: &mut Ui, document: &Document) -> Option<Corrected> {
        let text = document.text.as_ref()?;
        widgets::caption(ui, words::correct_caption());
        self.part_buttons(ui, text);
        self.field(ui, text);
        let chosen = self.selected.map(|range| segment::trim(text.as_str(), range)).and_then(Ranges::one);
        let quote = chosen.as_ref().map(|ranges| shorten(text.slice(ranges.cover()), 120));
        let line =
            quote.map_or_else(|| words::nothing_selected().to_owned(), |quote| words::selected(&quote));
        ui.label(RichText::new(line).size(size::SMALL).color(Tokens::of(ui).text_weak));
        let buttons = ui.horizontal(|ui| {
            let enter = ui.input_mut(|i| i.consume_key(egui::Modifiers::COMMAND, egui::Key::Enter));
            let escape = ui.input_mut(|i| i.consume_key(egui::Modifiers::NONE, egui::Key::Escape));
            let confirm = ui.add_enabled(chosen.is_some(), egui::Button::new(words::use_selection()));
            let confirm = confirm.on_hover_text(words::use_selection_shortcut()).clicked();
            let cancel = ui.button(words::back()).on_hover_text(words::back_hint()).clicked();
            match chosen {
                Some(ranges) if confirm || enter => Some(Corrected::To(ranges)),
                _ => (cancel || escape).then_some(Corrected::Cancelled),
            }
        });
        buttons.inner
    }

    /// Shows the text in a field, whose selection becomes the passage.
    fn field(&mut self, ui: &mut Ui, text: &Text) {
        let part = self.part;
        let mut shown = text.slice(part);
        let scroll = egui::ScrollArea::vertical().id_salt("correct").max_height(220.0).auto_shrink(false);
        scroll.show(ui, |ui| {
            let field = egui::TextEdit::multiline(&mut shown).desired_width(f32::INFINITY).desired_rows(8);
            let mut output = field.font(egui::FontId::proportional(size::HEADING)).show(ui);
            if !std::mem::replace(&mut self.focused, true) {
                output.response.request_focus();
                let selected = self.selected.unwrap_or(TextRange { start: part.start, end: part.start });
                let cursor =
                    |byte: usize| CCursor::new(text.slice(TextRange::new(part.start, byte)).chars().count());
                let range = CCursorRange::two(cursor(selected.start), cursor(selected.end));
                let rect = output.galley.pos_from_cursor(range.primary);
                ui.scroll_to_rect(rect.translate(output.galley_pos.to_vec2()), Some(egui::Align::Center));
                output.state.cursor.set_char_range(Some(range));
                output.state.store(ui.ctx(), output.response.id);
            } else if let Some(range) = output.cursor_range {
                let sorted = range.as_sorted_char_range();
                self.selected = range_in_text(text, part, sorted.start.into(), sorted.end.into());
            }
        });
    }

    /// Shows buttons for the parts before and after, if the text has more than one.
    fn part_buttons(&mut self, ui: &mut Ui, text: &Text) {
        let TextRange { start, end } = self.part;
        if start == 0 && end == text.len() {
            return;
        }
        ui.horizontal(|ui| {
            let mut target = None;
            if ui.add_enabled(start > 0, egui::Button::new(words::earlier_part())).clicked() {
                target = Some(start.saturating_sub(CONTEXT_BYTES));
            }
            if ui.add_enabled(end < text.len(), egui::Button::new(words::later_part())).clicked() {
                target = Some((end + CONTEXT_BYTES).min(text.len()));
            }
            if let Some(offset) = target {
                self.part = part_around(text, TextRange { start: offset, end: offset });
                self.selected = None;
                self.focused = false;
            }
        });
    }
}

/// Returns a range with its context, from the start of a line unless that is far away.
fn part_around(text: &Text, range: TextRange) -> TextRange {
    let all = text.as_str();
    let start = all.floor_char_boundary(range.start.saturating_sub(CONTEXT_BYTES));
    let end = all.ceil_char_boundary((range.end + CONTEXT_BYTES).min(all.len()));
    let line_start = all[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let start = if start - line_start <= CONTEXT_BYTES { line_start } else { start };
    TextRange { start, end }
}

/// Converts a range in characters of the part to bytes of the text.
fn range_in_text(text: &Text, part: TextRange, start: usize, end: usize) -> Option<TextRange> {
    let first = text.char_offset(part.start);
    Some(TextRange { start: text.byte_offset(first + start)?, end: text.byte_offset(first + end)? })
}
