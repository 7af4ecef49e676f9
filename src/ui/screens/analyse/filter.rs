//! The filter bar: the filter as text, the coder, and what counts as a move.

use egui::{Align, Key, Layout, RichText, TextEdit, Ui};

use crate::requests::Requests;
use crate::theme::{Tokens, size, space};
use crate::widgets;
use crate::words::analyse as words;
use demarche_analysis::bargain::CoderChoice;
use demarche_analysis::views::Persons;
use demarche_session::{AnalyseAction, AnalyseQuestion, Session};

/// The filter bar between frames.
#[derive(Default)]
pub(super) struct FilterBar {
    /// The text in the field.
    text: String,
    /// The filter that was applied last, to follow changes from elsewhere.
    applied: String,
}

impl FilterBar {
    /// Shows the bar.
    pub(super) fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        let question = session.analyse().question();
        if self.applied != question.filter {
            self.applied.clone_from(&question.filter);
            self.text.clone_from(&question.filter);
        }
        ui.horizontal(|ui| {
            coders(ui, session, requests);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                numbers(ui, session);
                self.field(ui, session, requests);
            });
        });
        self.refusal(ui, session);
        ui.horizontal_wrapped(|ui| rules(ui, question, requests));
    }

    fn field(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        let width = ui.available_width();
        let field = TextEdit::singleline(&mut self.text).hint_text(words::filter_hint()).desired_width(width);
        let response = ui.add(field);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::SearchInput, true, words::filter()));
        let is_done = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        response.on_hover_text(words::filter_tooltip());
        if is_done && session.check_filter(&self.text).is_ok() {
            let mut asked = session.analyse().question().clone();
            asked.filter.clone_from(&self.text);
            requests.push(AnalyseAction::Ask(Box::new(asked)));
        }
    }

    /// Says why the text in the field is no filter.
    fn refusal(&self, ui: &mut Ui, session: &Session) {
        if self.text == self.applied {
            return;
        }
        if let Err(refusal) = session.check_filter(&self.text) {
            let text = RichText::new(refusal.to_string()).size(size::SMALL).color(Tokens::of(ui).error);
            ui.label(text);
        }
    }
}

/// Shows the choice of coders.
fn coders(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let question = session.analyse().question();
    let name = |choice: &CoderChoice| match choice {
        CoderChoice::Final => words::final_coder().to_owned(),
        CoderChoice::Everyone => words::everyone().to_owned(),
        CoderChoice::People(people) => {
            let names: Vec<&str> = people.iter().map(|id| session.project().name_of(id)).collect();
            names.join(", ")
        }
    };
    let people = session.coders().iter().map(|id| CoderChoice::People(vec![id.clone()]));
    let choices: Vec<CoderChoice> =
        [CoderChoice::Final, CoderChoice::Everyone].into_iter().chain(people).collect();
    widgets::weak(ui, words::coders());
    widgets::combo(ui, words::coders(), &name(&question.coders), 110.0, |ui| {
        for choice in choices {
            if ui.selectable_label(question.coders == choice, name(&choice)).clicked() {
                let mut asked = question.clone();
                asked.coders = choice;
                requests.push(AnalyseAction::Ask(Box::new(asked)));
            }
        }
    });
    ui.add_space(space::S);
}

/// Shows how many passages pass the filter.
fn numbers(ui: &mut Ui, session: &Session) {
    let Some(result) = session.analyse().result() else { return };
    let passing: usize = result.readings.iter().map(|reading| reading.passing.len()).sum();
    let all: usize = result.readings.iter().map(|reading| reading.moves.len()).sum();
    widgets::weak(ui, words::passing(passing, all));
    if result.uncertain > 0 {
        widgets::weak(ui, words::uncertain(result.uncertain));
    }
    if !session.analysis_is_fresh() {
        widgets::weak(ui, words::counting());
    }
}

/// Shows the rules for all views as switches.
fn rules(ui: &mut Ui, question: &AnalyseQuestion, requests: &mut Requests) {
    let mut asked = question.clone();
    let rules = &mut asked.rules;
    let mut persons = rules.persons == Persons::Separately;
    let mut members = rules.collectives == demarche_analysis::bargain::Collectives::Members;
    let switches: [(&mut bool, &str, &str); 6] = [
        (&mut rules.counted.denied, words::denied(), words::denied_hint()),
        (&mut rules.counted.hypothetical, words::hypothetical(), words::hypothetical_hint()),
        (&mut members, words::members(), words::members_hint()),
        (&mut persons, words::persons(), words::persons_hint()),
        (&mut rules.conditions_as_demands, words::conditions(), words::conditions_hint()),
        (&mut rules.recommendations_as_demands, words::recommendations(), words::recommendations_hint()),
    ];
    for (on, name, hint) in switches {
        ui.checkbox(on, RichText::new(name).size(size::SMALL)).on_hover_text(hint);
    }
    rules.persons = if persons { Persons::Separately } else { Persons::Party };
    rules.collectives = match members {
        true => demarche_analysis::bargain::Collectives::Members,
        false => demarche_analysis::bargain::Collectives::AsTagged,
    };
    if asked != *question {
        requests.push(AnalyseAction::Ask(Box::new(asked)));
    }
}
