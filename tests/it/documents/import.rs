//! Documents of other programs come in, each read in a process of its own; a bad file stops only itself.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use demarche::cli::words::import as words;
use demarche::io::documents::{Limits, Reader};
use demarche::io::project::{Folder, open};
use demarche::model::{Progress, Stopped};

use crate::support::cli::document_id;

/// A DOCX of one paragraph and a picture.
fn docx(words: &str) -> Vec<u8> {
    let document = format!(
        "<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>{words}</w:t></w:r><w:r><a:blip/></w:r></w:p></w:body></w:document>"
    );
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).expect("a file");
    zip.write_all(document.as_bytes()).expect("written");
    zip.finish().expect("whole").into_inner()
}

fn write(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, bytes).expect("written");
    path
}

/// One file of each format.
fn corpus(folder: &Path) {
    write(folder, "a.docx", docx("We will not wait."));
    write(folder, "b.html", "<title>Members</title><h1>Members</h1><ul><li>Norvania<li>Estmark</ul>");
    write(folder, "c.srt", "1\n00:00:01,000 --> 00:00:02,000\nWhy not?\n");
    write(folder, "d.csv", "speaker,text\nAna,First speech\nBen,Second speech\n");
    write(folder, "e.md", "# Notes\n\nText.\n");
    write(folder, "f.rtf", r"{\rtf1\ansi Caf\'e9 talks\par}");
    write(folder, "g.txt", "Plain words.\n");
}

/// Runs the program; gives back its code, and what it said on standard error.
fn demarche(args: &[&str]) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_demarche")).args(args).output().expect("run");
    (output.status.code().unwrap_or(-1), String::from_utf8_lossy(&output.stderr).into_owned())
}

fn titles(project: &Path) -> Vec<String> {
    let opened = open(&Folder::new(project)).expect("a project");
    opened.project.documents().iter().map(|document| document.meta.title.clone()).collect()
}

#[test]
fn a_folder_of_all_formats_comes_in_once() {
    let home = tempfile::tempdir().expect("a folder");
    let files = home.path().join("files");
    std::fs::create_dir(&files).expect("made");
    corpus(&files);
    let project = home.path().join("project");
    let (project, folder) = (project.display().to_string(), files.display().to_string());
    let (code, said) = demarche(&["new", &project, &folder]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("left out: 1 picture: ") && said.contains("imported 8 documents"), "{said}");
    let expected = [
        "We will not wait.",
        "Members",
        "Why not?",
        "First speech",
        "Second speech",
        "Notes",
        "Café talks",
        "Plain words.",
    ];
    assert_eq!(titles(Path::new(&project)), expected);
    let (code, said) = demarche(&["import", &project, &folder]);
    assert!(code == 0 && said.contains(&words::imported(0, Some((0, 0)), 8)), "{said}");
    // A row more is a document more.
    write(&files, "d.csv", "speaker,text\nAna,First speech\nBen,Second speech\nBen,Second speech\n");
    let (_, said) = demarche(&["import", &project, &folder]);
    assert!(said.contains("imported 1 document"), "{said}");
}

#[test]
fn a_bad_file_is_named_and_stops_only_itself() {
    let home = tempfile::tempdir().expect("a folder");
    let project = home.path().join("project").display().to_string();
    let bad = write(home.path(), "bad.docx", b"PK\x03\x04 and no more");
    let empty = write(home.path(), "scan.pdf", b"%PDF-1.4 and no more");
    let good = write(home.path(), "good.rtf", r"{\rtf1 Good\par}");
    let [bad, empty, good] = [bad, empty, good].map(|path| path.display().to_string());
    let (code, said) = demarche(&["new", &project, &bad, &empty, &good]);
    assert_eq!(code, 1);
    assert!(
        said.contains("the file is damaged") && said.contains("bad.docx") && said.contains("scan.pdf"),
        "{said}"
    );
    assert_eq!(titles(Path::new(&project)), ["Good"]);
}

