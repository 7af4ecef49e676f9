//! Splitting a category in three stages: choosing targets, sorting the passages one by one, reviewing the result.

mod sort;
mod targets;

use egui::{Key, Modifiers, RichText, Ui};

use demarche_model::{Category, CategoryId, Codebook, LayerId, SpanRef};
use demarche_session::{CodebookAction, CodebookChange, Session};

use super::impact::{self, CachedImpact};
use super::new_items;
use crate::dialogs::{Answer, Outcome, buttons_without_enter, title};
use crate::requests::Requests;
use crate::theme::{Tokens, space};
use crate::words::categories as words;

use sort::{Step, View};
use targets::Target;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Stage {
    Targets,
    Sorting,
    Summary,
}

/// The form for a split.
pub struct SplitForm {
    from: Option<CategoryId>,
    targets: Vec<Target>,
    /// The user's passages, once sorting has begun.
    passages: Vec<SpanRef>,
    /// The target of each passage, by index; `None` leaves it as it is.
    choices: Vec<Option<usize>>,
    /// The index of the passage that is shown.
    current: usize,
    stage: Stage,
    retire: bool,
    impact: CachedImpact,
}

impl SplitForm {
    /// A form with two new categories to sort into.
    pub fn new(from: Option<CategoryId>) -> Self {
        Self {
            from,
            targets: vec![Target::default(), Target::default()],
            passages: Vec::new(),
            choices: Vec::new(),
            current: 0,
            stage: Stage::Targets,
            retire: false,
            impact: CachedImpact::default(),
        }
    }

    /// The width of the dialog; passages need more.
    pub fn width(&self) -> f32 {
        match self.stage {
            Stage::Targets => 560.0,
            Stage::Sorting => 820.0,
            Stage::Summary => 480.0,
        }
    }

    /// The key of the size that egui remembers for each stage.
    pub fn size_key(&self) -> u8 {
        self.stage as u8
    }

    /// Whether passages have been sorted, so that work would be lost.
    pub fn has_work(&self) -> bool {
        self.stage != Stage::Targets || self.choices.iter().any(Option::is_some)
    }

    /// Shows the form.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        let codebook = session.project().codebook();
        match self.stage {
            Stage::Targets => self.choose_targets(ui, session),
            Stage::Sorting => {
                let names = self.target_names(codebook);
                let view = View {
                    category: self.from.as_ref().map_or("", |from| codebook.name_of(from)),
                    targets: &names,
                    passages: &self.passages,
                    index: self.current,
                    choice: self.choices.get(self.current).copied().flatten(),
                };
                if let Some(step) = view.ui(ui, session) {
                    self.perform(step);
                }
                Outcome::Stay
            }
            Stage::Summary => self.summary(ui, session, requests),
        }
    }

    fn perform(&mut self, step: Step) {
        match step {
            Step::Sort(target) if target < self.targets.len() => self.choose(Some(target)),
            Step::Sort(_) => {}
            Step::Skip => self.choose(None),
            Step::Back => self.current = self.current.saturating_sub(1),
            Step::Finish => self.stage = Stage::Summary,
        }
    }

    fn choose(&mut self, target: Option<usize>) {
        if let Some(choice) = self.choices.get_mut(self.current) {
            *choice = target;
        }
        self.current += 1;
        if self.current >= self.passages.len() {
            self.stage = Stage::Summary;
        }
    }

    fn start_sorting(&mut self, session: &Session) {
        if let Some(from) = &self.from
            && !self.has_work()
        {
            self.passages = own_passages(session, from);
            self.choices = vec![None; self.passages.len()];
            self.current = 0;
        }
        self.current = self.current.min(self.passages.len().saturating_sub(1));
        self.stage = Stage::Sorting;
    }

    fn summary(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        let codebook = session.project().codebook();
        let Some(from) = self.from.clone() else { return Outcome::Close };
        let name = codebook.name_of(&from).to_owned();
        title(ui, &words::split_title_of(&name));
        for (target, target_name) in self.target_names(codebook).into_iter().enumerate() {
            let moved = self.choices.iter().filter(|choice| **choice == Some(target)).count();
            ui.label(words::split_moves(moved, &target_name));
        }
        let left = self.choices.iter().filter(|choice| choice.is_none()).count();
        let others = impact::count_others(session, self.impact.get(session, std::slice::from_ref(&from)));
        ui.label(RichText::new(words::split_leaves(left, others, &name)).color(Tokens::of(ui).text_weak));
        ui.add_space(space::S);
        ui.checkbox(&mut self.retire, words::retire_after_split(&name));
        ui.add_space(space::S);
        let backspace = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Backspace));
        ui.horizontal(|ui| {
            let more = ui.button(words::continue_sorting()).on_hover_text(words::continue_sorting_hint());
            if more.clicked() || backspace {
                self.start_sorting(session);
            }
            if ui.button(words::change_targets()).clicked() {
                self.stage = Stage::Targets;
            }
        });
        match buttons_without_enter(ui, words::split_confirm(), left < self.choices.len() || self.retire) {
            Some(Answer::Confirm) => {
                requests.push(CodebookAction::Change(self.finished(codebook, from)));
                Outcome::Close
            }
            Some(Answer::Cancel) => Outcome::Close,
            None => Outcome::Stay,
        }
    }

    fn finished(&self, codebook: &Codebook, from: CategoryId) -> CodebookChange {
        let mut codebook = codebook.clone();
        let parent = codebook.category(&from).and_then(|category| category.parent.clone());
        let mut fresh = Vec::new();
        let mut ids: Vec<CategoryId> = Vec::new();
        for target in &self.targets {
            ids.push(target.existing.clone().unwrap_or_else(|| {
                let new = new_items::new_category(&codebook, &target.name);
                let category = Category { parent: parent.clone(), ..new };
                // So that the next new category gets another id and colour.
                codebook.categories.push(std::sync::Arc::new(category.clone()));
                fresh.push(category.clone());
                category.id
            }));
        }
        let chosen = self.passages.iter().zip(&self.choices);
        let choices = chosen.filter_map(|(at, choice)| Some((at.clone(), ids.get((*choice)?)?.clone())));
        CodebookChange::Split { from, fresh, choices: choices.collect(), retire: self.retire }
    }
}

/// The user's passages of a category, in the order of documents and text.
fn own_passages(session: &Session, category: &CategoryId) -> Vec<SpanRef> {
    let mut out = Vec::new();
    for document in session.project().documents() {
        let Some(layer) = document.layer(session.me()) else { continue };
        let id = LayerId::new(document.id(), session.me());
        let spans = layer.spans().filter(|span| span.category == *category);
        out.extend(spans.map(|span| SpanRef { layer: id.clone(), span: span.id }));
    }
    out
}
