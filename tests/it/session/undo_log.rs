//! The undo log is read and written off the thread of the window.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use demarche::session::{SaveState, Session};

use crate::support::held::Held;
use crate::support::project::files;
use crate::support::session::*;

const TEXT: &str = "Norvania will suspend the talks.\n";

fn log_of(root: &Path) -> PathBuf {
    root.join(".demarche/undo-ana.log")
}

/// A closed project with two steps in its undo log, and its files before these steps.
fn closed() -> (tempfile::TempDir, PathBuf, BTreeMap<String, String>) {
    let (dir, mut session) = desk(&[TEXT]);
    let root = root_of(&session).to_owned();
    let before = files(&root);
    tag(&mut session, "talks", "threat");
    tag(&mut session, "suspend", "demand");
    session.save_now().unwrap();
    (dir, root, before)
}

/// A session whose jobs start only when the test says so, except for those that read the text.
fn opened_without_log(root: &Path) -> (Session, Held) {
    let held = Held::default();
    held.hold();
    let session = Session::open(root, held.env()).unwrap();
    (session, held)
}

#[test]
fn the_log_is_read_by_a_job_and_its_steps_come_below_those_of_this_session() {
    let (_dir, root, before) = closed();
    let (mut session, held) = opened_without_log(&root);
    assert_eq!(steps(&session), 0, "opening does not wait for the log");
    session.edit("rename", demarche::model::Edit::SetName { to: "Other".to_owned() });
    session.save();
    assert_eq!(session.save_state(), SaveState::Changed, "the log is read before a file changes");
    held.release();
    session.finish_jobs();
    session.save_now().unwrap();
    session.read_all();
    assert_eq!(steps(&session), 3);
    assert_eq!(undo_label(&session), "rename");
    (0..3).for_each(|_| session.undo());
    session.save_now().unwrap();
    assert_eq!(files(&root), before);
    (0..3).for_each(|_| session.redo());
    assert_eq!((steps(&session), passages(&session).len()), (3, 2));
}

#[test]
fn steps_undone_in_an_earlier_session_can_be_redone_only_before_the_first_step_of_this_one() {
    let (_dir, root, _) = closed();
    let mut session = open(&root);
    session.undo();
    session.save_now().unwrap();
    drop(session);
    let (mut session, held) = opened_without_log(&root);
    held.release();
    session.finish_jobs();
    assert!(session.undo_stack().redo_label().is_some());
    drop(session);
    let (mut session, held) = opened_without_log(&root);
    session.edit("rename", demarche::model::Edit::SetName { to: "Other".to_owned() });
    session.undo();
    held.release();
    session.finish_jobs();
    assert_eq!((steps(&session), session.undo_stack().redo_label()), (1, Some("rename")));
}

#[test]
fn a_session_that_ends_before_the_log_is_read_leaves_it() {
    let (_dir, root, _) = closed();
    let log = fs::read(log_of(&root)).unwrap();
    let (session, _held) = opened_without_log(&root);
    drop(session);
    assert_eq!(fs::read(log_of(&root)).unwrap(), log);
    let (mut session, _held) = opened_without_log(&root);
    session.edit("rename", demarche::model::Edit::SetName { to: "Other".to_owned() });
    drop(session);
    assert_eq!(fs::read(log_of(&root)).unwrap(), log, "nor does one whose work is only in the journal");
}

#[test]
fn saving_writes_the_log_so_closing_does_not() {
    let (_dir, root, _) = closed();
    let mut session = open(&root);
    tag(&mut session, "Norvania", "offer");
    session.save();
    session.finish_jobs();
    assert_eq!(session.undo_stack().labels().count(), 3);
    fs::remove_file(log_of(&root)).unwrap();
    drop(session);
    assert!(!log_of(&root).exists(), "it had all steps");
    let mut session = open(&root);
    tag(&mut session, "will", "offer");
    session.save();
    session.finish_jobs();
    let log = fs::read(log_of(&root)).unwrap();
    drop(session);
    assert_eq!(fs::read(log_of(&root)).unwrap(), log);
    assert_eq!(steps(&open(&root)), 1);
}
