//! The list of documents: sets, order, filter, the chosen documents, and changes of several.

use demarche::io::project::{Folder, check, read_history};
use demarche::model::{Assignment, Date, DocumentId, DocumentSetId, Status};
use demarche::session::{
    DocumentFilter, DocumentListAction, DocumentOrder, DocumentSetAction, DocumentSort, FilterAction,
    ListPlace, NavigateAction, Session, SetFilter,
};

use crate::support::killed::killed;
use crate::support::project::files;
use crate::support::session::*;

/// A project of five documents with these titles, in which Ana works.
fn five() -> (tempfile::TempDir, Session) {
    let (dir, mut session) = desk(&["One.\n", "Two.\n", "Three.\n", "Four.\n", "Five.\n"]);
    let titles = ["Round 10", "Briefing", "round 2", "Communiqué", "Agenda"];
    for (n, title) in titles.iter().enumerate() {
        session.perform(DocumentListAction::Rename(id(n), (*title).to_owned()));
    }
    (dir, session)
}

/// The nth document.
fn id(n: usize) -> DocumentId {
    DocumentId::new(format!("d{:03}", n + 1))
}

fn ids(all: &[usize]) -> Vec<DocumentId> {
    all.iter().map(|n| id(*n)).collect()
}

/// The numbers of the documents that are listed.
fn listed(session: &Session) -> Vec<usize> {
    let list = session.document_list();
    (0..list.len()).map(|row| number(session.document_in_row(row).unwrap())).collect()
}

fn number(id: &DocumentId) -> usize {
    id.as_str()[1..].parse::<usize>().unwrap() - 1
}

fn chosen(session: &Session) -> Vec<usize> {
    session.document_list().chosen().iter().map(number).collect()
}

fn members(session: &Session, set: &str) -> Vec<usize> {
    session.project().members(&set.into()).map(|document| number(document.id())).collect()
}

fn create(session: &mut Session, name: &str, documents: &[usize]) {
    session.perform(DocumentSetAction::Create { name: name.to_owned(), documents: ids(documents) });
}

fn sort(session: &mut Session, by: DocumentSort, descending: bool) {
    session.perform(DocumentListAction::Sort(DocumentOrder { by, descending }));
}

fn filter(session: &mut Session, filter: DocumentFilter) -> Vec<usize> {
    session.perform(DocumentListAction::Filter(filter));
    listed(session)
}

/// Performs actions of which each is one step, and checks that undo takes each back and redo repeats it.
fn each_is_one_step<A: Into<demarche::session::Action>>(session: &mut Session, actions: Vec<A>) {
    for action in actions {
        session.save_now().unwrap();
        let (before, count) = (files(root_of(session)), steps(session));
        session.perform(action);
        session.finish_jobs();
        assert_eq!(steps(session), count + 1, "{}", undo_label(session));
        assert!(!undo_label(session).is_empty());
        session.save_now().unwrap();
        let after = files(root_of(session));
        assert_ne!(after["project.ron"], "", "{}", undo_label(session));
        session.undo();
        session.save_now().unwrap();
        assert_eq!(without_history(files(root_of(session))), without_history(before));
        session.redo();
        session.save_now().unwrap();
        assert_eq!(without_history(files(root_of(session))), without_history(after));
    }
}

fn without_history(mut files: std::collections::BTreeMap<String, String>) -> Vec<(String, String)> {
    files.retain(|name, _| !name.starts_with("history/"));
    files.into_iter().collect()
}

#[test]
fn every_change_of_a_set_is_one_step() {
    let (_dir, mut session) = five();
    let one = || DocumentSetId::from("round-one");
    let name = |name: &str| name.to_owned();
    let actions = vec![
        DocumentSetAction::Create { name: name(" Round one "), documents: ids(&[0, 2]) },
        DocumentSetAction::Add(one(), ids(&[0, 1, 2, 3])),
        DocumentSetAction::TakeOut(one(), ids(&[2])),
        DocumentSetAction::Rename(one(), name("First round")),
        DocumentSetAction::Create { name: name("Empty"), documents: Vec::new() },
        DocumentSetAction::Remove(one()),
    ];
    each_is_one_step(&mut session, actions);
    assert_eq!(check(&Folder::new(root_of(&session))).unwrap(), []);
    session.undo();
    assert_eq!(members(&session, "round-one"), [0, 1, 3]);
    assert_eq!(session.project().document_sets()[&one()], "First round");
}

