//! What to export, in which format, and where to.

use std::path::PathBuf;

use egui::{RichText, Ui};

use super::{Outcome, Purpose};
use crate::requests::Requests;
use crate::theme::{Tokens, size, space};
use crate::widgets;
use demarche_io::FormatInfo;
use demarche_io::export::{Exporter, exporters};
use demarche_model::slug;
use demarche_session::{ExchangeAction, ExportRequest, Session};

/// Which passages are exported.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum What {
    Everything,
    Table,
    Chosen,
}

/// What is being filled in.
pub struct ExportForm {
    format: Exporter<'static>,
    what: What,
    path: String,
    named_for: &'static str,
}

impl ExportForm {
    /// Offers CSV in a folder.
    pub fn new(session: &Session, folder: PathBuf) -> Self {
        let mut form = Self {
            format: exporters()[0],
            what: What::Everything,
            path: folder.join("x").display().to_string(),
            named_for: "",
        };
        form.rename(session);
        form
    }

    /// Offers the rows that are chosen in the passages table, or all that it shows.
    pub fn of_table(mut self, session: &Session) -> Self {
        self.what = if session.selected_spans().len() > 1 { What::Chosen } else { What::Table };
        self
    }

    /// Takes over a path that was picked.
    pub fn set_path(&mut self, path: PathBuf) {
        self.path = path.display().to_string();
    }

    /// Gives the file the ending of the format.
    fn rename(&mut self, session: &Session) {
        let info = self.format.info();
        if self.named_for == info.name {
            return;
        }
        let old = PathBuf::from(&self.path);
        let mut new = if self.named_for.is_empty() {
            old.with_file_name(slug(session.project().name(), "passages"))
        } else {
            old
        };
        new.set_extension(info.extension);
        self.path = new.display().to_string();
        self.named_for = info.name;
    }

    /// Shows the form.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        super::title(ui, "Export passages");
        format_choice(ui, exporters(), &mut self.format, |exporter| exporter.info());
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
                requests.push(ExchangeAction::Export(self.request(session, path)));
                Outcome::Close
            }
            Some(false) => Outcome::Close,
            None => Outcome::Stay,
        }
    }

    fn extent(&mut self, ui: &mut Ui, session: &Session) {
        let chosen = session.selected_spans().len();
        if self.what == What::Chosen && chosen == 0 {
            self.what = What::Everything;
        }
        widgets::caption(ui, "What");
        let mut choice = |ui: &mut Ui, what: What, name: &str, count: usize| {
            let text = format!("{name} ({})", widgets::plural(count, "passage"));
            ui.add_enabled_ui(count > 0, |ui| ui.radio_value(&mut self.what, what, text));
        };
        choice(ui, What::Everything, "Everything, of those whose tags are shown", session.totals().spans);
        choice(ui, What::Table, "What the passages table shows", session.passage_table().len());
        choice(ui, What::Chosen, "What is chosen in it", chosen);
        if self.what != What::Everything {
            let hint = "Documents without any of these stay out; links go with the passage they start at.";
            widgets::weak(ui, hint);
        }
    }

    fn request(&self, session: &Session, path: PathBuf) -> ExportRequest {
        let spans = match self.what {
            What::Everything => None,
            What::Table => Some(session.passage_table().spans().collect()),
            What::Chosen => Some(session.selected_spans().to_vec()),
        };
        // Spans that were picked out are exported, whosever they are.
        let annotators = session.annotators_shown().filter(|_| spans.is_none());
        ExportRequest { format: self.format, path, annotators, categories: None, spans }
    }
}

/// Height of the rest of the window and of a dialog with formats in it, in points.
const AROUND: f32 = 470.0;

/// Lines that are kept for what a format carries and loses, so that nothing jumps.
const SAID: f32 = 76.0;

/// The formats to choose from, and below them what the chosen one carries and loses.
pub fn format_choice<F: Copy>(ui: &mut Ui, formats: &[F], chosen: &mut F, info: impl Fn(F) -> FormatInfo) {
    let height = (ui.ctx().content_rect().height() - AROUND).max(4.0 * (size::ROW + space::XS));
    egui::ScrollArea::vertical().id_salt("formats").max_height(height).auto_shrink([false, true]).show(
        ui,
        |ui| {
            for &format in formats {
                let is_chosen = info(format).name == info(*chosen).name;
                if ui.radio(is_chosen, info(format).title).clicked() {
                    *chosen = format;
                }
            }
        },
    );
    ui.add_space(space::XS);
    let top = ui.cursor().top();
    let FormatInfo { carries, loses, .. } = info(*chosen);
    widgets::weak(ui, format!("Carries {}.", widgets::without_backticks(carries)));
    widgets::weak(ui, format!("Loses {}.", widgets::without_backticks(loses)));
    ui.add_space((SAID - (ui.cursor().top() - top)).max(0.0));
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
