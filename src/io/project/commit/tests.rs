use std::path::Path;

use super::intent::{Intent, PlannedPut, PlannedRemoval};
use super::{Commit, Fate, Guard};
use crate::IoError;
use crate::checksum::sha256;
use crate::disk::steps;
use crate::project::Folder;

const LAYER: &str = "layers/ana/d001.ron";
const TEXT: &str = "documents/d001.txt";

/// A project with a layer.
fn home() -> (tempfile::TempDir, Folder) {
    let home = tempfile::tempdir().unwrap();
    let folder = Folder::new(home.path());
    folder.create_root().unwrap();
    steps::make_folders(folder.disk(), Path::new("layers/ana")).unwrap();
    write(&folder, LAYER, "old");
    (home, folder)
}

fn write(folder: &Folder, path: &str, text: &str) {
    steps::make_folders(folder.disk(), Path::new(path).parent().unwrap()).unwrap();
    steps::replace(folder.disk(), Path::new(path), &mut text.as_bytes()).unwrap();
}

fn read(folder: &Folder, path: &str) -> String {
    String::from_utf8(steps::read(folder.disk(), Path::new(path), 100).unwrap()).unwrap()
}

/// The names in the folders of the project.
fn names(folder: &Folder) -> Vec<String> {
    let list = |path: &str| folder.disk().list(Path::new(path)).unwrap_or_default();
    let entries = [".demarche", "layers/ana", "documents"].into_iter().flat_map(list);
    let mut names: Vec<String> = entries
        .map(|entry| entry.name.to_string_lossy().into_owned())
        .filter(|name| name != ".gitignore")
        .collect();
    names.sort();
    names
}

fn commit(folder: &Folder) -> Commit<'_> {
    let mut commit = Commit::begin(folder, 2).unwrap();
    commit.put(Path::new(LAYER), b"new", Some(b"old"), Guard::Unchanged).unwrap();
    commit.put(Path::new(TEXT), b"text", None, Guard::New).unwrap();
    commit
}

#[test]
fn nothing_has_its_name_before_the_commit_is_finished() {
    let (_home, folder) = home();
    let mut commit = commit(&folder);
    assert_eq!((read(&folder, LAYER).as_str(), folder.has(Path::new(TEXT))), ("old", false));
    commit.finish().unwrap();
    drop(commit);
    assert_eq!((read(&folder, LAYER).as_str(), read(&folder, TEXT).as_str()), ("new", "text"));
    assert_eq!(names(&folder), ["d001.ron", "d001.txt"]);
}

#[test]
fn a_commit_that_is_given_up_leaves_nothing() {
    let (_home, folder) = home();
    drop(commit(&folder));
    assert_eq!((read(&folder, LAYER).as_str(), names(&folder)), ("old", vec!["d001.ron".to_owned()]));
}

#[test]
fn a_layer_that_is_changed_at_the_last_moment_is_left_as_it_is() {
    let (_home, folder) = home();
    let mut commit = commit(&folder);
    write(&folder, LAYER, "theirs");
    commit.finish().unwrap();
    assert_eq!(commit.fate(Path::new(LAYER)), Fate::Foreign);
    assert_eq!(commit.fate(Path::new(TEXT)), Fate::Done);
    drop(commit);
    assert_eq!(read(&folder, LAYER), "theirs");
    assert_eq!(names(&folder), ["d001.ron", "d001.txt"]);
}

#[test]
fn a_text_that_appears_at_the_last_moment_is_not_overwritten() {
    let (_home, folder) = home();
    let mut commit = commit(&folder);
    write(&folder, TEXT, "theirs");
    assert!(matches!(commit.finish(), Err(IoError::Occupied { .. })));
    drop(commit);
    assert_eq!((read(&folder, LAYER).as_str(), read(&folder, TEXT).as_str()), ("old", "theirs"));
    assert_eq!(names(&folder), ["d001.ron", "d001.txt"]);
}

