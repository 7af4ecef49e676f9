//! Taking a category apart: targets are chosen, its passages sorted one by one, and the result looked over.

use crate::theme::icons as m;
use egui::{Key, Modifiers, RichText, Ui};

mod sort;

use super::{category_combo, impact, new_items};
use crate::dialogs::{Answer, Outcome, buttons, title};
use crate::requests::Requests;
use crate::theme::{Tokens, size, space};
use crate::widgets;
use demarche_model::{Category, CategoryId, Codebook, LayerId, SpanRef};
use demarche_session::{CodebookAction, CodebookChange, Session};
use sort::Step;

/// Targets at most: one for each digit.
const TARGETS: usize = 9;

/// Where passages can go.
pub struct Target {
    /// A category that is there; else one is made.
    pub known: Option<CategoryId>,
    /// The name of the one that is made.
    pub name: String,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Stage {
    Targets,
    Sorting,
    Summary,
}

/// What is being chosen.
pub struct SplitForm {
    from: Option<CategoryId>,
    targets: Vec<Target>,
    passages: Vec<SpanRef>,
    choices: Vec<Option<usize>>,
    at: usize,
    stage: Stage,
    retire: bool,
    counted: impact::Counted,
}

impl SplitForm {
    /// Begins with a category, and with two new ones to sort into.
    pub fn new(from: Option<CategoryId>) -> Self {
        let target = || Target { known: None, name: String::new() };
        Self {
            from,
            targets: vec![target(), target()],
            passages: Vec::new(),
            choices: Vec::new(),
            at: 0,
            stage: Stage::Targets,
            retire: false,
            counted: impact::Counted::default(),
        }
    }

    /// How wide the dialog is: passages want room.
    pub fn width(&self) -> f32 {
        match self.stage {
            Stage::Targets => 560.0,
            Stage::Sorting => 820.0,
            Stage::Summary => 480.0,
        }
    }

    /// Which of its parts is shown; each has a size of its own.
    pub fn size_key(&self) -> u8 {
        self.stage as u8
    }

    /// Whether passages have been sorted, which a slip must not throw away.
    pub fn has_work(&self) -> bool {
        self.stage != Stage::Targets || self.choices.iter().any(Option::is_some)
    }

    /// Shows the form.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        let codebook = session.project().codebook();
        match self.stage {
            Stage::Targets => self.choose_targets(ui, session),
            Stage::Sorting => {
                let name = self.from.as_ref().map_or("", |from| codebook.name_of(from)).to_owned();
                let labels = self.labels(codebook);
                let at = (self.at, self.passages.as_slice(), self.choices.as_slice());
                let step = sort::ui(ui, session, &name, &labels, at);
                self.step(step);
                Outcome::Stay
            }
            Stage::Summary => self.summary(ui, session, requests),
        }
    }

    fn step(&mut self, step: Option<Step>) {
        match step {
            Some(Step::To(target)) if target < self.targets.len() => self.choose(Some(target)),
            Some(Step::Leave) => self.choose(None),
            Some(Step::Back) => self.at = self.at.saturating_sub(1),
            Some(Step::Finish) => self.stage = Stage::Summary,
            _ => {}
        }
    }

    fn choose(&mut self, target: Option<usize>) {
        if let Some(choice) = self.choices.get_mut(self.at) {
            *choice = target;
        }
        self.at += 1;
        if self.at >= self.passages.len() {
            self.stage = Stage::Summary;
        }
    }

    fn labels(&self, codebook: &Codebook) -> Vec<String> {
        let name = |target: &Target| match &target.known {
            Some(id) => codebook.name_of(id).to_owned(),
            None => target.name.trim().to_owned(),
        };
        self.targets.iter().map(name).collect()
    }

