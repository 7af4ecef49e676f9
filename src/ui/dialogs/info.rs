//! Dialogs that only show something: shortcuts, version, problems, reports.

use egui::{RichText, Ui};

use super::Outcome;
use crate::commands::{COMMANDS, GESTURES, GestureGroup, Menu};
use crate::theme::{Tokens, size, space, strong};
use crate::words::help as words;
use crate::{keys, widgets};
use demarche_session::{Session, Tone};

/// Height in points of the rest of the window and of a dialog around a list.
const REST_HEIGHT: f32 = 220.0;

/// Shows version and licences.
pub fn about(ui: &mut Ui) -> Outcome {
    super::title(ui, &words::version(env!("CARGO_PKG_VERSION")));
    ui.label(words::about());
    ui.add_space(space::S);
    widgets::weak(ui, words::offline());
    widgets::weak(ui, words::licences());
    super::close_button(ui)
}

/// Lists all shortcuts.
pub fn shortcuts(ui: &mut Ui) -> Outcome {
    super::title(ui, words::shortcuts());
    list(ui, "shortcuts", |ui| {
        ui.columns(2, |columns| {
            let [left, right] = columns else { return };
            for (number, group) in GESTURES.iter().enumerate() {
                gestures(if number == 0 { &mut *left } else { &mut *right }, group);
            }
            for menu in Menu::ALL {
                let column = if matches!(menu, "File" | "View" | "Help") { &mut *left } else { &mut *right };
                menu_shortcuts(column, menu);
            }
        });
    });
    super::close_button(ui)
}

/// Shows a list that scrolls once the window is too low for it.
fn list(ui: &mut Ui, id: &str, content: impl FnOnce(&mut Ui)) {
    let height = (ui.ctx().content_rect().height() - REST_HEIGHT).max(120.0);
    let area = egui::ScrollArea::vertical().id_salt(id).max_height(height);
    area.auto_shrink([false, true]).show(ui, content);
}

fn group_title(ui: &mut Ui, name: &str) {
    ui.add_space(space::S);
    ui.label(RichText::new(name).font(strong(size::INTERFACE)));
}

fn shortcut(ui: &mut Ui, name: &str, keys: &str) {
    let (rect, response) =
        ui.allocate_exact_size(egui::vec2(ui.available_width(), 20.0), egui::Sense::hover());
    let label = words::shortcut(name, keys);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, label.clone()));
    let tokens = Tokens::of(ui);
    let font = egui::FontId::proportional(size::SMALL);
    let right = rect.with_max_x(rect.right() - space::L);
    let end = widgets::line_right(ui, right, keys, font.clone(), tokens.text_weak);
    widgets::line(ui, rect.with_max_x(end - space::S), name, font, tokens.text);
}

fn gestures(ui: &mut Ui, group: &GestureGroup) {
    group_title(ui, group.title);
    for (keys, what) in group.rows {
        shortcut(ui, what, &keys.join(", "));
    }
}

fn menu_shortcuts(ui: &mut Ui, menu: &str) {
    let in_menu = COMMANDS.iter().filter(|command| command.menu.name() == menu);
    let mut commands = in_menu.filter(|command| !command.keys.is_empty()).peekable();
    if commands.peek().is_none() {
        return;
    }
    group_title(ui, menu);
    for command in commands {
        shortcut(ui, command.name, &keys::display(command));
    }
}

/// Lists the problems in the project's files.
pub fn problems(ui: &mut Ui, session: &Session) -> Outcome {
    super::title(ui, words::problems());
    widgets::weak(ui, words::problems_hint());
    ui.add_space(space::S);
    list(ui, "problems", |ui| {
        for problem in session.problems() {
            ui.label(&problem.message);
            widgets::weak(ui, words::line(&problem.file, problem.line));
            ui.add_space(space::S);
        }
    });
    super::close_button(ui)
}

/// Shows what an import or export did, and what it could not carry.
pub fn report(ui: &mut Ui, session: &Session) -> Outcome {
    let Some(report) = session.report() else { return Outcome::Close };
    super::title(ui, &report.title);
    if let Some(path) = &report.path {
        widgets::weak(ui, path.display().to_string());
        ui.add_space(space::XS);
    }
    list(ui, "report", |ui| {
        let tokens = Tokens::of(ui);
        for (tone, text) in &report.lines {
            let colour = if *tone == Tone::Error { tokens.error } else { tokens.text };
            ui.label(RichText::new(text).color(colour));
        }
    });
    match &report.path {
        Some(path) => super::close_or_open(ui, path),
        None => super::close_button(ui),
    }
}
