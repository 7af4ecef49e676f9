//! Closing with unsaved work.

use egui::Ui;

use super::Outcome;
use crate::theme::space;
use crate::widgets;
use demarche_session::{SaveState, Session};

/// How to close.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CloseChoice {
    /// Save first.
    Save,
    /// Let what is not saved go.
    Discard,
}

/// Asks.
pub fn ui(ui: &mut Ui, session: &Session) -> Outcome {
    super::title(ui, "Save before closing?");
    ui.label("Your last changes are not on disk yet.");
    if let SaveState::Failed(why) = session.save_state() {
        widgets::weak(ui, why);
    }
    ui.add_space(space::M);
    let mut outcome = Outcome::Stay;
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        if widgets::primary_button(ui, "Save and close").clicked() {
            outcome = Outcome::Closing(CloseChoice::Save);
        }
        if ui.button("Cancel").clicked() {
            outcome = Outcome::Close;
        }
        if ui.button("Close without saving").clicked() {
            outcome = Outcome::Closing(CloseChoice::Discard);
        }
    });
    outcome
}
