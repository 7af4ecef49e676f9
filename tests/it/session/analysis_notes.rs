//! Saved views, calendars and dismissed pairs: kept, undone, followed, and written by their owner only.

use std::fs;
use std::path::Path;

use demarche::io::project::{Folder, check};
use demarche::model::*;
use demarche::session::{AnalysisNotesAction, AnnotateAction, ProjectAction, Session};

use crate::support::killed::killed;
use crate::support::project::files;
use crate::support::session::*;
use crate::support::wait::until;

const TEXTS: [&str; 1] = ["Norvania will suspend the talks. The fee must come down."];

fn view(session: &Session, name: &str) -> SavedView {
    SavedView::new(ViewId(session.env().new_uuid()), name, ViewKind::Matrix)
}

fn save_view(session: &mut Session, name: &str) -> ViewId {
    let view = view(session, name);
    let id = view.id;
    session.perform(AnalysisNotesAction::SaveView(Box::new(view)));
    id
}

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// The saved views as the list shows them: owner, name, and whether they are the user's.
fn listed(session: &Session) -> Vec<(String, String, bool)> {
    let entry = |entry: &demarche::session::SavedViewEntry<'_>| {
        (entry.owner.to_string(), entry.view.name.clone(), entry.is_mine)
    };
    session.saved_views().iter().map(entry).collect()
}

fn pair(session: &mut Session) -> AnswerPair {
    let [ask, answer] = ["fee", "talks"].map(|words| tag(session, words, "demand").span);
    AnswerPair { ask, answer }
}

/// A session in which Ana has one entry of every kind.
fn filled() -> (tempfile::TempDir, Session, ViewId, AnswerPair) {
    let (dir, mut ana) = desk(&TEXTS);
    let id = save_view(&mut ana, "Fees");
    let (label, colour) = ("Second round".to_owned(), Colour::nth(3));
    ana.perform(AnalysisNotesAction::AddEvent { date: date("2026-03-06"), label, colour });
    let (from, to) = (date("2026-03-04"), date("2026-03"));
    ana.perform(AnalysisNotesAction::AddPhase { name: "Round two".to_owned(), from, to });
    let pair = pair(&mut ana);
    ana.perform(AnalysisNotesAction::Dismiss(pair));
    (dir, ana, id, pair)
}

fn views(root: &Path) -> Vec<String> {
    files(root).into_keys().filter(|name| name.starts_with("views/")).collect()
}

#[test]
fn everything_is_there_when_the_project_is_opened_again_and_can_still_be_undone() {
    let (_dir, mut ana, id, pair) = filled();
    ana.save_now().unwrap();
    let root = root_of(&ana).to_owned();
    let names = ["calendar.ron".to_owned(), "dismissed.ron".to_owned(), format!("{id}.ron")];
    let mut expected = names.map(|name| format!("views/ana/{name}"));
    expected.sort();
    assert_eq!(views(&root), expected);
    assert_eq!(check(&Folder::new(&root)).unwrap(), []);
    drop(ana);
    let mut ana = open(&root);
    assert_eq!(listed(&ana), [("ana".to_owned(), "Fees".to_owned(), true)]);
    assert_eq!((ana.events().len(), ana.phases().len()), (1, 1));
    assert!(ana.is_dismissed(&pair) && !ana.has_unsaved());
    for _ in 0..6 {
        ana.undo();
    }
    assert!(ana.project().analysis_notes().is_empty());
    ana.save_now().unwrap();
    assert_eq!(views(&root), [] as [String; 0], "what is empty has no file");
    for _ in 0..6 {
        ana.redo();
    }
    ana.save_now().unwrap();
    assert_eq!(views(&root), expected);
}

#[test]
fn what_was_not_saved_survives_a_kill() {
    let (_dir, mut ana, _, pair) = filled();
    ana.save_now().unwrap();
    let id = save_view(&mut ana, "Threats");
    ana.perform(AnalysisNotesAction::Restore(pair));
    let (_copy, root) = killed(&ana);
    let ana = open(&root);
    assert_eq!(ana.saved_view(id).map(|entry| entry.is_mine), Some(true));
    assert!(!ana.is_dismissed(&pair));
    assert!(!root.join("views/ana/dismissed.ron").exists());
}

