//! The filter bar: the terms of the filter as chips or as text, the coders, and what counts.

mod field;
mod rules;

use egui::{Align, Button, Layout, RichText, Ui};

use crate::commands::CommandId;
use crate::requests::Requests;
use crate::theme::{Tokens, size, space};
use crate::words::analyse as words;
use crate::{keys, widgets};
use demarche_analysis::bargain::CoderChoice;
use demarche_analysis::filter::{Chips, Filter};
use demarche_session::{AnalyseAction, AnalyseQuestion, Session};

use field::{FieldEvent, FilterField};

/// Width reserved for the buttons on the right of the bar, in points.
const RIGHT_PT: f32 = 270.0;

/// The beginning of a term for a date.
const BEGUN_DATE: &str = "date:";

/// The filter bar between frames.
#[derive(Default)]
pub(super) struct FilterBar {
    /// The field, while the user types.
    field: Option<FilterField>,
    /// The field opens in the next frame, with this term begun.
    opens: Option<&'static str>,
    /// The filter that `chips` belongs to.
    known: String,
    chips: Chips,
}

impl FilterBar {
    /// Opens the field.
    pub(super) fn edit(&mut self) {
        self.opens = Some("");
    }

    /// Shows the bar.
    pub(super) fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        let question = session.analyse().question();
        if self.known != question.filter {
            self.known.clone_from(&question.filter);
            self.chips = Filter::parse(&question.filter).map(Chips::from).unwrap_or_default();
        }
        if let Some(begun) = self.opens.take() {
            self.field = Some(FilterField::new(&question.filter, begun));
        }
        ui.horizontal(|ui| {
            ui.set_min_height(size::ROW);
            coders(ui, session, requests);
            let width = (ui.available_width() - RIGHT_PT).max(120.0);
            match &mut self.field {
                Some(field) => match field.ui(ui, session, width) {
                    FieldEvent::Nothing => {}
                    FieldEvent::Apply(filter) => {
                        set_filter(question, filter, requests);
                        self.field = None;
                    }
                    FieldEvent::Cancel => self.field = None,
                },
                None => self.chips(ui, session, width, requests),
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| right(ui, session, requests));
        });
        if let Some(refusal) = self.field.as_ref().and_then(FilterField::refusal) {
            ui.label(RichText::new(refusal).size(size::SMALL).color(Tokens::of(ui).error));
        }
    }

    /// Shows a chip per term, and what opens the field.
    fn chips(&mut self, ui: &mut Ui, session: &Session, width: f32, requests: &mut Requests) {
        let question = session.analyse().question();
        let layout = Layout::left_to_right(Align::Center).with_main_wrap(true);
        ui.allocate_ui_with_layout(egui::vec2(width, size::ROW), layout, |ui| {
            ui.set_width(width);
            let mut removed = None;
            for (at, chip) in self.chips.iter().enumerate() {
                let label = chip.label(session.project());
                if term_chip(ui, &label) {
                    removed = Some(at);
                }
            }
            if let Some(at) = removed {
                self.chips.remove(at);
                set_filter(question, self.chips.filter().to_string(), requests);
            }
            let text = if self.chips.is_empty() { words::filter_everything() } else { words::edit_filter() };
            let hint = keys::with_shortcut(CommandId::EditFilter.command().help, CommandId::EditFilter);
            let button = Button::new(RichText::new(text).color(Tokens::of(ui).text_weak)).frame(false);
            if ui.add(button).on_hover_text(hint).clicked() {
                requests.push(CommandId::EditFilter);
            }
            self.new_since(ui, session, requests);
        });
    }

    /// Shows a menu of dates, from which on moves are to pass.
    fn new_since(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        let question = session.analyse().question();
        let text = RichText::new(words::new_since()).color(Tokens::of(ui).text_weak);
        let menu = egui::containers::menu::MenuButton::from_button(Button::new(text).frame(false));
        menu.ui(ui, |ui| {
            let documents = session.project().documents().iter();
            let last = documents.filter_map(|document| document.meta.date.as_ref()).max();
            if let Some(date) = last
                && ui.button(words::since_last_document(date)).clicked()
            {
                add_term(&mut self.chips, &words::since(date));
                set_filter(question, self.chips.filter().to_string(), requests);
            }
            if let Some(day) = session.analyse().looked_before()
                && ui.button(words::since_i_looked(&day)).clicked()
            {
                add_term(&mut self.chips, &words::tagged_since(&day));
                set_filter(question, self.chips.filter().to_string(), requests);
            }
            if ui.button(words::since_date()).clicked() {
                self.opens = Some(BEGUN_DATE);
            }
        });
    }
}

/// Adds a term in the form of the filter's text, if it is one.
fn add_term(chips: &mut Chips, text: &str) {
    let term = Filter::parse(text).ok().and_then(|filter| filter.terms()?.first().cloned());
    if let Some(term) = term {
        chips.add(term);
    }
}

/// Shows a term with a button that removes it. Returns whether that was clicked.
fn term_chip(ui: &mut Ui, label: &str) -> bool {
    let tokens = Tokens::of(ui);
    let text = RichText::new(words::chip(label)).size(size::SMALL).color(tokens.text);
    let button = Button::new(text).fill(tokens.selected).corner_radius(9).truncate();
    ui.add(button).on_hover_text(words::remove_chip(label)).clicked()
}

fn set_filter(question: &AnalyseQuestion, filter: String, requests: &mut Requests) {
    requests.push(AnalyseAction::Ask(Box::new(AnalyseQuestion { filter, ..question.clone() })));
}

/// Shows the number of passages, and the buttons of the bar.
fn right(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let hint = keys::with_shortcut(CommandId::SaveView.command().help, CommandId::SaveView);
    let may_save = session.read_only().is_none();
    let save = ui.add_enabled(may_save, Button::new(words::save_view_short()));
    if save.on_hover_text(hint).clicked() {
        requests.push(CommandId::SaveView);
    }
    rules::rules(ui, session, requests);
    numbers(ui, session);
}

/// Shows how many passages pass the filter.
fn numbers(ui: &mut Ui, session: &Session) {
    let Some(result) = session.analyse().result() else { return };
    let passing: usize = result.readings.iter().map(|reading| reading.passing.len()).sum();
    let all: usize = result.readings.iter().map(|reading| reading.moves.len()).sum();
    let text =
        if session.analysis_is_fresh() { words::passing(passing, all) } else { words::counting().to_owned() };
    let shown = widgets::weak(ui, text);
    if result.uncertain > 0 {
        shown.on_hover_text(words::uncertain(result.uncertain));
    }
}

/// Shows the choice of coders. Coders that the filter names come first.
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
    widgets::weak(ui, words::coders());
    let named = session.analyse().result().and_then(|result| result.coders.as_ref());
    let mut choices = vec![CoderChoice::Final, CoderChoice::Everyone];
    choices.extend(session.coders().iter().map(|id| CoderChoice::People(vec![id.clone()])));
    let shown = ui.add_enabled_ui(named.is_none(), |ui| {
        widgets::combo(ui, words::coders(), name(named.unwrap_or(&question.coders)), 110.0, |ui| {
            for choice in choices {
                if ui.selectable_label(question.coders == choice, name(&choice)).clicked() {
                    let asked = AnalyseQuestion { coders: choice, ..question.clone() };
                    requests.push(AnalyseAction::Ask(Box::new(asked)));
                }
            }
        })
    });
    shown.inner.on_disabled_hover_text(words::coders_in_filter());
    ui.add_space(space::S);
}