#[test]
fn two_sets_never_have_one_name_and_nothing_changes_without_need() {
    let (_dir, mut session) = five();
    create(&mut session, "Press", &[1]);
    let count = steps(&session);
    create(&mut session, "press ", &[2]);
    create(&mut session, " ", &[2]);
    session.perform(DocumentSetAction::Add("press".into(), ids(&[1])));
    session.perform(DocumentSetAction::Rename("press".into(), "Press".to_owned()));
    assert_eq!((steps(&session), members(&session, "press")), (count, vec![1]));
    // A set that was renamed keeps its id, so that another one with the old name gets its own.
    session.perform(DocumentSetAction::Rename("press".into(), "Papers".to_owned()));
    create(&mut session, "Press", &[2]);
    assert_eq!((members(&session, "press"), members(&session, "press-2")), (vec![1], vec![2]));
}

#[test]
fn every_change_of_several_documents_is_one_step() {
    let (_dir, mut session) = five();
    let all = || ids(&[0, 2, 4]);
    let actions = vec![
        DocumentListAction::SetStatus(all(), Status::Done),
        DocumentListAction::SetDate(all(), Date::parse("2026-03")),
        DocumentListAction::Assign { person: "ben".into(), documents: all(), are_assigned: true },
        DocumentListAction::Assign { person: "ben".into(), documents: ids(&[2]), are_assigned: false },
        DocumentListAction::Move(all(), ListPlace::After(id(3))),
        DocumentListAction::MoveByRow { documents: ids(&[1]), is_down: true },
        DocumentListAction::Rename(id(1), "Other".to_owned()),
        DocumentListAction::Remove(all()),
    ];
    each_is_one_step(&mut session, actions);
    assert_eq!(listed(&session), [3, 1]);
    session.undo();
    assert_eq!(listed(&session), [3, 1, 0, 2, 4]);
    assert_eq!(session.status(&id(4)), Status::Done);
}

#[test]
fn documents_that_are_not_read_yet_are_read_before_they_change() {
    let (_dir, session) = five();
    let root = root_of(&session).to_owned();
    let mut session = {
        let mut session = session;
        session.save_now().unwrap();
        drop(session);
        Session::open(&root, demarche::session::Env::fixed(START)).unwrap()
    };
    session.finish_jobs();
    assert!(!session.project().document(&id(4)).unwrap().is_loaded());
    let count = steps(&session);
    session.perform(DocumentListAction::SetStatus(ids(&[3, 4]), Status::Done));
    session.finish_jobs();
    assert_eq!((session.status(&id(3)), session.status(&id(4))), (Status::Done, Status::Done));
    session.perform(DocumentListAction::Remove(ids(&[1, 2])));
    session.finish_jobs();
    assert_eq!((listed(&session), steps(&session)), (vec![0, 3, 4], count + 2));
}

#[test]
fn nothing_is_assigned_to_someone_whose_last_document_is_taken_away() {
    let (_dir, mut session) = five();
    let assign = |documents: &[usize], are_assigned| DocumentListAction::Assign {
        person: "ben".into(),
        documents: ids(documents),
        are_assigned,
    };
    session.perform(assign(&[1], true));
    let count = steps(&session);
    session.perform(assign(&[1], false));
    assert_eq!(steps(&session), count + 1);
    let bens = |session: &Session| session.project().annotator(&"ben".into()).unwrap().documents.clone();
    assert_eq!(bens(&session), Assignment::none(), "not all documents");
    session.undo();
    session.undo();
    assert_eq!(bens(&session), Assignment::All);
    session.perform(assign(&[1], false));
    assert_eq!(bens(&session), [0, 2, 3, 4].iter().map(|n| id(*n)).collect());
}

