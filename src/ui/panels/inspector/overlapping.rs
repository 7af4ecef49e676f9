//! Other passages that overlap the current one.

use egui::{FontId, Ui};

use crate::theme::{Tokens, size, space};
use crate::widgets;
use crate::words::inspector as words;
use demarche_model::{LayerId, Span, SpanRef};
use demarche_session::{NavigateAction, Session};

use super::head::name_of;
use crate::requests::Requests;

/// Most passages listed.
const LISTED: usize = 8;

/// Lists the other passages that overlap `span`, so that every one of them can be reached.
pub(super) fn ui(ui: &mut Ui, session: &Session, at: &SpanRef, span: &Span, requests: &mut Requests) {
    let Some(document) = session.document() else { return };
    let mut others = Vec::new();
    for (annotator, layer) in session.layers(document) {
        let id = LayerId::new(document.id(), annotator);
        let overlapping =
            layer.index().overlapping(span.ranges.cover()).filter_map(|entry| layer.span(entry.span));
        let overlapping = overlapping.map(|other| SpanRef { layer: id.clone(), span: other.id });
        others.extend(overlapping.filter(|other| other != at).take(LISTED));
    }
    others.dedup();
    if others.is_empty() {
        return;
    }
    ui.add_space(space::S);
    widgets::caption(ui, words::overlapping());
    for other in others.into_iter().take(LISTED) {
        let Some(span) = session.project().span(&other) else { continue };
        let codebook = session.project().codebook();
        let name = codebook.name_of(&span.category).to_owned();
        let who =
            if other.layer.annotator == *session.me() { String::new() } else { name_of(session, &other) };
        let (rect, response) = widgets::row(ui, size::ROW, false, &name);
        if let Some(category) = codebook.category(&span.category) {
            widgets::swatch(ui, rect.left_center() + egui::vec2(space::S, 0.0), category.colour);
        }
        let font = FontId::proportional(size::INTERFACE);
        let tokens = Tokens::of(ui);
        widgets::line(ui, rect.with_min_x(rect.left() + 20.0), &name, font, tokens.text);
        let right = rect.with_max_x(rect.right() - space::S);
        widgets::line_right(ui, right, &who, FontId::proportional(size::SMALL), tokens.text_weak);
        if response.clicked() {
            requests.push(NavigateAction::SetCurrent(Some(other)));
        }
    }
}
