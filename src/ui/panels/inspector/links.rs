//! The links of the picked passage, both ways, and a way to make one.

use crate::theme::icons as m;
use egui::{FontId, Ui, UiBuilder};

use crate::requests::Requests;
use crate::theme::{Tokens, size, space};
use crate::widgets;
use demarche_model::SpanRef;
use demarche_session::{LinkAction, LinkEnd, NavigateAction, OtherEnd, Session};

/// Height of a link: what it says, and where it leads.
const HEIGHT: f32 = 42.0;

/// The links of this passage; a click goes to the other end.
pub(super) fn ui(ui: &mut Ui, session: &Session, at: &SpanRef, requests: &mut Requests) {
    ui.add_space(space::S);
    let links = session.links_shown_at(at);
    let editable = session.read_only().is_none();
    ui.horizontal(|ui| {
        let name = if links.is_empty() { "Links".to_owned() } else { format!("Links ({})", links.len()) };
        widgets::caption(ui, &name);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.add_enabled_ui(editable, |ui| start_button(ui, session, at, requests));
        });
    });
    if links.is_empty() {
        widgets::weak(ui, "None. Ctrl+M starts one here.");
    }
    for end in &links {
        link(ui, session, at, end, editable, requests);
    }
}

/// Starts a link; where one has been started elsewhere, ends it here.
fn start_button(ui: &mut Ui, session: &Session, at: &SpanRef, requests: &mut Requests) {
    match session.link_start() {
        Some(marked) if marked == at => {
            let hint = "The link starts here; pick the other passage, then press Ctrl+M";
            if ui.button("Make no link").on_hover_text(hint).clicked() {
                requests.push(LinkAction::Cancel);
            }
        }
        Some(marked) => {
            let hint = format!("Link {} with this passage (Ctrl+M)", session.span_name(marked));
            if ui.button("Link to here…").on_hover_text(hint).clicked() {
                requests.push(LinkAction::Finish { to: at.clone(), kind: None });
            }
        }
        None => {
            let hint = "Start a link here: pick another passage, in any document, then press Ctrl+M";
            if ui.button("Add link…").on_hover_text(hint).clicked() {
                requests.push(LinkAction::Start(at.clone()));
            }
        }
    }
}

fn link(
    ui: &mut Ui,
    session: &Session,
    at: &SpanRef,
    end: &LinkEnd,
    editable: bool,
    requests: &mut Requests,
) {
    let (what, place) = said(session, end);
    let (rect, response) = widgets::row(ui, HEIGHT, false, &format!("{what}; {place}"));
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
        let place = egui::Rect::from_center_size(
            egui::pos2(rect.right() - size::ROW / 2.0 - 2.0, rect.center().y),
            egui::Vec2::splat(size::ROW),
        );
        let mut inner = ui.new_child(UiBuilder::new().max_rect(place));
        if widgets::icon_button(&mut inner, m::ICON_CLOSE, "Remove this link").clicked() {
            requests.push(LinkAction::Remove { layer: end.layer.clone(), id: end.link.id });
        }
    }
    match end.other.span_ref() {
        Some(other) => {
            if response
                .on_hover_text(format!("{}. Click to go there.", session.link_sentence(at, end)))
                .clicked()
            {
                requests.push(NavigateAction::GoTo(other.clone()));
            }
        }
        None => {
            response.on_hover_text("It was removed, or its document was; the link is all that is left");
        }
    }
}

/// What a link says, and where its other end is.
fn said(session: &Session, end: &LinkEnd) -> (String, String) {
    let kind = session.link_kind_name(&end.link.kind);
    let project = session.project();
    let who = |id: &demarche_model::AnnotatorId| project.name_of(id).to_owned();
    let passage = match &end.other {
        OtherEnd::Loaded(other) => session.span_name(other),
        OtherEnd::Unread(_) => "a passage not read yet".to_owned(),
        OtherEnd::Gone => "the other passage is gone".to_owned(),
    };
    let what = match (&end.other, end.outgoing) {
        (OtherEnd::Gone, _) => format!("{kind}: {passage}"),
        (_, true) => format!("{kind} {passage}"),
        (_, false) => format!("{kind} from {passage}"),
    };
    let document = end.other.span_ref().map(|other| &other.layer.document);
    let here = session.view_state().document.as_ref();
    let place = match document.and_then(|id| project.document(id)) {
        Some(document) if Some(document.id()) == here => "in this document".to_owned(),
        Some(document) => {
            let date = document.meta.date.as_ref().map_or(String::new(), |date| format!(", {date}"));
            format!("{}{date}", document.meta.title)
        }
        None => "removed, or not in this project".to_owned(),
    };
    let whose = match end.other.span_ref() {
        _ if end.layer.annotator != *session.me() => format!(" – {}’s link", who(&end.layer.annotator)),
        Some(other) if end.outgoing && other.layer.annotator != *session.me() => {
            format!(" – {}’s passage", who(&other.layer.annotator))
        }
        _ => String::new(),
    };
    (what, format!("{place}{whose}"))
}