#[test]
fn a_view_is_renamed_replaced_and_deleted_and_names_are_not_given_twice() {
    let (_dir, mut ana) = desk(&TEXTS);
    let id = save_view(&mut ana, " Fees ");
    let before = steps(&ana);
    save_view(&mut ana, "fees");
    assert_eq!((steps(&ana), listed(&ana).len()), (before, 1));
    let saved = SavedView::clone(ana.saved_view(id).unwrap().view);
    assert_eq!(saved.name, "Fees");
    ana.perform(AnalysisNotesAction::SaveView(Box::new(saved.clone())));
    assert_eq!(steps(&ana), before, "nothing has changed");
    let wider = SavedView { filter: "issue:fees".to_owned(), rows: Some("actor".into()), ..saved };
    ana.perform(AnalysisNotesAction::SaveView(Box::new(wider.clone())));
    assert_eq!(**ana.saved_view(id).unwrap().view, wider);
    ana.perform(AnalysisNotesAction::RenameView { id, name: "All fees".to_owned() });
    assert_eq!(ana.saved_view_named("all FEES").map(|entry| entry.view.id), Some(id));
    ana.perform(AnalysisNotesAction::RenameView { id, name: "  ".to_owned() });
    assert_eq!(ana.saved_view(id).unwrap().view.name, "All fees");
    ana.perform(AnalysisNotesAction::DeleteView(id));
    assert!(ana.saved_view(id).is_none());
    ana.undo();
    assert_eq!(ana.saved_view(id).unwrap().view.name, "All fees");
}

#[test]
fn events_and_phases_are_changed_and_removed() {
    let (_dir, mut ana, ..) = filled();
    let event = ana.events()[0].1.clone();
    let phase = ana.phases()[0].1.clone();
    ana.perform(AnalysisNotesAction::SetEvent(ProjectEvent { date: date("2026"), ..event.clone() }));
    assert_eq!(ana.events()[0].1.date, date("2026"));
    ana.perform(AnalysisNotesAction::SetPhase(NegotiationPhase { to: date("2026-02"), ..phase.clone() }));
    assert_eq!(ana.phases()[0].1, &phase, "a phase does not end before it begins");
    ana.perform(AnalysisNotesAction::RemovePhase(phase.id));
    ana.perform(AnalysisNotesAction::RemoveEvent(event.id));
    assert!(ana.events().is_empty() && ana.phases().is_empty());
    ana.undo();
    assert_eq!(ana.events().len(), 1);
}

#[test]
fn notes_of_others_come_live_and_are_read_only() {
    let (_dir, mut ana, id, pair) = filled();
    ana.save_now().unwrap();
    let root = root_of(&ana).to_owned();
    let mut ben = open_later(&root);
    ben.perform(ProjectAction::WorkAs { name: "Ben".to_owned() });
    std::thread::sleep(std::time::Duration::from_millis(150));
    assert_eq!(listed(&ben), [("ana".to_owned(), "Fees".to_owned(), false)]);
    assert!(ben.is_dismissed(&pair));
    // What is not his he can't change, but he can save it as his own.
    let before = steps(&ben);
    ben.perform(AnalysisNotesAction::RenameView { id, name: "Mine".to_owned() });
    ben.perform(AnalysisNotesAction::DeleteView(id));
    ben.perform(AnalysisNotesAction::Restore(pair));
    assert_eq!((steps(&ben), ben.is_dismissed(&pair)), (before, true));
    let theirs = SavedView::clone(ben.saved_view(id).unwrap().view);
    ben.perform(AnalysisNotesAction::SaveViewAs(Box::new(theirs)));
    ben.save_now().unwrap();
    until(&mut ana, "Ben's view comes", |ana| listed(ana).len() == 2);
    assert_eq!(listed(&ana)[1], ("ben".to_owned(), "Fees".to_owned(), false));
    ana.perform(AnalysisNotesAction::DeleteView(id));
    ana.perform(AnalysisNotesAction::Restore(pair));
    ana.save_now().unwrap();
    until(&mut ben, "Ana's view goes", |ben| listed(ben).len() == 1 && !ben.is_dismissed(&pair));
    assert!(!ben.has_unsaved() && !ana.has_unsaved());
}

#[test]
fn my_notes_from_another_machine_are_merged() {
    let (_dir, mut ana, id, _) = filled();
    ana.save_now().unwrap();
    std::thread::sleep(std::time::Duration::from_millis(150));
    let file = root_of(&ana).join(format!("views/ana/{id}.ron"));
    let text = fs::read_to_string(&file).unwrap();
    ana.perform(AnalysisNotesAction::RenameView { id, name: "Fees, all".to_owned() });
    fs::write(&file, text.replace("    view:", "    filter: \"issue:fees\",\n    view:")).unwrap();
    until(&mut ana, "the filter comes", |ana| ana.saved_view(id).unwrap().view.filter == "issue:fees");
    assert_eq!(ana.saved_view(id).unwrap().view.name, "Fees, all");
    ana.save_now().unwrap();
    let saved = fs::read_to_string(&file).unwrap();
    assert!(saved.contains("Fees, all") && saved.contains("issue:fees"));
    // Both change the name: mine is kept, and I am told.
    ana.perform(AnalysisNotesAction::RenameView { id, name: "Here".to_owned() });
    let notices = ana.notices().len();
    fs::write(&file, saved.replace("Fees, all", "There")).unwrap();
    until(&mut ana, "the conflict comes", |ana| ana.notices().len() > notices);
    ana.save_now().unwrap();
    assert!(fs::read_to_string(&file).unwrap().contains("Here"));
    // A view that is deleted on the other machine is deleted here, as a step that can be undone.
    std::thread::sleep(std::time::Duration::from_millis(150));
    fs::remove_file(&file).unwrap();
    until(&mut ana, "the view goes", |ana| ana.saved_view(id).is_none());
    ana.undo();
    ana.save_now().unwrap();
    assert!(file.exists());
}

