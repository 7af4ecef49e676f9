//! The documents, with how many of their differences are open.

use crate::theme::icons as m;
use egui::{FontId, Rect, Ui, pos2, vec2};

use crate::commands::CommandId;
use crate::requests::Requests;
use crate::theme::{Tokens, size, space, strong};
use crate::widgets;
use demarche_model::Document;
use demarche_session::{NavigateAction, Session};

/// Shows the list, and below it how far the whole project is.
pub(super) fn ui(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    widgets::heading(ui, "Documents", |ui| {
        if widgets::icon_button(ui, m::ICON_NAVIGATE_NEXT, "Next document to settle (Ctrl+Alt+N)").clicked() {
            requests.push(CommandId::NextDocumentToSettle);
        }
    });
    let documents = session.project().documents();
    if documents.is_empty() {
        return widgets::empty_state(ui, "No documents yet", "Import some on the Annotate screen (Ctrl+1).");
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
        _ if session.comparison_is_stopped() => "Cancelled; not all are compared".to_owned(),
        _ if session.is_comparing() => "Comparing…".to_owned(),
        0 => "No difference in the project".to_owned(),
        all => format!("{} of {} settled in all", widgets::count(tally.settled), widgets::count(all)),
    };
    ui.add_space(space::XS);
    widgets::weak(ui, text);
}

/// What stands at the right of a row, and what that means.
enum State {
    /// So many differences are open.
    Open(usize),
    /// All are settled.
    Settled,
    /// Fewer than two have worked on it.
    Alone,
    /// The user may not see it.
    Closed(&'static str),
    /// It has not been compared yet.
    Unknown,
}

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
    let chosen = session.view_state().document.as_ref() == Some(document.id());
    let state = state(session, document);
    let said = match &state {
        State::Open(open) => format!("{open} open"),
        State::Settled => "settled".to_owned(),
        State::Alone => "nothing to compare".to_owned(),
        State::Closed(_) => "closed".to_owned(),
        State::Unknown => "not compared yet".to_owned(),
    };
    let (rect, response) = widgets::row(ui, size::ROW, chosen, &format!("{}: {said}", document.meta.title));
    let small = FontId::proportional(size::SMALL);
    let right = rect.with_max_x(rect.right() - space::S);
    let icon = |icon: crate::theme::icons::MaterialIcon, colour| {
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
    let font = if chosen { strong(size::INTERFACE) } else { FontId::proportional(size::INTERFACE) };
    let colour = if matches!(state, State::Closed(_)) { tokens.text_weak } else { tokens.text };
    widgets::line(ui, title, &document.meta.title, font, colour);
    if response.clicked() {
        requests.push(NavigateAction::OpenDocument(document.id().clone()));
    }
    response.on_hover_ui(|ui| hint(ui, session, document, &state));
}

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
    widgets::weak(
        ui,
        format!("Compared: {}", if names.is_empty() { "nobody".to_owned() } else { names.join(", ") }),
    );
    widgets::weak(ui, format!("{} of {} differences settled", tally.settled, tally.differing));
    widgets::weak(ui, format!("{} agreed, {} of them in the consensus", tally.agreed, tally.adopted));
    ui.allocate_space(vec2(0.0, 0.0));
}
