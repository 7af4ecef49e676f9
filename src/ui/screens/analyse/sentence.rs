//! A sentence whose numbers can be clicked.

use std::sync::Arc;

use egui::{Link, RichText, Ui};

use crate::theme::{Tokens, size};
use demarche_analysis::bargain::PassageSet;
use demarche_analysis::views::{Part, Sentence};

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
                separator(ui);
            }
            clicked = parts(ui, note, size::SMALL, colour).or(clicked);
        }
        more(ui);
        clicked
    })
}

/// Shows the sign between two notes.
pub(super) fn separator(ui: &mut Ui) {
    ui.label(RichText::new("  ·  ").size(size::SMALL).color(Tokens::of(ui).text_weak));
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
    colour: egui::Color32,
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
