//! The passages that wait since the text has changed, to be decided on one by one; each decision is a step.

use std::collections::BTreeMap;

use egui::Ui;

use super::list::{Context, List, Wish, with_the_same_words};
use crate::dialogs::{Outcome, title};
use crate::requests::Requests;
use crate::theme::space;
use crate::widgets;
use demarche_model::DocumentId;
use demarche_session::{AnnotateAction, PendingPassage, Session, UpdateAction};

/// The dialog of the passages in doubt.
pub struct InDoubtForm {
    document: DocumentId,
    list: List,
    /// The passages, and the state of the project that they are of.
    known: Option<(u64, Vec<PendingPassage>)>,
}

impl InDoubtForm {
    /// For a document.
    pub fn new(document: DocumentId) -> Self {
        Self { document, list: List::default(), known: None }
    }

    /// Whether the bounds of a passage are being set.
    pub fn has_work(&self) -> bool {
        self.list.is_correcting()
    }

    /// Shows the dialog.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        let Some(document) = session.project().document(&self.document) else { return Outcome::Close };
        let revision = session.project().revision();
        if self.known.as_ref().is_none_or(|(known, _)| *known != revision) {
            self.known = Some((revision, session.pending_passages(&self.document)));
        }
        let waiting = self.known.as_ref().map_or(&[][..], |(_, waiting)| waiting.as_slice());
        title(ui, "Passages in doubt");
        if waiting.is_empty() {
            ui.label("Nothing is in doubt any more.");
        } else {
            widgets::weak(
                ui,
                "The text has changed since these were tagged. Accept the place, correct it, or remove them.",
            );
            ui.add_space(space::S);
            let none = BTreeMap::new();
            let context = Context { session, document, decided: &none };
            let wish = self.list.ui(ui, &context, waiting);
            self.act(wish, requests);
        }
        ui.add_space(space::M);
        ui.horizontal(|ui| self.foot(ui, session, requests)).inner
    }

    fn act(&self, wish: Option<Wish>, requests: &mut Requests) {
        let places = match wish {
            Some(Wish::Place(key, to)) => BTreeMap::from([(key, to)]),
            Some(Wish::PlaceSame) => {
                with_the_same_words(self.known.as_ref().map_or(&[][..], |(_, waiting)| waiting.as_slice()))
            }
            Some(Wish::Leave(_)) | None => return,
        };
        requests.push(UpdateAction::PlacePending { document: self.document.clone(), places });
    }

    fn foot(&self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        let waiting = self.known.as_ref().map_or(&[][..], |(_, waiting)| waiting.as_slice());
        if let Some(passage) = self.list.chosen(waiting).filter(|_| !self.list.is_correcting()) {
            let (document, key) = (self.document.clone(), passage.key);
            let selected = session.selected_ranges();
            let place = ui.add_enabled(selected.is_some(), egui::Button::new("Place at the selection"));
            if place.on_hover_text("The words that are selected in the text become the passage").clicked()
                && let Some(to) = selected
            {
                let places = BTreeMap::from([(key, to)]);
                requests.push(UpdateAction::PlacePending { document: document.clone(), places });
            }
            if ui.button("Remove").on_hover_text("Remove the passage for good; can be undone").clicked() {
                requests.push(AnnotateAction::Discard { document, key });
            }
        }
        let close = ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            widgets::primary_button(ui, "Close").clicked()
        });
        if close.inner { Outcome::Close } else { Outcome::Stay }
    }
}
