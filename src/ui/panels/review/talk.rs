//! The passage at hand: who decided what, what is proposed, the thread, and what one can do.

use crate::theme::icons as m;
use egui::{Key, RichText, Ui};

use crate::panels::status::local_moment;
use crate::theme::{Tokens, size, space, strong};
use crate::widgets;
use demarche_model::{AnnotatorId, Comment, Decision, DecisionState, Document, Proposal, SpanRef, Verdict};
use demarche_session::{ReviewAction, Session};

use super::ReviewPanel;
use super::queue::described;
use crate::commands::{CommandId, DialogCommand, FocusCommand};
use crate::requests::Requests;

/// Height that is kept for the field of a comment, in points.
const COMMENT: f32 = 40.0;
/// Width in which the four buttons of a decision stand in one row, in points.
const ONE_ROW: f32 = 292.0;

impl ReviewPanel {
    pub(super) fn talk(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        at: Option<&SpanRef>,
        requests: &mut Requests,
    ) {
        let document = at.and_then(|at| session.project().document(&at.layer.document));
        let Some((at, document)) = at.zip(document) else {
            return widgets::empty_state(ui, "No passage at hand", "Pick one of the list, or press Alt+N.");
        };
        // What one does stays in sight, however long the thread is.
        let theirs = at.layer.annotator != *session.me();
        let rows = if ui.available_width() < ONE_ROW { 2.0 } else { 1.0 };
        let buttons = if theirs { rows * (size::ROW + space::XS) } else { 0.0 };
        let height = (ui.available_height() - COMMENT - buttons).max(60.0);
        let area = egui::ScrollArea::vertical().id_salt("talk").auto_shrink(false).max_height(height);
        area.show(ui, |ui| {
            head(ui, session, at);
            for (who, decision) in document.decisions(at.span) {
                said(ui, session, at, who, decision, requests);
            }
            aside_button(ui, session, at, requests);
            thread(ui, session, document, at);
        });
        if theirs {
            decide_buttons(ui, session, at, requests);
        }
        self.comment_field(ui, session, at, requests);
    }

    fn comment_field(&mut self, ui: &mut Ui, session: &Session, at: &SpanRef, requests: &mut Requests) {
        if self.comment_of != Some(at.span) {
            // What was begun for another passage is not said of this one.
            self.comment_of = Some(at.span);
            self.comment.clear();
        }
        ui.add_space(space::XS);
        let hint = "Comment, then Enter (Alt+C)";
        let enabled = session.read_only().is_none();
        let field = ui
            .add_enabled_ui(enabled, |ui| {
                widgets::bare_field(ui, "Comment", &mut self.comment, hint, f32::INFINITY)
            })
            .inner;
        if std::mem::take(&mut self.focus_comment) {
            field.request_focus();
        }
        if field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
            let text = std::mem::take(&mut self.comment);
            requests.push(ReviewAction::Comment { at: at.clone(), text });
            requests.push(FocusCommand::Text);
        }
    }
}

/// For what is new: take it as read.
fn aside_button(ui: &mut Ui, session: &Session, at: &SpanRef, requests: &mut Requests) {
    let entry = session.review().inbox().find(|entry| entry.at == *at);
    if entry.is_some_and(|entry| entry.unread) {
        ui.add_space(space::XS);
        let aside = ui.button((m::ICON_MARK_EMAIL_READ.rich_text().size(15.0), "Set aside"));
        if aside.on_hover_text("Take it as read, and go on to the next (Alt+S)").clicked() {
            requests.push(ReviewAction::Dismiss(at.clone()));
        }
    }
}

fn head(ui: &mut Ui, session: &Session, at: &SpanRef) {
    let (name, words, colour) = described(session, at);
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(egui::vec2(14.0, size::ROW), egui::Sense::hover());
        widgets::swatch_at(ui, rect.center(), colour);
        ui.label(RichText::new(name).font(strong(size::HEADING)));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            match session.project().annotator(&at.layer.annotator) {
                Some(person) => widgets::initials_badge(ui, person),
                None => {
                    widgets::weak(ui, at.layer.annotator.to_string());
                }
            }
        });
    });
    ui.add(egui::Label::new(format!("“{words}”")).wrap());
    if let Some(span) = session.project().span(at) {
        let values: Vec<String> = span.attributes.values().map(ToString::to_string).collect();
        if !values.is_empty() {
            widgets::weak(ui, values.join(" · "));
        }
        if !span.note.is_empty() {
            ui.add(egui::Label::new(RichText::new(&span.note).size(size::SMALL).italics()).wrap());
        }
    }
    ui.add_space(space::XS);
}

