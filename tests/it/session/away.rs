//! A project whose folder or lock is not where it was: gone for a while, moved, replaced, changed by others just before
//! the window watches it.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};

use demarche::io::disk::DiskFault;
use demarche::io::project::{Folder, Locking, lock};
use demarche::model::{Date, Edit, Stamp, TextRange};
use demarche::session::{
    AnalysisNotesAction, AnnotateAction, Closing, Env, NavigateAction, ProjectAction, Session, SessionError,
    TextSelection,
};

use super::faults::{Desk, EACCES, ENOSPC, EROFS, fault, journal_outside};
use crate::support::outage::Outage;
use crate::support::project::files;
use crate::support::session::*;
use crate::support::wait::until;

/// A session with unsaved work, whose drive was disconnected and connected again: the system has forgotten the lock.
fn connected_again(desk: &Desk, meanwhile: impl FnOnce()) -> Session {
    let mut session = desk.open();
    desk.disk.begin(Outage::Gone);
    tag(&mut session, "talks", "threat");
    desk.pass(&mut session, 2);
    assert_eq!(fault(&session).0, DiskFault::Gone);
    for file in ["lock-ana", "holder-ana.ron"] {
        fs::remove_file(desk.root.join(".demarche").join(file)).unwrap();
    }
    meanwhile();
    desk.disk.end();
    desk.pass(&mut session, 15);
    session
}

#[test]
#[cfg(target_os = "linux")]
fn the_lock_is_taken_again_when_the_folder_is_back() {
    let desk = Desk::new();
    let session = connected_again(&desk, || {});
    assert!(!session.has_unsaved() && session.read_only().is_none());
    let other = lock(&Folder::new(desk.root.as_path()), "ana", Stamp(9)).unwrap();
    assert!(matches!(other, Locking::Held(_)), "{other:?}");
    desk.is_saved(&["talks"]);
}

#[test]
#[cfg(target_os = "linux")]
fn a_lock_that_another_program_took_meanwhile_is_respected() {
    let desk = Desk::new();
    let folder = Folder::new(desk.root.as_path());
    let mut other = None;
    let mut session = connected_again(&desk, || other = Some(lock(&folder, "ana", Stamp(9)).unwrap()));
    assert!(matches!(other, Some(Locking::Taken(_))));
    assert!(session.waits_for_lock() && session.has_unsaved());
    assert!(matches!(session.save_now(), Err(SessionError::LockLost(_))));
    assert!(!files(&desk.root).contains_key("layers/ana/d001.ron"), "nothing is written without the lock");
    assert_eq!(passages(&session).len(), 1);
    let renaming = Edit::SetName { to: "Other".to_owned() };
    assert!(!session.edit("rename", renaming), "the project is read-only");
    let holder = fs::read(desk.root.join(".demarche/holder-ana.ron")).unwrap();
    let name = session.me().to_string();
    drop(other);
    desk.pass(&mut session, 2);
    assert!(session.may_take_over());
    session.perform(ProjectAction::WorkAs { name });
    session.save_now().unwrap();
    desk.is_saved(&["talks"]);
    assert_ne!(fs::read(desk.root.join(".demarche/holder-ana.ron")).unwrap(), holder);
}

#[test]
#[cfg(unix)]
fn a_journal_on_this_computer_is_found_after_the_folder_was_moved_and_not_by_a_copy() {
    let desk = Desk::new();
    let mut session = desk.open();
    desk.disk.begin(Outage::Writes(ENOSPC));
    tag(&mut session, "talks", "threat");
    let outside = journal_outside(&session);
    drop(session);
    let (moved, copy) = (desk.root.with_file_name("moved"), desk.root.with_file_name("copy"));
    let copied = Command::new("cp").arg("-a").args([&desk.root, &copy]).status().unwrap();
    assert!(copied.success());
    fs::rename(&desk.root, &moved).unwrap();
    assert_eq!(passages(&open(&copy)).len(), 0, "a copy is another project");
    assert!(outside.exists());
    let session = open(&moved);
    assert_eq!(passages(&session).len(), 1);
    assert!(!outside.exists() && !session.has_unsaved());
}

/// A session whose lock was taken while everything was in order, and which then lost its lock file.
fn without_lock_file(desk: &Desk, replace: impl FnOnce(&Path)) -> Session {
    let mut session = desk.open();
    let file = desk.root.join(".demarche/lock-ana");
    fs::remove_file(&file).unwrap();
    replace(&file);
    tag(&mut session, "talks", "threat");
    desk.pass(&mut session, 2);
    session
}

