//! The agreement on each document, which shows those that are out of line.

use egui::{FontId, Sense, Ui, vec2};

use crate::requests::Requests;
use crate::theme::{Tokens, size};
use crate::widgets;
use crate::words::agreement as words;
use demarche_analysis::agreement::Agreement;
use demarche_session::{AgreementResult, NavigateAction, Session};

use super::points;

/// Returns the width of the table.
pub(super) fn width(agreement: &Agreement) -> f32 {
    points::width(agreement.by_document.first().map_or(0, |point| point.figures.len()))
}

/// Shows a row per document. A click on its title opens it.
pub(super) fn table(ui: &mut Ui, session: &Session, result: &AgreementResult, requests: &mut Requests) {
    let documents = &result.agreement.by_document;
    let Some(first) = documents.first() else { return };
    points::heading(ui, words::each_document(), words::each_document_hint());
    points::table(ui, &first.figures, documents.len(), |ui, row| {
        let point = &documents[row];
        let document = point.documents.first().and_then(|id| session.project().document(id));
        let title = document.map_or("", |document| document.meta.title.as_str());
        let (rect, response) = ui.allocate_exact_size(vec2(points::NAME, points::ROW), Sense::click());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Link, true, title));
        let colour = if response.hovered() { Tokens::of(ui).accent } else { Tokens::of(ui).text };
        let font = FontId::proportional(size::INTERFACE);
        widgets::line(ui, rect.with_min_x(rect.left() + 2.0), title, font, colour);
        if response.has_focus() {
            widgets::focus_ring(ui, rect);
        }
        if let Some(document) = document.filter(|_| response.on_hover_text(title).clicked()) {
            requests.push(NavigateAction::OpenDocument(document.id().clone()));
        }
        (title.to_owned(), &point.figures)
    });
}
