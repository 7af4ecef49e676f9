//! The agreement on each document, which shows those that are out of line.

use egui::{FontId, RichText, Sense, Ui, vec2};

use crate::theme::{Tokens, size, space, strong};
use crate::widgets;
use crate::words::agreement as words;
use demarche_analysis::agreement::Agreement;
use demarche_session::{AgreementResult, NavigateAction, Session};

use super::pairs;
use crate::requests::Requests;

/// Width of the row headings, in points.
const NAME: f32 = 276.0;
/// Width of a column heading, in points.
const CELL: f32 = 86.0;
/// Height of the column headings, in points.
const HEAD: f32 = 40.0;
/// Height of a row, in points.
const ROW: f32 = 25.0;

/// Returns the width of the table.
pub(super) fn width(agreement: &Agreement) -> f32 {
    let figures = agreement.by_document.first().map_or(0, |point| point.figures.len());
    NAME + CELL * figures as f32
}

/// Shows a row per document. A click on its title opens it.
pub(super) fn table(ui: &mut Ui, session: &Session, result: &AgreementResult, requests: &mut Requests) {
    let points = &result.agreement.by_document;
    let Some(first) = points.first() else { return };
    ui.add_space(space::L);
    ui.horizontal(|ui| {
        ui.label(RichText::new(words::each_document()).font(strong(size::INTERFACE)));
        ui.add_space(space::XS);
        widgets::weak(ui, words::each_document_hint());
    });
    ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        ui.allocate_exact_size(vec2(NAME, HEAD), Sense::hover());
        for figure in &first.figures {
            let (rect, response) = ui.allocate_exact_size(vec2(CELL, HEAD), Sense::hover());
            let small = FontId::proportional(size::SMALL);
            let (upper, lower) = rect.shrink(3.0).split_top_bottom_at_fraction(0.5);
            widgets::line_right(ui, upper, figure.measure.short_name(), small.clone(), tokens.text_weak);
            widgets::line_right(ui, lower, figure.unit.name(), small, tokens.text_faint);
            response.on_hover_text(figure.measure.help());
        }
    });
    widgets::visible_rows(ui, ROW, points.len(), |ui, row| {
        let point = &points[row];
        let document = point.documents.first().and_then(|id| session.project().document(id));
        let title = document.map_or("", |document| document.meta.title.as_str());
        ui.horizontal(|ui| {
            let (rect, response) = ui.allocate_exact_size(vec2(NAME, ROW), Sense::click());
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Link, true, title));
            let colour = if response.hovered() { tokens.accent } else { tokens.text };
            let font = FontId::proportional(size::INTERFACE);
            widgets::line(ui, rect.with_min_x(rect.left() + 2.0), title, font, colour);
            if response.has_focus() {
                widgets::focus_ring(ui, rect);
            }
            if let Some(document) = document.filter(|_| response.on_hover_text(title).clicked()) {
                requests.push(NavigateAction::OpenDocument(document.id().clone()));
            }
            for figure in &point.figures {
                pairs::value(ui, Some(figure.value), &words::pair(title, figure.measure.name()));
            }
        });
    });
}