#[test]
fn originals_are_kept_when_that_is_asked_for() {
    let home = tempfile::tempdir().expect("a folder");
    corpus(home.path());
    let kept = |project: &Path| -> Vec<String> {
        let names = std::fs::read_dir(project.join("documents")).expect("documents");
        let names = names.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
        let mut names: Vec<String> = names
            .filter(|name| !name.ends_with(".ron") && (!name.ends_with(".txt") || name.contains("original")))
            .collect();
        names.sort();
        names
    };
    let project = home.path().join("project");
    let (shown, file) =
        (project.display().to_string(), |name: &str| home.path().join(name).display().to_string());
    let (code, said) = demarche(&["new", &shown, &file("a.docx"), "--keep-originals"]);
    let id = |at| document_id(&project, at);
    assert!(code == 0 && kept(&project) == [format!("{}.docx", id(0))], "{said}: {:?}", kept(&project));
    let (code, said) = demarche(&["import", &shown, &file("d.csv"), &file("g.txt"), "--keep-originals"]);
    let mut expected =
        [format!("{}.docx", id(0)), format!("{}.csv", id(1)), format!("{}.original.txt", id(3))];
    expected.sort();
    assert_eq!((code, kept(&project)), (0, expected.to_vec()), "{said}");
    let (_, said) = demarche(&["import", &shown, &file("c.srt")]);
    assert_eq!(kept(&project).len(), 3, "{said}");
    assert_eq!(
        std::fs::read(project.join(format!("documents/{}.csv", id(1)))).ok(),
        std::fs::read(file("d.csv")).ok()
    );
    assert!(!project.join(".demarche/incoming").exists(), "what was put aside is cleared");
    assert_eq!(demarche(&["check", &shown]).0, 0);
}

#[test]
fn a_format_that_is_named_is_obeyed() {
    let home = tempfile::tempdir().expect("a folder");
    let project = home.path().join("project").display().to_string();
    let page = write(home.path(), "page.dat", "<p>one<p>two").display().to_string();
    let (code, said) = demarche(&["new", &project, "--format", "html", &page]);
    assert_eq!(code, 0, "{said}");
    assert_eq!(titles(Path::new(&project)), ["one"]);
    assert_eq!(demarche(&["import", &project, "--format", "wordperfect", &page]).0, 2);
}

#[cfg(unix)]
#[test]
fn a_process_that_hangs_or_dies_hurts_nobody_else() {
    use std::os::unix::fs::PermissionsExt;
    let home = tempfile::tempdir().expect("a folder");
    let program = |name: &str, script: &str| {
        let path = write(home.path(), name, format!("#!/bin/sh\n{script}\n"));
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).expect("set");
        path
    };
    let limits = Limits { time: Duration::from_secs(1), ..Limits::default() };
    let files = [write(home.path(), "a.rtf", r"{\rtf1 A\par}"), write(home.path(), "b.txt", "B")];
    for (script, why) in
        [("exec sleep 60", "within 1 seconds"), ("kill -9 $$", "crashed"), ("cat", "crashed")]
    {
        let reader = Reader::of(program("reader", script)).with_limits(limits);
        let results = reader.read_all(&files, &()).expect("not stopped");
        let problem = results[0].as_ref().expect_err("refused");
        assert!(problem.message.contains(why) && problem.file == files[0], "{problem}");
        assert_eq!(results[1].as_ref().expect("read")[0].document.text, "B");
    }
    let missing = Reader::of(home.path().join("nothing")).read_all(&files, &()).expect("not stopped");
    assert!(missing[0].as_ref().expect_err("refused").message.contains("can't be started"));
}

#[test]
fn reading_tells_how_far_it_is_and_stops_when_asked_to() {
    let home = tempfile::tempdir().expect("a folder");
    let files: Vec<PathBuf> = (0..20).map(|n| write(home.path(), &format!("{n}.txt"), "words")).collect();
    let reader = Reader::of(env!("CARGO_BIN_EXE_demarche").into());
    let watcher = Watcher { most: AtomicUsize::new(0), stops_after: usize::MAX };
    let read = reader.read_all(&files, &watcher).expect("not stopped");
    assert_eq!((read.len(), watcher.most.into_inner()), (20, 20));
    let watcher = Watcher { most: AtomicUsize::new(0), stops_after: 3 };
    assert_eq!(reader.read_all(&files, &watcher), Err(Stopped));
}

/// Stops the reading of 20 files after some.
struct Watcher {
    most: AtomicUsize,
    stops_after: usize,
}

impl Progress for Watcher {
    fn step(&self, done: usize, of: usize) {
        assert_eq!(of, 20);
        self.most.fetch_max(done, Ordering::Relaxed);
    }

    fn is_stopped(&self) -> bool {
        self.most.load(Ordering::Relaxed) >= self.stops_after
    }
}
