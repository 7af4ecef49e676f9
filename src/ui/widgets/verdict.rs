//! Signs for verdicts and annotators, which never rely on colour alone.

use crate::theme::icons::{self as m, MaterialIcon};
use egui::{Align2, Color32, FontId, Sense, Stroke, StrokeKind, Ui, vec2};

use crate::theme::{Tokens, size};
use demarche_model::{Annotator, Verdict};

/// Returns the icon of a verdict and its colour.
pub fn verdict_icon(verdict: Verdict, tokens: &Tokens) -> (MaterialIcon, Color32) {
    match verdict {
        Verdict::Accepted => (m::ICON_CHECK_CIRCLE, tokens.good),
        Verdict::Rejected => (m::ICON_CANCEL, tokens.error),
        Verdict::Disputed => (m::ICON_FORUM, tokens.warning),
    }
}

/// Shows the initials of a person in a box with their colour.
pub fn initials_badge(ui: &mut Ui, person: &Annotator) {
    let tokens = Tokens::of(ui);
    let font = FontId::proportional(size::SMALL);
    let galley = ui.painter().layout_no_wrap(person.display_initials(), font.clone(), tokens.text);
    let width = galley.size().x.max(16.0) + 8.0;
    let (rect, response) = ui.allocate_exact_size(vec2(width, 18.0), Sense::hover());
    let stroke = Stroke::new(1.5, tokens.category(person.colour));
    ui.painter().rect(rect, 4.0, tokens.raised, stroke, StrokeKind::Inside);
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, person.display_initials(), font, tokens.text);
    response.on_hover_text(&person.name);
}
