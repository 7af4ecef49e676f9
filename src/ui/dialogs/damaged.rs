//! A project that can't be opened as it is: what is wrong, and what can be done.

use egui::{RichText, Ui};

use super::Outcome;
use crate::theme::{Tokens, space};
use crate::widgets;
use crate::words::{common, damaged as words};
use demarche_session::DamagedProject;

/// Height in points of the list of problems.
const LIST_HEIGHT: f32 = 180.0;

/// Shows the problems, and offers to repair the project or to open it read-only.
pub fn ui(ui: &mut Ui, project: &DamagedProject) -> Outcome {
    let damage = &project.damage;
    super::title(ui, words::title());
    if damage.is_partly_readable {
        ui.label(words::problems(damage.problems.len()));
    } else {
        ui.label(words::unreadable());
    }
    ui.add_space(space::S);
    let list = egui::ScrollArea::vertical().id_salt("damage").max_height(LIST_HEIGHT);
    list.auto_shrink([false, true]).show(ui, |ui| {
        for problem in &damage.problems {
            let line = problem.line.map_or_else(String::new, |line| format!(":{line}"));
            ui.label(RichText::new(format!("{}{line}", problem.file.display())).monospace());
            ui.label(RichText::new(&problem.message).color(Tokens::of(ui).error));
            ui.add_space(space::XS);
        }
    });
    ui.add_space(space::S);
    let hint = if damage.is_partly_readable { words::repair_hint() } else { words::by_hand() };
    widgets::weak(ui, hint);
    widgets::weak(ui, project.path.display().to_string());
    ui.add_space(space::M);
    buttons(ui, project)
}

fn buttons(ui: &mut Ui, project: &DamagedProject) -> Outcome {
    let mut outcome = Outcome::Stay;
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        if project.damage.is_partly_readable {
            if widgets::primary_button(ui, words::repair()).clicked() {
                outcome = Outcome::Repair(Box::new(project.clone()));
            }
            if ui.button(words::open_read_only()).clicked() {
                outcome = Outcome::OpenReadOnly(Box::new(project.clone()));
            }
        }
        if ui.button(common::cancel()).clicked() {
            outcome = Outcome::Close;
        }
    });
    outcome
}
