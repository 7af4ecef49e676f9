//! The name under which a view of the Analyse screen is saved.

use egui::Ui;

use super::{Answer, Outcome};
use crate::requests::Requests;
use crate::theme::space;
use crate::widgets;
use crate::words::{analyse as words, common};
use demarche_session::{AnalyseAction, Session};

/// The form for the name of a view.
pub struct ViewForm {
    name: String,
    is_new: bool,
}

impl ViewForm {
    /// A form with the name of the view that was opened last, or of the current view.
    pub fn new(session: &Session) -> Self {
        let opened = session.analyse().opened().and_then(|id| session.saved_view(id));
        let name = opened.filter(|entry| entry.is_mine).map(|entry| entry.view.name.clone());
        let start = words::view(session.analyse().question().view);
        Self { name: name.unwrap_or_else(|| start.to_owned()), is_new: true }
    }

    /// Shows the form.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        super::title(ui, words::save_view());
        let field = widgets::text_field(ui, common::name(), &mut self.name, 1, "");
        if std::mem::take(&mut self.is_new) {
            field.request_focus();
        }
        ui.add_space(space::S);
        let name = self.name.trim();
        let replaces = session.saved_view_named(name).is_some_and(|entry| entry.is_mine);
        widgets::weak(ui, if replaces { words::replaces_view() } else { words::views_are_shared() });
        match super::buttons(ui, words::save(), !name.is_empty()) {
            Some(Answer::Confirm) => {
                requests.push(AnalyseAction::Save(name.to_owned()));
                Outcome::Close
            }
            Some(Answer::Cancel) => Outcome::Close,
            None => Outcome::Stay,
        }
    }
}
