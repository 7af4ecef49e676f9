//! The links of the current passage in both directions, and the button that starts one.

use crate::theme::icons as m;
use egui::{FontId, Ui, UiBuilder};

use crate::commands::CommandId;
use crate::requests::Requests;
use crate::theme::{Tokens, size, space};
use crate::words::inspector as words;
use crate::{keys, widgets};
use demarche_model::SpanRef;
use demarche_session::{LinkAction, LinkEnd, NavigateAction, OtherEnd, Session};

/// Height of a link in points: one line for the link, one for its other end.
const HEIGHT: f32 = 42.0;

/// Shows the links of a passage. Clicking a link goes to its other end.
pub(super) fn ui(ui: &mut Ui, session: &Session, at: &SpanRef, requests: &mut Requests) {
    ui.add_space(space::S);
    let links = session.links_shown_at(at);
    let editable = session.read_only().is_none();
    ui.horizontal(|ui| {
        widgets::caption(ui, &words::links(links.len()));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.add_enabled_ui(editable, |ui| start_button(ui, session, at, requests));
        });
    });
    if links.is_empty() {
        widgets::weak(ui, keys::in_sentence(ui.ctx(), words::no_links()));
    }
    for end in &links {
        link(ui, session, at, end, editable, requests);
    }
}

/// Shows the button that starts a link, ends the started one here, or cancels it.
fn start_button(ui: &mut Ui, session: &Session, at: &SpanRef, requests: &mut Requests) {
    match session.link_start() {
        Some(start) if start == at => {
            if ui
                .button(words::cancel_link())
                .on_hover_text(keys::in_sentence(ui.ctx(), words::cancel_link_hint()))
                .clicked()
            {
                requests.push(LinkAction::Cancel);
            }
        }
        Some(start) => {
            let hint = words::link_here_hint(&session.span_name(start));
            let hint = keys::with_shortcut(ui.ctx(), &hint, CommandId::StartLink);
            if ui.button(words::link_here()).on_hover_text(hint).clicked() {
                requests.push(LinkAction::Finish { to: at.clone(), kind: None });
            }
        }
        None => {
            if ui
                .button(words::add_link())
                .on_hover_text(keys::in_sentence(ui.ctx(), words::add_link_hint()))
                .clicked()
            {
                requests.push(LinkAction::Start(at.clone()));
            }
        }
    }
}

/// Shows a link and its other end.
fn link(
    ui: &mut Ui,
    session: &Session,
    at: &SpanRef,
    end: &LinkEnd,
    editable: bool,
    requests: &mut Requests,
) {
    let (what, place) = describe(session, end);
    let (rect, response) = widgets::row(ui, HEIGHT, false, &words::link_label(&what, &place));
    let tokens = Tokens::of(ui);
    let mine = editable && session.may_edit(&end.layer.annotator);
    let right = rect.right() - if mine { size::ROW + space::XS } else { space::S };
    let icon = if end.outgoing { m::ICON_ARROW_FORWARD } else { m::ICON_ARROW_BACK };
    let centre = egui::pos2(rect.left() + 12.0, rect.top() + 13.0);
    let icon_font = FontId::new(16.0, icon.font_family());
    ui.painter().text(centre, egui::Align2::CENTER_CENTER, icon.codepoint, icon_font, tokens.text_weak);
    let text = rect.with_min_x(rect.left() + 26.0).with_max_x(right);
    let (upper, lower) = text.split_top_bottom_at_y(rect.top() + 23.0);
    let colour = if end.other == OtherEnd::Gone { tokens.warning } else { tokens.text };
    widgets::line(ui, upper, &what, FontId::proportional(size::INTERFACE), colour);
    let lower = lower.with_max_y(rect.bottom() - 4.0);
    widgets::line(ui, lower, &place, FontId::proportional(size::SMALL), tokens.text_weak);
    if mine {
        let button = egui::Rect::from_center_size(
            egui::pos2(rect.right() - size::ROW / 2.0 - 2.0, rect.center().y),
            egui::Vec2::splat(size::ROW),
        );
        let mut inner = ui.new_child(UiBuilder::new().max_rect(button));
        if widgets::icon_button(&mut inner, m::ICON_CLOSE, words::remove_link()).clicked() {
            requests.push(LinkAction::Remove { layer: end.layer.clone(), id: end.link.id });
        }
    }
    match end.other.span_ref() {
        Some(other) => {
            let hint = words::go_to_link(&session.link_sentence(at, end));
            if response.on_hover_text(hint).clicked() {
                requests.push(NavigateAction::GoTo(other.clone()));
            }
        }
        None => {
            response.on_hover_text(words::missing_end_hint());
        }
    }
}

/// Describes a link, and where its other end is.
fn describe(session: &Session, end: &LinkEnd) -> (String, String) {
    let kind = session.link_kind_name(&end.link.kind);
    let project = session.project();
    let passage = match &end.other {
        OtherEnd::Loaded(other) => Some(session.span_name(other)),
        OtherEnd::Unread(_) => Some(words::unread_end().to_owned()),
        OtherEnd::Gone => None,
    };
    let what = match passage {
        None => words::broken_link(kind),
        Some(passage) if end.outgoing => words::link_to(kind, &passage),
        Some(passage) => words::link_from(kind, &passage),
    };
    let document = end.other.span_ref().map(|other| &other.layer.document);
    let here = session.view_state().document.as_ref();
    let place = match document.and_then(|id| project.document(id)) {
        Some(document) if Some(document.id()) == here => words::in_this_document().to_owned(),
        Some(document) => {
            let date = document.meta.date.as_ref().map(ToString::to_string);
            words::document_and_date(&document.meta.title, date.as_deref())
        }
        None => words::not_in_project().to_owned(),
    };
    let place = match end.other.span_ref() {
        _ if end.layer.annotator != *session.me() => {
            words::link_of(&place, project.name_of(&end.layer.annotator))
        }
        Some(other) if end.outgoing && other.layer.annotator != *session.me() => {
            words::passage_of(&place, project.name_of(&other.layer.annotator))
        }
        _ => place,
    };
    (what, place)
}
