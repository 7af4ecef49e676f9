//! The Board: whose work it shows, what its cells open, and what those see who have not tagged.

use std::path::PathBuf;

use demarche::analysis::agreement::{PairMeasure, Undefined};
use demarche::model::*;
use demarche::session::{
    AnnotateAction, BoardAction, BoardOrder, BoardSort, DocumentAction, NavigateAction, ReturnedDocument,
    ReviewAction, Screen, Session, Shown,
};
use tempfile::TempDir;

use crate::support::session::{open, tag, works_here};
use crate::support::talks::written;
use crate::support::team::{Work, team};

/// Ana and Ben are done with the first document and differ in an offer. All have done the second alike. Cem has begun the third.
/// Nobody has begun the fourth.
const DOCUMENTS: [&[Work]; 4] = [
    &[("ana", Status::Done, &[0, 1]), ("ben", Status::Done, &[0])],
    &[("ana", Status::Done, &[0, 2]), ("ben", Status::Done, &[0, 2]), ("cem", Status::Done, &[0, 2])],
    &[("cem", Status::InProgress, &[1])],
    &[],
];

fn folder(project: &Project, who: &str) -> (TempDir, PathBuf) {
    let (dir, root) = written(project);
    works_here(&root, who);
    (dir, root)
}

/// The board as one of them sees it.
fn board_of(who: &str, is_blind: bool) -> (TempDir, Session) {
    let (dir, root) = folder(&team(&DOCUMENTS).with_blind(is_blind), who);
    let mut session = open(&root);
    show(&mut session);
    (dir, session)
}

fn show(session: &mut Session) {
    session.show_screen(Screen::Board);
    session.tick();
    session.finish_jobs();
}

fn ids(ids: &[&str]) -> Vec<AnnotatorId> {
    ids.iter().map(AnnotatorId::new).collect()
}

fn d(number: usize) -> DocumentId {
    DocumentId::new(format!("d{number:03}"))
}

/// The documents in the order of the rows.
fn rows(session: &Session) -> Vec<String> {
    let board = session.board().board().unwrap();
    session.board().rows().iter().map(|at| board.documents()[*at].id().to_string()).collect()
}

#[test]
fn a_lead_sees_everyone_who_tags() {
    let (_dir, session) = board_of("lena", false);
    let board = session.board().board().unwrap();
    assert_eq!(board.coders(), ids(&["ana", "ben", "cem"]), "neither the lead nor the reviewer");
    let facts: Vec<_> = board.work().iter().map(|work| (work.assigned, work.done, work.spans)).collect();
    assert_eq!(facts, [(4, 2, 4), (4, 2, 3), (4, 1, 3)]);
    let progress: Vec<_> = board.progress().iter().map(|of| (of.assigned, of.done, of.begun)).collect();
    assert_eq!(progress, [(3, 2, 0), (3, 3, 0), (3, 0, 1), (3, 0, 0)]);
    let open: Vec<_> = board.documents().iter().map(|work| work.open_differences()).collect();
    assert_eq!(open, [Some(1), Some(0), None, None]);
    let agreement = session.board().agreement().unwrap();
    assert_eq!(agreement.measure(), PairMeasure::F1Overlap);
    assert_eq!(agreement.document(&d(1)).unwrap(), Ok(2.0 / 3.0));
    assert_eq!((agreement.document(&d(2)).unwrap(), agreement.document(&d(3))), (Ok(1.0), None));
    assert_eq!(agreement.pair(0, 1).unwrap().value, Ok(6.0 / 7.0));
    assert!(session.board_agreement_is_fresh());
}

#[test]
fn every_cell_opens_what_it_is_about() {
    let (_dir, mut session) = board_of("lena", false);
    session.perform(BoardAction::OpenLayer(d(3), "cem".into()));
    assert_eq!((session.screen(), session.shown()), (Screen::Annotate, &Shown::One("cem".into())));
    assert_eq!(session.view_state().document, Some(d(3)));
    session.perform(BoardAction::OpenDifferences(d(1)));
    assert_eq!((session.screen(), &session.view_state().document), (Screen::Compare, &Some(d(1))));
    assert_eq!(session.compared(&d(1)).unwrap().tally().open(), 1, "the number on the board");
    session.perform(BoardAction::OpenPair("ben".into(), "cem".into()));
    assert_eq!(session.screen(), Screen::Agreement);
    assert_eq!(session.agreement_annotators(), ids(&["ben", "cem"]));
}

#[test]
fn a_coder_who_works_blind_sees_their_own_work_alone() {
    let (_dir, mut session) = board_of("cem", true);
    let board = session.board().board().unwrap().clone();
    assert_eq!(board.coders(), ids(&["cem"]));
    assert!(board.documents().iter().all(|work| work.open_differences().is_none()));
    assert!(session.board().agreement().is_none() && session.board_is_mine_alone());
    let own = session.board().to_do();
    assert_eq!((&own.begun, &own.new, own.done), (&vec![d(3)], &vec![d(1), d(4)], 1));
    assert_eq!((own.next(), own.left()), (Some(&d(3)), 3));
    session.perform(BoardAction::OpenLayer(d(1), "ana".into()));
    assert_eq!(session.screen(), Screen::Board, "Ana's layer stays hidden");
    session.perform(BoardAction::OpenLayer(d(4), "cem".into()));
    assert_eq!((session.screen(), session.shown()), (Screen::Annotate, &Shown::Mine));
    // A reviewer sees everything even so, and has no document to tag.
    let (_dir, session) = board_of("rita", true);
    assert_eq!(session.board().to_do().next(), None);
    assert_eq!(session.board().board().unwrap().coders().len(), 3);
    assert!(session.board().agreement().is_some());
}

