//! The bar on top of the screen: the coders, the filter, and what counts.

mod rules;

use egui::{Align, Button, Layout, RichText, Ui};

use crate::commands::CommandId;
use crate::filter_bar::FilterBar;
use crate::requests::Requests;
use crate::theme::{Tokens, size, space};
use crate::words::analyse as words;
use crate::{keys, widgets};
use demarche_analysis::bargain::CoderChoice;
use demarche_session::{AnalyseAction, AnalyseQuestion, CountScope, Session};

/// Width reserved for the buttons on the right of the bar, in points.
const RIGHT_PT: f32 = 270.0;

/// The beginning of a term for a date.
const BEGUN_DATE: &str = "date:";

/// The bar between frames.
pub(super) struct TopBar {
    filter: FilterBar,
}

impl Default for TopBar {
    fn default() -> Self {
        Self { filter: FilterBar::new(CountScope::Analysed) }
    }
}

impl TopBar {
    /// Opens the field of the filter.
    pub(super) fn edit(&mut self) {
        self.filter.edit("");
    }

    /// Shows the bar.
    pub(super) fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        ui.horizontal(|ui| {
            ui.set_min_height(size::ROW);
            coders(ui, session, requests);
            let width = (ui.available_width() - RIGHT_PT).max(120.0);
            self.filter.ui(ui, session, width, requests, |bar, ui, requests| {
                new_since(bar, ui, session, requests);
            });
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| right(ui, session, requests));
        });
        self.filter.refusal(ui, session);
    }
}

/// Shows a menu of dates, from which on moves are to pass.
fn new_since(bar: &mut FilterBar, ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let text = RichText::new(words::new_since()).color(Tokens::of(ui).text_weak);
    let menu = egui::containers::menu::MenuButton::from_button(Button::new(text).frame(false));
    menu.ui(ui, |ui| {
        let documents = session.project().documents().iter();
        let last = documents.filter_map(|document| document.meta.date.as_ref()).max();
        if let Some(date) = last
            && ui.button(words::since_last_document(date)).clicked()
        {
            bar.add_term(&words::since(date), requests);
        }
        if let Some(day) = session.analyse().looked_before()
            && ui.button(words::since_i_looked(&day)).clicked()
        {
            bar.add_term(&words::tagged_since(&day), requests);
        }
        if ui.button(words::since_date()).clicked() {
            bar.edit(BEGUN_DATE);
        }
    });
}

/// Shows the number of passages, and the buttons of the bar.
fn right(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let hint = keys::with_shortcut(ui.ctx(), CommandId::SaveView.command().help, CommandId::SaveView);
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
    widgets::weak(ui, words::coders());
    let named = session.analyse().result().and_then(|result| result.coders.as_ref());
    let shown = ui.add_enabled_ui(named.is_none(), |ui| {
        let current = name_of(session, named.unwrap_or(&question.coders));
        widgets::combo(ui, words::coders(), current, 110.0, |ui| choices_of_coders(ui, session, requests))
    });
    shown.inner.on_disabled_hover_text(words::coders_in_filter());
    ui.add_space(space::S);
}

/// Shows the choices of coders. A click counts their passages.
pub(super) fn choices_of_coders(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let question = session.analyse().question();
    let mut choices = vec![CoderChoice::Final, CoderChoice::Everyone];
    choices.extend(session.coders().iter().map(|id| CoderChoice::People(vec![id.clone()])));
    for choice in choices {
        if ui.selectable_label(question.coders == choice, name_of(session, &choice)).clicked() {
            let asked = AnalyseQuestion { coders: choice, ..question.clone() };
            requests.push(AnalyseAction::Ask(Box::new(asked)));
        }
    }
}

fn name_of(session: &Session, choice: &CoderChoice) -> String {
    match choice {
        CoderChoice::Final => words::final_coder().to_owned(),
        CoderChoice::Everyone => words::everyone().to_owned(),
        CoderChoice::People(people) => {
            let names: Vec<&str> = people.iter().map(|id| session.project().name_of(id)).collect();
            names.join(", ")
        }
    }
}