#[test]
fn the_temporary_files_of_a_living_program_stay() {
    let (_home, folder) = home();
    let mut commit = commit(&folder);
    write(&folder, "documents/.d002.txt.0a1b2c.tmp", "of a dead program");
    write(&folder, "documents/.notes.backup", "of a person");
    assert!(!super::recover(&Folder::new(folder.root()), true));
    commit.finish().unwrap();
    drop(commit);
    assert_eq!(names(&folder), [".notes.backup", "d001.ron", "d001.txt"]);
}

#[test]
fn a_damaged_intent_is_not_followed() {
    let (_home, folder) = home();
    let obstacle = folder.root().join("layers/ana/d002.ron");
    std::fs::create_dir_all(obstacle.join("in the way")).unwrap();
    steps::make_folders(folder.disk(), Path::new("reviews/ana")).unwrap();
    let mut commit = commit(&folder);
    commit.put(Path::new("layers/ana/d002.ron"), b"new", None, Guard::None).unwrap();
    commit.trash(Path::new("reviews/ana/d001.ron"));
    commit.finish().unwrap_err();
    drop(commit);
    std::fs::remove_dir_all(&obstacle).unwrap();
    write(&folder, "reviews/ana/d001.ron", "goes");
    write(&folder, "reviews/ben/d001.ron", "stays");
    let intent = names(&folder).into_iter().find(|name| name.starts_with("commit-")).unwrap();
    let intent = folder.local().join(intent);
    let text = std::fs::read_to_string(&intent).unwrap();
    std::fs::write(&intent, text.replace("reviews/ana/d001.ron", "reviews/ben/d001.ron")).unwrap();
    assert!(!super::recover(&Folder::new(folder.root()), true));
    assert_eq!(
        (read(&folder, "reviews/ben/d001.ron").as_str(), read(&folder, "reviews/ana/d001.ron").as_str()),
        ("stays", "goes")
    );
    assert_eq!(names(&folder), ["d001.ron", "d001.txt"]);
}

/// Writes an intent as another program would, and the new content of its files under temporary names.
fn plan(folder: &Folder, mark: &str, puts: &[&str], removals: &[&str]) {
    super::super::files::make_local(folder).unwrap();
    for path in puts {
        let temporary = steps::temporary_name(Path::new(path), mark);
        let temporary = folder.root().join(temporary);
        std::fs::create_dir_all(temporary.parent().unwrap()).unwrap();
        std::fs::write(temporary, "planned").unwrap();
    }
    let put = |path: &&str| PlannedPut { path: path.into(), before: None, after: sha256(b"planned") };
    let removal = |path: &&str| PlannedRemoval { path: path.into(), before: None };
    let (puts, removals) = (puts.iter().map(put).collect(), removals.iter().map(removal).collect());
    Intent { writer: 1, puts, removals }.write(folder, mark).unwrap();
}

#[test]
fn an_intent_changes_only_files_of_the_project() {
    let of_projects =
        ["project.ron", "documents/d001.docx", "consensus/ana/d001.left-out.ron", "history/ana.log"];
    for path in of_projects {
        let (_home, folder) = home();
        plan(&folder, "x7gk2q", &[path], &["guidelines.md"]);
        assert_eq!(super::refused(&folder), []);
        assert!(super::recover(&Folder::new(folder.root()), true), "{path}");
        assert_eq!(read(&folder, path), "planned");
    }
    let others = [
        "Makefile",
        ".git/hooks/post-commit",
        ".demarche/journal-ana-desk.log",
        "layers/ana/../../Makefile",
        "layers/.ana/d001.ron",
        "layers/ana/deep/d001.ron",
        "documents/.bashrc",
        "src/ana/main.rs",
    ];
    for path in others {
        let (_home, folder) = home();
        std::fs::write(folder.root().join("own.md"), "stays").unwrap();
        plan(&folder, "x7gk2q", &[path, TEXT], &[]);
        plan(&folder, "y7gk2q", &[TEXT], &["own.md"]);
        assert_eq!(super::refused(&folder).len(), 2, "{path}");
        assert!(!super::recover(&Folder::new(folder.root()), true), "{path}");
        assert_eq!((folder.has(Path::new(path)), folder.has(Path::new(TEXT))), (false, false), "{path}");
        assert_eq!(read(&folder, "own.md"), "stays");
        assert_eq!(super::refused(&folder).len(), 2, "they are still reported");
    }
}
