//! The Analyse screen without pixels: what it is asked, the passages behind its numbers, and possible answers.

use std::path::Path;

use demarche::analysis::bargain::{AskState, CoderChoice, PassageIndex};
use demarche::analysis::views::{Axis, CellValue, Measure, Persons, View};
use demarche::model::*;
use demarche::session::{
    AnalyseAction, AnalyseQuestion, AnalysisNotesAction, Behind, ReadingFound, Screen, Session,
};

use crate::support::session::*;

/// Gives the categories of the sample roles, unless they have some.
pub fn give_roles(root: &Path) {
    let path = root.join("project.ron");
    let text = std::fs::read_to_string(&path).unwrap();
    if text.contains("\"MOVE\"") {
        return;
    }
    let role = |line: &str| {
        let roles = ["demand", "offer", "concession", "commitment", "threat", "rejection", "acceptance"];
        roles.into_iter().find(|role| line.trim_start().starts_with(&format!("(id: \"{role}\"")))
    };
    let with_role = |line: &str| match role(line) {
        Some(role) => line.replacen("codes: {", &format!("codes: {{\"MOVE\": [\"{role}\"], "), 1),
        None => line.to_owned(),
    };
    let lines: Vec<String> = text.lines().map(with_role).collect();
    std::fs::write(&path, lines.join("\n")).unwrap();
}

/// The sample with roles, at the Analyse screen.
fn analysing() -> (tempfile::TempDir, Session) {
    let (dir, root) = sample_copy();
    give_roles(&root);
    let mut session = open(&root);
    session.show_screen(Screen::Analyse);
    compute(&mut session);
    (dir, session)
}

fn compute(session: &mut Session) {
    session.tick();
    session.finish_jobs();
    assert!(session.analysis_is_fresh());
}

fn ask(session: &mut Session, change: impl FnOnce(&mut AnalyseQuestion)) {
    let mut asked = session.analyse().question().clone();
    change(&mut asked);
    session.perform(AnalyseAction::Ask(Box::new(asked)));
    compute(session);
}

fn reading(session: &Session) -> ReadingFound {
    session.analyse().result().unwrap().readings[0].clone()
}

/// Marks the first demand or offer with possible answers.
fn mark_ask(session: &mut Session) -> PassageIndex {
    let reading = reading(session);
    let ask = reading.ledger.asks().find(|ask| ask.candidates.len() > 1).unwrap().id();
    session.perform(AnalyseAction::MarkAsk { reading: 0, ask });
    ask
}

#[test]
fn each_view_answers_and_its_counts_are_those_of_the_passages_behind() {
    let (_dir, mut session) = analysing();
    for kind in ViewKind::ALL {
        ask(&mut session, |asked| asked.view = kind);
        let reading = reading(&session);
        assert_eq!(reading.found.kind(), kind);
        let answer = reading.found.answer();
        assert_eq!(answer.missing, None, "{kind:?}");
        assert!(!answer.table.rows.is_empty(), "{kind:?}");
        // Co-occurrence and sequences count pairs, of which a passage may be in several; movement cumulates.
        let counts_moves = !matches!(kind, ViewKind::Together | ViewKind::Follows | ViewKind::Movement);
        for cell in answer.table.rows.iter().flat_map(|row| &row.cells).filter(|_| counts_moves) {
            if let (CellValue::Count(count), Some(passages)) = (&cell.value, &cell.passages) {
                assert_eq!(*count, passages.len(), "{kind:?}");
            }
        }
    }
}