fn decide_buttons(ui: &mut Ui, session: &Session, at: &SpanRef, requests: &mut Requests) {
    let tokens = Tokens::of(ui);
    let refusal = session.read_only().or_else(|| session.review_refusal(at).map(str::to_owned));
    let there = session.project().span(at).is_some() && session.review_target() == Some(at);
    ui.add_enabled_ui(refusal.is_none() && there, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space::XS;
            ui.spacing_mut().button_padding.x = space::XS;
            for (verdict, name, keys, command) in [
                (Verdict::Accepted, "Accept", "Alt+A", CommandId::Accept),
                (Verdict::Rejected, "Reject", "Alt+R", CommandId::Reject),
                (Verdict::Disputed, "Dispute", "Alt+D", CommandId::Dispute),
            ] {
                let (icon, colour) = widgets::verdict_icon(verdict, tokens);
                let button = ui.button((icon.rich_text().size(15.0).color(colour), name));
                if button.on_hover_text(format!("{name} ({keys}), and go on")).clicked() {
                    requests.push(command);
                }
            }
            let propose = ui.button("Propose…");
            let hint = "Propose another category, other words or other attributes (Alt+P)";
            if propose.on_hover_text(hint).clicked() {
                requests.push(DialogCommand::Propose);
            }
        });
    });
}

/// What one person has decided on the passage.
fn said(
    ui: &mut Ui,
    session: &Session,
    at: &SpanRef,
    who: &AnnotatorId,
    decision: &Decision,
    requests: &mut Requests,
) {
    let proposed = decision.proposal.as_ref().filter(|proposal| !proposal.is_empty());
    let Some(verdict) = decision.verdict.or(proposed.map(|_| Verdict::Disputed)) else { return };
    let tokens = Tokens::of(ui);
    let (icon, colour) = widgets::verdict_icon(verdict, tokens);
    let standing = session.decision_state(at, decision);
    let state = match standing {
        DecisionState::Current => "",
        DecisionState::Applied => ", taken over",
        DecisionState::Changed => ", changed since",
        DecisionState::Removed => ", the passage is gone",
    };
    ui.horizontal(|ui| {
        ui.label(icon.rich_text().size(16.0).color(colour));
        let name = session.project().name_of(who);
        let what = if proposed.is_some() { "proposes" } else { widgets::verdict_name(verdict) };
        ui.label(format!("{name}: {what}{state}")).on_hover_text(local_moment(decision.modified));
    });
    if let Some(proposal) = proposed {
        for line in proposal_lines(session, proposal) {
            ui.horizontal(|ui| {
                ui.add_space(space::XL);
                ui.add(egui::Label::new(line).wrap());
            });
        }
    }
    follow_button(ui, session, at, (who, decision), standing, requests);
}

/// For the one who tagged it: take over what is proposed, or remove what is rejected.
fn follow_button(
    ui: &mut Ui,
    session: &Session,
    at: &SpanRef,
    (who, decision): (&AnnotatorId, &Decision),
    standing: DecisionState,
    requests: &mut Requests,
) {
    let mine = at.layer.annotator == *session.me() && session.read_only().is_none();
    let open = matches!(standing, DecisionState::Current | DecisionState::Changed);
    let name = match (&decision.proposal, decision.verdict) {
        (Some(_), _) => "Take over",
        (None, Some(Verdict::Rejected)) => "Remove the passage",
        _ => return,
    };
    if !mine || !open {
        return;
    }
    ui.horizontal(|ui| {
        ui.add_space(space::XL);
        let button = widgets::primary_button(ui, name);
        if button.on_hover_text("Do what is decided (Alt+T); can be undone").clicked() {
            let (at, reviewer) = (at.clone(), who.clone());
            requests.push(ReviewAction::Apply { at, reviewer });
        }
    });
}

fn proposal_lines(session: &Session, proposal: &Proposal) -> Vec<String> {
    let codebook = session.project().codebook();
    let mut lines = Vec::new();
    lines.extend(proposal.category.as_ref().map(|id| format!("category: {}", session.category_name(id))));
    lines.extend(proposal.bounds.as_ref().map(|bounds| format!("words: “{}”", bounds.quote)));
    for (id, value) in &proposal.attributes {
        let known = codebook.attributes.iter().find(|attribute| attribute.id == *id);
        let name = known.map_or(id.as_str(), |attribute| attribute.name.as_str());
        lines.push(match value {
            Some(value) => format!("{name}: {value}"),
            None => format!("{name}: nothing"),
        });
    }
    lines
}

fn thread(ui: &mut Ui, session: &Session, document: &Document, at: &SpanRef) {
    let thread: Vec<&Comment> = document.thread(at.span);
    if !thread.is_empty() {
        ui.add_space(space::XS);
    }
    for comment in thread {
        ui.horizontal(|ui| {
            if let Some(person) = session.project().annotator(&comment.author) {
                widgets::initials_badge(ui, person);
            }
            widgets::weak(ui, local_moment(comment.at));
        });
        ui.add(egui::Label::new(&comment.text).wrap().selectable(true));
        ui.add_space(space::XS);
    }
}