#[test]
#[cfg(target_os = "linux")]
fn a_lock_whose_file_was_removed_or_replaced_is_taken_again() {
    let empty = |path: &Path| fs::write(path, "").unwrap();
    for replace in [(|_: &Path| ()) as fn(&Path), empty] {
        let desk = Desk::new();
        let session = without_lock_file(&desk, replace);
        assert!(!session.has_unsaved() && session.read_only().is_none());
        let other = lock(&Folder::new(desk.root.as_path()), "ana", Stamp(9)).unwrap();
        assert!(matches!(other, Locking::Held(_)), "{other:?}");
        desk.is_saved(&["talks"]);
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_lock_file_that_another_program_has_created_and_locked_is_respected() {
    let desk = Desk::new();
    let mut other = None;
    let root = desk.root.clone();
    let session = without_lock_file(&desk, |_| {
        fs::remove_file(root.join(".demarche/holder-ana.ron")).unwrap();
        other = Some(lock(&Folder::new(root.as_path()), "ana", Stamp(9)).unwrap());
    });
    assert!(matches!(other, Some(Locking::Taken(_))));
    assert!(session.waits_for_lock() && session.has_unsaved());
    assert!(!files(&desk.root).contains_key("layers/ana/d001.ron"), "nothing is written without the lock");
}

#[test]
#[cfg(target_os = "linux")]
fn a_folder_in_the_place_of_the_lock_keeps_no_work_from_being_saved() {
    let desk = Desk::new();
    let session = without_lock_file(&desk, |file| fs::create_dir(file).unwrap());
    assert!(!session.has_unsaved() && session.read_only().is_none());
    drop(session);
    let session = open(&desk.root);
    assert!(session.read_only().is_some(), "nobody can have the lock");
    fs::remove_dir(desk.root.join(".demarche/lock-ana")).unwrap();
    drop(session);
    desk.is_saved(&["talks"]);
}

#[test]
#[cfg(unix)]
fn a_folder_that_comes_back_read_only_is_saved_once_it_can_be_written() {
    for code in [EROFS, EACCES] {
        let desk = Desk::new();
        let mut session = desk.open();
        desk.disk.begin(Outage::Gone);
        tag(&mut session, "talks", "threat");
        desk.pass(&mut session, 2);
        assert_eq!(fault(&session).0, DiskFault::Gone);
        desk.disk.begin(Outage::Writes(code));
        desk.pass(&mut session, 15);
        let expected = if code == EROFS { DiskFault::ReadOnly } else { DiskFault::Denied };
        assert_eq!(fault(&session).0, expected);
        desk.disk.end();
        desk.pass(&mut session, 15);
        assert!(!session.has_unsaved() && session.faults().is_empty());
        desk.is_saved(&["talks"]);
    }
}

/// A project with a step in a journal on this computer, and the path of that.
fn with_journal_outside(desk: &Desk) -> std::path::PathBuf {
    let mut session = desk.open();
    desk.disk.begin(Outage::Writes(ENOSPC));
    tag(&mut session, "talks", "threat");
    journal_outside(&session)
}

#[test]
#[cfg(unix)]
fn a_journal_on_this_computer_is_found_below_another_parent() {
    let desk = Desk::new();
    let outside = with_journal_outside(&desk);
    let moved = desk.root.parent().unwrap().join("one/two/renamed");
    fs::create_dir_all(moved.parent().unwrap()).unwrap();
    fs::rename(&desk.root, &moved).unwrap();
    let session = open(&moved);
    assert_eq!(passages(&session).len(), 1);
    assert!(!outside.exists() && !session.has_unsaved());
}

#[test]
#[cfg(unix)]
fn a_journal_on_this_computer_is_found_by_the_copy_that_has_replaced_the_folder() {
    let desk = Desk::new();
    let outside = with_journal_outside(&desk);
    let away = desk.root.with_file_name("away");
    fs::rename(&desk.root, &away).unwrap();
    assert!(Command::new("cp").arg("-a").args([&away, &desk.root]).status().unwrap().success());
    fs::remove_dir_all(&away).unwrap();
    let session = open(&desk.root);
    assert_eq!(passages(&session).len(), 1);
    assert!(!outside.exists() && !session.has_unsaved());
}

#[test]
#[cfg(unix)]
fn another_project_in_the_same_place_gets_no_journal_of_the_earlier_one() {
    let desk = Desk::new();
    let outside = with_journal_outside(&desk);
    fs::remove_dir_all(&desk.root).unwrap();
    let (dir, root) = small(&["Norvania will suspend the talks.\n"]);
    assert!(Command::new("cp").arg("-a").args([&root, &desk.root]).status().unwrap().success());
    drop(dir);
    assert_eq!(passages(&open(&desk.root)).len(), 0);
    assert!(outside.exists());
}

/// Writes a layer of Ben's into a copy of a project, and returns the path of the copy.
fn copy_of_ben(root: &Path) -> std::path::PathBuf {
    let copy = root.with_file_name("ben");
    assert!(Command::new("cp").arg("-a").args([root, &copy]).status().unwrap().success());
    works_here(&copy, "ben");
    let mut ben = open(&copy);
    tag(&mut ben, "talks", "threat");
    ben.save_now().unwrap();
    copy
}

/// Ben's changes to a project: a file that changes, one that appears in a new folder, and one that vanishes.
fn change_as_ben(root: &Path, copy: &Path) {
    let project = fs::read_to_string(root.join("project.ron")).unwrap();
    fs::write(root.join("project.ron"), project.replacen("\"Small\"", "\"Changed\"", 1)).unwrap();
    fs::create_dir_all(root.join("layers/ben")).unwrap();
    fs::copy(copy.join("layers/ben/d001.ron"), root.join("layers/ben/d001.ron")).unwrap();
    fs::remove_file(root.join("views/ben/calendar.ron")).unwrap();
}

/// A project in which Ben has an event, and a copy in which he has a layer.
fn with_calendar_of_ben() -> (tempfile::TempDir, std::path::PathBuf, std::path::PathBuf) {
    let (dir, root) = small(&["Norvania will suspend the talks.\n"]);
    let copy = copy_of_ben(&root);
    let mut ben = open_later(&copy);
    let phase = AnalysisNotesAction::AddPhase {
        name: "First round".to_owned(),
        from: date("2026-03-04"),
        to: date("2026-03"),
    };
    ben.perform(phase);
    ben.save_now().unwrap();
    fs::create_dir_all(root.join("views/ben")).unwrap();
    fs::copy(copy.join("views/ben/calendar.ron"), root.join("views/ben/calendar.ron")).unwrap();
    (dir, root, copy)
}

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn has_followed(session: &Session) -> bool {
    let notes = session.project().analysis_notes_of(&"ben".into());
    session.project().name() == "Changed"
        && passages(session) == ["ben threat: talks"]
        && notes.is_none_or(|notes| notes.parts().count() == 0)
}

#[test]
fn what_changes_while_a_project_is_opened_is_followed() {
    let (_dir, root, copy) = with_calendar_of_ben();
    let is_done = AtomicBool::new(false);
    let (at, from) = (root.clone(), copy.clone());
    // The clock is read once the project was read, before its lock is taken.
    let env = Env::fixed(START).with_clock(move || {
        if !is_done.swap(true, Ordering::SeqCst) {
            change_as_ben(&at, &from);
        }
        START
    });
    let mut session = Session::open(&root, env).unwrap();
    until(&mut session, "Ben's changes are followed", has_followed);
}

#[test]
fn what_changes_right_after_a_project_was_opened_is_followed() {
    let (_dir, root, copy) = with_calendar_of_ben();
    let mut session = Session::open(&root, Env::fixed(START)).unwrap();
    change_as_ben(&root, &copy);
    until(&mut session, "Ben's changes are followed", has_followed);
}

#[test]
#[cfg(unix)]
fn what_changes_while_the_folder_is_gone_is_followed() {
    let (_dir, root, copy) = with_calendar_of_ben();
    let mut session = open(&root);
    let away = root.with_file_name("away");
    fs::rename(&root, &away).unwrap();
    change_as_ben(&away, &copy);
    // Another folder in its place, which the system does not report.
    assert!(Command::new("cp").arg("-a").args([&away, &root]).status().unwrap().success());
    until(&mut session, "Ben's changes are followed", has_followed);
}

#[test]
fn a_session_that_is_closed_on_another_thread_loses_nothing() {
    let (_dir, root) = small(&[&"talks ".repeat(400)]);
    let mut session = open(&root);
    for at in 0..300 {
        let range = TextRange { start: 6 * at, end: 6 * at + 5 };
        session.perform(NavigateAction::SelectText(TextSelection::over(range)));
        session.perform(AnnotateAction::Tag("threat".into()));
    }
    assert!(session.has_unsaved());
    let mut closing = Closing::default();
    closing.add(session);
    closing.wait();
    let session = open_later(&root);
    assert_eq!(passages(&session).len(), 300);
    assert_eq!(session.read_only(), None, "the lock is free");
}
