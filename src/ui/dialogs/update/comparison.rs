//! The old text of a passage next to the new one. Differences are struck through on one side and underlined on the other, so
//! that colour is not the only sign.

use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, FontFamily, FontId, Stroke, Ui};

use crate::theme::{READING, Tokens, size, space};
use crate::{widgets, words::update as words};
use demarche_analysis::align::{DiffPiece, diff_words};
use demarche_session::Excerpt;

/// Shows the old text of a passage, and the text at its new position.
pub(super) fn ui(ui: &mut Ui, old: &Excerpt, new: Option<&Excerpt>) {
    let (before, after) = match new {
        Some(new) => diff_words(&old.quote, &new.quote),
        None => (vec![DiffPiece { text: &old.quote, same: true }], Vec::new()),
    };
    let tokens = Tokens::of(ui);
    // The wider spacing is for these columns only.
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.x = space::XL;
        ui.columns(2, |columns| {
            let [left, right] = columns else { return };
            let removed = Difference { colour: tokens.error, is_struck: true };
            side(left, words::old_text(), old, &before, removed);
            match new {
                Some(new) => {
                    let added = Difference { colour: tokens.good, is_struck: false };
                    side(right, words::new_text(), new, &after, added);
                }
                None => {
                    widgets::caption(right, words::new_text());
                    widgets::weak(right, words::nothing_similar());
                }
            }
        });
    });
}

/// The marking of what differs.
#[derive(Clone, Copy)]
struct Difference {
    colour: Color32,
    is_struck: bool,
}

fn side(ui: &mut Ui, caption: &str, excerpt: &Excerpt, pieces: &[DiffPiece<'_>], difference: Difference) {
    widgets::caption(ui, caption);
    let tokens = Tokens::of(ui);
    let font = FontId::new(size::HEADING, FontFamily::Name(READING.into()));
    let format = |colour| TextFormat { line_height: Some(22.0), ..TextFormat::simple(font.clone(), colour) };
    let mut job = LayoutJob::default();
    job.append(&excerpt.before, 0.0, format(tokens.text_faint));
    for piece in pieces {
        let stroke = Stroke::new(1.5, difference.colour);
        // Unchanged text has no background: it is darker than its context already, and the differences show better.
        let mut text_format = format(tokens.text);
        if !piece.same {
            text_format.background = difference.colour.gamma_multiply(0.25);
            if difference.is_struck {
                text_format.strikethrough = stroke;
            } else {
                text_format.underline = stroke;
            }
        }
        job.append(piece.text, 0.0, text_format);
    }
    job.append(&excerpt.after, 0.0, format(tokens.text_faint));
    // The layout of columns would justify the text.
    ui.with_layout(egui::Layout::top_down(egui::Align::LEFT), |ui| ui.add(egui::Label::new(job).wrap()));
    ui.add_space(space::XS);
}
