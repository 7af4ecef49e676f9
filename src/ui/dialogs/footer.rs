//! The buttons at the foot of a dialog.

use std::path::Path;

use egui::output::OutputEvent;
use egui::{Context, Id, Key, Role, Ui, WidgetInfo};

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

/// The widget of a dialog that got the keyboard focus last.
#[derive(Clone, Copy)]
struct Focused {
    id: Id,
    takes_enter: bool,
}

impl Focused {
    fn slot() -> Id {
        Id::unique("focus in a dialog")
    }
}

/// Remembers what kind of widget has got the keyboard focus. To be called after a dialog has been shown.
pub(super) fn follow_focus(ctx: &Context) {
    let gained = ctx.output(|output| {
        output.events.iter().rev().find_map(|event| match event {
            OutputEvent::FocusGained(info) => Some(takes_enter(info)),
            OutputEvent::Clicked(_)
            | OutputEvent::DoubleClicked(_)
            | OutputEvent::TripleClicked(_)
            | OutputEvent::TextSelectionChanged(_)
            | OutputEvent::ValueChanged(_) => None,
        })
    });
    if let Some((id, takes_enter)) = ctx.memory(|memory| memory.focused()).zip(gained) {
        ctx.data_mut(|data| data.insert_temp(Focused::slot(), Focused { id, takes_enter }));
    }
}

/// Buttons and menus take Enter; choices and rows of lists leave it to the dialog.
fn takes_enter(info: &WidgetInfo) -> bool {
    match info.role {
        Role::Button => info.selected.is_none(),
        Role::ComboBox | Role::Link => true,
        _ => false,
    }
}

/// Returns whether Enter was pressed and not taken by the button with the focus, so that it confirms.
pub(super) fn entered(ui: &Ui, enabled: bool) -> bool {
    let enter = ui.input(|input| input.key_pressed(Key::Enter) && !input.modifiers.shift);
    let last: Option<Focused> = ui.data(|data| data.get_temp(Focused::slot()));
    let focused = ui.memory(|memory| memory.focused());
    let is_taken = last.is_some_and(|last| last.takes_enter && Some(last.id) == focused);
    enabled && enter && !is_taken && !egui::Popup::is_any_open(ui.ctx())
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
