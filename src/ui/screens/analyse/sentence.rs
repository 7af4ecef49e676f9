//! A sentence whose numbers can be clicked.

use std::sync::Arc;

use egui::{Color32, FontId, Link, RichText, Ui};

use crate::theme::{Tokens, size};
use demarche_analysis::bargain::PassageSet;
use demarche_analysis::views::{Part, Sentence};

/// The sign between two notes.
const SEPARATOR: &str = "  ·  ";

/// Shows a sentence at a size of text, wrapped. Returns the number that was clicked, with the passages behind it.
pub(super) fn sentence(ui: &mut Ui, sentence: &Sentence, size_pt: f32) -> Option<(String, Arc<PassageSet>)> {
    let colour = Tokens::of(ui).text;
    wrapped(ui, |ui| parts(ui, sentence, size_pt, colour))
}

/// Shows the notes of a caption, one after the other, small, and then `more`.
pub(super) fn notes(
    ui: &mut Ui,
    notes: &[Sentence],
    more: impl FnOnce(&mut Ui),
) -> Option<(String, Arc<PassageSet>)> {
    let colour = Tokens::of(ui).text_weak;
    wrapped(ui, |ui| {
        let mut clicked = None;
        for (at, note) in notes.iter().enumerate() {
            if at > 0 {
                separator(ui, first_word(note));
            }
            clicked = parts(ui, note, size::SMALL, colour).or(clicked);
        }
        more(ui);
        clicked
    })
}

/// Shows the sign between two notes, or begins a line if the next note begins one. `next` is the part of it that is not broken.
pub(super) fn separator(ui: &mut Ui, next: &str) {
    let width = |text: &str| {
        let font = FontId::proportional(size::SMALL);
        ui.painter().layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER).size().x
    };
    if width(SEPARATOR) + width(next) + 1.0 > ui.available_size_before_wrap().x {
        ui.end_row();
    } else {
        ui.label(RichText::new(SEPARATOR).size(size::SMALL).color(Tokens::of(ui).text_weak));
    }
}

/// The first word of a sentence, where a line can begin.
fn first_word(sentence: &Sentence) -> &str {
    let text = match sentence.0.first() {
        Some(Part::Words(text) | Part::Passages { text, .. }) => text,
        None => "",
    };
    text.split_whitespace().next().unwrap_or_default()
}

fn wrapped<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    ui.scope(|ui| {
        // Lines of text, not of buttons.
        ui.spacing_mut().item_spacing = egui::vec2(0.0, 2.0);
        ui.spacing_mut().interact_size.y = 0.0;
        ui.horizontal_wrapped(content).inner
    })
    .inner
}

fn parts(
    ui: &mut Ui,
    sentence: &Sentence,
    size_pt: f32,
    colour: Color32,
) -> Option<(String, Arc<PassageSet>)> {
    let mut clicked = None;
    for part in &sentence.0 {
        match part {
            Part::Words(text) => {
                ui.label(RichText::new(text).size(size_pt).color(colour));
            }
            Part::Passages { text, passages } => {
                let number = RichText::new(text).size(size_pt).color(Tokens::of(ui).accent);
                if ui.add(Link::new(number)).clicked() {
                    clicked = Some((text.clone(), passages.clone()));
                }
            }
        }
    }
    clicked
}
