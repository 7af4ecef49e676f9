//! Old words beside new ones. What differs is struck out on one side and underlined on the other, besides its colour.

use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, FontFamily, FontId, Stroke, Ui};

use crate::theme::{READING, Tokens, size, space};
use crate::widgets;
use demarche_analysis::align::{DiffPiece, diff_words};
use demarche_session::Excerpt;

/// Shows what a passage said and what stands there now.
pub(super) fn ui(ui: &mut Ui, old: &Excerpt, new: Option<&Excerpt>) {
    let now = new.map_or("", |new| new.quote.as_str());
    let (before, after) = match new {
        Some(_) => diff_words(&old.quote, now),
        None => (vec![DiffPiece { text: &old.quote, same: true }], Vec::new()),
    };
    let tokens = Tokens::of(ui);
    // The distance between the columns is theirs alone.
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.x = space::XL;
        ui.columns(2, |columns| {
            let [left, right] = columns else { return };
            side(left, "It said", old, &before, Mark { colour: tokens.error, struck: true });
            match new {
                Some(new) => {
                    side(right, "Here now", new, &after, Mark { colour: tokens.good, struck: false })
                }
                None => {
                    widgets::caption(right, "Here now");
                    widgets::weak(right, "Nothing like it was found.");
                }
            }
        });
    });
}

/// How what differs is set off.
#[derive(Clone, Copy)]
struct Mark {
    colour: Color32,
    struck: bool,
}

fn side(ui: &mut Ui, caption: &str, excerpt: &Excerpt, pieces: &[DiffPiece<'_>], mark: Mark) {
    widgets::caption(ui, caption);
    let tokens = Tokens::of(ui);
    let font = FontId::new(size::HEADING, FontFamily::Name(READING.into()));
    let format = |colour| TextFormat { line_height: Some(22.0), ..TextFormat::simple(font.clone(), colour) };
    let mut job = LayoutJob::default();
    job.append(&excerpt.before, 0.0, format(tokens.text_faint));
    for piece in pieces {
        let stroke = Stroke::new(1.5, mark.colour);
        let mut set = format(tokens.text);
        // What is the same stands out from what is around it as it is; a ground of its own would hide what differs.
        if !piece.same {
            set.background = mark.colour.gamma_multiply(0.25);
            if mark.struck {
                set.strikethrough = stroke;
            } else {
                set.underline = stroke;
            }
        }
        job.append(piece.text, 0.0, set);
    }
    job.append(&excerpt.after, 0.0, format(tokens.text_faint));
    // Columns would spread the words over their whole width.
    ui.with_layout(egui::Layout::top_down(egui::Align::LEFT), |ui| ui.add(egui::Label::new(job).wrap()));
    ui.add_space(space::XS);
}
