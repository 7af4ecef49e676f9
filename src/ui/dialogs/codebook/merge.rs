//! Merging categories, after showing what that touches.

use egui::{RichText, Ui};

use super::impact::{self, CachedImpact};
use super::{category_combo, rows};
use crate::dialogs::{Answer, Outcome, buttons_without_enter, title};
use crate::requests::Requests;
use crate::theme::{Tokens, size, space};
use crate::{widgets, words::categories as words};
use demarche_model::{CategoryId, Codebook};
use demarche_session::{CodebookChange, Session};

/// Height in points of the lines on what the merge does, so that the dialog keeps its size.
const CONSEQUENCES_HEIGHT: f32 = 78.0;

/// The form for a merge.
pub struct MergeForm {
    from: Vec<CategoryId>,
    into: Option<CategoryId>,
    impact: CachedImpact,
}

impl MergeForm {
    /// A form for the selected categories: a single one is merged into another, several into the first of them.
    pub fn new(selected: Vec<CategoryId>) -> Self {
        let into = (selected.len() > 1).then(|| selected[0].clone());
        Self { from: selected, into, impact: CachedImpact::default() }
    }

    /// Shows the form.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        title(ui, words::merge_title());
        let codebook = session.project().codebook();
        widgets::caption(ui, words::merge_from());
        self.ticks(ui, codebook);
        ui.add_space(space::S);
        widgets::caption(ui, words::merge_target());
        category_combo(ui, words::merge_target_menu(), codebook, &mut self.into, |category| {
            !category.retired
        });
        ui.add_space(space::S);
        let from: Vec<CategoryId> =
            self.from.iter().filter(|id| Some(*id) != self.into.as_ref()).cloned().collect();
        self.consequences(ui, session, &from);
        let ready = !from.is_empty() && self.into.is_some();
        match (buttons_without_enter(ui, words::merge_confirm(), ready), self.into.clone()) {
            (Some(Answer::Confirm), Some(into)) => {
                requests.push(CodebookChange::Merge { from, into });
                Outcome::Close
            }
            (Some(_), _) => Outcome::Close,
            (None, _) => Outcome::Stay,
        }
    }

    fn ticks(&mut self, ui: &mut Ui, codebook: &Codebook) {
        let scroll =
            egui::ScrollArea::vertical().id_salt("merged").max_height(260.0).auto_shrink([false, true]);
        scroll.show(ui, |ui| {
            for row in rows(codebook) {
                let mut ticked = self.from.contains(row.id());
                ui.horizontal(|ui| {
                    ui.add_space(row.depth as f32 * space::L);
                    if ui.checkbox(&mut ticked, &row.category.name).changed() {
                        self.from.retain(|id| id != row.id());
                        if ticked {
                            self.from.push(row.id().clone());
                        }
                    }
                });
            }
        });
    }

    fn consequences(&mut self, ui: &mut Ui, session: &Session, from: &[CategoryId]) {
        let tokens = Tokens::of(ui);
        let codebook = session.project().codebook();
        ui.allocate_ui(egui::vec2(ui.available_width(), CONSEQUENCES_HEIGHT), |ui| {
            ui.set_min_height(CONSEQUENCES_HEIGHT);
            let Some(into) = self.into.as_ref().filter(|_| !from.is_empty()) else {
                ui.label(RichText::new(words::merge_prompt()).color(tokens.text_weak));
                return;
            };
            let into = codebook.name_of(into);
            let names: Vec<&str> = from.iter().map(|id| codebook.name_of(id)).collect();
            ui.label(words::becomes(&names, into));
            let impact = self.impact.get(session, from);
            ui.label(impact::describe(session, impact));
            let kept = words::kept(into);
            let details = match impact::describe_others(session, impact) {
                Some(others) => format!("{others} {kept}"),
                None => kept,
            };
            ui.label(RichText::new(details).size(size::SMALL).color(tokens.text_weak));
        });
    }
}