#[test]
fn the_list_is_sorted_by_title_date_progress_or_by_hand() {
    let (_dir, mut session) = five();
    assert_eq!(listed(&session), [0, 1, 2, 3, 4]);
    sort(&mut session, DocumentSort::Title, false);
    assert_eq!(listed(&session), [4, 1, 3, 2, 0], "numbers in titles count as numbers");
    sort(&mut session, DocumentSort::Title, true);
    assert_eq!(listed(&session), [0, 2, 3, 1, 4]);
    session.perform(DocumentListAction::SetDate(ids(&[0, 1, 2, 3, 4]), None));
    for (n, date) in [(0, "2026-03"), (3, "2025"), (4, "2026-03-02")] {
        session.perform(DocumentListAction::SetDate(ids(&[n]), Date::parse(date)));
    }
    sort(&mut session, DocumentSort::Date, false);
    assert_eq!(listed(&session), [3, 0, 4, 1, 2]);
    sort(&mut session, DocumentSort::Date, true);
    assert_eq!(listed(&session), [4, 0, 3, 1, 2], "without a date they stay last");
    sort(&mut session, DocumentSort::Progress, false);
    session.perform(DocumentListAction::SetStatus(ids(&[0, 1]), Status::Done));
    session.perform(DocumentListAction::SetStatus(ids(&[2]), Status::InProgress));
    assert_eq!(listed(&session), [3, 4, 2, 0, 1]);
    // The next document is the next one of the list.
    session.perform(NavigateAction::OpenDocument(id(4)));
    session.step_document(true);
    assert_eq!(session.view_state().document, Some(id(2)));
    session.next_unfinished();
    assert_eq!(session.view_state().document, Some(id(3)));
    let count = steps(&session);
    session.perform(DocumentListAction::MoveByRow { documents: ids(&[3]), is_down: true });
    assert_eq!(steps(&session), count, "only the order by hand can be changed by hand");
}

#[test]
fn documents_are_moved_past_those_that_are_listed() {
    let (_dir, mut session) = five();
    session.perform(DocumentListAction::MoveByRow { documents: ids(&[1, 3]), is_down: false });
    assert_eq!(listed(&session), [1, 3, 0, 2, 4], "what is chosen comes together");
    session.perform(DocumentListAction::Move(ids(&[0]), ListPlace::Before(id(0))));
    session.perform(DocumentListAction::MoveByRow { documents: ids(&[4]), is_down: true });
    assert_eq!(listed(&session), [1, 3, 0, 2, 4]);
    create(&mut session, "Some", &[1, 2, 4]);
    let some = DocumentFilter { set: Some(SetFilter::In("some".into())), ..DocumentFilter::default() };
    assert_eq!(filter(&mut session, some), [1, 2, 4]);
    session.perform(DocumentListAction::MoveByRow { documents: ids(&[1]), is_down: true });
    assert_eq!(listed(&session), [2, 1, 4]);
    assert_eq!(filter(&mut session, DocumentFilter::default()), [3, 0, 2, 1, 4]);
}

