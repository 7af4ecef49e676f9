//! The question on closing the window with unsaved changes.

use egui::Ui;

use super::{Outcome, footer};
use crate::theme::space;
use crate::widgets;
use crate::words::{common, project as words};
use demarche_session::{SaveState, Session};

/// What happens to unsaved changes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CloseChoice {
    /// They are saved.
    Save,
    /// They are lost.
    Discard,
}

/// Shows the question.
pub fn ui(ui: &mut Ui, session: &Session) -> Outcome {
    super::title(ui, words::close_title());
    ui.label(words::close_unsaved());
    if let SaveState::Failed(reason) = session.save_state() {
        widgets::weak(ui, reason);
    }
    ui.add_space(space::M);
    let mut outcome = None;
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        if widgets::primary_button(ui, words::save_and_close()).clicked() {
            outcome = Some(Outcome::Closing(CloseChoice::Save));
        }
        if ui.button(common::cancel()).clicked() {
            outcome = Some(Outcome::Close);
        }
        if ui.button(words::discard_changes()).clicked() {
            outcome = Some(Outcome::Closing(CloseChoice::Discard));
        }
    });
    let save = || if footer::entered(ui, true) { Outcome::Closing(CloseChoice::Save) } else { Outcome::Stay };
    outcome.unwrap_or_else(save)
}
