//! Details of a document and of the project.

use egui::Ui;

use super::Outcome;
use crate::requests::Requests;
use crate::theme::space;
use crate::widgets::{self, MetaFields};
use demarche_model::DocumentMeta;
use demarche_session::{DocumentAction, ProjectAction, Session};

/// Title, date, author and source of a document.
pub struct DocumentForm {
    meta: DocumentMeta,
    fields: MetaFields,
}

impl DocumentForm {
    /// Begins with what is known.
    pub fn new(meta: DocumentMeta) -> Self {
        Self { fields: MetaFields::new(&meta), meta }
    }

    /// Shows the form.
    pub fn ui(&mut self, ui: &mut Ui, requests: &mut Requests) -> Outcome {
        super::title(ui, "Document");
        self.fields.ui(ui);
        let origin = &self.meta.origin;
        ui.add_space(space::S);
        widgets::weak(
            ui,
            format!("Imported from {} ({}), SHA-256 {}", origin.file_name, origin.encoding, origin.sha256),
        );
        if !origin.kept.is_empty() {
            widgets::weak(
                ui,
                format!("A copy of the file is kept as documents/{}.{}", self.meta.id, origin.kept),
            );
        }
        let applied = self.fields.applied_to(&self.meta);
        match (super::buttons(ui, "Apply", applied.is_some()), applied) {
            (Some(true), Some(meta)) => {
                requests.push(DocumentAction::SetMeta(Box::new(meta)));
                Outcome::Close
            }
            (Some(_), _) => Outcome::Close,
            (None, _) => Outcome::Stay,
        }
    }
}

/// Name of the project, and who works here.
pub struct ProjectForm {
    name: String,
    annotator: String,
}

impl ProjectForm {
    /// Begins with what is known.
    pub fn new(session: &Session) -> Self {
        let project = session.project();
        let me = project.annotator(session.me()).map_or_else(|| session.me().to_string(), |a| a.name.clone());
        Self { name: project.name().to_owned(), annotator: me }
    }

    /// Shows the form.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        super::title(ui, "Project");
        widgets::caption(ui, "Name");
        ui.add(egui::TextEdit::singleline(&mut self.name).desired_width(f32::INFINITY));
        ui.add_space(space::S);
        widgets::caption(ui, "You tag as");
        ui.add(egui::TextEdit::singleline(&mut self.annotator).desired_width(f32::INFINITY));
        ui.horizontal_wrapped(|ui| {
            ui.set_max_width(ui.available_width());
            for annotator in session.project().annotators() {
                if ui.selectable_label(self.annotator == annotator.name, &annotator.name).clicked() {
                    self.annotator.clone_from(&annotator.name);
                }
            }
        });
        widgets::weak(ui, "Everybody's tags stand in files of their own; a new name begins a new layer.");
        ui.add_space(space::S);
        widgets::weak(ui, format!("Folder: {}", session.folder().root().display()));
        match super::buttons(ui, "Apply", !self.name.trim().is_empty() && !self.annotator.trim().is_empty()) {
            Some(true) => {
                requests.push(ProjectAction::SetName(self.name.clone()));
                requests.push(ProjectAction::WorkAs { name: self.annotator.clone() });
                Outcome::Close
            }
            Some(false) => Outcome::Close,
            None => Outcome::Stay,
        }
    }
}
