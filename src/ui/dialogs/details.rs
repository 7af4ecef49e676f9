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

/// The project's name.
pub struct ProjectForm {
    name: String,
}

impl ProjectForm {
    /// A form with the project's details.
    pub fn new(session: &Session) -> Self {
        Self { name: session.project().name().to_owned() }
    }

    /// Shows the form.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        super::title(ui, project::details_title());
        widgets::text_field(ui, project::name(), &mut self.name, 1, "");
        ui.add_space(space::S);
        widgets::weak(ui, project::folder(session.folder().root()));
        let ready = !self.name.trim().is_empty() && session.read_only().is_none();
        match super::buttons(ui, common::apply(), ready) {
            Some(Answer::Confirm) => {
                requests.push(ProjectAction::SetName(self.name.clone()));
                Outcome::Close
            }
            Some(Answer::Cancel) => Outcome::Close,
            None => Outcome::Stay,
        }
    }
}
