//! Returning the open document to a coder who has marked it as done.

use egui::Ui;

use super::{Answer, Outcome};
use crate::requests::Requests;
use crate::theme::space;
use crate::widgets;
use crate::words::return_document as words;
use demarche_model::AnnotatorId;
use demarche_session::{ReviewAction, Session};

/// The form for a return.
pub struct ReturnForm {
    coders: Vec<AnnotatorId>,
    chosen: Option<AnnotatorId>,
    reason: String,
}

impl ReturnForm {
    /// A form for the open document.
    pub fn new(session: &Session) -> Self {
        let coders = session.returnable();
        let owner = session.current().map(|at| at.layer.annotator.clone());
        let chosen = owner.filter(|owner| coders.contains(owner)).or_else(|| coders.first().cloned());
        Self { coders, chosen, reason: String::new() }
    }

    /// Shows the form.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        super::title(ui, words::title());
        ui.add(egui::Label::new(words::hint()).wrap());
        ui.add_space(space::M);
        widgets::caption(ui, words::coder());
        for coder in &self.coders {
            let is_chosen = self.chosen.as_ref() == Some(coder);
            if ui.radio(is_chosen, session.project().name_of(coder)).clicked() {
                self.chosen = Some(coder.clone());
            }
        }
        ui.add_space(space::S);
        widgets::caption(ui, words::reason());
        widgets::bare_field(
            ui,
            words::reason(),
            &mut self.reason,
            words::reason_hint(),
            ui.available_width(),
        );
        match super::buttons(ui, words::confirm(), self.chosen.is_some()) {
            Some(Answer::Confirm) => {
                if let Some(annotator) = self.chosen.clone() {
                    requests.push(ReviewAction::Return { annotator, reason: self.reason.clone() });
                }
                Outcome::Close
            }
            Some(Answer::Cancel) => Outcome::Close,
            None => Outcome::Stay,
        }
    }
}
