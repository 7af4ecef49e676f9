//! Projects with links and pipes in place of files: nothing outside is read or written.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use demarche::io::project::*;
use demarche::io::settings::Local;
use demarche::io::{IoError, ProblemKind};
use demarche::model::*;

use crate::support::project::*;

const SECRET: &str = "outside";

/// A project, and a file and a folder next to it.
struct Home {
    dir: TempDir,
    folder: Folder,
    project: Project,
    keys: BTreeSet<FileKey>,
}

impl Home {
    fn new() -> Self {
        let (dir, folder) = on_disk();
        let (project, _) = read_all(&folder).expect("opened");
        fs::write(dir.path().join("secret"), SECRET).expect("written");
        fs::create_dir(dir.path().join("out")).expect("created");
        let keys = every_key(&folder, &project);
        Self { dir, folder, project, keys }
    }

    fn secret(&self) -> PathBuf {
        self.dir.path().join("secret")
    }

    /// Replaces an entry by a link to the file outside.
    fn link(&self, path: &str) {
        self.link_to(&self.secret(), path);
    }

    fn link_to(&self, target: &Path, path: &str) {
        let path = self.folder.root().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("created");
        let _ = fs::remove_file(&path).or_else(|_| fs::remove_dir_all(&path));
        symlink(target, path).expect("linked");
    }

    fn found(&self) -> Vec<(PathBuf, ProblemKind)> {
        let found = check(&self.folder).expect("checked").into_iter();
        let found = found.filter(|problem| problem.kind == ProblemKind::Special);
        found.map(|problem| (problem.file, problem.kind)).collect()
    }

    fn save(&self) -> Result<(), IoError> {
        write_shared(&self.folder, &snapshot(&self.project, &self.keys), &Seen::new(self.project.clone())).1
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert_eq!(fs::read_to_string(self.secret()).expect("it is there"), SECRET);
            assert_eq!(fs::read_dir(self.dir.path().join("out")).expect("it is there").count(), 0);
        }
    }
}

fn is_special<T>(result: Result<T, IoError>) -> bool {
    match result {
        Err(IoError::Special { .. }) => true,
        Err(IoError::Problem(problem)) => problem.kind == ProblemKind::Special,
        _ => false,
    }
}

#[test]
fn a_link_in_the_place_of_a_file_is_a_problem_and_is_not_written() {
    for file in ["layers/ana/d001.ron", "reviews/ben/d001.ron", "documents/d001.txt"] {
        let home = Home::new();
        home.link(file);
        assert_eq!(home.found(), [(PathBuf::from(file), ProblemKind::Special)]);
        assert!(is_special(home.save()), "{file}");
    }
}

#[test]
fn a_link_in_the_place_of_a_folder_is_a_problem_and_nothing_is_written_there() {
    let home = Home::new();
    home.link_to(&home.dir.path().join("out"), "layers/ana");
    assert_eq!(home.found(), [(PathBuf::from("layers/ana"), ProblemKind::Special)]);
    assert_eq!(open(&home.folder).expect("opened").problems[0].kind, ProblemKind::Special);
    assert!(is_special(home.save()));
    home.link_to(&home.dir.path().join("out"), "layers");
    assert!(is_special(open(&home.folder)));
    assert!(is_special(home.save()));
}

#[test]
fn a_linked_project_file_is_refused() {
    let home = Home::new();
    home.link("project.ron");
    assert!(home.folder.is_project());
    assert!(is_special(open(&home.folder)));
    assert!(is_special(home.save()));
}

#[test]
fn files_of_this_machine_are_not_written_through_links() {
    let home = Home::new();
    for file in ["holder-ana.ron", "lock-ana", "lock-project", "lock-.commands", ".gitignore"] {
        home.link(&format!(".demarche/{file}"));
    }
    assert!(is_special(lock(&home.folder, "ana", Stamp(0))));
    assert!(is_special(lock_commands(&home.folder)));
    assert!(is_special(repair(&home.folder)));
    fs::remove_file(home.folder.local().join("lock-ana")).expect("removed");
    let locked = lock(&home.folder, "ana", Stamp(0)).expect("locked");
    assert!(matches!(locked, Locking::Taken(_)), "the name of the holder is only for others");
    drop(locked);
    home.link_to(&home.dir.path().join("out"), ".demarche");
    Local { annotator: Some("ana".into()), ..Local::default() }.write(&home.folder);
    assert_eq!(Local::read(&home.folder), Local::default());
    assert!(is_special(lock(&home.folder, "ana", Stamp(0))));
}

#[test]
fn a_linked_history_is_neither_read_nor_continued() {
    let home = Home::new();
    home.link("history/ana.log");
    let entry = LogEntry { at: Stamp(0), who: "ana".into(), step: "a".into(), changes: Vec::new() };
    assert!(is_special(append_history(&home.folder, &[entry])));
    let (steps, problems) = read_history(&home.folder).expect("read");
    assert_eq!((steps.len(), problems[0].kind), (0, ProblemKind::Special));
}

#[test]
fn a_packet_contains_nothing_from_behind_a_link() {
    for file in ["guidelines.md", ".demarche/base/documents/x.txt", ".demarche/base/project.ron"] {
        let home = Home::new();
        home.link(file);
        let packet = home.dir.path().join("a.demarche-packet");
        match write_packet(&packet, &home.project, &home.folder) {
            Err(IoError::Special { path, .. }) => assert_eq!(path, home.folder.root().join(file)),
            other => panic!("{other:?}"),
        }
        assert!(!packet.exists());
    }
}

#[test]
fn a_pipe_in_the_place_of_a_file_does_not_block() {
    for file in ["project.ron", "layers/ana/d001.ron", "documents/d001.txt", ".demarche/lock-ana"] {
        let home = Home::new();
        let path = home.folder.root().join(file);
        let _ = fs::remove_file(&path);
        let made = std::process::Command::new("mkfifo").arg(&path).status().expect("started");
        assert!(made.success());
        let opened = open(&home.folder);
        assert_eq!(is_special(opened), file == "project.ron");
        assert_eq!(is_special(lock(&home.folder, "ana", Stamp(0))), file.ends_with("lock-ana"));
        let _ = check(&home.folder);
        assert!(file.starts_with('.') || is_special(home.save()), "{file}");
    }
}

#[test]
fn a_folder_that_is_gone_is_not_created_by_saving() {
    let home = Home::new();
    let moved = home.dir.path().join("moved");
    fs::rename(home.folder.root(), &moved).expect("moved");
    assert!(matches!(home.save(), Err(IoError::FolderGone(root)) if root == home.folder.root()));
    let entry = LogEntry { at: Stamp(0), who: "ana".into(), step: "a".into(), changes: Vec::new() };
    assert!(matches!(append_history(&home.folder, &[entry]), Err(IoError::FolderGone(_))));
    Local::default().write(&home.folder);
    assert!(!home.folder.root().exists());
    fs::rename(moved, home.folder.root()).expect("moved back");
    home.save().expect("saved");
}
