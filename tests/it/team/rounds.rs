//! Frozen rounds in a session, *Done* as a lock, and documents that a lead returns.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use demarche::io::project::{FileKey, Folder, Rounds, check};
use demarche::model::*;
use demarche::session::{
    AnnotateAction, DocumentAction, DocumentListAction, ProjectAction, ReviewAction, RoundAction, Screen,
    Session,
};
use tempfile::TempDir;

use crate::support::session::*;
use crate::support::wait::until;

const TEXT: &str = "Norvania will suspend the talks. The fee must come down.";

fn bytes(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut left = vec![folder.to_owned()];
    while let Some(at) = left.pop() {
        for entry in fs::read_dir(at).unwrap().flatten() {
            match entry.path().is_dir() {
                true => left.push(entry.path()),
                false => drop(files.insert(entry.path(), fs::read(entry.path()).unwrap())),
            }
        }
    }
    files
}

fn freeze(session: &mut Session) {
    session.perform(RoundAction::Freeze { note: "first".to_owned() });
    let folder = session.folder().clone();
    let is_frozen = move |_: &Session| !Rounds::read(&folder).unwrap().rounds.is_empty();
    until(session, "the round is frozen", is_frozen);
    session.finish_jobs();
}

#[test]
fn a_round_keeps_what_was_not_saved_yet_and_opens_read_only() {
    let (_dir, mut session) = desk(&[TEXT]);
    tag(&mut session, "talks", "threat");
    freeze(&mut session);
    let root = session.folder().root().to_owned();
    let round = root.join("rounds/r1-ana");
    let before = bytes(&round);
    assert!(before.keys().any(|path| path.ends_with("layers/ana/d001.ron")));
    tag(&mut session, "fee", "demand");
    session.save_now().unwrap();
    session.show_screen(Screen::Agreement);
    session.tick();
    session.finish_jobs();
    assert_eq!(session.rounds().len(), 1);
    session.perform(RoundAction::Show(Some(session.rounds()[0].id.clone())));
    let path = session.round_to_open().unwrap().to_owned();
    drop(session);

    let mut frozen = open_later(&path);
    assert_eq!(passages(&frozen), ["ana threat: talks"]);
    assert_eq!(frozen.open_round().unwrap().to_string(), "r1-ana");
    assert!(frozen.read_only().is_some() && frozen.adjudication_refusal().is_some());
    select(&mut frozen, "fee");
    frozen.perform(AnnotateAction::Tag("demand".into()));
    assert_eq!(passages(&frozen), ["ana threat: talks"]);
    frozen.save_local_state();
    frozen.perform(RoundAction::Show(None));
    assert_eq!(frozen.round_to_open(), Some(root.as_path()));
    drop(frozen);
    assert_eq!(bytes(&round), before, "a round is never written");
    assert_eq!(passages(&open_later(&root)).len(), 2);
}

#[test]
fn the_texts_of_a_round_stay_when_their_document_is_removed() {
    let (_dir, mut session) = desk(&[TEXT, "A second text of talks."]);
    tag(&mut session, "suspend", "threat");
    freeze(&mut session);
    session.perform(DocumentListAction::Remove(vec!["d001".into()]));
    session.save_now().unwrap();
    let root = session.folder().root().to_owned();
    drop(session);
    assert!(root.join("documents/d001.txt").exists() && !root.join("layers/ana/d001.ron").exists());
    assert_eq!(check(&Folder::new(&root)).unwrap(), []);
    assert_eq!(passages(&open_later(&root.join("rounds/r1-ana"))), ["ana threat: suspend"]);
}

#[test]
fn done_is_a_lock_that_the_owner_opens_with_one_click_if_there_is_no_lead() {
    let (_dir, mut session) = desk(&[TEXT]);
    let talks = tag(&mut session, "talks", "threat");
    session.toggle_done();
    let steps_before = steps(&session);
    select(&mut session, "fee");
    session.perform(AnnotateAction::Tag("demand".into()));
    session.perform(AnnotateAction::SetCategory { at: vec![talks.clone()], category: "demand".into() });
    session.perform(AnnotateAction::Remove(vec![talks]));
    assert_eq!((passages(&session), steps(&session)), (vec!["ana threat: talks".to_owned()], steps_before));
    let offered = session.notices().iter().find_map(|notice| notice.reopens.clone()).unwrap();
    session.perform(DocumentAction::SetStatus(offered, Status::InProgress));
    tag(&mut session, "fee", "demand");
    assert_eq!(passages(&session).len(), 2);
    // Undo goes back through the same states.
    session.undo();
    session.undo();
    assert_eq!(session.status(&"d001".into()), Status::Done);
    session.undo();
    assert_eq!((session.status(&"d001".into()), passages(&session).len()), (Status::InProgress, 1));
    session.undo();
    assert_eq!(passages(&session).len(), 0);
}

