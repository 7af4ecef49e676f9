//! A sentence whose numbers can be clicked.

use std::sync::Arc;

use egui::{Link, RichText, Ui};

use crate::theme::{Tokens, size};
use demarche_analysis::bargain::PassageSet;
use demarche_analysis::views::{Part, Sentence};

/// Shows a sentence at a size of text, wrapped. Returns the number that was clicked, with the passages behind it.
pub(super) fn sentence(ui: &mut Ui, sentence: &Sentence, size_pt: f32) -> Option<(String, Arc<PassageSet>)> {
    let tokens = Tokens::of(ui);
    let mut clicked = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        for part in &sentence.0 {
            match part {
                Part::Words(text) => {
                    ui.label(RichText::new(text).size(size_pt).color(tokens.text));
                }
                Part::Passages { text, passages } => {
                    let link = Link::new(RichText::new(text).size(size_pt));
                    if ui.add(link).clicked() {
                        clicked = Some((text.clone(), passages.clone()));
                    }
                }
            }
        }
    });
    clicked
}

/// Shows the notes of a caption, one per line, small.
pub(super) fn notes(ui: &mut Ui, notes: &[Sentence]) -> Option<(String, Arc<PassageSet>)> {
    let mut clicked = None;
    for note in notes {
        clicked = sentence(ui, note, size::SMALL).or(clicked);
    }
    clicked
}
