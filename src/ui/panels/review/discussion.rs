//! The discussion of a passage: decisions, proposals, the thread of comments, and the buttons that decide.

use crate::theme::icons as m;
use egui::{Key, RichText, Ui};

use crate::theme::{Tokens, size, space, strong};
use crate::words::review as words;
use crate::words::time::local_moment;
use crate::{keys, widgets};
use demarche_model::{
    AnnotatorId, Comment, Decision, DecisionState, Document, Proposal, RequestedChange, SpanRef, Verdict,
};
use demarche_session::{ReviewAction, Session};

use super::ReviewPanel;
use super::queue::describe;
use crate::commands::{CommandId, DialogCommand, FocusCommand};
use crate::requests::Requests;

/// Height of the comment field, in points.
const COMMENT: f32 = 40.0;
/// Least width at which the four buttons of a decision fit in one row, in points.
const ONE_ROW: f32 = 292.0;

impl ReviewPanel {
    /// Shows the discussion of the passage at `at`.
    pub(super) fn discussion(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        at: Option<&SpanRef>,
        requests: &mut Requests,
    ) {
        let document = at.and_then(|at| session.project().document(&at.layer.document));
        let Some((at, document)) = at.zip(document) else {
            return widgets::empty_state(ui, words::no_passage(), words::no_passage_hint());
        };
        // The buttons and the comment field stay visible, however long the thread is.
        let theirs = at.layer.annotator != *session.me();
        let rows = if ui.available_width() < ONE_ROW { 2.0 } else { 1.0 };
        let buttons = if theirs { rows * (size::ROW + space::XS) } else { 0.0 };
        let height = (ui.available_height() - COMMENT - buttons).max(60.0);
        let area = egui::ScrollArea::vertical().id_salt("discussion").auto_shrink(false).max_height(height);
        area.show(ui, |ui| {
            head(ui, session, at);
            for (who, decision) in document.decisions(at.span) {
                show_decision(ui, session, at, who, decision, requests);
            }
            dismiss_button(ui, session, at, requests);
            thread(ui, session, document, at);
        });
        if theirs {
            decide_buttons(ui, session, at, requests);
        }
        self.comment_field(ui, session, at, requests);
    }

    fn comment_field(&mut self, ui: &mut Ui, session: &Session, at: &SpanRef, requests: &mut Requests) {
        if self.comment_span != Some(at.span) {
            // A comment that was started on another passage is not for this one.
            self.comment_span = Some(at.span);
            self.comment.clear();
        }
        ui.add_space(space::XS);
        let hint = keys::in_sentence(ui.ctx(), words::comment_hint());
        let enabled = session.read_only().is_none();
        let field = ui
            .add_enabled_ui(enabled, |ui| {
                widgets::bare_field(ui, words::comment(), &mut self.comment, &hint, f32::INFINITY)
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

/// Shows the button that marks a new decision as read.
fn dismiss_button(ui: &mut Ui, session: &Session, at: &SpanRef, requests: &mut Requests) {
    let entry = session.review().inbox().find(|entry| entry.at == *at);
    if entry.is_some_and(|entry| entry.unread) {
        ui.add_space(space::XS);
        let dismiss = ui.button((m::ICON_MARK_EMAIL_READ.rich_text().size(15.0), words::dismiss()));
        let hint = keys::with_shortcut(ui.ctx(), words::dismiss_hint(), CommandId::DismissDecision);
        if dismiss.on_hover_text(hint).clicked() {
            requests.push(ReviewAction::Dismiss(at.clone()));
        }
    }
}

/// Shows the passage: its category, annotator, words, values and note.
fn head(ui: &mut Ui, session: &Session, at: &SpanRef) {
    let (name, quote, colour) = describe(session, at);
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(egui::vec2(14.0, size::ROW), egui::Sense::hover());
        widgets::swatch_at(ui, rect.center(), colour);
        ui.label(RichText::new(name).font(strong(size::HEADING)));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            // From right to left. Those with the same reading are reviewed together.
            for at in session.reviewed_together(at).iter().rev() {
                match session.project().annotator(&at.layer.annotator) {
                    Some(person) => widgets::initials_badge(ui, person),
                    None => {
                        widgets::weak(ui, at.layer.annotator.to_string());
                    }
                }
            }
        });
    });
    ui.add(egui::Label::new(words::quote(&quote)).wrap());
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

/// Shows the buttons that decide.
fn decide_buttons(ui: &mut Ui, session: &Session, at: &SpanRef, requests: &mut Requests) {
    let tokens = Tokens::of(ui);
    let refusal = session.read_only().or_else(|| session.review_refusal(at).map(str::to_owned));
    let current = session.project().span(at).is_some() && session.review_target() == Some(at);
    ui.add_enabled_ui(refusal.is_none() && current, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space::XS;
            ui.spacing_mut().button_padding.x = space::XS;
            for (verdict, name, command) in [
                (Verdict::Accepted, words::accept(), CommandId::Accept),
                (Verdict::Rejected, words::reject(), CommandId::Reject),
                (Verdict::Disputed, words::dispute(), CommandId::Dispute),
            ] {
                let (icon, colour) = widgets::verdict_icon(verdict, tokens);
                let button = ui.button((icon.rich_text().size(15.0).color(colour), name));
                let hint = keys::with_shortcut(ui.ctx(), &words::decide_hint(name), command);
                if button.on_hover_text(hint).clicked() {
                    requests.push(command);
                }
            }
            let hint = keys::with_shortcut(ui.ctx(), words::propose_hint(), CommandId::Propose);
            if ui.button(words::propose()).on_hover_text(hint).clicked() {
                requests.push(DialogCommand::Propose);
            }
        });
    });
}

