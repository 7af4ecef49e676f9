//! What counts, for all views: a button with the rules behind it.

use egui::{Popup, PopupCloseBehavior, Ui};

use super::super::choice;
use crate::requests::Requests;
use crate::theme::space;
use crate::words::{analyse as words, analyse_options as names};
use demarche_analysis::bargain::{Collectives, ReportedAt, Window};
use demarche_analysis::views::{Duplicates, Persons, Rules};
use demarche_model::Date;
use demarche_session::{AnalyseAction, AnalyseQuestion, Session};

/// The windows of possible answers that are offered.
const WINDOWS: [Window; 7] = [
    Window::Documents(1),
    Window::Documents(2),
    Window::Documents(3),
    Window::Documents(5),
    Window::Days(30),
    Window::Days(90),
    Window::All,
];

/// Shows the button, with the number of rules that are not as they start.
pub(super) fn rules(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let question = session.analyse().question();
    let response = ui.button(words::rules(changed(question))).on_hover_text(words::rules_hint());
    let popup = Popup::from_toggle_button_response(&response)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .width(330.0);
    popup.show(|ui| {
        let mut asked = question.clone();
        switches(ui, session, &mut asked);
        ui.separator();
        choices(ui, session, &mut asked);
        if changed(&asked) > 0 && ui.button(words::reset_rules()).clicked() {
            let AnalyseQuestion { rules, reported, window, as_of, .. } = AnalyseQuestion::default();
            asked = AnalyseQuestion { rules, reported, window, as_of, ..asked };
        }
        if asked != *question {
            requests.push(AnalyseAction::Ask(Box::new(asked)));
        }
    });
}

/// Number of rules that are not as they start.
fn changed(question: &AnalyseQuestion) -> usize {
    let (rules, start) = (&question.rules, Rules::default());
    let changes = [
        rules.counted.denied != start.counted.denied,
        rules.counted.hypothetical != start.counted.hypothetical,
        rules.collectives != start.collectives,
        rules.persons != start.persons,
        rules.conditions_as_demands != start.conditions_as_demands,
        rules.recommendations_as_demands != start.recommendations_as_demands,
        rules.duplicates != start.duplicates,
        question.reported != ReportedAt::default(),
        question.window != Window::default(),
        question.as_of.is_some(),
    ];
    changes.into_iter().filter(|changed| *changed).count()
}

fn switches(ui: &mut Ui, session: &Session, asked: &mut AnalyseQuestion) {
    let left_out = |at: usize| -> usize {
        let result = session.analyse().result();
        result.map_or(0, |result| result.readings.iter().map(|reading| reading.excluded[at].len()).sum())
    };
    let rules = &mut asked.rules;
    let mut members = rules.collectives == Collectives::Members;
    let mut persons = rules.persons == Persons::Separately;
    let switches: [(&mut bool, String, &str); 6] = [
        (&mut rules.counted.denied, words::denied(left_out(0)), words::denied_hint()),
        (&mut rules.counted.hypothetical, words::hypothetical(left_out(1)), words::hypothetical_hint()),
        (&mut members, words::members().to_owned(), words::members_hint()),
        (&mut persons, words::persons().to_owned(), words::persons_hint()),
        (&mut rules.conditions_as_demands, words::conditions().to_owned(), words::conditions_hint()),
        (
            &mut rules.recommendations_as_demands,
            words::recommendations().to_owned(),
            words::recommendations_hint(),
        ),
    ];
    for (on, name, hint) in switches {
        ui.checkbox(on, name).on_hover_text(hint);
    }
    rules.collectives = if members { Collectives::Members } else { Collectives::AsTagged };
    rules.persons = if persons { Persons::Separately } else { Persons::Party };
    ui.add_space(space::XS);
}

fn choices(ui: &mut Ui, session: &Session, asked: &mut AnalyseQuestion) {
    let duplicates = |one: &Duplicates| names::duplicates_of(*one).to_owned();
    choice::open(ui, names::duplicates(), &mut asked.rules.duplicates, Duplicates::ALL, duplicates);
    let reported = |at: &ReportedAt| names::reported_of(*at).to_owned();
    let all = [ReportedAt::Report, ReportedAt::Unknown];
    choice::open(ui, names::reported(), &mut asked.reported, &all, reported);
    choice::open(ui, names::window(), &mut asked.window, &WINDOWS, |window| names::window_of(*window));
    let name = |date: &Option<Date>| {
        date.as_ref().map_or_else(|| names::end_of_corpus().to_owned(), ToString::to_string)
    };
    choice::open(ui, names::as_of(), &mut asked.as_of, &dates(session), name);
    ui.add_space(space::S);
}

/// The dates of documents, each once, the latest first, after the end of the corpus.
fn dates(session: &Session) -> Vec<Option<Date>> {
    let documents = session.project().documents().iter();
    let mut dates: Vec<Date> = documents.filter_map(|document| document.meta.date.clone()).collect();
    dates.sort();
    dates.dedup();
    std::iter::once(None).chain(dates.into_iter().rev().map(Some)).collect()
}