#[test]
fn the_list_is_filtered_by_text_set_person_and_status() {
    let (_dir, mut session) = five();
    create(&mut session, "Round one", &[1, 2]);
    session.perform(DocumentListAction::SetStatus(ids(&[2, 3]), Status::Done));
    let ben =
        DocumentListAction::Assign { person: "ben".into(), documents: ids(&[0, 3]), are_assigned: true };
    session.perform(ben);
    let any = DocumentFilter::default;
    let text = |text: &str| DocumentFilter { text: text.to_owned(), ..any() };
    assert_eq!(filter(&mut session, text("ROUND")), [0, 1, 2], "also by the name of a set");
    assert_eq!(filter(&mut session, text("round brief")), [1]);
    assert_eq!(filter(&mut session, text("ben")), [0, 3], "and by the people");
    let set = |set| DocumentFilter { set: Some(set), ..any() };
    assert_eq!(filter(&mut session, set(SetFilter::In("round-one".into()))), [1, 2]);
    assert_eq!(filter(&mut session, set(SetFilter::InNone)), [0, 3, 4]);
    let status = |status| DocumentFilter { status: Some(status), ..any() };
    assert_eq!(filter(&mut session, status(Status::Done)), [2, 3]);
    session.undo();
    session.redo();
    session.perform(DocumentListAction::SetStatus(ids(&[2]), Status::InProgress));
    assert_eq!(listed(&session), [3], "the list follows");
    let person = |id: &str| DocumentFilter { person: Some(id.into()), ..any() };
    assert_eq!(filter(&mut session, person("ben")), [0, 3]);
    assert_eq!(filter(&mut session, person("ana")), [2, 3], "those with a layer of theirs");
    assert_eq!(filter(&mut session, DocumentFilter { status: Some(Status::New), ..person("ben") }), [0, 3]);
    // Without the set, its filter ends.
    filter(&mut session, set(SetFilter::In("round-one".into())));
    session.perform(DocumentSetAction::Remove("round-one".into()));
    assert!(session.document_list().filter().is_empty());
    assert_eq!(listed(&session).len(), 5);
}

#[test]
fn only_what_is_listed_is_chosen() {
    let (_dir, mut session) = five();
    session.perform(NavigateAction::OpenDocument(id(1)));
    session.perform(DocumentListAction::ExtendChosen(id(3)));
    assert_eq!(chosen(&session), [1, 2, 3]);
    session.perform(DocumentListAction::ToggleChosen(id(2)));
    assert_eq!(chosen(&session), [1, 3]);
    session.perform(DocumentListAction::Step { by: 1, extend: true });
    assert_eq!(chosen(&session), [2, 3]);
    session.perform(DocumentListAction::Step { by: isize::MAX, extend: false });
    assert_eq!(chosen(&session), [4]);
    session.perform(DocumentListAction::Step { by: 1, extend: false });
    assert_eq!(chosen(&session), [4], "the list has ends");
    session.perform(DocumentListAction::ChooseAll);
    sort(&mut session, DocumentSort::Title, false);
    assert_eq!(chosen(&session), [4, 1, 3, 2, 0], "in the order of the list");
    filter(&mut session, DocumentFilter { text: "round".to_owned(), ..DocumentFilter::default() });
    assert_eq!(chosen(&session), [2, 0]);
    assert_eq!(session.chosen_with(&id(0)), ids(&[2, 0]));
    assert_eq!(session.chosen_with(&id(4)), ids(&[4]));
    session.perform(DocumentListAction::Remove(ids(&[0])));
    assert_eq!(chosen(&session), [2]);
}

#[test]
fn a_killed_session_has_its_sets_and_its_order() {
    let (_dir, mut session) = five();
    session.save_now().unwrap();
    create(&mut session, "Round one", &[0, 2]);
    session.perform(DocumentSetAction::TakeOut("round-one".into(), ids(&[0])));
    session.perform(DocumentListAction::Move(ids(&[4]), ListPlace::Before(id(0))));
    let (_copy, root) = killed(&session);
    let again = open(&root);
    assert_eq!((members(&again, "round-one"), listed(&again)), (vec![2], vec![4, 0, 1, 2, 3]));
    let (history, _) = read_history(&Folder::new(&root)).unwrap();
    let last = history.iter().rev().take(3).map(|step| step.changes.len()).collect::<Vec<_>>();
    assert_eq!(last, [1, 1, 2]);
}

