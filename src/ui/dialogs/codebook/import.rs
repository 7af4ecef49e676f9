//! Taking in what another codebook has.

use std::path::PathBuf;

use egui::Ui;

use super::codebook_file::CodebookFile;
use crate::dialogs::{Answer, Outcome, Purpose, buttons, title};
use crate::requests::Requests;
use crate::theme::space;
use crate::widgets;
use demarche_model::Codebook;
use demarche_session::{CodebookChange, Session};

/// What is being chosen.
#[derive(Default)]
pub struct ImportCodebook {
    file: CodebookFile,
    replace: bool,
}

impl ImportCodebook {
    /// Takes over a path that was picked.
    pub fn set_path(&mut self, path: PathBuf) {
        self.file.set_path(path);
    }

    /// Shows the form.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        title(ui, "Import codebook");
        widgets::caption(ui, "File");
        if self.file.ui(ui) {
            return Outcome::Browse(Purpose::Codebook);
        }
        let mut ready = false;
        if let Some((preset, _)) = self.file.found() {
            let comes = Comes::of(session.project().codebook(), &preset.codebook);
            ready = comes.anything();
            ui.add_space(space::S);
            ui.label(&preset.name);
            comes.tell(ui);
            if comes.known > 0 {
                ui.add_space(space::S);
                widgets::caption(ui, "What is here already");
                ui.radio_value(&mut self.replace, false, "stays as it is here");
                ui.radio_value(&mut self.replace, true, "becomes as it is in the file");
                ready |= self.replace;
            }
        }
        self.file.problems(ui);
        match (buttons(ui, "Take in", ready), self.file.found()) {
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

/// What another codebook has, seen from here.
#[derive(Default)]
struct Comes {
    categories: usize,
    attributes: usize,
    kinds: usize,
    known: usize,
}

impl Comes {
    fn of(here: &Codebook, other: &Codebook) -> Self {
        let mut comes = Self::default();
        let mut count = |known: bool, new: fn(&mut Self) -> &mut usize| {
            let at = if known { &mut comes.known } else { new(&mut comes) };
            *at += 1;
        };
        other
            .categories
            .iter()
            .for_each(|c| count(here.category(&c.id).is_some(), |comes| &mut comes.categories));
        other
            .attributes
            .iter()
            .for_each(|a| count(here.attribute(&a.id).is_some(), |comes| &mut comes.attributes));
        other
            .link_kinds
            .iter()
            .for_each(|k| count(here.link_kind(&k.id).is_some(), |comes| &mut comes.kinds));
        comes
    }

    fn anything(&self) -> bool {
        self.categories + self.attributes + self.kinds > 0
    }

    fn tell(&self, ui: &mut Ui) {
        let new = [
            (self.categories, "new category", "new categories"),
            (self.attributes, "new attribute", "new attributes"),
            (self.kinds, "new kind of link", "new kinds of link"),
            (self.known, "known already", "known already"),
        ];
        let parts: Vec<String> = new
            .into_iter()
            .filter(|(number, ..)| *number > 0)
            .map(|(number, one, more)| {
                format!("{} {}", widgets::count(number), if number == 1 { one } else { more })
            })
            .collect();
        ui.label(if parts.is_empty() { "It is empty.".to_owned() } else { format!("{}.", parts.join(", ")) });
        widgets::weak(ui, "A key that is taken here is left out, and a colour in use becomes another.");
    }
}
