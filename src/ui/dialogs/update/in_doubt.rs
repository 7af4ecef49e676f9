//! The user's passages in doubt after a text was updated; each decision is a step of its own.

use std::collections::BTreeMap;

use egui::Ui;

use super::list::{Context, Decision, List, same_text_positions};
use crate::dialogs::{Outcome, title};
use crate::requests::Requests;
use crate::theme::space;
use crate::widgets;
use crate::words::{common, update as words};
use demarche_model::DocumentId;
use demarche_session::{AnnotateAction, PendingPassage, Session, UpdateAction};

/// The dialog of passages in doubt.
pub struct InDoubtForm {
    document: DocumentId,
    list: List,
    /// The passages, and the revision of the project that they are from.
    pending: Option<(u64, Vec<PendingPassage>)>,
}

impl InDoubtForm {
    /// The dialog for a document.
    pub fn new(document: DocumentId) -> Self {
        Self { document, list: List::default(), pending: None }
    }

    /// Whether a position is being corrected, which would be lost.
    pub fn has_work(&self) -> bool {
        self.list.is_correcting()
    }

    /// Shows the dialog.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        let Some(document) = session.project().document(&self.document) else { return Outcome::Close };
        let revision = session.project().revision();
        if self.pending.as_ref().is_none_or(|(known, _)| *known != revision) {
            self.pending = Some((revision, session.pending_passages(&self.document)));
        }
        let pending = self.pending.as_ref().map_or(&[][..], |(_, pending)| pending.as_slice());
        title(ui, words::in_doubt_title());
        if pending.is_empty() {
            ui.label(words::in_doubt_done());
        } else {
            widgets::weak(ui, words::in_doubt_explanation());
            ui.add_space(space::S);
            let context = Context { session, document, decided: &BTreeMap::new() };
            let decision = self.list.ui(ui, &context, pending);
            self.apply(decision, requests);
        }
        ui.add_space(space::M);
        ui.horizontal(|ui| self.footer(ui, session, requests)).inner
    }

    fn pending(&self) -> &[PendingPassage] {
        self.pending.as_ref().map_or(&[], |(_, pending)| pending.as_slice())
    }

    fn apply(&self, decision: Option<Decision>, requests: &mut Requests) {
        let places = match decision {
            Some(Decision::Move(key, ranges)) => BTreeMap::from([(key, ranges)]),
            Some(Decision::AcceptSameText) => same_text_positions(self.pending()),
            Some(Decision::Leave(_)) | None => return,
        };
        requests.push(UpdateAction::PlacePending { document: self.document.clone(), places });
    }

    fn footer(&self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        if let Some(passage) = self.list.selected(self.pending()).filter(|_| !self.list.is_correcting()) {
            let (document, key) = (self.document.clone(), passage.key);
            let selected = session.selected_ranges();
            let button = ui.add_enabled(selected.is_some(), egui::Button::new(words::use_selection()));
            if button.on_hover_text(words::use_selection_hint()).clicked()
                && let Some(ranges) = selected
            {
                let places = BTreeMap::from([(key, ranges)]);
                requests.push(UpdateAction::PlacePending { document: document.clone(), places });
            }
            if ui.button(words::delete()).on_hover_text(words::delete_hint()).clicked() {
                requests.push(AnnotateAction::Discard { document, key });
            }
        }
        let close = ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            widgets::primary_button(ui, common::close()).clicked()
        });
        if close.inner { Outcome::Close } else { Outcome::Stay }
    }
}
