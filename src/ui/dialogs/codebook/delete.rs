//! Removing a category or an attribute, after saying what that touches.

use egui::{RadioButton, Ui};

use super::{category_combo, impact, set_retired};
use crate::dialogs::{Answer, Outcome, buttons, title};
use crate::requests::Requests;
use crate::theme::space;
use crate::widgets;
use demarche_model::{AttributeId, CategoryId};
use demarche_session::{CodebookAction, CodebookChange, Fate, Impact, Session};

/// What becomes of the passages.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Choice {
    Move,
    Remove,
    Retire,
}

/// Removing a category.
pub struct DeleteForm {
    id: CategoryId,
    choice: Choice,
    into: Option<CategoryId>,
    counted: impact::Counted,
}

impl DeleteForm {
    /// Offers to move its passages to another category.
    pub fn new(id: CategoryId) -> Self {
        Self { id, choice: Choice::Move, into: None, counted: impact::Counted::default() }
    }

    /// Shows the form.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        let codebook = session.project().codebook();
        let Some(category) = codebook.category(&self.id).cloned() else { return Outcome::Close };
        title(ui, &format!("Delete {}", category.name));
        let touched = self.counted.of(session, std::slice::from_ref(&self.id)).clone();
        let (unused, others) =
            (touched.spans == 0 && touched.unread == 0, impact::of_others(session, &touched));
        ui.label(impact::words(session, &touched));
        ui.add_space(space::S);
        if unused {
            self.choice = Choice::Remove;
        } else {
            self.fates(ui, session, others);
        }
        let (go, ready) = match self.choice {
            Choice::Move => ("Move and delete", self.into.is_some()),
            Choice::Remove => ("Delete", others == 0),
            Choice::Retire => ("Retire", !category.retired),
        };
        match buttons(ui, go, ready) {
            Some(Answer::Confirm) => requests.push(match (self.choice, self.into.clone()) {
                (Choice::Retire, _) => set_retired(codebook, &category, true),
                (Choice::Move, Some(into)) => delete(&self.id, Fate::MoveTo(into)),
                _ => delete(&self.id, Fate::Remove),
            }),
            Some(Answer::Cancel) => {}
            None => return Outcome::Stay,
        }
        Outcome::Close
    }

    fn fates(&mut self, ui: &mut Ui, session: &Session, others: usize) {
        let id = self.id.clone();
        widgets::caption(ui, "What becomes of its passages");
        ui.radio_value(&mut self.choice, Choice::Move, "They go to another category");
        ui.indent("into", |ui| {
            ui.add_enabled_ui(self.choice == Choice::Move, |ui| {
                let fits = |category: &std::sync::Arc<demarche_model::Category>| {
                    category.id != id && !category.retired
                };
                category_combo(ui, "Move to", session.project().codebook(), &mut self.into, fits);
            });
            let touched = self.counted.of(session, std::slice::from_ref(&id));
            if let Some(text) = impact::others(session, touched) {
                widgets::weak(ui, text);
            }
        });
        let remove = RadioButton::new(self.choice == Choice::Remove, "They go with it");
        let why = "Nobody removes what others have tagged. Move the passages, or retire the category.";
        if ui.add_enabled(others == 0, remove).on_disabled_hover_text(why).clicked() {
            self.choice = Choice::Remove;
        }
        if others > 0 {
            ui.indent("others", |ui| widgets::weak(ui, why));
        }
        ui.radio_value(&mut self.choice, Choice::Retire, "Rather keep it, and close it for new passages");
    }
}

fn delete(id: &CategoryId, fate: Fate) -> CodebookChange {
    CodebookChange::Delete { id: id.clone(), fate }
}

/// Removing an attribute.
pub struct DeleteAttribute {
    id: AttributeId,
    touched: Impact,
    values: bool,
}

impl DeleteAttribute {
    /// Counts the passages that have a value of it.
    pub fn new(session: &Session, id: AttributeId) -> Self {
        let touched = session.impact_of_attribute(&id);
        Self { id, touched, values: false }
    }

    /// Shows the form.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        let codebook = session.project().codebook();
        let Some(attribute) = codebook.attribute(&self.id) else { return Outcome::Close };
        title(ui, &format!("Delete the attribute {}", attribute.name));
        let others = impact::of_others(session, &self.touched);
        match self.touched.spans {
            0 => drop(ui.label("No passage has a value of it.")),
            _ => drop(ui.label(format!("It has a value in: {}.", self.touched.sentence(session.project())))),
        }
        if self.touched.spans > others {
            ui.add_space(space::S);
            ui.checkbox(&mut self.values, "Remove its values from my passages, too");
        }
        if self.touched.spans > 0 {
            widgets::weak(
                ui,
                "Values that stay are kept in the files and shown again if the attribute comes back.",
            );
        }
        match buttons(ui, "Delete", true) {
            Some(Answer::Confirm) => {
                let change = CodebookChange::DeleteAttribute { id: self.id.clone(), values: self.values };
                requests.push(CodebookAction::Change(change));
                Outcome::Close
            }
            Some(Answer::Cancel) => Outcome::Close,
            None => Outcome::Stay,
        }
    }
}
