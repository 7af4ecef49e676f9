//! Printing: the page opens in the browser, whose dialog prints it or saves it as PDF.

use egui::Ui;

use super::{Answer, Outcome};
use crate::requests::Requests;
use crate::theme::space;
use crate::widgets;
use crate::words::print as words;
use demarche_io::settings::print_folder;
use demarche_model::slug;
use demarche_session::{ExchangeAction, PrintContent, PrintRequest, Session};

/// The form for printing.
#[derive(Default)]
pub struct PrintForm {
    content: PrintContent,
}

impl PrintForm {
    /// Shows the form.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        super::title(ui, words::title());
        let document = session.document().map(|document| document.meta.title.as_str());
        if document.is_none() && self.content == PrintContent::Document {
            self.content = PrintContent::Table;
        }
        let rows = session.passage_table().len();
        let mut choice = |ui: &mut Ui, content: PrintContent, text: String, enabled: bool| {
            ui.add_enabled_ui(enabled, |ui| ui.radio_value(&mut self.content, content, text));
        };
        choice(ui, PrintContent::Document, words::document(document.unwrap_or_default()), document.is_some());
        choice(ui, PrintContent::Table, words::table(rows), rows > 0);
        choice(ui, PrintContent::Report, words::report().to_owned(), true);
        ui.add_space(space::S);
        widgets::weak(ui, words::hint());
        match super::buttons(ui, words::confirm(), true) {
            Some(Answer::Confirm) => {
                let name = slug(session.project().name(), "print");
                let path = print_folder().join(name).with_extension("html");
                requests.push(ExchangeAction::Print(PrintRequest { content: self.content, path }));
                Outcome::Close
            }
            Some(Answer::Cancel) => Outcome::Close,
            None => Outcome::Stay,
        }
    }
}