/// Ana's session, and that of Ben, who leads, in one folder.
fn with_lead() -> (TempDir, Session, Session) {
    let (dir, root) = small(&[TEXT]);
    let mut ben = open_later(&root);
    ben.perform(ProjectAction::WorkAs { name: "Ben".to_owned() });
    let people = ben.project().annotators().iter().map(|person| match person.id.as_str() {
        "ben" => Annotator { role: Role::Lead, ..person.clone() },
        _ => person.clone(),
    });
    ben.perform(ProjectAction::SetPeople(people.collect()));
    ben.save_now().unwrap();
    works_here(&root, "ana");
    let ana = open(&root);
    assert_eq!((ana.me().as_str(), ben.me().as_str()), ("ana", "ben"));
    std::thread::sleep(std::time::Duration::from_millis(150));
    (dir, ana, ben)
}

fn status_of_ana(session: &Session) -> Status {
    let layer = LayerId::new(&"d001".into(), &"ana".into());
    session.project().layer(&layer).map_or(Status::New, |layer| layer.status())
}

#[test]
fn a_lead_returns_a_document_once() {
    let (_dir, mut ana, mut ben) = with_lead();
    tag(&mut ana, "talks", "threat");
    ana.toggle_done();
    ana.save_now().unwrap();
    // Neither editing, nor the status, nor undo gets around the lock.
    ana.toggle_done();
    ana.undo();
    select(&mut ana, "fee");
    ana.perform(AnnotateAction::Tag("demand".into()));
    assert_eq!((status_of_ana(&ana), passages(&ana).len()), (Status::Done, 1));
    assert!(ana.notices().iter().all(|notice| notice.reopens.is_none()));

    until(&mut ben, "Ana's work comes", |ben| status_of_ana(ben) == Status::Done);
    assert_eq!(ben.returnable(), ["ana".into()]);
    ben.perform(ReviewAction::Return { annotator: "ana".into(), reason: "read the annex".to_owned() });
    ben.save_now().unwrap();
    until(&mut ana, "the document is returned", |ana| status_of_ana(ana) == Status::InProgress);
    assert!(ana.notices().iter().any(|notice| notice.text.contains("read the annex")));
    tag(&mut ana, "fee", "demand");
    ana.toggle_done();
    ana.save_now().unwrap();
    ana.tick();
    assert_eq!(status_of_ana(&ana), Status::Done, "a return is followed once");
    let root = ana.folder().root().to_owned();
    drop((ana, ben));
    works_here(&root, "ana");
    let mut again = open_later(&root);
    again.tick();
    assert_eq!(status_of_ana(&again), Status::Done);
    let review = fs::read_to_string(root.join("reviews/ben/d001.ron")).unwrap();
    assert!(review.starts_with("(\n    format: 3,") && review.contains("read the annex"));
    let history = fs::read_to_string(root.join("history/ana.log")).unwrap();
    assert!(history.contains("reopened by Ben: read the annex"));
    assert_eq!(check(&Folder::new(&root)).unwrap(), []);
}

#[test]
fn a_return_of_a_document_that_is_not_done_does_nothing() {
    let (_dir, mut ana, _ben) = with_lead();
    tag(&mut ana, "talks", "threat");
    ana.save_now().unwrap();
    let returned = Return { at: START, reason: String::new() };
    let mut review = Review::default();
    review.returns.insert("ana".into(), std::sync::Arc::new(returned));
    let folder = ana.folder().root().to_owned();
    let text = "(\n    format: 3,\n    document: \"d001\",\n    annotator: \"ben\",\n    decisions: [\n    ],\n    returns: [\n        \
                (annotator: \"ana\", at: \"2027-01-15T08:00:00Z\"),\n    ],\n)\n";
    let path = folder.join(FileKey::Review("d001".into(), "ben".into()).relative());
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, text).unwrap();
    until(&mut ana, "the return comes", |ana| {
        ana.project().document(&"d001".into()).unwrap().reviews.contains_key(&"ana".into())
    });
    ana.toggle_done();
    ana.tick();
    assert_eq!(status_of_ana(&ana), Status::Done);
    assert_eq!(
        ana.project().document(&"d001".into()).unwrap().reviews[&"ben".into()].returns,
        review.returns
    );
}
