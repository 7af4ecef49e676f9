//! Saving a project in another folder, and going on there: also when its own folder is gone.

use std::fs;
use std::path::{Path, PathBuf};

use demarche::io::project::{Folder, check};
use demarche::session::{ProjectAction, SaveState, Session, Unwritten};

use crate::support::project::files;
use crate::support::session::*;
use crate::support::wait::until;

const TEXTS: [&str; 2] = ["Norvania will suspend the talks.\n", "Estmark offers to lower the fee.\n"];

/// A project with a passage that is saved, and a folder next to it.
fn tagged() -> (tempfile::TempDir, PathBuf, Session, PathBuf) {
    let (dir, root) = small(&TEXTS);
    let mut session = open_part(&root);
    tag(&mut session, "talks", "threat");
    session.save_now().unwrap();
    let copy = dir.path().join("copy");
    (dir, root, session, copy)
}

/// Opens a project, and reads only what it shows.
fn open_part(root: &Path) -> Session {
    let mut session = Session::open(root, clock().1).unwrap();
    session.finish_jobs();
    session
}

fn save_as(session: &mut Session, folder: &Path) {
    session.perform(ProjectAction::SaveAs(folder.to_owned()));
    session.finish_jobs();
    until(session, "the document is open", |session| {
        session.document().is_some_and(|document| document.is_loaded())
    });
}

#[test]
fn work_goes_on_in_a_copy_when_the_folder_is_gone() {
    let (dir, root, mut session, copy) = tagged();
    session.read_all();
    fs::rename(&root, dir.path().join("away")).unwrap();
    tag(&mut session, "Norvania", "threat");
    assert!(session.save_now().is_err());
    let SaveState::Failed(fault) = session.save_state() else { panic!("{:?}", session.save_state()) };
    assert_eq!(fault.unwritten, Unwritten::Work);
    save_as(&mut session, &copy);
    assert_eq!((session.folder().root(), session.has_unsaved()), (&*copy, false));
    assert_eq!((session.read_only(), session.faults()), (None, vec![]));
    assert_eq!(passages(&session).len(), 2);
    assert!(!root.exists(), "the old folder is not made again");
    session.undo();
    session.redo();
    tag(&mut session, "suspend", "threat");
    session.save_now().unwrap();
    drop(session);
    assert_eq!(check(&Folder::new(&*copy)).unwrap(), []);
    let again = open(&copy);
    assert_eq!(passages(&again).len(), 3);
    assert_eq!(again.project().documents().iter().filter(|document| document.is_loaded()).count(), 2);
}

#[test]
fn documents_that_can_not_be_copied_are_named() {
    let (dir, root, mut session, copy) = tagged();
    let [open, unread] = session.project().documents() else { panic!("two documents") };
    assert_eq!((open.is_loaded(), unread.is_loaded()), (true, false));
    let title = unread.meta.title.clone();
    fs::rename(&root, dir.path().join("away")).unwrap();
    save_as(&mut session, &copy);
    assert!(session.notices().iter().any(|notice| notice.text.contains(&title)), "{:?}", session.notices());
    assert_eq!((session.project().documents().len(), passages(&session).len()), (2, 1));
}

#[test]
fn a_copy_has_the_same_files_and_what_is_not_saved() {
    let (_dir, root, mut session, copy) = tagged();
    fs::write(root.join("guidelines.md"), "Tag what is said.\n").unwrap();
    let before = files(&root);
    save_as(&mut session, &copy);
    assert_eq!(files(&copy), before);
    // A folder that is not empty gets a folder of the project's name.
    tag(&mut session, "Norvania", "threat");
    let parent = copy.join("..").canonicalize().unwrap();
    session.perform(ProjectAction::SaveAs(parent.clone()));
    tag(&mut session, "suspend", "threat");
    session.finish_jobs();
    let second = parent.join("copy 2");
    assert_eq!((session.folder().root(), files(&root)), (&*second, before));
    until(&mut session, "the passages are there", |session| passages(session).len() == 3);
    let layer = &files(&second)["layers/ana/d001.ron"];
    assert!(layer.contains("\"Norvania\"") && layer.contains("\"suspend\""), "{layer}");
    assert_eq!(check(&Folder::new(&*second)).unwrap(), []);
}

#[test]
fn a_project_is_not_copied_into_itself_or_over_another_one() {
    let (_dir, root, mut session, copy) = tagged();
    session.perform(ProjectAction::SaveAs(root.join("inner")));
    session.finish_jobs();
    assert_eq!(session.folder().root(), root);
    assert!(!root.join("inner").exists());
    save_as(&mut session, &copy);
    session.perform(ProjectAction::SaveAs(root.clone()));
    session.finish_jobs();
    assert_eq!(session.folder().root(), copy);
    assert!(!root.join("copy").exists());
}
