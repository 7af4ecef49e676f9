//! A new category.

use egui::Ui;

use super::category_fields::CategoryFields;
use super::new_items;
use crate::dialogs::{Answer, Outcome, buttons, title};
use crate::requests::Requests;
use demarche_model::{Category, Codebook};
use demarche_session::{CodebookChange, Session};

/// What is being filled in.
pub struct NewCategory {
    begun: Category,
    fields: CategoryFields,
}

impl NewCategory {
    /// Offers a colour and a key that are free.
    pub fn new(codebook: &Codebook) -> Self {
        let begun =
            Category { hotkey: new_items::free_key(codebook), ..new_items::fresh_category(codebook, "") };
        let mut fields = CategoryFields::new(&begun);
        fields.focus_name();
        Self { begun, fields }
    }

    /// Shows the form.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        title(ui, "New category");
        let codebook = session.project().codebook();
        let shown = self.fields.main(ui, codebook);
        super::take_key(session, shown.take_key_of, requests);
        let ready = self.fields.problem(codebook).is_none();
        let entered = (ready && shown.entered).then_some(Answer::Confirm);
        match buttons(ui, "Add category", ready).or(entered) {
            Some(Answer::Confirm) => {
                let typed = self.fields.finished(&self.begun, codebook);
                let id = new_items::fresh_category(codebook, &typed.name).id;
                let category = Box::new(Category { id, ..typed });
                requests.push(CodebookChange::PutCategory(category));
                Outcome::Close
            }
            Some(Answer::Cancel) => Outcome::Close,
            None => Outcome::Stay,
        }
    }
}