#[test]
fn the_passages_behind_a_number_are_listed_by_date() {
    let (_dir, mut session) = analysing();
    let reading = reading(&session);
    let cells = reading.found.answer().table.rows.iter().flat_map(|row| &row.cells);
    let passages = cells.filter_map(|cell| cell.passages.clone()).find(|found| found.len() > 5).unwrap();
    let title = "Estmark × fees".to_owned();
    session.perform(AnalyseAction::Show(Behind { title, reading: 0, passages: passages.clone() }));
    let listed = session.analyse().listed().unwrap();
    assert_eq!((listed.spans.len(), listed.marked), (passages.len(), None));
    let date = |at: &SpanRef| {
        let own = session.project().span(at).unwrap().attributes.get(&"when".into()).map(ToString::to_string);
        let of_document = || session.project().document(&at.layer.document).unwrap().meta.date.clone();
        own.or_else(|| of_document().map(|date| date.to_string()))
    };
    assert!(listed.spans.is_sorted_by_key(date));
    session.perform(AnalyseAction::MarkPassage(3));
    assert_eq!(session.analyse().listed().unwrap().marked, Some(3));
    session.perform(AnalyseAction::Clear);
    assert!(session.analyse().listed().is_none());
}

#[test]
fn an_edit_on_another_screen_is_followed() {
    let (_dir, mut session) = analysing();
    let before = reading(&session).passing.len();
    session.show_screen(Screen::Annotate);
    tag(&mut session, "port", "threat");
    assert!(!session.analysis_is_fresh());
    session.tick();
    session.finish_jobs();
    assert!(!session.analysis_is_fresh(), "nothing is computed for a screen that is not shown");
    session.show_screen(Screen::Analyse);
    compute(&mut session);
    assert_eq!(reading(&session).passing.len(), before + 1);
    session.undo();
    compute(&mut session);
    assert_eq!(reading(&session).passing.len(), before);
}

#[test]
fn a_possible_answer_is_linked_in_one_step_that_can_be_undone() {
    let (_dir, mut session) = analysing();
    let ask = mark_ask(&mut session);
    let before = session.possible_answers().unwrap();
    assert_eq!((before.state, before.marked), (AskState::Open, 0));
    let answer = before.answer().unwrap().span.clone();
    assert_eq!(session.answer_refusal(&answer), None);
    let steps_before = steps(&session);
    session.run(CommandId::LinkAnswer);
    assert_eq!(steps(&session), steps_before + 1);
    let links = session.links_of(&answer);
    let kinds = &session.project().codebook().link_kinds;
    let kind = kinds.iter().find(|kind| links.iter().any(|end| end.link.kind == kind.id)).unwrap();
    assert!(kind.is_answer() && links.iter().any(|end| end.link.to == before.ask.span));
    compute(&mut session);
    let after = session.possible_answers().unwrap();
    assert_eq!((after.ask, after.answers.len()), (before.ask.clone(), 0), "the mark stays at the ask");
    assert!(!reading(&session).ledger.ask(ask).unwrap().answers.is_empty());
    session.undo();
    compute(&mut session);
    assert_eq!(session.possible_answers().unwrap(), before);
}

#[test]
fn a_possible_answer_is_dismissed_and_another_one_marked() {
    let (_dir, mut session) = analysing();
    mark_ask(&mut session);
    let before = session.possible_answers().unwrap();
    session.perform(AnalyseAction::MarkAnswer(1));
    session.run(CommandId::DismissAnswer);
    compute(&mut session);
    let after = session.possible_answers().unwrap();
    let dismissed = &before.answers[1].span;
    assert!(!after.answers.iter().any(|answer| answer.span == *dismissed));
    assert!(session.is_dismissed(&AnswerPair { ask: before.ask.span, answer: dismissed.span }));
    session.undo();
    compute(&mut session);
    assert_eq!(session.possible_answers().unwrap().answers, before.answers);
}

#[test]
fn only_its_owner_links_a_passage() {
    let (_dir, mut session) = analysing();
    ask(&mut session, |asked| asked.coders = CoderChoice::People(vec!["ben".into()]));
    mark_ask(&mut session);
    let answer = session.possible_answers().unwrap().answer().unwrap().span.clone();
    assert!(session.answer_refusal(&answer).unwrap().contains(session.project().name_of(&"ben".into())));
    let before = steps(&session);
    session.run(CommandId::LinkAnswer);
    assert_eq!(steps(&session), before);
    session.run(CommandId::OpenAnswer);
    assert_eq!((session.screen(), session.current()), (Screen::Annotate, Some(&answer)));
}

