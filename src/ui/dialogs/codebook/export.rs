//! Writing the codebook for other projects and programs.

use std::path::PathBuf;

use egui::Ui;

use crate::dialogs::export::{format_choice, path_row};
use crate::dialogs::{Outcome, Purpose, buttons, title};
use crate::requests::Requests;
use crate::theme::space;
use demarche_io::codebook::{CodebookFormat, formats};
use demarche_model::slug;
use demarche_session::{CodebookAction, Session};

/// What is being filled in.
pub struct ExportCodebook {
    format: &'static dyn CodebookFormat,
    path: String,
    named_for: &'static str,
}

impl ExportCodebook {
    /// Offers Demarche's own format in a folder.
    pub fn new(session: &Session, folder: PathBuf) -> Self {
        let name = slug(session.project().name(), "codebook");
        let path = folder.join(format!("{name}-codebook")).display().to_string();
        let mut form = Self { format: formats()[0], path, named_for: "" };
        form.rename();
        form
    }

    /// Takes over a path that was picked.
    pub fn set_path(&mut self, path: PathBuf) {
        self.path = path.display().to_string();
    }

    /// Gives the file the ending of the format; several files stand in a folder, which has none.
    fn rename(&mut self) {
        let info = self.format.info();
        if self.named_for == info.name {
            return;
        }
        let mut path = PathBuf::from(&self.path);
        path.set_extension(if self.format.beside().is_some() { "" } else { info.extension });
        self.path = path.display().to_string();
        self.named_for = info.name;
    }

    /// Shows the form.
    pub fn ui(&mut self, ui: &mut Ui, _session: &Session, requests: &mut Requests) -> Outcome {
        title(ui, "Export codebook");
        format_choice(ui, formats(), &mut self.format, |format| format.info());
        self.rename();
        ui.add_space(space::S);
        let several = self.format.beside().is_some();
        let path = PathBuf::from(self.path.trim());
        let browse = path_row(ui, if several { "Folder for the files" } else { "File" }, &mut self.path);
        if browse {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            return Outcome::Browse(Purpose::Export { name });
        }
        match buttons(ui, "Export", !self.path.trim().is_empty() && (several || !path.is_dir())) {
            Some(true) => {
                requests.push(CodebookAction::Export { format: self.format, path });
                Outcome::Close
            }
            Some(false) => Outcome::Close,
            None => Outcome::Stay,
        }
    }
}
