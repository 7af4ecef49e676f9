//! The buttons at the foot of a dialog.

use std::path::Path;

use egui::{Key, Ui};

use super::Outcome;
use crate::theme::space;
use crate::{widgets, words};

/// The button that was pressed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Answer {
    /// The one that does what the dialog is for.
    Confirm,
    /// Cancel.
    Cancel,
}

/// Shows a button that confirms, and Cancel. Enter presses the button with the focus, if any, and otherwise confirms.
pub fn buttons(ui: &mut Ui, confirm: &str, enabled: bool) -> Option<Answer> {
    let pressed = buttons_without_enter(ui, confirm, enabled);
    pressed.or_else(|| entered(ui, enabled).then_some(Answer::Confirm))
}

/// As [`buttons`], at the end of a row that other widgets have started.
pub fn buttons_in_row(ui: &mut Ui, confirm: &str, enabled: bool) -> Option<Answer> {
    let pressed = pair(ui, confirm, enabled);
    pressed.or_else(|| entered(ui, enabled).then_some(Answer::Confirm))
}

/// As [`buttons`], in a dialog whose fields need Enter themselves.
pub fn buttons_without_enter(ui: &mut Ui, confirm: &str, enabled: bool) -> Option<Answer> {
    ui.add_space(space::M);
    pair(ui, confirm, enabled)
}

/// Returns whether Enter was pressed and not taken by the button with the focus, so that it confirms.
pub(super) fn entered(ui: &Ui, enabled: bool) -> bool {
    let enter = ui.input(|input| input.key_pressed(Key::Enter) && !input.modifiers.shift);
    enabled && enter && !egui::Popup::is_any_open(ui.ctx())
}

fn pair(ui: &mut Ui, confirm: &str, enabled: bool) -> Option<Answer> {
    let mut answer = None;
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        ui.add_enabled_ui(enabled, |ui| {
            if widgets::primary_button(ui, confirm).clicked() {
                answer = Some(Answer::Confirm);
            }
        });
        if ui.button(words::common::cancel()).clicked() {
            answer = Some(Answer::Cancel);
        }
    });
    answer
}

/// Shows a button that only closes the dialog.
pub fn close_button(ui: &mut Ui) -> Outcome {
    ui.add_space(space::M);
    let button = ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        widgets::primary_button(ui, words::common::close()).clicked()
    });
    if button.inner { Outcome::Close } else { Outcome::Stay }
}

/// Shows a button that closes the dialog, and buttons that open a file that was written, or its folder.
pub fn close_or_open(ui: &mut Ui, path: &Path) -> Outcome {
    ui.add_space(space::M);
    let pressed = ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        if widgets::primary_button(ui, words::common::close()).clicked() {
            return Outcome::Close;
        }
        if !path.is_dir() && ui.button(words::common::open()).clicked() {
            return Outcome::OpenFile(path.to_owned());
        }
        let folder = if path.is_dir() { Some(path) } else { path.parent() };
        match folder.filter(|_| ui.button(words::common::show_in_folder()).clicked()) {
            Some(folder) => Outcome::OpenFile(folder.to_owned()),
            None => Outcome::Stay,
        }
    });
    pressed.inner
}
