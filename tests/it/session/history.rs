//! The audit log: every step with who, when and what, in files that only grow.

use std::fs;
use std::path::PathBuf;

use demarche::analysis::search::Query;
use demarche::io::project::{changed_text, check, read_history};
use demarche::model::*;
use demarche::session::{
    AnnotateAction, DocumentAction, HistoryAction, NavigateAction, OccurrenceScope, ProjectAction, Session,
    Unwritten,
};

use crate::support::session::*;

const TEXT: &str = "Norvania will suspend the talks unless the port reopens. The talks go on.\n";

/// The whole history, one change per line: `who step | what: before → after`.
fn history(session: &mut Session) -> Vec<String> {
    session.perform(HistoryAction::Read);
    session.finish_jobs();
    let line = |entry: &LogEntry, change: &Change| {
        let what = changed_text(&change.what);
        format!("{} {} | {what}: {} → {}", entry.who, entry.step, change.before, change.after)
    };
    let log = session.audit_log().unwrap();
    log.iter().flat_map(|entry| entry.changes.iter().map(|change| line(entry, change))).collect()
}

fn file(session: &Session) -> PathBuf {
    session.folder().history(&"ana".into())
}

#[test]
fn every_step_records_who_did_what_and_is_read_back() {
    let (_dir, mut session) = desk(&[TEXT]);
    let at = tag(&mut session, "suspend the talks", "threat");
    session.perform(AnnotateAction::SetCategory { at: vec![at.clone()], category: "demand".into() });
    let actor = Some(Value::Choice("Norvania".into()));
    session.perform(AnnotateAction::SetAttribute {
        at: vec![at.clone()],
        attribute: "actor".into(),
        to: actor,
    });
    session.perform(AnnotateAction::SetBounds {
        at: at.clone(),
        index: 0,
        to: place_of(&session, "suspend the talks unless"),
    });
    session.undo();
    session.perform(AnnotateAction::Remove(vec![at.clone()]));
    let expect = [
        "ana tag as Threat | passage:  → threat 14–31 “suspend the talks”",
        "ana retag as Demand | category: threat → demand",
        "ana set Actor | attribute actor:  → Norvania",
        "ana move a boundary | place: 14–31 “suspend the talks” → 14–38 “suspend the talks unless”",
        "ana undo: move a boundary | place: 14–38 “suspend the talks unless” → 14–31 “suspend the talks”",
        "ana remove a passage | passage: demand 14–31 “suspend the talks” → ",
    ];
    let lines: Vec<String> =
        history(&mut session).into_iter().filter(|line| !line.contains("| actors")).collect();
    let says = |lines: &[String], expect: &[&str]| {
        let what = |line: &str| line.split_once(" | ").map(|(_, what)| what.to_owned()).unwrap();
        assert_eq!(
            lines.iter().map(|l| what(l)).collect::<Vec<_>>(),
            expect.iter().map(|l| what(l)).collect::<Vec<_>>()
        );
    };
    says(&lines, &expect);
    assert!(lines[4].starts_with("ana undo: "), "{}", lines[4]);
    session.save_now().unwrap();
    let root = root_of(&session).to_owned();
    drop(session);
    let mut again = open_later(&root);
    assert!(again.audit_log().is_none(), "opening a project does not read its history");
    says(&history(&mut again), &expect);
    let of_span = again.changes_of_span(at.span).unwrap();
    assert_eq!(of_span.len(), 6);
    assert!(of_span.iter().all(|(entry, _)| entry.who == "ana".into()));
    assert_eq!(check(again.folder()).unwrap(), []);
}

#[test]
fn the_log_file_only_grows_and_has_each_step_once() {
    let (_dir, mut session) = desk(&[TEXT]);
    tag(&mut session, "suspend the talks", "threat");
    session.save_now().unwrap();
    let first = fs::read_to_string(file(&session)).unwrap();
    session.save_now().unwrap();
    session.undo();
    session.redo();
    session.run(CommandId::Save);
    session.finish_jobs();
    let second = fs::read_to_string(file(&session)).unwrap();
    assert!(second.starts_with(&first));
    assert_eq!((first.lines().count(), second.lines().count()), (2, 4));
    assert_eq!(history(&mut session).len(), 3, "entries on disk are not repeated");
}

#[test]
fn typing_a_note_is_one_entry() {
    let (_dir, mut session) = desk(&[TEXT]);
    let at = tag(&mut session, "suspend the talks", "threat");
    for note in ["a", "a w", "a word"] {
        session.perform(AnnotateAction::SetNote { at: at.clone(), note: note.to_owned() });
    }
    let lines = history(&mut session);
    assert_eq!(lines[1..], ["ana edit a note | note:  → a word"]);
}

#[test]
fn a_step_with_many_passages_is_counted_instead_of_listed() {
    let (_dir, mut session) = desk(&[&"word ".repeat(1500)]);
    let query =
        Query { pattern: "word".to_owned(), whole_words: true, match_case: false, ..Query::default() };
    session.perform(AnnotateAction::TagEvery {
        query,
        scope: OccurrenceScope::Document,
        category: "threat".into(),
    });
    session.finish_jobs();
    let lines = history(&mut session);
    assert_eq!(lines.len(), 1);
    assert!(lines[0].ends_with("| passages:  → 1500 added"), "{}", lines[0]);
}

#[test]
fn a_file_that_cannot_be_written_keeps_the_steps_for_later() {
    let (_dir, mut session) = desk(&[TEXT]);
    fs::create_dir_all(file(&session)).unwrap();
    tag(&mut session, "suspend the talks", "threat");
    session.save_now().unwrap();
    let fault = session.save_fault().unwrap();
    assert_eq!((fault.unwritten, session.has_unsaved()), (Unwritten::History, false));
    fs::remove_dir(file(&session)).unwrap();
    session.save_now().unwrap();
    assert_eq!(session.save_fault(), None);
    assert_eq!(read_history(session.folder()).unwrap().0.len(), 1);
}

#[test]
fn the_history_is_exported_as_a_table() {
    let (dir, mut session) = desk(&[TEXT, TEXT]);
    tag(&mut session, "suspend the talks", "threat");
    session.perform(NavigateAction::OpenDocument("d002".into()));
    tag(&mut session, "the port", "offer");
    let path = dir.path().join("history.csv");
    let export = |document| HistoryAction::Export { path: path.clone(), who: None, document };
    session.perform(export(None));
    session.finish_jobs();
    assert_eq!(fs::read_to_string(&path).unwrap().lines().count(), 3);
    session.perform(export(Some("d002".into())));
    session.finish_jobs();
    let table = fs::read_to_string(&path).unwrap();
    assert_eq!(table.lines().count(), 2);
    assert!(table.contains(",passage,,offer 39–47 “the port”"), "{table}");
}

#[test]
fn the_history_hides_the_work_of_others_from_blind_annotators() {
    let (_dir, mut session) = desk(&[TEXT]);
    session.perform(ProjectAction::WorkAs { name: "Ben".to_owned() });
    tag(&mut session, "the port", "offer");
    session.edit("work blind", Edit::SetBlind { to: true });
    session.perform(ProjectAction::WorkAs { name: "ana".to_owned() });
    session.save_now().unwrap();
    let root = root_of(&session).to_owned();
    drop(session);
    let mut ana = open_later(&root);
    assert_eq!(ana.me(), &"ana".into());
    assert!(!history(&mut ana).iter().any(|line| line.contains("the port")));
    ana.perform(DocumentAction::SetStatus("d001".into(), Status::Done));
    assert!(history(&mut ana).iter().any(|line| line.contains("the port")), "once she is done, she sees it");
}
