//! Dialogs that only show something: version, problems, reports.

use egui::{RichText, Ui};

use super::Outcome;
use crate::theme::{Tokens, space};
use crate::words::help as words;
use crate::words::time::local_time;
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

/// Shows a list that scrolls once the window is too low for it.
fn list(ui: &mut Ui, id: &str, content: impl FnOnce(&mut Ui)) {
    let height = (ui.ctx().content_rect().height() - REST_HEIGHT).max(120.0);
    let area = egui::ScrollArea::vertical().id_salt(id).max_height(height);
    area.auto_shrink([false, true]).show(ui, content);
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

/// Lists the latest notices, newest first.
pub fn notices(ui: &mut Ui, session: &Session) -> Outcome {
    super::title(ui, words::notices());
    if session.past_notices().len() == 0 {
        widgets::weak(ui, words::no_notices());
    }
    list(ui, "notices", |ui| {
        let tokens = Tokens::of(ui);
        for notice in session.past_notices() {
            let colour = if notice.tone == Tone::Error { tokens.error } else { tokens.text };
            widgets::weak(ui, local_time(notice.at));
            ui.label(RichText::new(keys::in_sentence(ui.ctx(), &notice.text)).color(colour));
            ui.add_space(space::XS);
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
