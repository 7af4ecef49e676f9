//! A new project: name, place, codebook.

use std::path::PathBuf;

use egui::{RichText, Ui};

use super::{Outcome, Purpose};
use crate::io::project::presets;
use crate::model::slug;
use crate::ui::theme::{Tokens, size, space};
use crate::ui::widgets;

/// What is being filled in.
pub struct NewProjectForm {
    name: String,
    /// The folder that the project's own folder will lie in.
    pub parent: PathBuf,
    preset: String,
    focused: bool,
}

impl NewProjectForm {
    /// Offers a place.
    pub fn new(parent: PathBuf) -> Self {
        let preset = presets().first().map(|preset| preset.id.clone()).unwrap_or_default();
        Self { name: String::new(), parent, preset, focused: false }
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
        widgets::caption(ui, "Codebook to begin with");
        for preset in presets() {
            let text = format!(
                "{} ({})",
                preset.name,
                widgets::plural(preset.codebook.categories.len(), "category")
                    .replace("categorys", "categories")
            );
            ui.radio_value(&mut self.preset, preset.id.clone(), text).on_hover_text(&preset.description);
        }
        let taken = self.folder().join("project.ron").exists();
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
        match super::buttons(ui, "Make project", !self.name.trim().is_empty() && !taken) {
            Some(true) => Outcome::NewProject {
                folder: self.folder(),
                name: self.name.trim().to_owned(),
                preset: self.preset.clone(),
            },
            Some(false) => Outcome::Close,
            None => Outcome::Stay,
        }
    }
}
