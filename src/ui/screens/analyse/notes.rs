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
    let stand_ins = result.readings.iter().filter_map(|reading| reading.stand_in.as_ref());
    let mut lines: Vec<String> = stand_ins.map(|person| words::stand_in(&name(person))).collect();
    if !result.undecided.is_empty() {
        lines.push(words::undecided(result.undecided.len()));
    }
    lines.extend(result.not_counted.iter().map(|(id, number)| words::not_counted(&name(id), *number)));
    if !result.unreadable.is_empty() {
        lines.push(words::unreadable(result.unreadable.len()));
    }
    if !lines.is_empty() {
        widgets::weak(ui, lines.join(" "));
    }
}
