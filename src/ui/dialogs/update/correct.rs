//! A stretch of the new text in which the bounds of a passage are selected.

use egui::{RichText, Ui};

use crate::theme::{Tokens, size};
use crate::widgets;
use demarche_model::{Document, Ranges, Text, TextRange};
use demarche_session::PendingPassage;

/// Bytes of the text to either side of the place that is proposed.
const AROUND: usize = 1500;

/// The bounds of a passage as they are being set.
pub(super) struct Correction {
    /// The record.
    pub key: u32,
    /// The stretch of the text that is shown.
    stretch: TextRange,
    selected: Option<TextRange>,
    focused: bool,
}

/// What came of it.
pub(super) enum Corrected {
    /// The passage is to lie here.
    To(Ranges),
    /// All stays as it is.
    Given,
}

impl Correction {
    /// Begins around the place that is proposed; where there is none, where the passage stood in the old text, as far as
    /// the two texts can be laid over each other.
    pub fn new(document: &Document, waiting: &PendingPassage) -> Option<Self> {
        let text = document.text.as_ref()?;
        let middle = match &waiting.likeness {
            Some(likeness) => likeness.ranges.cover(),
            None => {
                let old = document.other_texts.get(&waiting.version)?.text.len().max(1);
                let share = waiting.old_ranges.start() as f64 / old as f64;
                let at = (share * text.len() as f64) as usize;
                TextRange { start: at.min(text.len()), end: at.min(text.len()) }
            }
        };
        let selected = waiting.likeness.as_ref().map(|likeness| likeness.ranges.cover());
        Some(Self { key: waiting.key, stretch: around(text, middle), selected, focused: false })
    }

    /// Shows the stretch; the words that are selected in it become the passage.
    pub fn ui(&mut self, ui: &mut Ui, document: &Document) -> Option<Corrected> {
        let text = document.text.as_ref()?;
        widgets::caption(ui, "Select the words that belong to the passage");
        self.turn(ui, text);
        let mut shown = text.slice(self.stretch);
        let stretch = self.stretch;
        let tokens = Tokens::of(ui);
        egui::ScrollArea::vertical().id_salt("correct").max_height(220.0).auto_shrink(false).show(ui, |ui| {
            let field = egui::TextEdit::multiline(&mut shown).desired_width(f32::INFINITY).desired_rows(8);
            let mut output = field.font(egui::FontId::proportional(size::HEADING)).show(ui);
            if !std::mem::replace(&mut self.focused, true) {
                output.response.request_focus();
                let selected =
                    self.selected.unwrap_or(TextRange { start: stretch.start, end: stretch.start });
                let at = |byte: usize| {
                    egui::text::CCursor::new(text.slice(TextRange::new(stretch.start, byte)).chars().count())
                };
                let range = egui::text::CCursorRange::two(at(selected.start), at(selected.end));
                let place =
                    output.galley.pos_from_cursor(range.primary).translate(output.galley_pos.to_vec2());
                ui.scroll_to_rect(place, Some(egui::Align::Center));
                output.state.cursor.set_char_range(Some(range));
                output.state.store(ui.ctx(), output.response.id);
            } else if let Some(range) = output.cursor_range {
                let sorted = range.as_sorted_char_range();
                self.selected = in_text(text, stretch, sorted.start.into(), sorted.end.into());
            }
        });
        let chosen = self.selected.map(|range| demarche_analysis::segment::trim(text.as_str(), range));
        let chosen = chosen.and_then(Ranges::one);
        let quote = chosen
            .as_ref()
            .map(|ranges| demarche_analysis::context::shorten(text.slice(ranges.cover()), 120));
        let said = quote.map_or("Nothing is selected.".to_owned(), |quote| format!("“{quote}”"));
        ui.label(RichText::new(said).size(size::SMALL).color(tokens.text_weak));
        ui.horizontal(|ui| {
            let take = egui::Button::new("Take the selected words");
            let taken = ui.add_enabled(chosen.is_some(), take).on_hover_text("Ctrl+Enter").clicked();
            let key = ui.input_mut(|i| i.consume_key(egui::Modifiers::COMMAND, egui::Key::Enter));
            let given = ui.button("Back").on_hover_text("Escape").clicked();
            let escape = ui.input_mut(|i| i.consume_key(egui::Modifiers::NONE, egui::Key::Escape));
            match chosen {
                Some(ranges) if taken || key => Some(Corrected::To(ranges)),
                _ => (given || escape).then_some(Corrected::Given),
            }
        })
        .inner
    }

    /// Leads to the stretches before and after.
    fn turn(&mut self, ui: &mut Ui, text: &Text) {
        let TextRange { start, end } = self.stretch;
        if start == 0 && end == text.len() {
            return;
        }
        ui.horizontal(|ui| {
            let mut to = None;
            if ui.add_enabled(start > 0, egui::Button::new("Earlier in the text")).clicked() {
                to = Some(start.saturating_sub(AROUND));
            }
            if ui.add_enabled(end < text.len(), egui::Button::new("Later in the text")).clicked() {
                to = Some((end + AROUND).min(text.len()));
            }
            if let Some(at) = to {
                self.stretch = around(text, TextRange { start: at, end: at });
                self.selected = None;
                self.focused = false;
            }
        });
    }
}

/// A range with what stands around it, from line to line where these are short.
fn around(text: &Text, range: TextRange) -> TextRange {
    let all = text.as_str();
    let start = all.floor_char_boundary(range.start.saturating_sub(AROUND));
    let end = all.ceil_char_boundary((range.end + AROUND).min(all.len()));
    let line = all[..start].rfind('\n').map_or(0, |at| at + 1);
    let start = if start - line <= AROUND { line } else { start };
    TextRange { start, end }
}

/// Characters of the stretch as bytes of the text.
fn in_text(text: &Text, stretch: TextRange, start: usize, end: usize) -> Option<TextRange> {
    let first = text.char_offset(stretch.start);
    Some(TextRange { start: text.byte_offset(first + start)?, end: text.byte_offset(first + end)? })
}
