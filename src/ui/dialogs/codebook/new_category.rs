//! A new category.

use egui::Ui;

use super::category_fields::CategoryFields;
use super::new_items;
use crate::dialogs::{Answer, Outcome, buttons_without_enter, title};
use crate::requests::Requests;
use crate::words::categories as words;
use demarche_model::{Category, Codebook};
use demarche_session::{CodebookChange, Session};

/// The form for a new category.
pub struct NewCategory {
    base: Category,
    fields: CategoryFields,
}

impl NewCategory {
    /// A form that offers a free colour and key.
    pub fn new(codebook: &Codebook) -> Self {
        let hotkey = new_items::free_key(codebook);
        let base = Category { hotkey, ..new_items::new_category(codebook, "") };
        let mut fields = CategoryFields::new(&base);
        fields.focus_name();
        Self { base, fields }
    }

    /// Shows the form.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        title(ui, words::new());
        let codebook = session.project().codebook();
        let events = self.fields.main(ui, codebook);
        super::release_key(session, events.release_key_of, requests);
        let ready = self.fields.problem(codebook).is_none();
        let entered = (ready && events.entered).then_some(Answer::Confirm);
        match buttons_without_enter(ui, words::add(), ready).or(entered) {
            Some(Answer::Confirm) => {
                let typed = self.fields.finished(&self.base, codebook);
                let id = new_items::new_category(codebook, &typed.name).id;
                let category = Box::new(Category { id, ..typed });
                requests.push(CodebookChange::PutCategory(category));
                Outcome::Close
            }
            Some(Answer::Cancel) => Outcome::Close,
            None => Outcome::Stay,
        }
    }
}
