//! The question on closing the window with unsaved changes.

use egui::Ui;

use super::{Outcome, footer};
use crate::theme::space;
use crate::widgets;
use crate::words::{common, project as words};
use demarche_session::{Kept, Session};

/// What happens to unsaved changes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CloseChoice {
    /// They are saved.
    Save,
    /// They stay in the journal, and are recovered when the project is opened again.
    Keep,
    /// They are lost.
    Discard,
}

/// Shows the question.
pub fn ui(ui: &mut Ui, session: &Session) -> Outcome {
    super::title(ui, words::close_title());
    let fault = session.save_fault();
    let is_kept = fault.is_some() && session.kept() != Kept::InMemory;
    match fault {
        Some(fault) => {
            ui.label(words::close_fault());
            widgets::weak(ui, &fault.why);
            ui.add_space(space::S);
            ui.label(words::close_kept(&session.kept(), session.folder().root()));
        }
        None => drop(ui.label(words::close_unsaved())),
    }
    ui.add_space(space::M);
    let mut outcome = None;
    let mut choose = |choice| outcome = Some(Outcome::Closing(choice));
    let mut is_cancelled = false;
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        if widgets::primary_button(ui, words::save_and_close()).clicked() {
            choose(CloseChoice::Save);
        }
        if is_kept && ui.button(words::keep_and_close()).clicked() {
            choose(CloseChoice::Keep);
        }
        is_cancelled = ui.button(common::cancel()).clicked();
        if ui.button(words::discard_changes()).clicked() {
            choose(CloseChoice::Discard);
        }
    });
    if is_cancelled {
        return Outcome::Close;
    }
    let save = || if footer::entered(ui, true) { Outcome::Closing(CloseChoice::Save) } else { Outcome::Stay };
    outcome.unwrap_or_else(save)
}
