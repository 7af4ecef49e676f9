//! Creating a project: name, location, codebook.

use std::path::PathBuf;

use egui::{RectAlign, Response, RichText, Tooltip, Ui};

use super::codebook::codebook_file::CodebookFile;
use super::path_field::path_field;
use super::{Answer, Outcome, Purpose};
use crate::theme::{Tokens, size, space};
use crate::{widgets, words::project as words};
use demarche_io::project::{Preset, can_be_opened, presets};
use demarche_model::slug;

/// A project to create.
#[derive(Clone, PartialEq, Debug)]
pub struct NewProject {
    /// Its folder.
    pub folder: PathBuf,
    /// Its name.
    pub name: String,
    /// The codebook that it starts with.
    pub preset: Preset,
    /// The name of its creator.
    pub me: String,
    /// The files to import.
    pub files: Vec<PathBuf>,
}

/// The form for a new project.
pub struct NewProjectForm {
    name: String,
    /// The user's name.
    me: String,
    /// The files to import into it.
    files: Vec<PathBuf>,
    /// The folder in which the project's folder is created.
    pub parent: PathBuf,
    preset: String,
    file: Option<CodebookFile>,
    focused: bool,
}

impl NewProjectForm {
    /// A form that offers to create the project in `parent`, with `me` as the user's name.
    pub fn new(parent: PathBuf, me: String, files: Vec<PathBuf>) -> Self {
        let preset = presets().first().map(|preset| preset.id.clone()).unwrap_or_default();
        Self { name: String::new(), me, files, parent, preset, file: None, focused: false }
    }

    /// Sets the codebook file to one from the system's dialog.
    pub fn set_file(&mut self, path: PathBuf) {
        self.file.get_or_insert_default().set_path(path);
    }

    /// The chosen codebook, once it is read.
    fn codebook(&self) -> Option<&Preset> {
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
        super::title(ui, words::new_title());
        let (browse, browse_codebook, folder_free) = super::form(ui, |ui| self.fields(ui));
        if browse {
            return Outcome::Browse(Purpose::NewProjectIn);
        }
        if browse_codebook {
            return Outcome::Browse(Purpose::Codebook);
        }
        let ready = folder_free && !self.me.trim().is_empty() && self.codebook().is_some();
        match (super::buttons(ui, words::create(), ready), self.codebook()) {
            (Some(Answer::Confirm), Some(codebook)) => Outcome::NewProject(Box::new(NewProject {
                folder: self.folder(),
                name: self.name.trim().to_owned(),
                preset: codebook.clone(),
                me: self.me.trim().to_owned(),
                files: self.files.clone(),
            })),
            (Some(_), _) => Outcome::Close,
            (None, _) => Outcome::Stay,
        }
    }

    /// Shows the fields. Returns whether to ask the system for a folder, whether for a codebook, and whether the project can
    /// be created.
    fn fields(&mut self, ui: &mut Ui) -> (bool, bool, bool) {
        if let Some(files) = words::files_to_import(&self.files) {
            widgets::weak(ui, files);
            ui.add_space(space::XS);
        }
        let name = ui.columns(2, |columns| {
            let name = &mut self.name;
            let field = widgets::text_field(&mut columns[0], words::name(), name, 1, words::name_example());
            let hint = words::my_name_hint();
            widgets::text_field(&mut columns[1], words::my_name(), &mut self.me, 1, "").on_hover_text(hint);
            field
        });
        if !std::mem::replace(&mut self.focused, true) {
            name.request_focus();
        }
        ui.add_space(space::S);
        widgets::caption(ui, words::location());
        let mut parent = self.parent.display().to_string();
        let (location, browse) = path_field(ui, words::location(), &mut parent, "");
        if location.changed() {
            self.parent = PathBuf::from(parent);
        }
        ui.add_space(space::S);
        let browse_codebook = self.codebook_choice(ui);
        ui.add_space(space::S);
        let folder_free = self.folder_line(ui);
        (browse, browse_codebook, folder_free)
    }

    /// Shows where the project will be; returns whether it can be created there.
    fn folder_line(&self, ui: &mut Ui) -> bool {
        let tokens = Tokens::of(ui);
        let (text, colour, free) = match (self.name.trim().is_empty(), can_be_opened(&self.folder())) {
            (true, _) => (words::own_folder().to_owned(), tokens.text_weak, false),
            (false, true) => (words::folder_taken().to_owned(), tokens.error, false),
            (false, false) => (words::created_at(&self.folder()), tokens.text_weak, true),
        };
        ui.label(RichText::new(text).size(size::SMALL).color(colour));
        free
    }

    /// Shows the codebooks that ship, and one from a file; returns whether to ask the system for the file.
    fn codebook_choice(&mut self, ui: &mut Ui) -> bool {
        widgets::caption(ui, words::starting_codebook());
        for preset in presets() {
            let chosen = self.file.is_none() && self.preset == preset.id;
            let button = ui.radio(chosen, words::codebook(&preset.name, preset.codebook.categories.len()));
            description(ui, &button, &preset.description);
            if button.clicked() {
                self.preset.clone_from(&preset.id);
                self.file = None;
            }
        }
        let from_file = ui.radio(self.file.is_some(), words::codebook_from_file());
        if from_file.on_hover_text(words::codebook_file_hint()).clicked() {
            self.file.get_or_insert_default();
        }
        let Some(file) = &mut self.file else { return false };
        let indented = ui.indent("codebook-file", |ui| {
            let browse = file.ui(ui);
            if let Some((codebook, _)) = file.found() {
                let categories = codebook.codebook.categories.len();
                widgets::weak(ui, words::codebook_read(&codebook.name, categories));
            }
            file.problems(ui);
            browse
        });
        indented.inner
    }
}

/// Shows what a codebook is for while the pointer is on it, next to the dialog so that the other codebooks stay visible.
fn description(ui: &Ui, button: &Response, text: &str) {
    let row = ui.max_rect().with_min_y(button.rect.top()).with_max_y(button.rect.bottom());
    let mut tooltip = Tooltip::for_enabled(button).gap(space::XL);
    tooltip.popup = tooltip.popup.anchor(row).align(RectAlign::RIGHT_START);
    tooltip.show(|ui| ui.label(text));
}