#[test]
fn steps_can_be_undone_in_the_next_session() {
    let (_dir, mut session) = five();
    session.save_now().unwrap();
    let before = without_history(files(root_of(&session)));
    create(&mut session, "Round one", &[0, 2]);
    session.perform(DocumentListAction::Move(ids(&[4]), ListPlace::Before(id(0))));
    session.perform(DocumentListAction::Remove(ids(&[0, 2])));
    session.finish_jobs();
    session.save_now().unwrap();
    let root = root_of(&session).to_owned();
    drop(session);
    let mut again = open_later(&root);
    (0..3).for_each(|_| again.undo());
    again.save_now().unwrap();
    assert_eq!(without_history(files(&root)), before);
}

#[test]
fn the_order_of_the_list_is_the_users_and_not_the_projects() {
    let (_dir, mut session) = five();
    sort(&mut session, DocumentSort::Date, true);
    session.save_now().unwrap();
    session.tick();
    session.finish_jobs();
    let shared = files(root_of(&session));
    let root = root_of(&session).to_owned();
    drop(session);
    let again = open(&root);
    assert_eq!(again.document_list().order(), DocumentOrder { by: DocumentSort::Date, descending: true });
    assert_eq!(files(&root), shared);
}

#[test]
fn another_persons_set_and_order_arrive() {
    let (_dir, mut session) = five();
    session.save_now().unwrap();
    let mut other = open(root_of(&session));
    assert!(other.read_only().is_some());
    create(&mut session, "Round one", &[0]);
    session.perform(DocumentListAction::Move(ids(&[4]), ListPlace::Before(id(0))));
    session.save_now().unwrap();
    for _ in 0..200 {
        other.tick();
        if !other.project().document_sets().is_empty() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(25));
    }
    assert_eq!((members(&other, "round-one"), listed(&other)), (vec![0], vec![4, 0, 1, 2, 3]));
}

#[test]
fn the_filter_of_the_window_and_saved_views_follow_the_name_of_a_set() {
    let (_dir, mut session) = five();
    create(&mut session, "Round one", &[0]);
    session.perform(NavigateAction::OpenDocument(id(0)));
    tag(&mut session, "One", "threat");
    session.perform(NavigateAction::OpenDocument(id(1)));
    tag(&mut session, "Two", "threat");
    session.perform(FilterAction::Set("set:\"Round one\"".to_owned()));
    session.finish_jobs();
    assert_eq!(session.passage_table().len(), 1);
    session.perform(DocumentSetAction::Add("round-one".into(), ids(&[1])));
    session.finish_jobs();
    assert_eq!(session.passage_table().len(), 2, "what passes follows the members");
    session.perform(DocumentSetAction::Rename("round-one".into(), "First round".to_owned()));
    assert_eq!(session.filter(), "set:\"First round\"");
}

#[test]
fn ten_thousand_documents_are_arranged_between_two_frames() {
    let texts: Vec<String> = (0..10_000).map(|n| format!("Text {n}.\n")).collect();
    let (_dir, root) = small_in(in_memory(), &texts.iter().map(String::as_str).collect::<Vec<_>>());
    let mut session = Session::open(&root, demarche::session::Env::fixed(START)).unwrap();
    session.finish_jobs();
    let mut slowest_ms = 0;
    let actions = [
        DocumentListAction::Sort(DocumentOrder { by: DocumentSort::Title, descending: true }),
        DocumentListAction::Sort(DocumentOrder { by: DocumentSort::Progress, descending: false }),
        DocumentListAction::Filter(DocumentFilter { text: "d09".to_owned(), ..DocumentFilter::default() }),
        DocumentListAction::Filter(DocumentFilter::default()),
        DocumentListAction::ChooseAll,
        DocumentListAction::Step { by: 1, extend: false },
    ];
    for action in actions {
        let started = std::time::Instant::now();
        session.perform(action.clone());
        let took_ms = started.elapsed().as_millis();
        println!("{took_ms} ms: {action:?}");
        slowest_ms = slowest_ms.max(took_ms);
    }
    // Without optimisation, and while other tests run.
    assert!(slowest_ms < 1_000, "{slowest_ms} ms");
    tag(&mut session, "Text", "threat");
    let started = std::time::Instant::now();
    session.undo();
    println!("undo of a tag: {} µs", started.elapsed().as_micros());
}