    fn choose_targets(&mut self, ui: &mut Ui, session: &Session) -> Outcome {
        title(ui, "Split a category");
        let codebook = session.project().codebook();
        widgets::caption(ui, "What is taken apart");
        let begun = self.has_work();
        ui.add_enabled_ui(!begun, |ui| category_combo(ui, "Split", codebook, &mut self.from, |_| true));
        ui.add_space(space::XS);
        self.say_whose(ui, session);
        ui.add_space(space::S);
        widgets::caption(ui, "What its passages are sorted into, each with its key");
        self.target_rows(ui, codebook);
        let problem = self.problem(codebook);
        let mine = self.counted.mine(session);
        let nothing = (self.from.is_some() && mine == 0).then_some("You have tagged nothing with it.");
        let problem = nothing.or(problem);
        widgets::message_line(ui, problem, None);
        // That names are missing goes without saying.
        let named = self.from.is_some() && !self.labels(codebook).iter().any(String::is_empty);
        match buttons(ui, "Sort the passages", problem.is_none() && named) {
            Some(Answer::Confirm) => self.begin(session),
            Some(Answer::Cancel) => return Outcome::Close,
            None => {}
        }
        Outcome::Stay
    }

    fn begin(&mut self, session: &Session) {
        if let Some(from) = &self.from
            && !self.has_work()
        {
            self.passages = mine(session, from);
            self.choices = vec![None; self.passages.len()];
            self.at = 0;
        }
        self.at = self.at.min(self.passages.len().saturating_sub(1));
        self.stage = Stage::Sorting;
    }

    fn say_whose(&mut self, ui: &mut Ui, session: &Session) {
        let Some(from) = self.from.clone() else {
            widgets::weak(ui, "Choose the category first.");
            return;
        };
        let touched = self.counted.of(session, std::slice::from_ref(&from));
        let others = impact::of_others(session, touched);
        let own = widgets::plural(touched.spans - others, "passage");
        let stay = match others {
            0 => String::new(),
            1 => " 1 of others stays as it is: nobody decides for them what they meant.".to_owned(),
            more => format!(
                " {} of others stay as they are: nobody decides for them what they meant.",
                widgets::count(more)
            ),
        };
        widgets::weak(ui, format!("You sort {own} of yours.{stay}"));
    }

    fn target_rows(&mut self, ui: &mut Ui, codebook: &Codebook) {
        let mut remove = None;
        let used: Vec<bool> =
            (0..self.targets.len()).map(|target| self.choices.contains(&Some(target))).collect();
        let (from, several) = (self.from.clone(), self.targets.len() > 1);
        for (at, target) in self.targets.iter_mut().enumerate() {
            let number = at + 1;
            ui.push_id(("target", at), |ui| {
                ui.horizontal(|ui| {
                    let (rect, _) = ui.allocate_exact_size(egui::vec2(20.0, size::ROW), egui::Sense::hover());
                    let cap = egui::Rect::from_center_size(rect.center(), egui::vec2(16.0, 17.0));
                    widgets::key_cap(ui, cap, &number.to_string());
                    let shown =
                        target.known.as_ref().map_or("a new category", |id| codebook.name_of(id)).to_owned();
                    widgets::combo(ui, &format!("Target {number}"), shown, 180.0, |ui| {
                        ui.selectable_value(&mut target.known, None, "a new category");
                        for category in
                            codebook.categories.iter().filter(|c| Some(&c.id) != from.as_ref() && !c.retired)
                        {
                            if widgets::category_item(ui, category).clicked() {
                                target.known = Some(category.id.clone());
                                ui.close();
                            }
                        }
                    });
                    let width = ui.available_width() - widgets::ICON_BUTTON - space::S;
                    ui.add_enabled_ui(target.known.is_none(), |ui| {
                        let hint = if target.known.is_none() { "Name of the new category" } else { "" };
                        widgets::bare_field(
                            ui,
                            &format!("Name of target {number}"),
                            &mut target.name,
                            hint,
                            width,
                        );
                    });
                    ui.add_enabled_ui(several && !used[at], |ui| {
                        if widgets::icon_button(ui, m::ICON_CLOSE, &format!("Remove target {number}"))
                            .clicked()
                        {
                            remove = Some(at);
                        }
                    });
                });
            });
        }
        if let Some(at) = remove {
            self.targets.remove(at);
            for choice in self.choices.iter_mut().flatten().filter(|choice| **choice > at) {
                *choice -= 1;
            }
        }
        if ui.add_enabled(self.targets.len() < TARGETS, egui::Button::new("Add a target")).clicked() {
            self.targets.push(Target { known: None, name: String::new() });
        }
    }

