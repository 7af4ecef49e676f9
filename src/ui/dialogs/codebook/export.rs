//! Exporting the codebook for other projects and programs.

use std::path::PathBuf;

use egui::Ui;

use crate::dialogs::export::format_choice;
use crate::dialogs::path_field::{browse_for_target, target_field};
use crate::dialogs::{Answer, Outcome, buttons, title};
use crate::requests::Requests;
use crate::theme::space;
use crate::words::{codebook_editor as words, common};
use demarche_io::codebook::{CodebookFormat, formats};
use demarche_model::slug;
use demarche_session::{CodebookAction, Session};

/// The form for an export of the codebook.
pub struct ExportCodebook {
    format: &'static dyn CodebookFormat,
    path: String,
    /// The format whose extension the path has.
    path_format: &'static str,
}

impl ExportCodebook {
    /// A form that offers Demarche's own format in `folder`.
    pub fn new(session: &Session, folder: PathBuf) -> Self {
        let name = slug(session.project().name(), "codebook");
        let path = folder.join(format!("{name}-codebook")).display().to_string();
        let mut form = Self { format: formats()[0], path, path_format: "" };
        form.update_path();
        form
    }

    /// Sets the path to one from the system's dialog.
    pub fn set_path(&mut self, path: PathBuf) {
        self.path = path.display().to_string();
    }

    /// Gives the path the extension of the format; a format of several files is written to a folder, which has none.
    fn update_path(&mut self) {
        let info = self.format.info();
        if self.path_format == info.name {
            return;
        }
        let mut path = PathBuf::from(&self.path);
        path.set_extension(if self.format.beside().is_some() { "" } else { info.extension });
        self.path = path.display().to_string();
        self.path_format = info.name;
    }

    /// Shows the form.
    pub fn ui(&mut self, ui: &mut Ui, requests: &mut Requests) -> Outcome {
        title(ui, words::export_title());
        format_choice(ui, &[("", formats())], &mut self.format, |format| format.info());
        self.update_path();
        ui.add_space(space::S);
        let is_folder = self.format.beside().is_some();
        let name = if is_folder { words::export_folder() } else { common::file() };
        let browse = target_field(ui, name, &mut self.path);
        let path = PathBuf::from(self.path.trim());
        if browse {
            return Outcome::Browse(browse_for_target(&path));
        }
        let ready = !self.path.trim().is_empty() && (is_folder || !path.is_dir());
        match buttons(ui, words::export_confirm(), ready) {
            Some(Answer::Confirm) => {
                requests.push(CodebookAction::Export { format: self.format, path });
                Outcome::Close
            }
            Some(Answer::Cancel) => Outcome::Close,
            None => Outcome::Stay,
        }
    }
}
