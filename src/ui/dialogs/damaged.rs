//! A project that can't be opened as it is: what is wrong, and what can be done.

use egui::{RichText, Ui};

use super::Outcome;
use crate::theme::{Tokens, space};
use crate::widgets;
use crate::words::{common, damaged as words};
use demarche_io::project::Remedy;
use demarche_session::DamagedProject;

/// Height in points of the list of problems.
const LIST_HEIGHT: f32 = 180.0;

/// Shows the problems, and offers to repair the project or to open it read-only.
pub fn ui(ui: &mut Ui, project: &DamagedProject) -> Outcome {
    let damage = &project.damage;
    super::title(ui, words::title());
    match damage.remedy {
        Remedy::Repair => ui.label(words::problems(damage.problems.len())),
        Remedy::Rebuild | Remedy::None => ui.label(words::unreadable()),
    };
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
    let hint = match damage.remedy {
        Remedy::Repair => words::repair_hint(),
        Remedy::Rebuild => words::rebuild_hint(),
        Remedy::None => words::by_hand(),
    };
    widgets::weak(ui, hint);
    widgets::weak(ui, project.path.display().to_string());
    ui.add_space(space::M);
    buttons(ui, project)
}

fn buttons(ui: &mut Ui, project: &DamagedProject) -> Outcome {
    let mut outcome = Outcome::Stay;
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        if project.damage.remedy != Remedy::None {
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
