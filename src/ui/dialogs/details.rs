//! Details of a document, and of the project.

use egui::Ui;

use super::{Answer, Outcome};
use crate::requests::Requests;
use crate::theme::space;
use crate::widgets::{self, MetaFields};
use crate::words::{common, document, project};
use demarche_model::DocumentMeta;
use demarche_session::{DocumentAction, ProjectAction, Session};

/// Title, date, author and source of a document.
pub struct DocumentForm {
    meta: DocumentMeta,
    fields: MetaFields,
}

impl DocumentForm {
    /// A form with the document's details.
    pub fn new(meta: DocumentMeta) -> Self {
        Self { fields: MetaFields::new(&meta), meta }
    }

    /// Shows the form.
    pub fn ui(&mut self, ui: &mut Ui, requests: &mut Requests) -> Outcome {
        super::title(ui, document::details_title());
        self.fields.ui(ui);
        ui.add_space(space::S);
        widgets::weak(ui, document::origin(&self.meta.origin));
        if !self.meta.origin.kept.is_empty() {
            widgets::weak(ui, document::kept_copy(&self.meta));
        }
        let applied = self.fields.applied_to(&self.meta);
        match (super::buttons(ui, common::apply(), applied.is_some()), applied) {
            (Some(Answer::Confirm), Some(meta)) => {
                requests.push(DocumentAction::SetMeta(Box::new(meta)));
                Outcome::Close
            }
            (Some(_), _) => Outcome::Close,
            (None, _) => Outcome::Stay,
        }
    }
}

/// The project's name, and the annotator who works here.
pub struct ProjectForm {
    name: String,
    annotator: String,
}

impl ProjectForm {
    /// A form with the project's details.
    pub fn new(session: &Session) -> Self {
        let project = session.project();
        let me = project.annotator(session.me()).map_or_else(|| session.me().to_string(), |a| a.name.clone());
        Self { name: project.name().to_owned(), annotator: me }
    }

    /// Shows the form.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        super::title(ui, project::details_title());
        widgets::text_field(ui, project::name(), &mut self.name, 1, "");
        ui.add_space(space::S);
        widgets::text_field(ui, project::my_name(), &mut self.annotator, 1, "");
        ui.horizontal_wrapped(|ui| {
            ui.set_max_width(ui.available_width());
            for annotator in session.project().annotators() {
                if ui.selectable_label(self.annotator == annotator.name, &annotator.name).clicked() {
                    self.annotator.clone_from(&annotator.name);
                }
            }
        });
        widgets::weak(ui, project::my_name_hint());
        ui.add_space(space::S);
        widgets::weak(ui, project::folder(session.folder().root()));
        let ready = !self.name.trim().is_empty() && !self.annotator.trim().is_empty();
        match super::buttons(ui, common::apply(), ready) {
            Some(Answer::Confirm) => {
                requests.push(ProjectAction::SetName(self.name.clone()));
                requests.push(ProjectAction::WorkAs { name: self.annotator.clone() });
                Outcome::Close
            }
            Some(Answer::Cancel) => Outcome::Close,
            None => Outcome::Stay,
        }
    }
}
