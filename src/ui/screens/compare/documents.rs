//! The documents with their numbers of open differences.

use crate::theme::icons::{self as m, MaterialIcon};
use egui::{FontId, Rect, Ui, pos2};

use crate::commands::CommandId;
use crate::requests::Requests;
use crate::theme::{Tokens, size, space, strong};
use crate::words::{compare as words, documents as list};
use crate::{keys, widgets};
use demarche_model::Document;
use demarche_session::{NavigateAction, Session};

/// Shows the list, and below it the progress of the whole project.
pub(super) fn ui(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    widgets::heading(ui, words::documents(), |ui| {
        let next = keys::with_shortcut(ui.ctx(), words::next_document(), CommandId::NextDocumentToSettle);
        if widgets::icon_button(ui, m::ICON_NAVIGATE_NEXT, &next).clicked() {
            requests.push(CommandId::NextDocumentToSettle);
        }
    });
    let documents = session.project().documents();
    if documents.is_empty() {
        return widgets::empty_state(ui, list::empty(), words::no_documents_hint());
    }
    let foot = size::ROW + space::S;
    let height = (ui.available_height() - foot).max(size::ROW);
    let scroll = egui::ScrollArea::vertical().id_salt("compared documents").auto_shrink(false);
    scroll.max_height(height).show_rows(ui, size::ROW, documents.len(), |ui, rows| {
        for document in documents.get(rows).unwrap_or_default() {
            row(ui, session, document, requests);
        }
    });
    let tally = session.comparison_tally();
    let text = match tally.differing {
        _ if session.comparison_is_stopped() => words::comparison_cancelled().to_owned(),
        _ if session.is_comparing() => words::comparing().to_owned(),
        0 => words::no_differences_in_project().to_owned(),
        all => words::settled_in_project(tally.settled, all),
    };
    ui.add_space(space::XS);
    widgets::weak(ui, text);
}

/// The state of a document, shown on the right of its row.
enum State {
    /// Number of open differences.
    Open(usize),
    /// All are settled.
    Settled,
    /// Fewer than two have worked on it.
    Alone,
    /// The user may not see it yet, and why.
    Closed(&'static str),
    /// It has not been compared yet.
    Unknown,
}

/// Returns the state of a document.
fn state(session: &Session, document: &Document) -> State {
    if let Some(why) = session.comparison_refusal(document) {
        return State::Closed(why);
    }
    match session.compared(document.id()) {
        Some(compared) if compared.differences().annotators().len() < 2 => State::Alone,
        Some(compared) if compared.tally().open() > 0 => State::Open(compared.tally().open()),
        Some(_) => State::Settled,
        None if document.is_loaded() => State::Unknown,
        None => State::Alone,
    }
}

fn row(ui: &mut Ui, session: &Session, document: &Document, requests: &mut Requests) {
    let tokens = Tokens::of(ui);
    let current = session.view_state().document.as_ref() == Some(document.id());
    let state = state(session, document);
    let name = match &state {
        State::Open(open) => words::open(*open),
        State::Settled => words::settled().to_owned(),
        State::Alone => words::nothing_to_compare().to_lowercase(),
        State::Closed(_) => words::document_closed().to_owned(),
        State::Unknown => words::not_compared().to_owned(),
    };
    let label = words::document(&document.meta.title, &name);
    let (rect, response) = widgets::row(ui, size::ROW, current, &label);
    let small = FontId::proportional(size::SMALL);
    let right = rect.with_max_x(rect.right() - space::S);
    let icon = |icon: MaterialIcon, colour| {
        let font = FontId::new(15.0, icon.font_family());
        widgets::line_right(ui, right, icon.codepoint, font, colour)
    };
    let end = match &state {
        State::Open(open) => widgets::line_right(ui, right, &widgets::count(*open), small, tokens.text_weak),
        State::Settled => icon(m::ICON_CHECK, tokens.good),
        State::Closed(_) => icon(m::ICON_LOCK, tokens.text_faint),
        State::Alone => widgets::line_right(ui, right, "–", small, tokens.text_faint),
        State::Unknown => widgets::line_right(ui, right, "·", small, tokens.text_faint),
    };
    let title =
        Rect::from_min_max(pos2(rect.left() + space::S, rect.top()), pos2(end - space::S, rect.bottom()));
    let font = if current { strong(size::INTERFACE) } else { FontId::proportional(size::INTERFACE) };
    let colour = if matches!(state, State::Closed(_)) { tokens.text_weak } else { tokens.text };
    widgets::line(ui, title, &document.meta.title, font, colour);
    if response.clicked() {
        requests.push(NavigateAction::OpenDocument(document.id().clone()));
    }
    response.on_hover_ui(|ui| hint(ui, session, document, &state));
}

/// Shows the progress of a document, for its tooltip.
fn hint(ui: &mut Ui, session: &Session, document: &Document, state: &State) {
    ui.set_max_width(300.0);
    ui.label(egui::RichText::new(&document.meta.title).font(strong(size::INTERFACE)));
    if let State::Closed(why) = state {
        widgets::weak(ui, *why);
        return;
    }
    let Some(compared) = session.compared(document.id()) else { return };
    let tally = compared.tally();
    let names: Vec<&str> =
        compared.differences().annotators().iter().map(|id| session.project().name_of(id)).collect();
    widgets::weak(ui, words::compared(&names));
    widgets::weak(ui, words::differences_settled(tally.settled, tally.differing));
    widgets::weak(ui, words::agreed_adopted(tally.agreed, tally.adopted));
}
