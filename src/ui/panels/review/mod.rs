//! Review in the right panel: the queue of passages to decide on with the talk about the one at hand, and the inbox of what
//! others have decided on the user's own.

mod filters;
mod inbox;
mod keys;
mod queue;
mod talk;

use egui::{Id, Ui};

use crate::requests::Requests;
use crate::theme::space;
use crate::widgets;
use demarche_model::{SpanId, SpanRef, Verdict};
use demarche_session::{ReviewAction, Session};

/// What the panels remember: the comment being written, and where the list was.
#[derive(Default)]
pub struct ReviewPanel {
    comment: String,
    comment_of: Option<SpanId>,
    focus_comment: bool,
    focus_queue: bool,
    shown: Option<SpanRef>,
    shown_of_inbox: Option<SpanRef>,
}

impl ReviewPanel {
    /// Gives the comment the keyboard at the next frame.
    pub fn focus_comment(&mut self) {
        self.focus_comment = true;
    }

    /// Gives the queue the keyboard at the next frame.
    pub fn focus_queue(&mut self) {
        self.focus_queue = true;
    }

    fn queue_id() -> Id {
        Id::unique("review queue")
    }

    /// Shows the queue, and what is said of the passage at hand.
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
        self.talk(ui, session, at.as_ref(), requests);
    }

    /// Shows the inbox, and what is said of the passage at hand.
    pub fn inbox_ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        let height = (ui.available_height() * 0.42).max(80.0);
        self.inbox(ui, session, height, requests);
        ui.separator();
        let at = session.current().cloned();
        self.talk(ui, session, at.as_ref(), requests);
    }
}

/// The verdict of the user on a span, with that of a proposal.
fn my_verdict(session: &Session, at: &SpanRef) -> Option<Verdict> {
    let document = session.project().document(&at.layer.document)?;
    let decision = document.decision(session.me(), at.span)?;
    decision.verdict.or(decision.proposal.as_ref().map(|_| Verdict::Disputed))
}

fn progress(ui: &mut Ui, session: &Session) {
    let review = session.review();
    let count = review.items().len();
    let place = session.review_position().map_or_else(|| "–".to_owned(), |at| widgets::count(at + 1));
    ui.horizontal(|ui| {
        widgets::weak(ui, format!("{place} of {}", widgets::count(count)));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            widgets::weak(ui, format!("{} decided", widgets::count(review.decided())));
            let part = if count == 0 { 0.0 } else { review.decided() as f32 / count as f32 };
            let width = ui.available_width().min(120.0);
            widgets::bar(ui, width, part, crate::theme::Tokens::of(ui).accent);
        });
    });
}