#[test]
fn documents_are_sorted_by_what_needs_attention() {
    let (_dir, mut session) = board_of("lena", false);
    let mut sorted = |by: BoardSort| {
        let first = BoardOrder::default().clicked(by);
        session.perform(BoardAction::Sort(first));
        session.tick();
        let rows = rows(&session);
        session.perform(BoardAction::Sort(first.clicked(by)));
        session.tick();
        (rows, self::rows(&session))
    };
    let (up, down) = sorted(BoardSort::Title);
    assert_eq!(
        (up, down),
        (texts(["d001", "d002", "d003", "d004"]), texts(["d004", "d003", "d002", "d001"]))
    );
    assert_eq!(sorted(BoardSort::Progress).0, texts(["d004", "d003", "d001", "d002"]));
    assert_eq!(sorted(BoardSort::Differences).0, texts(["d001", "d002", "d003", "d004"]));
    assert_eq!(
        sorted(BoardSort::Agreement),
        (texts(["d001", "d002", "d003", "d004"]), texts(["d002", "d001", "d003", "d004"]),)
    );
}

fn texts<const N: usize>(ids: [&str; N]) -> Vec<String> {
    ids.map(str::to_owned).to_vec()
}

#[test]
fn figures_follow_an_edit_and_the_measure() {
    let (_dir, mut session) = board_of("cem", false);
    session.perform(DocumentAction::SetStatus(d(3), Status::Done));
    session.tick();
    session.finish_jobs();
    assert_eq!(session.board().board().unwrap().work()[2].done, 2);
    assert!(session.board_agreement_is_fresh());
    session.perform(BoardAction::Measure(PairMeasure::CohenKappa));
    assert!(!session.board_agreement_is_fresh());
    session.tick();
    session.finish_jobs();
    let agreement = session.board().agreement().unwrap();
    assert_eq!(agreement.measure(), PairMeasure::CohenKappa);
    assert!(agreement.pair(0, 2).is_some_and(|pair| pair.value != Err(Undefined::NoDocument)));
}

#[test]
fn a_lead_who_has_not_tagged_sees_the_progress_of_all() {
    let (_dir, root) = folder(&team(&DOCUMENTS), "lena");
    let mut session = open(&root);
    assert!(session.oversees());
    assert_eq!(session.shown(), &Shown::Everyone);
    assert_eq!(session.totals().spans, 10);
    let listed = |session: &Session| [1, 2, 3, 4].map(|number| session.listed_status(&d(number)));
    use Status::{Done, InProgress, New};
    assert_eq!(listed(&session), [InProgress, Done, InProgress, New]);
    // Their own status is still theirs.
    assert_eq!(session.status(&d(2)), New);
    session.perform(NavigateAction::OpenDocument(d(4)));
    session.perform(NavigateAction::Show(Shown::Mine));
    tag(&mut session, "The talks end", "threat");
    assert!(!session.oversees());
    assert_eq!(listed(&session), [New, New, New, InProgress], "the lead tags, too");
    session.undo();
    assert!(session.oversees());
    // An annotator begins with their own.
    works_here(&root, "ana");
    let session = open(&root);
    assert_eq!((session.oversees(), session.shown()), (false, &Shown::Mine));
    assert_eq!(listed(&session), [Done, Done, New, New]);
}

#[test]
fn reviewers_and_leads_are_compared_once_they_have_tagged() {
    let (_dir, root) = folder(&team(&DOCUMENTS), "rita");
    let mut session = open(&root);
    assert_eq!(session.compared_people(), ids(&["ana", "ben", "cem"]));
    session.perform(NavigateAction::OpenDocument(d(4)));
    session.perform(NavigateAction::Show(Shown::Mine));
    let span = tag(&mut session, "The talks end", "threat");
    assert_eq!(session.compared_people(), ids(&["rita", "ana", "ben", "cem"]));
    show(&mut session);
    assert_eq!(session.board().board().unwrap().coders(), ids(&["rita", "ana", "ben", "cem"]));
    session.show_screen(Screen::Annotate);
    session.perform(AnnotateAction::Remove(vec![span]));
    assert_eq!(session.compared_people(), ids(&["ana", "ben", "cem"]));
}

#[test]
fn a_returned_document_is_to_do_until_its_coder_is_done_with_it_again() {
    let (_dir, root) = folder(&team(&DOCUMENTS), "lena");
    let mut lena = open(&root);
    lena.perform(NavigateAction::OpenDocument(d(2)));
    lena.perform(ReviewAction::Return { annotator: "cem".into(), reason: "the annex".to_owned() });
    lena.save_now().unwrap();
    drop(lena);
    works_here(&root, "cem");
    let mut cem = open(&root);
    show(&mut cem);
    let returned =
        ReturnedDocument { id: d(2), unread: 0, by: Some(("lena".into(), "the annex".to_owned())) };
    let list = cem.board().to_do().clone();
    assert_eq!((cem.status(&d(2)), &list.returned), (Status::InProgress, &vec![returned]));
    assert_eq!((&list.begun, &list.new, list.done, list.left()), (&vec![d(3)], &vec![d(1), d(4)], 0, 4));
    assert_eq!(list.next(), Some(&d(2)), "what came back is first");
    cem.perform(DocumentAction::SetStatus(d(2), Status::Done));
    show(&mut cem);
    let list = cem.board().to_do();
    assert_eq!((list.returned.len(), list.done, list.left()), (0, 1, 3));
}
