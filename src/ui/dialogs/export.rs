//! Exporting passages: which, in which format, and where to.

use std::path::PathBuf;

use egui::Ui;

use super::path_field::{browse_for_target, target_field};
use super::{Answer, Outcome};
use crate::commands::SettingCommand;
use crate::requests::Requests;
use crate::theme::{size, space};
use crate::widgets;
use crate::words::{common, export as words};
use demarche_io::FormatInfo;
use demarche_io::export::{ExportGroup, Exporter, exporter, exporters};
use demarche_model::slug;
use demarche_session::{ExchangeAction, ExportRequest, Session};

/// The passages to export.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Extent {
    /// All that are visible.
    All,
    /// The rows of the passages table.
    Table,
    /// The selected rows.
    Selected,
    /// Those of the chosen documents.
    Documents,
}

/// The form for an export.
pub struct ExportForm {
    format: Exporter<'static>,
    extent: Extent,
    path: String,
    /// The format whose extension the path has; empty until it is offered.
    path_format: &'static str,
}

impl ExportForm {
    /// A form that offers a file in `folder`, in the format that was used last.
    pub fn new(session: &Session, folder: PathBuf, last: Option<&str>) -> Self {
        let mut form = Self {
            format: last.and_then(exporter).unwrap_or(exporters()[0]),
            extent: Extent::All,
            path: folder.join("x").display().to_string(),
            path_format: "",
        };
        form.update_path(session);
        form
    }

    /// Offers the selected rows of the passages table, or all of its rows.
    pub fn with_table(mut self, session: &Session) -> Self {
        self.extent = if session.selected_spans().len() > 1 { Extent::Selected } else { Extent::Table };
        self
    }

    /// Offers the passages of the chosen documents.
    pub fn with_documents(self) -> Self {
        Self { extent: Extent::Documents, ..self }
    }

    /// Sets the path to one from the system's dialog.
    pub fn set_path(&mut self, path: PathBuf) {
        self.path = path.display().to_string();
    }

    /// Gives the path the extension of the format.
    fn update_path(&mut self, session: &Session) {
        let info = self.format.info();
        if self.path_format == info.name {
            return;
        }
        let old = PathBuf::from(&self.path);
        let mut new = if self.path_format.is_empty() {
            old.with_file_name(slug(session.project().name(), "passages"))
        } else {
            old
        };
        new.set_extension(info.extension);
        self.path = new.display().to_string();
        self.path_format = info.name;
    }

    /// Shows the form.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        super::title(ui, words::title());
        let groups = ExportGroup::ALL.map(|group| (words::group(group), group.exporters()));
        let browse = super::form(ui, |ui| {
            format_choice(ui, &groups, &mut self.format, |exporter| exporter.info());
            self.update_path(session);
            ui.add_space(space::S);
            self.extent_choice(ui, session);
            ui.add_space(space::S);
            target_field(ui, common::file(), &mut self.path)
        });
        let path = PathBuf::from(self.path.trim());
        if browse {
            return Outcome::Browse(browse_for_target(&path));
        }
        match super::buttons(ui, words::confirm(), !self.path.trim().is_empty() && !path.is_dir()) {
            Some(Answer::Confirm) => {
                requests.push(SettingCommand::ExportFormat(self.format.info().name));
                requests.push(ExchangeAction::Export(self.request(session, path)));
                Outcome::Close
            }
            Some(Answer::Cancel) => Outcome::Close,
            None => Outcome::Stay,
        }
    }

    fn extent_choice(&mut self, ui: &mut Ui, session: &Session) {
        let selected = session.selected_spans().len();
        if self.extent == Extent::Selected && selected == 0 {
            self.extent = Extent::All;
        }
        widgets::caption(ui, words::extent());
        let mut choice = |ui: &mut Ui, extent: Extent, text: String, count: usize| {
            ui.add_enabled_ui(count > 0, |ui| ui.radio_value(&mut self.extent, extent, text));
        };
        let (all, rows) = (session.totals().spans, session.passage_table().len());
        choice(ui, Extent::All, words::all_visible(all), all);
        choice(ui, Extent::Table, words::table_rows(rows), rows);
        choice(ui, Extent::Selected, words::selected_rows(selected), selected);
        let chosen = session.document_list().chosen().len();
        choice(ui, Extent::Documents, words::chosen_documents(chosen), chosen);
        if !matches!(self.extent, Extent::All | Extent::Documents) {
            widgets::weak(ui, words::partial_hint());
        }
    }

    fn request(&self, session: &Session, path: PathBuf) -> ExportRequest {
        let spans = match self.extent {
            Extent::All | Extent::Documents => None,
            Extent::Table => Some(session.passage_table().spans().collect()),
            Extent::Selected => Some(session.selected_spans().to_vec()),
        };
        let chosen = || session.document_list().chosen().iter().cloned().collect();
        let documents = (self.extent == Extent::Documents).then(chosen);
        // Spans from the table are exported regardless of their annotators.
        let annotators = session.annotators_shown().filter(|_| spans.is_none());
        ExportRequest { format: self.format, path, annotators, categories: None, spans, documents }
    }
}

/// Height in points of the rest of the window, and of the rest of a dialog with formats.
const REST_HEIGHT: f32 = 470.0;

/// Height in points that is kept for what a format carries and loses, so that nothing jumps.
const DESCRIPTION_HEIGHT: f32 = 76.0;

/// Shows groups of formats, each with its title unless that is empty, and below them what the chosen one carries and loses.
pub fn format_choice<F: Copy>(
    ui: &mut Ui,
    groups: &[(&str, &[F])],
    chosen: &mut F,
    info: impl Fn(F) -> FormatInfo,
) {
    let height = (ui.ctx().content_rect().height() - REST_HEIGHT).max(4.0 * (size::ROW + space::XS));
    let area = egui::ScrollArea::vertical().id_salt("formats").max_height(height);
    area.auto_shrink([false, true]).show(ui, |ui| {
        for (title, formats) in groups {
            if !title.is_empty() {
                widgets::caption(ui, title);
            }
            for &format in *formats {
                let is_chosen = info(format).name == info(*chosen).name;
                if ui.radio(is_chosen, info(format).title).clicked() {
                    *chosen = format;
                }
            }
            ui.add_space(space::S);
        }
    });
    ui.add_space(space::XS);
    let top = ui.cursor().top();
    let FormatInfo { carries, loses, .. } = info(*chosen);
    widgets::weak(ui, words::carries(carries));
    widgets::weak(ui, words::loses(loses));
    ui.add_space((DESCRIPTION_HEIGHT - (ui.cursor().top() - top)).max(0.0));
}
