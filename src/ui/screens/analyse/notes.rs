//! What is not counted, and why.

use egui::Ui;

use crate::widgets;
use crate::words::analyse as words;
use demarche_session::{AnalyseResult, Session};

/// Shows what is not counted, and why.
pub(super) fn notes(ui: &mut Ui, session: &Session, result: &AnalyseResult) {
    let name = |id| session.project().name_of(id).to_owned();
    if result.unread > 0 {
        widgets::weak(ui, words::reading(result.documents - result.unread, result.documents));
    }
    for reading in &result.readings {
        if let Some(person) = &reading.stand_in {
            widgets::weak(ui, words::stand_in(&name(person)));
        }
    }
    if !result.undecided.is_empty() {
        widgets::weak(ui, words::undecided(result.undecided.len()));
    }
    let left_out: Vec<String> =
        result.not_counted.iter().map(|(id, number)| words::not_counted(&name(id), *number)).collect();
    if !left_out.is_empty() {
        widgets::weak(ui, left_out.join(" "));
    }
    if !result.unreadable.is_empty() {
        widgets::weak(ui, words::unreadable(result.unreadable.len()));
    }
}
