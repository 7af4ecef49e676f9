//! Dialogs that only show something: keys, about, problems, reports.

use egui::{RichText, Ui};

use super::Outcome;
use crate::commands::{COMMANDS, Menu};
use crate::theme::{Tokens, size, space, strong};
use crate::{keys, widgets};
use demarche_session::{Session, Tone};

/// What this program is.
pub fn about(ui: &mut Ui) -> Outcome {
    super::title(ui, &format!("Demarche {}", env!("CARGO_PKG_VERSION")));
    ui.label(
        "Read negotiation and policy texts, tag the moves in them, and find out who asked whom for what.",
    );
    ui.add_space(space::S);
    widgets::weak(ui, "Works on this machine alone; nothing is sent anywhere.");
    widgets::weak(
        ui,
        "Licence: MIT or Apache-2.0. Faces: Inter and Source Serif (SIL Open Font License 1.1). Icons: Material Symbols (Apache-2.0).",
    );
    super::close_button(ui)
}

/// All keys.
pub fn shortcuts(ui: &mut Ui) -> Outcome {
    super::title(ui, "Keyboard shortcuts");
    let area = egui::ScrollArea::vertical().id_salt("shortcuts").max_height(480.0).auto_shrink([false, true]);
    area.show(ui, |ui| {
        ui.columns(2, |columns| {
            let [left, right] = columns else { return };
            in_the_text(left);
            in_the_table(right);
            in_the_queue(right);
            for menu in Menu::ALL {
                let column = if matches!(menu, "File" | "View" | "Help") { &mut *left } else { &mut *right };
                menu_keys(column, menu);
            }
        });
    });
    super::close_button(ui)
}

fn group(ui: &mut Ui, name: &str) {
    ui.add_space(space::S);
    ui.label(RichText::new(name).font(strong(size::INTERFACE)));
}

fn key_line(ui: &mut Ui, name: &str, keys: &str) {
    let (rect, response) =
        ui.allocate_exact_size(egui::vec2(ui.available_width(), 20.0), egui::Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, format!("{name}: {keys}")));
    let tokens = Tokens::of(ui);
    let font = egui::FontId::proportional(size::SMALL);
    let right = rect.with_max_x(rect.right() - space::L);
    let end = widgets::line_right(ui, right, keys, font.clone(), tokens.text_weak);
    widgets::line(ui, rect.with_max_x(end - space::S), name, font, tokens.text);
}

fn in_the_text(ui: &mut Ui) {
    group(ui, "In the text");
    for (name, keys) in [
        ("Tag the selection; retag the picked passage", "1–9, a–z"),
        ("Tag the picked passage a second time", "Shift+1–9, a–z"),
        ("Character, word", "← →, with Ctrl"),
        ("Line, paragraph, sentence", "↑ ↓, with Ctrl, Alt"),
        ("Ends of line, of document", "Home End, with Ctrl"),
        ("Extend the selection", "Shift with these"),
        ("Select word, sentence", "2, 3 clicks"),
        ("Select single characters", "Alt+drag"),
    ] {
        key_line(ui, name, keys);
    }
}

fn in_the_table(ui: &mut Ui) {
    group(ui, "In the passages table");
    for (name, keys) in [
        ("Another row; choose those between", "↑ ↓, with Shift"),
        ("Choose to there, one more", "Shift, Ctrl+click"),
        ("Choose every row, only one", "Ctrl+A, Escape"),
        ("Retag the chosen rows", "1–9, a–z"),
        ("Remove the chosen passages", "Delete"),
        ("Copy them with citation", "Ctrl+C"),
        ("Go to the passage in the text", "Enter"),
        ("Close, open a group", "← →"),
    ] {
        key_line(ui, name, keys);
    }
}

fn in_the_queue(ui: &mut Ui) {
    group(ui, "In the queue of a review");
    for (name, keys) in [
        ("Accept, reject, dispute; go on", "A, R, D"),
        ("Propose a change, write a comment", "P, C"),
        ("Take the decision back", "W"),
        ("The next passage, the one before", "↓ N, ↑ B"),
    ] {
        key_line(ui, name, keys);
    }
}

fn menu_keys(ui: &mut Ui, menu: &str) {
    let with_keys = COMMANDS.iter().filter(|command| command.menu.name() == menu && !command.keys.is_empty());
    let commands: Vec<_> = with_keys.collect();
    if commands.is_empty() {
        return;
    }
    group(ui, menu);
    for command in commands {
        key_line(ui, command.name, &keys::display(command));
    }
}

/// What is wrong in the project's files.
pub fn problems(ui: &mut Ui, session: &Session) -> Outcome {
    super::title(ui, "Problems in the project's files");
    widgets::weak(
        ui,
        "Nothing of this is lost: what can't be read stays in its file as it is. Mend it there with a text editor.",
    );
    ui.add_space(space::S);
    egui::ScrollArea::vertical().id_salt("problems").max_height(380.0).auto_shrink([false, true]).show(
        ui,
        |ui| {
            for problem in session.problems() {
                let line = problem.line.map_or_else(String::new, |line| format!(", line {line}"));
                ui.label(&problem.message);
                widgets::weak(ui, format!("{}{line}", problem.file.display()));
                ui.add_space(space::S);
            }
        },
    );
    super::close_button(ui)
}

/// What an import or export has done, and what it could not carry.
pub fn report(ui: &mut Ui, session: &Session) -> Outcome {
    let Some(report) = session.report() else { return Outcome::Close };
    super::title(ui, &report.title);
    if let Some(path) = &report.path {
        widgets::weak(ui, path.display().to_string());
        ui.add_space(space::XS);
    }
    egui::ScrollArea::vertical().id_salt("report").max_height(380.0).auto_shrink([false, true]).show(
        ui,
        |ui| {
            let tokens = Tokens::of(ui);
            for (tone, text) in &report.lines {
                let colour = if *tone == Tone::Error { tokens.error } else { tokens.text };
                ui.label(RichText::new(text).color(colour));
            }
        },
    );
    super::close_button(ui)
}
