//! Deleting a category or an attribute, after showing what that touches.

use std::sync::Arc;

use egui::{RadioButton, Ui};

use super::impact::{self, CachedImpact};
use super::{category_combo, set_retired};
use crate::dialogs::{Answer, Outcome, buttons_without_enter, title};
use crate::requests::Requests;
use crate::theme::space;
use crate::widgets;
use crate::words::{attribute, categories as words};
use demarche_model::{AttributeId, Category, CategoryId};
use demarche_session::{CodebookAction, CodebookChange, Fate, Impact, Session};

/// What happens to the passages.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Choice {
    /// They move to another category.
    Move,
    /// They are deleted with the category.
    Delete,
    /// They stay, and the category is retired instead.
    Retire,
}

/// The form for deleting a category.
pub struct DeleteForm {
    id: CategoryId,
    choice: Choice,
    into: Option<CategoryId>,
    impact: CachedImpact,
}

impl DeleteForm {
    /// A form that offers to move the passages to another category.
    pub fn new(id: CategoryId) -> Self {
        Self { id, choice: Choice::Move, into: None, impact: CachedImpact::default() }
    }

    /// Shows the form.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        let codebook = session.project().codebook();
        let Some(category) = codebook.category(&self.id).cloned() else { return Outcome::Close };
        title(ui, &words::delete_title(&category.name));
        let impact = self.impact.get(session, std::slice::from_ref(&self.id));
        let unused = impact.spans == 0 && impact.unread == 0;
        let others = impact::count_others(session, impact);
        ui.label(impact::describe(session, impact));
        ui.add_space(space::S);
        if unused {
            self.choice = Choice::Delete;
        } else {
            self.choices(ui, session, others);
        }
        let (confirm, ready) = match self.choice {
            Choice::Move => (words::confirm_move(), self.into.is_some()),
            Choice::Delete => (words::confirm_delete(), others == 0),
            Choice::Retire => (words::confirm_retire(), !category.retired),
        };
        match buttons_without_enter(ui, confirm, ready) {
            Some(Answer::Confirm) => requests.push(match (self.choice, self.into.clone()) {
                (Choice::Retire, _) => set_retired(codebook, &category, true),
                (Choice::Move, Some(into)) => delete(&self.id, Fate::MoveTo(into)),
                (Choice::Move, None) | (Choice::Delete, _) => delete(&self.id, Fate::Remove),
            }),
            Some(Answer::Cancel) => {}
            None => return Outcome::Stay,
        }
        Outcome::Close
    }

    fn choices(&mut self, ui: &mut Ui, session: &Session, others: usize) {
        let id = self.id.clone();
        widgets::caption(ui, words::fate());
        ui.radio_value(&mut self.choice, Choice::Move, words::fate_move());
        ui.indent("into", |ui| {
            ui.add_enabled_ui(self.choice == Choice::Move, |ui| {
                let offered = |category: &Arc<Category>| category.id != id && !category.retired;
                let codebook = session.project().codebook();
                category_combo(ui, words::fate_move_target(), codebook, &mut self.into, offered);
            });
            let impact = self.impact.get(session, std::slice::from_ref(&id));
            if let Some(text) = impact::describe_others(session, impact) {
                widgets::weak(ui, text);
            }
        });
        let delete = RadioButton::new(self.choice == Choice::Delete, words::fate_delete());
        if ui.add_enabled(others == 0, delete).clicked() {
            self.choice = Choice::Delete;
        }
        if others > 0 {
            ui.indent("others", |ui| widgets::weak(ui, words::fate_delete_disabled()));
        }
        ui.radio_value(&mut self.choice, Choice::Retire, words::fate_retire());
    }
}

fn delete(id: &CategoryId, fate: Fate) -> CodebookChange {
    CodebookChange::Delete { id: id.clone(), fate }
}

/// The form for deleting an attribute.
pub struct DeleteAttribute {
    id: AttributeId,
    impact: Impact,
    delete_values: bool,
}

impl DeleteAttribute {
    /// A form that keeps the attribute's values.
    pub fn new(session: &Session, id: AttributeId) -> Self {
        let impact = session.impact_of_attribute(&id);
        Self { id, impact, delete_values: false }
    }

    /// Shows the form.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        let codebook = session.project().codebook();
        let Some(attribute) = codebook.attribute(&self.id) else { return Outcome::Close };
        title(ui, &attribute::delete_title(&attribute.name));
        match self.impact.spans {
            0 => ui.label(attribute::delete_unused()),
            _ => ui.label(attribute::delete_used(&self.impact.sentence(session.project()))),
        };
        if self.impact.spans > impact::count_others(session, &self.impact) {
            ui.add_space(space::S);
            ui.checkbox(&mut self.delete_values, attribute::delete_values());
        }
        if self.impact.spans > 0 {
            widgets::weak(ui, attribute::delete_values_kept());
        }
        match buttons_without_enter(ui, attribute::delete_confirm(), true) {
            Some(Answer::Confirm) => {
                let (id, values) = (self.id.clone(), self.delete_values);
                requests.push(CodebookAction::Change(CodebookChange::DeleteAttribute { id, values }));
                Outcome::Close
            }
            Some(Answer::Cancel) => Outcome::Close,
            None => Outcome::Stay,
        }
    }
}
