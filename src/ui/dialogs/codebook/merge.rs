//! Making several categories one, after saying what that touches.

use egui::{RichText, Ui};

use super::{category_combo, impact, rows};
use crate::dialogs::{Answer, Outcome, buttons, title};
use crate::requests::Requests;
use crate::theme::{Tokens, size, space};
use crate::widgets;
use demarche_model::CategoryId;
use demarche_session::{CodebookChange, Session};

/// What is being chosen.
pub struct MergeForm {
    from: Vec<CategoryId>,
    into: Option<CategoryId>,
    counted: impact::Counted,
}

impl MergeForm {
    /// Begins with what was chosen: one is merged into another, of several the first stays.
    pub fn new(chosen: Vec<CategoryId>) -> Self {
        let into = (chosen.len() > 1).then(|| chosen[0].clone());
        Self { from: chosen, into, counted: impact::Counted::default() }
    }

    /// Shows the form.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        title(ui, "Merge categories");
        let codebook = session.project().codebook();
        widgets::caption(ui, "What shall become one");
        let scroll =
            egui::ScrollArea::vertical().id_salt("merged").max_height(260.0).auto_shrink([false, true]);
        scroll.show(ui, |ui| {
            for row in rows(codebook) {
                let mut on = self.from.contains(row.id());
                ui.horizontal(|ui| {
                    ui.add_space(row.depth as f32 * space::L);
                    if ui.checkbox(&mut on, &row.category.name).changed() {
                        self.from.retain(|id| id != row.id());
                        if on {
                            self.from.push(row.id().clone());
                        }
                    }
                });
            }
        });
        ui.add_space(space::S);
        widgets::caption(ui, "Into");
        category_combo(ui, "Merge into", codebook, &mut self.into, |category| !category.retired);
        ui.add_space(space::S);
        let from: Vec<CategoryId> =
            self.from.iter().filter(|id| Some(*id) != self.into.as_ref()).cloned().collect();
        self.consequences(ui, session, &from);
        let ready = !from.is_empty() && self.into.is_some();
        match (buttons(ui, "Merge", ready), self.into.clone()) {
            (Some(Answer::Confirm), Some(into)) => {
                requests.push(CodebookChange::Merge { from, into });
                Outcome::Close
            }
            (Some(_), _) => Outcome::Close,
            (None, _) => Outcome::Stay,
        }
    }

    /// Says what will be other than now; takes the same room whatever it says.
    fn consequences(&mut self, ui: &mut Ui, session: &Session, from: &[CategoryId]) {
        let tokens = Tokens::of(ui);
        let codebook = session.project().codebook();
        ui.allocate_ui(egui::vec2(ui.available_width(), 78.0), |ui| {
            ui.set_min_height(78.0);
            let Some(into) = self.into.as_ref().filter(|_| !from.is_empty()) else {
                let text = "Tick what shall go, and choose the category that stays.";
                ui.label(RichText::new(text).color(tokens.text_weak));
                return;
            };
            let into = codebook.name_of(into);
            let names: Vec<&str> = from.iter().map(|id| codebook.name_of(id)).collect();
            ui.label(format!("{} becomes {into}.", names.join(", ")));
            let touched = self.counted.of(session, from);
            ui.label(impact::words(session, touched));
            let stays = format!("Name, key, colour and definition of {into} stay.");
            let others =
                impact::others(session, touched).map_or(stays.clone(), |others| format!("{others} {stays}"));
            ui.label(RichText::new(others).size(size::SMALL).color(tokens.text_weak));
        });
    }
}
