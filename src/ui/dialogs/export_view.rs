//! Exporting the view of the Analyse screen: in which format, and where to.

use std::path::PathBuf;

use egui::{RadioButton, Ui};

use super::path_field::{browse_for_target, target_field};
use super::{Answer, Outcome};
use crate::requests::Requests;
use crate::theme::space;
use crate::widgets;
use crate::words::{common, export_view as words};
use demarche_io::export::analysis::ViewFormat;
use demarche_model::{ViewKind, slug};
use demarche_session::{AnalyseAction, Session};

/// The form for an export of a view.
pub struct ExportViewForm {
    format: ViewFormat,
    path: String,
    /// The format whose extension the path has.
    path_format: ViewFormat,
}

impl ExportViewForm {
    /// A form that offers the figure, or else the data, in `folder`.
    pub fn new(session: &Session, folder: PathBuf) -> Self {
        let kind = session.analyse().question().view;
        let offered = [ViewFormat::Svg, ViewFormat::Csv].into_iter();
        let format = offered.into_iter().find(|format| refusal(session, kind, *format).is_none());
        let format = format.unwrap_or(ViewFormat::Csv);
        let name = format!("{} {}", slug(session.project().name(), "view"), kind.code());
        let path = folder.join(slug(&name, "view")).with_extension(format.extension());
        Self { format, path: path.display().to_string(), path_format: format }
    }

    /// Sets the path to one from the system's dialog.
    pub fn set_path(&mut self, path: PathBuf) {
        self.path = path.display().to_string();
    }

    /// Shows the form.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        super::title(ui, words::title());
        let kind = session.analyse().question().view;
        for (heading, formats) in words::groups() {
            let mut of_view = formats.iter().filter(|format| format.is_of(kind)).peekable();
            if of_view.peek().is_none() {
                continue;
            }
            widgets::caption(ui, heading);
            for format in of_view {
                let refusal = refusal(session, kind, *format);
                let button = RadioButton::new(self.format == *format, words::format(*format));
                let shown = ui.add_enabled(refusal.is_none(), button);
                if shown.on_disabled_hover_text(refusal.unwrap_or_default()).clicked() {
                    self.format = *format;
                }
            }
            ui.add_space(space::XS);
        }
        self.update_path();
        let browse = target_field(ui, common::file(), &mut self.path);
        let path = PathBuf::from(self.path.trim());
        if browse {
            return Outcome::Browse(browse_for_target(&path));
        }
        match super::buttons(ui, words::confirm(), !self.path.trim().is_empty() && !path.is_dir()) {
            Some(Answer::Confirm) => {
                requests.push(AnalyseAction::Export { format: self.format, path });
                Outcome::Close
            }
            Some(Answer::Cancel) => Outcome::Close,
            None => Outcome::Stay,
        }
    }

    /// Gives the path the extension of the format.
    fn update_path(&mut self) {
        if self.path_format != self.format {
            self.path_format = self.format;
            let path = PathBuf::from(&self.path).with_extension(self.format.extension());
            self.path = path.display().to_string();
        }
    }
}

/// The reason why a view can't be exported in a format now.
fn refusal(session: &Session, kind: ViewKind, format: ViewFormat) -> Option<&'static str> {
    let readings = session.analyse().result().map_or(0, |result| result.readings.len());
    if !format.is_of(kind) {
        return Some(words::not_of_view());
    }
    (format.needs_one_coder() && readings != 1).then(words::one_coder)
}