#[test]
fn a_damaged_file_is_reported_and_never_overwritten() {
    let (_dir, mut ana, id, pair) = filled();
    ana.save_now().unwrap();
    let root = root_of(&ana).to_owned();
    drop(ana);
    let calendar = root.join("views/ana/calendar.ron");
    let whole = fs::read_to_string(&calendar).unwrap();
    let damaged = whole.replace("2026-03-06", "last spring");
    fs::write(&calendar, &damaged).unwrap();
    let mut ana = open(&root);
    let problem = ana.problems().iter().find(|problem| problem.file.ends_with("calendar.ron")).unwrap();
    assert_eq!(problem.line, Some(4));
    assert_eq!((ana.events().len(), ana.phases().len()), (0, 1), "the good records are there");
    let event = ProjectEvent {
        id: EventId(ana.env().new_uuid()),
        date: date("2026"),
        label: "x".to_owned(),
        colour: Colour::nth(0),
    };
    let before = steps(&ana);
    ana.perform(AnalysisNotesAction::SetEvent(event));
    assert_eq!(steps(&ana), before);
    ana.perform(AnalysisNotesAction::Restore(pair));
    ana.perform(AnalysisNotesAction::RenameView { id, name: "Still".to_owned() });
    ana.save_now().unwrap();
    assert_eq!(fs::read_to_string(&calendar).unwrap(), damaged);
    assert!(fs::read_to_string(root.join(format!("views/ana/{id}.ron"))).unwrap().contains("Still"));
    // Once it is repaired, it can be changed.
    std::thread::sleep(std::time::Duration::from_millis(150));
    fs::write(&calendar, &whole).unwrap();
    until(&mut ana, "the event comes", |ana| ana.events().len() == 1);
    let event = ana.events()[0].1.id;
    ana.perform(AnalysisNotesAction::RemoveEvent(event));
    ana.save_now().unwrap();
    assert!(ana.events().is_empty() && !fs::read_to_string(&calendar).unwrap().contains("Second round"));
}

#[test]
fn blind_coders_see_no_judgement_of_others() {
    let (_dir, mut ana, _, pair) = filled();
    ana.perform(ProjectAction::SetBlind(true));
    ana.save_now().unwrap();
    let mut ben = open_later(root_of(&ana));
    ben.perform(ProjectAction::WorkAs { name: "Ben".to_owned() });
    assert!(ana.is_dismissed(&pair) && !ben.is_dismissed(&pair));
}

#[test]
fn a_person_with_notes_stays_and_their_notes_can_be_given_away() {
    let (_dir, mut ana, id, _) = filled();
    ana.save_now().unwrap();
    let root = root_of(&ana).to_owned();
    drop(ana);
    let mut ben = open_later(&root);
    ben.perform(ProjectAction::WorkAs { name: "Ben".to_owned() });
    let person = ben.project().annotator(&"ana".into()).unwrap().clone();
    assert!(ben.removal_refusal(&person).is_some());
    let to = demarche::session::NewOwner::Person("ben".into());
    ben.perform(ProjectAction::Reassign { from: "ana".into(), to });
    ben.finish_jobs();
    assert_eq!(ben.saved_view(id).map(|entry| entry.is_mine), Some(true));
    ben.save_now().unwrap();
    assert!(views(&root).iter().all(|name| name.starts_with("views/ben/")));
    assert_eq!(views(&root).len(), 3);
}

#[test]
fn deleting_a_passage_leaves_the_pair_and_undo_finds_it() {
    let (_dir, mut ana, _, pair) = filled();
    let at = spans(&ana).into_iter().find(|(at, _)| at.span == pair.ask).unwrap().0;
    ana.perform(AnnotateAction::Remove(vec![at]));
    assert!(ana.is_dismissed(&pair));
    ana.undo();
    assert!(ana.is_dismissed(&pair));
}