    fn problem(&self, codebook: &Codebook) -> Option<&'static str> {
        self.from.as_ref()?;
        let labels = self.labels(codebook);
        let named = |at: usize| !labels[at].is_empty();
        let twice = (0..labels.len()).any(|at| named(at) && labels[..at].contains(&labels[at]));
        let there = |target: &Target| {
            target.known.is_none() && codebook.categories.iter().any(|c| c.name == target.name.trim())
        };
        match () {
            () if twice => Some("Two targets have the same name."),
            () if self.targets.iter().any(there) => {
                Some("A new category has the name of one that is there; choose that one.")
            }
            () => None,
        }
    }

    fn summary(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        let codebook = session.project().codebook();
        let Some(from) = self.from.clone() else { return Outcome::Close };
        let name = codebook.name_of(&from).to_owned();
        title(ui, &format!("Split {name}"));
        for (target, label) in self.labels(codebook).into_iter().enumerate() {
            let there = self.choices.iter().filter(|choice| **choice == Some(target)).count();
            ui.label(format!("{} to {label}", widgets::plural(there, "passage")));
        }
        let left = self.choices.iter().filter(|choice| choice.is_none()).count();
        let others = impact::of_others(session, self.counted.of(session, std::slice::from_ref(&from)));
        let tokens = Tokens::of(ui);
        let stay = format!(
            "{} of yours and {} of others stay {name}.",
            widgets::count(left),
            widgets::count(others)
        );
        ui.label(RichText::new(stay).color(tokens.text_weak));
        ui.add_space(space::S);
        ui.checkbox(&mut self.retire, format!("Retire {name}: close it for new passages"));
        ui.add_space(space::S);
        let back = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Backspace));
        ui.horizontal(|ui| {
            if ui.button("Go on sorting").on_hover_text("Backspace").clicked() || back {
                self.begin(session);
            }
            if ui.button("Change the targets").clicked() {
                self.stage = Stage::Targets;
            }
        });
        match buttons(ui, "Split", left < self.choices.len() || self.retire) {
            Some(Answer::Confirm) => {
                requests.push(CodebookAction::Change(self.finished(codebook, from)));
                Outcome::Close
            }
            Some(Answer::Cancel) => Outcome::Close,
            None => Outcome::Stay,
        }
    }

    fn finished(&self, codebook: &Codebook, from: CategoryId) -> CodebookChange {
        let mut book = codebook.clone();
        let parent = codebook.category(&from).and_then(|category| category.parent.clone());
        let mut fresh = Vec::new();
        let mut ids: Vec<CategoryId> = Vec::new();
        for target in &self.targets {
            ids.push(target.known.clone().unwrap_or_else(|| {
                let category =
                    Category { parent: parent.clone(), ..new_items::fresh_category(&book, &target.name) };
                book.categories.push(std::sync::Arc::new(category.clone()));
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
fn mine(session: &Session, category: &CategoryId) -> Vec<SpanRef> {
    let mut out = Vec::new();
    for document in session.project().documents() {
        let Some(layer) = document.layer(session.me()) else { continue };
        let id = LayerId::new(document.id(), session.me());
        let spans = layer.spans().filter(|span| span.category == *category);
        out.extend(spans.map(|span| SpanRef { layer: id.clone(), span: span.id }));
    }
    out
}
