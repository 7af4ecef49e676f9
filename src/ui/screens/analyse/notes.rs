//! What is not counted, and why.

use egui::Ui;

use super::filter;
use crate::commands::CommandId;
use crate::requests::Requests;
use crate::widgets;
use crate::words::analyse as words;
use demarche_session::{AnalyseResult, NavigateAction, Session};

/// Shows what is not counted, and why.
pub(super) fn notes(ui: &mut Ui, session: &Session, result: &AnalyseResult, requests: &mut Requests) {
    let name = |id| session.project().name_of(id).to_owned();
    if result.unread > 0 {
        widgets::weak(ui, words::reading(result.documents - result.unread, result.documents));
    }
    let stand_ins = result.readings.iter().filter_map(|reading| reading.stand_in.as_ref());
    let mut lines: Vec<String> = stand_ins.map(|person| words::stand_in(&name(person))).collect();
    lines.extend(result.not_counted.iter().map(|(id, number)| words::not_counted(&name(id), *number)));
    if !result.unreadable.is_empty() {
        lines.push(words::unreadable(result.unreadable.len()));
    }
    undecided(ui, session, result, requests);
    if !lines.is_empty() {
        widgets::weak(ui, lines.join(" "));
    }
}

/// Shows how many documents have no consensus yet, with what helps: the choice of a coder, and the Compare screen.
fn undecided(ui: &mut Ui, session: &Session, result: &AnalyseResult, requests: &mut Requests) {
    let Some(first) = result.undecided.first() else { return };
    ui.horizontal_wrapped(|ui| {
        widgets::weak(ui, words::undecided(result.undecided.len()));
        if result.coders.is_none() {
            ui.menu_button(words::choose_coder(), |ui| filter::choices_of_coders(ui, session, requests));
        }
        let compare = CommandId::ShowCompare.command();
        if ui.button(compare.name).on_hover_text(compare.help).clicked() {
            requests.push(NavigateAction::OpenDocument(first.clone()));
            requests.push(CommandId::ShowCompare);
        }
    });
}
