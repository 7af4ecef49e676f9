//! A new project: name, place, codebook.

use std::path::PathBuf;

use egui::{RichText, Ui};

use super::codebook::reading::CodebookFile;
use super::{Outcome, Purpose};
use crate::theme::{Tokens, size, space};
use crate::widgets;
use demarche_io::project::{Preset, is_project, presets};
use demarche_model::slug;

/// What is being filled in.
pub struct NewProjectForm {
    name: String,
    /// The folder that the project's own folder will lie in.
    pub parent: PathBuf,
    preset: String,
    file: Option<CodebookFile>,
    focused: bool,
}

impl NewProjectForm {
    /// Offers a place.
    pub fn new(parent: PathBuf) -> Self {
        let preset = presets().first().map(|preset| preset.id.clone()).unwrap_or_default();
        Self { name: String::new(), parent, preset, file: None, focused: false }
    }

    /// Takes over a codebook file that was picked.
    pub fn set_file(&mut self, path: PathBuf) {
        self.file.get_or_insert_default().set_path(path);
    }

    /// The codebook that was chosen, once it is read.
    fn book(&self) -> Option<&Preset> {
        match &self.file {
            Some(file) => file.found().map(|(preset, _)| preset),
            None => presets().iter().find(|preset| preset.id == self.preset),
        }
    }

    fn folder(&self) -> PathBuf {
        self.parent.join(slug(&self.name, "project"))
    }

    /// Shows the form.
    pub fn ui(&mut self, ui: &mut Ui) -> Outcome {
        super::title(ui, "New project");
        widgets::caption(ui, "Name");
        let hint = "Harbour talks";
        let field =
            ui.add(egui::TextEdit::singleline(&mut self.name).hint_text(hint).desired_width(f32::INFINITY));
        if !std::mem::replace(&mut self.focused, true) {
            field.request_focus();
        }
        ui.add_space(space::S);
        widgets::caption(ui, "Folder that it is made in");
        let mut browse = false;
        ui.horizontal(|ui| {
            let mut parent = self.parent.display().to_string();
            let width = ui.available_width() - 90.0;
            if ui.add(egui::TextEdit::singleline(&mut parent).desired_width(width)).changed() {
                self.parent = PathBuf::from(parent);
            }
            browse = ui.button("Browse…").clicked();
        });
        ui.add_space(space::S);
        let browse_book = self.codebooks(ui);
        let taken = is_project(&self.folder());
        let tokens = Tokens::of(ui);
        let (text, colour) = match (self.name.trim().is_empty(), taken) {
            (true, _) => ("Every project has a folder of its own.".to_owned(), tokens.text_weak),
            (false, true) => {
                ("There is a project in that folder already; choose another name.".to_owned(), tokens.error)
            }
            (false, false) => (format!("Will be made: {}", self.folder().display()), tokens.text_weak),
        };
        ui.add_space(space::S);
        ui.label(RichText::new(text).size(size::SMALL).color(colour));
        if browse {
            return Outcome::Browse(Purpose::NewProjectIn);
        }
        if browse_book {
            return Outcome::Browse(Purpose::Codebook);
        }
        let ready = !self.name.trim().is_empty() && !taken && self.book().is_some();
        match (super::buttons(ui, "Make project", ready), self.book()) {
            (Some(true), Some(book)) => Outcome::NewProject {
                folder: self.folder(),
                name: self.name.trim().to_owned(),
                preset: Box::new(book.clone()),
            },
            (Some(_), _) => Outcome::Close,
            (None, _) => Outcome::Stay,
        }
    }

    /// The codebooks that ship, and one from a file; says whether the system shall be asked for it.
    fn codebooks(&mut self, ui: &mut Ui) -> bool {
        widgets::caption(ui, "Codebook to begin with");
        for preset in presets() {
            let categories = match preset.codebook.categories.len() {
                1 => "1 category".to_owned(),
                count => format!("{} categories", widgets::count(count)),
            };
            let chosen = self.file.is_none() && self.preset == preset.id;
            let button = ui.radio(chosen, format!("{} ({categories})", preset.name));
            if button.on_hover_text(&preset.description).clicked() {
                self.preset.clone_from(&preset.id);
                self.file = None;
            }
        }
        let hint = "One that was exported here, or a CSV, REFI-QDA or brat codebook";
        if ui.radio(self.file.is_some(), "From a file…").on_hover_text(hint).clicked() {
            self.file.get_or_insert_default();
        }
        let Some(file) = &mut self.file else { return false };
        ui.indent("codebook-file", |ui| {
            let browse = file.ui(ui);
            if let Some((book, _)) = file.found() {
                widgets::weak(ui, format!("{}: {} categories", book.name, book.codebook.categories.len()));
            }
            file.problems(ui);
            browse
        })
        .inner
    }
}
