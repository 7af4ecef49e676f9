//! What to export, in which format, and where to.

use std::path::PathBuf;

use egui::{RichText, Ui};

use super::{Outcome, Purpose};
use crate::io::export::{FormatInfo, exporters};
use crate::model::slug;
use crate::session::{Action, ExportRequest, Session};
use crate::ui::theme::{Tokens, size, space};
use crate::ui::widgets;

/// What is being filled in.
pub struct ExportForm {
    format: &'static str,
    only_filtered: bool,
    path: String,
    named_for: &'static str,
}

impl ExportForm {
    /// Offers CSV in a folder.
    pub fn new(session: &Session, folder: PathBuf) -> Self {
        let format = exporters().first().map_or("csv", |exporter| exporter.info().name);
        let mut form = Self {
            format,
            only_filtered: false,
            path: folder.join("x").display().to_string(),
            named_for: "",
        };
        form.rename(session);
        form
    }

    /// Takes over a path that was picked.
    pub fn set_path(&mut self, path: PathBuf) {
        self.path = path.display().to_string();
    }

    /// Gives the file the ending of the format.
    fn rename(&mut self, session: &Session) {
        if self.named_for == self.format {
            return;
        }
        let extension = exporters()
            .iter()
            .map(|e| e.info())
            .find(|info| info.name == self.format)
            .map(|info| info.extension);
        let old = PathBuf::from(&self.path);
        let mut new = if self.named_for.is_empty() {
            old.with_file_name(slug(session.project().name(), "passages"))
        } else {
            old
        };
        new.set_extension(extension.unwrap_or("txt"));
        self.path = new.display().to_string();
        self.named_for = self.format;
    }

    /// Shows the form.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, actions: &mut Vec<Action>) -> Outcome {
        super::title(ui, "Export passages");
        format_choice(ui, exporters().iter().map(|exporter| exporter.info()), &mut self.format);
        self.rename(session);
        ui.add_space(space::S);
        self.extent(ui, session);
        ui.add_space(space::S);
        let browse = path_row(ui, "File", &mut self.path);
        let path = PathBuf::from(self.path.trim());
        if browse {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            return Outcome::Browse(Purpose::Export { name });
        }
        match super::buttons(ui, "Export", !self.path.trim().is_empty() && !path.is_dir()) {
            Some(true) => {
                actions.push(Action::Export(self.request(session, path)));
                Outcome::Close
            }
            Some(false) => Outcome::Close,
            None => Outcome::Stay,
        }
    }

    fn extent(&mut self, ui: &mut Ui, session: &Session) {
        let category = session.passages().filter().category.as_ref();
        let Some(category) = category else {
            widgets::weak(
                ui,
                format!(
                    "Exports {}, of those whose tags are shown.",
                    widgets::plural(session.totals().spans, "passage")
                ),
            );
            return;
        };
        let name = session.project().codebook().name_of(category).to_owned();
        ui.checkbox(&mut self.only_filtered, format!("Only {name}, as the passages table shows"));
    }

    fn request(&self, session: &Session, path: PathBuf) -> ExportRequest {
        let category = session.passages().filter().category.clone().filter(|_| self.only_filtered);
        ExportRequest {
            format: self.format,
            path,
            annotators: session.annotators_shown(),
            categories: category.map(|category| vec![category]),
        }
    }
}

/// The formats to choose from, with what the chosen one carries and loses.
pub fn format_choice(ui: &mut Ui, formats: impl Iterator<Item = FormatInfo>, chosen: &mut &'static str) {
    for info in formats {
        ui.radio_value(chosen, info.name, info.title);
        if *chosen == info.name {
            ui.indent(info.name, |ui| {
                widgets::weak(ui, format!("Carries {}.", info.carries));
                widgets::weak(ui, format!("Loses {}.", info.loses));
            });
        }
    }
}

/// The path to write to; says whether the system shall be asked for it.
pub fn path_row(ui: &mut Ui, name: &str, path: &mut String) -> bool {
    widgets::caption(ui, name);
    let browse = ui.horizontal(|ui| {
        let width = ui.available_width() - 90.0;
        widgets::bare_field(ui, name, path, "", width);
        ui.button("Browse…").clicked()
    });
    let there = PathBuf::from(path.trim());
    let text = match (there.is_file(), there.is_dir()) {
        (true, _) => "This file exists and will be replaced.",
        (_, true) => "This folder exists; files of the same name in it will be replaced.",
        _ => " ",
    };
    ui.label(RichText::new(text).size(size::SMALL).color(Tokens::of(ui).warning));
    browse.inner
}
