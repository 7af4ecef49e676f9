//! The review tabs of the right panel: the queue of passages to decide on, and the inbox of decisions on the user's own
//! passages. Both show the discussion of the current passage.

mod discussion;
mod filters;
mod inbox;
mod keys;
mod queue;

use egui::{Id, Ui};

use crate::requests::Requests;
use crate::theme::{Tokens, space};
use crate::widgets;
use crate::words::review as words;
use demarche_model::{SpanId, SpanRef, Verdict};
use demarche_session::{ReviewAction, Session};

/// The state of the panels between frames: the comment being written, and the passages last shown in the lists.
#[derive(Default)]
pub struct ReviewPanel {
    comment: String,
    comment_span: Option<SpanId>,
    focus_comment: bool,
    focus_queue: bool,
    shown: Option<SpanRef>,
    shown_in_inbox: Option<SpanRef>,
}

impl ReviewPanel {
    /// Gives the comment the keyboard focus in the next frame.
    pub fn focus_comment(&mut self) {
        self.focus_comment = true;
    }

    /// Gives the queue the keyboard focus in the next frame.
    pub fn focus_queue(&mut self) {
        self.focus_queue = true;
    }

    fn queue_id() -> Id {
        Id::unique("review queue")
    }

    /// Shows the queue and the discussion of the current passage.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        if !session.review().is_begun() {
            requests.push(ReviewAction::Begin);
        }
        if let Some(why) = session.reviewing_refusal() {
            widgets::weak(ui, why);
            ui.add_space(space::S);
        }
        filters::ui(ui, session, requests);
        ui.add_space(space::XS);
        progress(ui, session);
        ui.add_space(space::XS);
        self.keys(ui, requests);
        let height = (ui.available_height() * 0.42).max(80.0);
        self.queue(ui, session, height, requests);
        ui.separator();
        let at = session.current_review().filter(|at| at.layer.annotator != *session.me());
        self.discussion(ui, session, at.as_ref(), requests);
    }

    /// Shows the inbox and the discussion of the current passage.
    pub fn inbox_ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        let height = (ui.available_height() * 0.42).max(80.0);
        self.inbox(ui, session, height, requests);
        ui.separator();
        let at = session.current().cloned();
        self.discussion(ui, session, at.as_ref(), requests);
    }
}

/// Returns the user's verdict on a span. A proposal counts as disputed.
fn my_verdict(session: &Session, at: &SpanRef) -> Option<Verdict> {
    let document = session.project().document(&at.layer.document)?;
    let decision = document.decision(session.me(), at.span)?;
    decision.verdict.or(decision.proposal.as_ref().map(|_| Verdict::Disputed))
}

/// Shows the position in the queue, and the share that is decided.
fn progress(ui: &mut Ui, session: &Session) {
    let review = session.review();
    let count = review.items().len();
    ui.horizontal(|ui| {
        widgets::weak(ui, words::position(session.review_position(), count));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            widgets::weak(ui, words::decided(review.decided()));
            let part = if count == 0 { 0.0 } else { review.decided() as f32 / count as f32 };
            let width = ui.available_width().min(120.0);
            widgets::bar(ui, width, part, Tokens::of(ui).accent);
        });
    });
}
