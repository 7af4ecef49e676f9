//! What a view shows if something is missing, with the command that helps.

use egui::Ui;

use super::fill_in;
use crate::commands::CommandId;
use crate::requests::Requests;
use crate::theme::space;
use crate::widgets;
use crate::words::analyse as words;
use demarche_analysis::filter::{Chips, Filter};
use demarche_analysis::views::Missing;
use demarche_model::Meaning;
use demarche_session::{AnalyseAction, AnalyseQuestion, NavigateAction, ReadingFound, Session};

/// Shows on the whole page what is missing.
pub(super) fn page(
    ui: &mut Ui,
    session: &Session,
    (at, reading): (usize, &ReadingFound),
    missing: &Missing,
    requests: &mut Requests,
) {
    let (title, hint) = words::missing(missing, reading.found.kind());
    widgets::empty_page(ui, &title, &hint);
    ui.vertical_centered(|ui| help(ui, session, (at, reading), missing, requests));
}

/// Shows in one line what is missing, above what there is.
pub(super) fn line(
    ui: &mut Ui,
    session: &Session,
    (at, reading): (usize, &ReadingFound),
    missing: &Missing,
    requests: &mut Requests,
) {
    let (title, hint) = words::missing(missing, reading.found.kind());
    ui.horizontal(|ui| {
        widgets::weak(ui, title).on_hover_text(hint);
        help(ui, session, (at, reading), missing, requests);
    });
    ui.add_space(space::XS);
}

/// Shows a button for what helps.
fn help(
    ui: &mut Ui,
    session: &Session,
    (at, reading): (usize, &ReadingFound),
    missing: &Missing,
    requests: &mut Requests,
) {
    match missing {
        Missing::Passages | Missing::Steps { .. } | Missing::OneCategory | Missing::TwoPassages => {
            if ui.button(words::go_and_tag()).clicked() {
                requests.push(CommandId::ShowAnnotate);
            }
        }
        Missing::FilteredOut { .. } => filter(ui, session, requests),
        Missing::Roles => {
            if ui.button(CommandId::SetRoles.command().name).clicked() {
                requests.push(CommandId::SetRoles);
            }
        }
        Missing::Actors { .. } => fill_in::button(ui, session, (at, reading), &Meaning::Actor, requests),
        Missing::Targets { .. } => fill_in::button(ui, session, (at, reading), &Meaning::Target, requests),
        Missing::Dates { .. } | Missing::DatedDocuments { .. } => {
            let mut documents = session.project().documents().iter();
            let undated = documents.find(|document| document.meta.date.is_none());
            if let Some(document) = undated.filter(|_| ui.button(words::dates()).clicked()) {
                requests.push(NavigateAction::OpenDocument(document.id().clone()));
                requests.push(CommandId::DocumentDetails);
            }
        }
    }
}

fn filter(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let question = session.analyse().question();
    let mut chips = Filter::parse(&question.filter).map(Chips::from).unwrap_or_default();
    if chips.len() > 1 && ui.button(words::remove_last_term()).clicked() {
        chips.remove(chips.len() - 1);
        let filter = chips.filter().to_string();
        requests.push(AnalyseAction::Ask(Box::new(AnalyseQuestion { filter, ..question.clone() })));
    }
    clear_filter(ui, requests);
}

/// Shows a button that clears the filter.
pub(super) fn clear_filter(ui: &mut Ui, requests: &mut Requests) {
    if ui.button(words::clear_filter()).clicked() {
        requests.push(CommandId::ClearFilter);
    }
}