#[test]
fn a_filter_chooses_coders_names_views_and_counts_nothing_if_it_does_not_fit() {
    let (_dir, mut session) = analysing();
    ask(&mut session, |asked| asked.filter = "role:demand".into());
    let demands = reading(&session).passing.len();
    session.perform(AnalyseAction::Save("Demands".into()));
    ask(&mut session, |asked| asked.filter = "view:demands actor:Estmark".into());
    let of_estmark = reading(&session).passing.len();
    assert!(0 < of_estmark && of_estmark < demands);
    ask(&mut session, |asked| asked.filter = "coder:ben".into());
    let named = session.analyse().result().unwrap().coders.clone();
    assert_eq!(named, Some(CoderChoice::People(vec!["ben".into()])));
    assert_eq!(reading(&session).coder, Some("ben".into()));
    // A view that a filter names can be deleted.
    let id = session.saved_views()[0].view.id;
    ask(&mut session, |asked| asked.filter = "view:demands".into());
    session.perform(AnalysisNotesAction::DeleteView(id));
    compute(&mut session);
    let result = session.analyse().result().unwrap();
    assert!(result.refusal.is_some() && result.readings.is_empty());
    assert!(session.check_filter("view:demands").is_err());
    session.run(CommandId::ClearFilter);
    compute(&mut session);
    assert!(reading(&session).passing.len() > demands);
}

#[test]
fn a_saved_view_asks_the_same_again() {
    let (_dir, mut session) = analysing();
    ask(&mut session, |asked| {
        asked.filter = "role:offer".into();
        asked.coders = CoderChoice::Everyone;
        asked.rules.persons = Persons::Separately;
        asked.rules.conditions_as_demands = true;
        asked.options.matrix.rows = Axis::Target;
        asked.options.matrix.measure = Measure::OpenOffers;
        asked.weights.insert("offer".into(), -1.5);
        asked.as_of = Date::parse("2026-03-06");
    });
    let asked = session.analyse().question().clone();
    session.perform(AnalyseAction::Save("Summit".into()));
    let id = session.analyse().opened().unwrap();
    ask(&mut session, |asked| {
        *asked = AnalyseQuestion { view: ViewKind::Time, ..AnalyseQuestion::default() }
    });
    assert_eq!(session.analyse().opened(), None);
    session.perform(AnalyseAction::OpenView(id));
    assert_eq!((session.analyse().question(), session.analyse().opened()), (&asked, Some(id)));
    session.run(CommandId::SwapAxes);
    assert_eq!(session.analyse().question().options.matrix.columns, Axis::Target);
    let view = session.saved_view(id).unwrap().view.clone();
    assert!(session.view_is_changed(&view));
    // Saving under the same name replaces the view.
    let saved = session.saved_views().len();
    session.perform(AnalyseAction::Save("summit".into()));
    assert_eq!(session.saved_views().len(), saved);
    compute(&mut session);
    assert!(matches!(reading(&session).found, View::Matrix(_)));
}

#[test]
fn a_report_is_written_in_the_format_of_its_name() {
    let (dir, mut session) = analysing();
    ask(&mut session, |asked| asked.filter = "role:offer".into());
    for (name, written) in
        [("report.md", "report.md"), ("report.xlsx", "report.xlsx"), ("report", "report.html")]
    {
        session.perform(AnalyseAction::WriteReport(dir.path().join(name)));
        session.finish_jobs();
        let bytes = std::fs::read(dir.path().join(written)).unwrap();
        assert!(bytes.len() > 1000, "{written}");
    }
}
