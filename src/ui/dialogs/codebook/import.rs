//! Importing another codebook.

use std::path::PathBuf;

use egui::Ui;

use super::codebook_file::CodebookFile;
use crate::dialogs::{Answer, Outcome, Purpose, buttons_without_enter, title};
use crate::requests::Requests;
use crate::theme::space;
use crate::widgets;
use crate::words::{codebook_editor as words, common};
use demarche_model::Codebook;
use demarche_session::{CodebookChange, Session};

/// The form for an import.
#[derive(Default)]
pub struct ImportCodebook {
    file: CodebookFile,
    /// Whether entries that exist already are replaced.
    replace: bool,
}

impl ImportCodebook {
    /// Sets the path to one from the system's dialog.
    pub fn set_path(&mut self, path: PathBuf) {
        self.file.set_path(path);
    }

    /// Shows the form.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        title(ui, words::import_title());
        widgets::caption(ui, common::file());
        if self.file.ui(ui) {
            return Outcome::Browse(Purpose::Codebook);
        }
        let mut ready = false;
        if let Some((preset, _)) = self.file.found() {
            let additions = Additions::count(session.project().codebook(), &preset.codebook);
            ready = additions.has_new();
            ui.add_space(space::S);
            ui.label(&preset.name);
            additions.show(ui);
            if additions.existing > 0 {
                ui.add_space(space::S);
                widgets::caption(ui, words::existing());
                ui.radio_value(&mut self.replace, false, words::keep_existing());
                ui.radio_value(&mut self.replace, true, words::replace_existing());
                ready |= self.replace;
            }
        }
        self.file.problems(ui);
        match (buttons_without_enter(ui, words::import_confirm(), ready), self.file.found()) {
            (Some(Answer::Confirm), Some((preset, _))) => {
                let codebook = Box::new(preset.codebook.clone());
                requests.push(CodebookChange::Import { codebook, replace: self.replace });
                Outcome::Close
            }
            (Some(_), _) => Outcome::Close,
            (None, _) => Outcome::Stay,
        }
    }
}

/// What an import would add to a codebook.
struct Additions {
    categories: usize,
    attributes: usize,
    link_kinds: usize,
    /// Entries of all three that exist already.
    existing: usize,
}

impl Additions {
    fn count(codebook: &Codebook, other: &Codebook) -> Self {
        let categories = other.categories.iter().filter(|c| codebook.category(&c.id).is_none()).count();
        let attributes = other.attributes.iter().filter(|a| codebook.attribute(&a.id).is_none()).count();
        let link_kinds = other.link_kinds.iter().filter(|k| codebook.link_kind(&k.id).is_none()).count();
        let all = other.categories.len() + other.attributes.len() + other.link_kinds.len();
        let existing = all - categories - attributes - link_kinds;
        Self { categories, attributes, link_kinds, existing }
    }

    fn has_new(&self) -> bool {
        self.categories + self.attributes + self.link_kinds > 0
    }

    fn show(&self, ui: &mut Ui) {
        ui.label(words::additions(self.categories, self.attributes, self.link_kinds, self.existing));
        widgets::weak(ui, words::import_hint_keys());
    }
}