/// Shows the decision of a person on the passage.
fn show_decision(
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
    let state = session.decision_state(at, decision);
    ui.horizontal(|ui| {
        ui.label(icon.rich_text().size(16.0).color(colour));
        let name = session.project().name_of(who);
        let what = match (proposed, verdict) {
            (None, Verdict::Rejected) if who.is_consensus() => words::left_out(),
            (None, verdict) => words::verdict(verdict),
            (Some(_), _) => words::proposes(),
        };
        ui.label(words::decision(name, what, state)).on_hover_text(local_moment(decision.modified));
    });
    if let Some(proposal) = proposed {
        for line in proposal_lines(session, proposal) {
            ui.horizontal(|ui| {
                ui.add_space(space::XL);
                ui.add(egui::Label::new(line).wrap());
            });
        }
    }
    apply_button(ui, session, at, (who, decision), state, requests);
}

/// Shows the button with which the annotator of a passage accepts a proposal or removes a rejected passage.
fn apply_button(
    ui: &mut Ui,
    session: &Session,
    at: &SpanRef,
    (who, decision): (&AnnotatorId, &Decision),
    state: DecisionState,
    requests: &mut Requests,
) {
    let mine = at.layer.annotator == *session.me() && session.read_only().is_none();
    let open = matches!(state, DecisionState::Current | DecisionState::Changed);
    let name = match decision.requested_change(who) {
        Some(RequestedChange::Apply(_)) => words::accept_proposal(),
        Some(RequestedChange::Remove) => words::remove_passage(),
        None => return,
    };
    if !mine || !open {
        return;
    }
    ui.horizontal(|ui| {
        ui.add_space(space::XL);
        let button = widgets::primary_button(ui, name);
        let hint = keys::with_shortcut(ui.ctx(), words::apply_hint(), CommandId::AcceptProposal);
        if button.on_hover_text(hint).clicked() {
            let (at, reviewer) = (at.clone(), who.clone());
            requests.push(ReviewAction::Apply { at, reviewer });
        }
    });
}

/// Returns a line for each change that is proposed.
fn proposal_lines(session: &Session, proposal: &Proposal) -> Vec<String> {
    let codebook = session.project().codebook();
    let mut lines = Vec::new();
    lines.extend(proposal.category.as_ref().map(|id| words::proposed_category(session.category_name(id))));
    lines.extend(proposal.bounds.as_ref().map(|bounds| words::proposed_text(&bounds.quote.shown())));
    for (id, value) in &proposal.attributes {
        let known = codebook.attributes.iter().find(|attribute| attribute.id == *id);
        let name = known.map_or(id.as_str(), |attribute| attribute.name.as_str());
        let value = value.as_ref().map(ToString::to_string);
        lines.push(words::proposed_value(name, value.as_deref()));
    }
    lines
}

/// Shows the comments.
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
