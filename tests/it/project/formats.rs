//! Formats of files: older ones are read, the lowest is written, and a newer one makes the project read-only.

use std::fs;
use std::path::{Path, PathBuf};

use demarche::io::project::{FileKey, Folder, Seen, check, open, snapshot, write_shared};
use demarche::io::{IoError, ProblemKind, sha256};
use demarche::model::{Annotator, Assignment, Colour, Edit, LayerId, PersonKey, Stamp, Status};
use demarche::session::{DocumentAction, Env, ProjectAction, Session};
use tempfile::TempDir;
use uuid::Uuid;

use crate::support::cli::demarche;
use crate::support::project::*;
use crate::support::session::{open as open_session, tag, works_here};
use crate::support::wait::until;

/// A copy of the project that was written in the first format of every file.
fn first_format() -> (TempDir, PathBuf) {
    kept("1")
}

/// A copy of a project that was written in an earlier format.
fn kept(format: &str) -> (TempDir, PathBuf) {
    let dir = tempfile::tempdir().expect("a folder");
    let root = dir.path().join("talks");
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/formats").join(format);
    put_files(&root, files(&kept));
    works_here(&root, "ana");
    (dir, root)
}

fn raise(root: &Path, file: &str) {
    let path = root.join(file);
    let text = fs::read_to_string(&path).expect("a file");
    let at = text.find("format: ").expect("a format") + "format: ".len();
    fs::write(&path, format!("{}99{}", &text[..at], &text[at + 1..])).expect("written");
}

#[test]
fn a_project_of_the_first_format_is_read_and_gets_checksums_when_it_is_written() {
    let (_dir, root) = first_format();
    let folder = Folder::new(&root);
    assert_eq!(check(&folder).expect("checked"), []);
    let before = files(&root);
    let (project, problems) = read_all(&folder).expect("read");
    assert_eq!((problems, project.documents().len()), (vec![], 5));
    assert!(project.annotators().iter().all(|person| person.key.is_none()));
    assert!(before["project.ron"].contains("format: 1,") && !before["project.ron"].contains("text_sha256"));
    save_all(&folder, &project).expect("saved");
    let after = files(&root);
    let changed: Vec<&String> = after.keys().filter(|name| after[*name] != before[*name]).collect();
    assert_eq!(changed, ["project.ron"], "only what holds something new is in a newer format");
    assert!(after["project.ron"].starts_with("(\n    format: 2,\n"));
    let read = open(&folder).expect("opened").project;
    for document in read.documents() {
        let text = &after[&format!("documents/{}.txt", document.id())];
        assert_eq!(document.meta.versions.current.sha256, sha256(text.as_bytes()));
    }
    assert_eq!(read.annotators(), project.annotators(), "nobody gets a key afterwards");
}

#[test]
fn a_project_whose_files_have_the_keys_of_their_owners_is_written_as_it_was() {
    let (_dir, root) = kept("2");
    let folder = Folder::new(&root);
    assert_eq!(check(&folder).expect("checked"), []);
    let before = files(&root);
    let (project, problems) = read_all(&folder).expect("read");
    assert_eq!(problems, []);
    save_all(&folder, &project).expect("saved");
    assert_eq!(files(&root), before);
}

#[test]
fn nothing_assigned_and_batches_are_read_and_written_as_they_were() {
    let (_dir, root) = kept("5");
    let folder = Folder::new(&root);
    assert_eq!(check(&folder).expect("checked"), []);
    let before = files(&root);
    let (mut project, problems) = read_all(&folder).expect("read");
    assert_eq!(problems, []);
    let [ana, ben, cem] = project.annotators() else { panic!("three people") };
    assert_eq!((&ana.documents, &cem.documents), (&Assignment::All, &Assignment::none()));
    assert_eq!((ben.documents.listed().map(|ids| ids.len()), ben.batches.len()), (Some(1), 3));
    save_all(&folder, &project).expect("saved");
    assert_eq!(files(&root), before);
    // Without either, an older Demarche can read the file.
    for (at, mut person) in project.annotators().to_vec().into_iter().enumerate() {
        while person.open_batch() {}
        person.assign(&"d001".into(), true, &project);
        let edit = Edit::SetAnnotator { id: person.id.clone(), to: Some((at, person)) };
        project.apply(edit).expect("set");
    }
    save_all(&folder, &project).expect("saved");
    assert!(files(&root)["project.ron"].contains("format: 4,"));
    assert!(open(&folder).expect("opened").project.annotators()[1].documents.is_all());
}

#[test]
fn a_person_can_not_have_documents_and_none() {
    let (_dir, root) = kept("5");
    let folder = Folder::new(&root);
    edit(&folder, "project.ron", "unassigned: true", "unassigned: true, documents: [\"d001\"]");
    let problems = check(&folder).expect("checked");
    let found: Vec<_> = problems.iter().map(|problem| (problem.kind, problem.line)).collect();
    assert_eq!(found, [(ProblemKind::Malformed, Some(7))]);
    // An empty list means all, as it always has.
    edit(&folder, "project.ron", "unassigned: true, documents: [\"d001\"]", "documents: []");
    let project = open(&folder).expect("opened").project;
    assert!(project.annotators()[2].documents.is_all());
}

#[test]
fn saved_views_calendars_and_dismissed_pairs_are_read_and_written_as_they_were() {
    let (_dir, root) = kept("2-views");
    let folder = Folder::new(&root);
    // The project has no issue of the name that one of the filters has.
    let problems = check(&folder).expect("checked");
    let kinds: Vec<_> = problems.iter().map(|problem| (problem.kind, problem.line)).collect();
    assert_eq!(kinds, [(ProblemKind::MissingName, Some(4))]);
    let before = files(&root);
    let (project, problems) = read_all(&folder).expect("read");
    assert_eq!((problems, project.analysis_notes().len()), (vec![], 2));
    save_all(&folder, &project).expect("saved");
    // The files of people with a key get it when they are written.
    let without_key = |text: &String| match text.split_once("    key: ") {
        Some((head, rest)) if head.contains("format: 2") => {
            let rest = rest.split_once('\n').map_or("", |(_, rest)| rest);
            format!("{}{rest}", head.replace("format: 2", "format: 1"))
        }
        Some(_) | None => text.clone(),
    };
    let mut after = files(&root);
    for (_, text) in after.iter_mut().filter(|(name, _)| name.starts_with("views/")) {
        assert!(text.contains("    key: \""), "{text}");
        *text = without_key(text);
    }
    assert_eq!(after, before);
    for file in ["calendar.ron", "dismissed.ron", "0192c4a0-5000-7000-8000-000000000001.ron"] {
        let (_dir, root) = kept("2-views");
        raise(&root, &format!("views/ana/{file}"));
        let session = Session::open(&root, Env::fixed(Stamp(0))).expect("opened");
        assert!(session.read_only().is_some(), "{file} is of a newer Demarche");
        let problems = check(&Folder::new(&root)).expect("checked");
        let newer: Vec<_> = problems.iter().filter(|p| p.kind != ProblemKind::MissingName).collect();
        assert_eq!(newer.iter().map(|p| p.kind).collect::<Vec<_>>(), [ProblemKind::NewerFormat]);
    }
}

#[test]
fn memos_are_read_and_written_as_they_were() {
    let (_dir, root) = kept("memos");
    let folder = Folder::new(&root);
    assert_eq!(check(&folder).expect("checked"), []);
    let before = files(&root);
    let (project, problems) = read_all(&folder).expect("read");
    assert_eq!((problems, project.analysis_notes().len()), (vec![], 2));
    save_all(&folder, &project).expect("saved");
    assert_eq!(files(&root), before);
    raise(&root, "memos/ben.ron");
    let session = Session::open(&root, Env::fixed(Stamp(0))).expect("opened");
    assert!(session.read_only().is_some(), "it is of a newer Demarche");
}

#[test]
fn unblinded_layers_and_decisions_that_say_what_they_decided_on_are_read_and_written_as_they_were() {
    let (_dir, root) = kept("marks");
    let folder = Folder::new(&root);
    assert_eq!(check(&folder).expect("checked"), []);
    let before = files(&root);
    let (project, problems) = read_all(&folder).expect("read");
    assert_eq!(problems, []);
    let document = &project.documents()[0];
    let marks: Vec<_> = document.layers.values().map(|layer| layer.unblinded().is_some()).collect();
    assert_eq!(marks, [true, false]);
    let decisions = document.reviews[&"lena".into()].decisions.values();
    let still_stand = decisions.map(|decision| {
        let mut layers = document.layers.values();
        let span = layers.find_map(|layer| layer.span(decision.span)).expect("a passage");
        !decision.is_before(span)
    });
    // The passage of the second was changed later by Ana's clock, which is behind that of Lena.
    assert_eq!(still_stand.collect::<Vec<_>>(), [true, false, true]);
    save_all(&folder, &project).expect("saved");
    assert_eq!(files(&root), before);
    for file in ["layers/ana/d001.ron", "reviews/lena/d001.ron"] {
        let (_dir, root) = kept("marks");
        raise(&root, file);
        assert!(open_session(&root).read_only().is_some(), "{file} is of a newer Demarche");
    }
}

#[test]
fn a_time_that_can_not_be_read_makes_the_layer_unreadable() {
    let (_dir, root) = kept("marks");
    let folder = Folder::new(&root);
    edit(&folder, "layers/ana/d001.ron", "2026-11-30T12:00:00Z", "yesterday");
    let found: Vec<_> = check(&folder).expect("checked").into_iter().map(|p| (p.kind, p.line)).collect();
    assert_eq!(found, [(ProblemKind::Malformed, Some(7))]);
}

#[test]
fn a_file_with_the_key_of_another_person_is_not_read_and_not_written() {
    let (_dir, root) = kept("2");
    let folder = Folder::new(&root);
    for file in ["layers/ana/d001.ron", "consensus/lena/d001.ron", "consensus/lena/d001.left-out.ron"] {
        edit(&folder, file, "-0000000000a", "-0000000000b");
    }
    let found: Vec<_> = check(&folder).expect("checked").into_iter().map(|p| (p.kind, p.line)).collect();
    assert_eq!(found, [(ProblemKind::OtherPerson, Some(1)); 3]);
    let before = files(&root);
    let (mut project, _) = read_all(&folder).expect("read");
    assert!(project.documents()[0].layers.is_empty());
    let own = Edit::SetStatus { layer: LayerId::new(&"d001".into(), &"ana".into()), to: Status::Done };
    assert!(project.apply(own).is_err());
    save_all(&folder, &project).expect("saved");
    assert_eq!(files(&root), before);
    // Without a key, the file belongs to the person with the id.
    for file in ["layers/ana/d001.ron", "consensus/lena/d001.ron", "consensus/lena/d001.left-out.ron"] {
        let text = fs::read_to_string(root.join(file)).expect("a file");
        let lines = text.split_inclusive('\n').filter(|line| !line.starts_with("    key: "));
        fs::write(root.join(file), lines.collect::<String>()).expect("written");
    }
    assert_eq!(check(&folder).expect("checked"), []);
}

#[test]
fn a_text_that_differs_is_found_by_its_checksum() {
    let (_dir, folder) = on_disk();
    edit(&folder, "documents/d001.txt", "talks", "tolks");
    let problems = check(&folder).expect("checked");
    let found = problems.iter().find(|problem| problem.kind == ProblemKind::TextChanged).expect("found");
    assert_eq!(found.file, Path::new("documents/d001.txt"));
    // What has changed gets no new checksum that would bless it.
    let before = files(folder.root())["project.ron"].clone();
    let project = open(&folder).expect("opened").project;
    save_all(&folder, &project).expect("saved");
    assert_eq!(files(folder.root())["project.ron"], before);
}

#[test]
fn a_project_without_keys_and_texts_is_written_in_the_first_format() {
    let dir = tempfile::tempdir().expect("a folder");
    let folder = Folder::new(dir.path().join("talks"));
    let mut project = demarche::model::Project::new("Talks", Default::default());
    let ana = Annotator::new("ana".into(), "Ana", Colour::nth(0));
    let set = |project: &mut demarche::model::Project, ana: Annotator| {
        let edit = Edit::SetAnnotator { id: "ana".into(), to: Some((0, ana)) };
        project.apply(edit).expect("set");
    };
    set(&mut project, ana.clone());
    demarche::io::project::create(&folder, &project).expect("created");
    assert!(files(folder.root())["project.ron"].contains("format: 1,"));
    let key = PersonKey(Uuid::from_u128(7));
    set(&mut project, ana.with_key(key));
    save_all(&folder, &project).expect("saved");
    let text = &files(folder.root())["project.ron"];
    assert!(text.contains("format: 2,") && text.contains(&format!("key: \"{key}\"")), "{text}");
    assert_eq!(open(&folder).expect("opened").project.annotators()[0].key, Some(key));
}

/// Every kind of file that may be in a newer format.
const KINDS: [&str; 5] =
    ["project.ron", "layers/ana/d001.ron", "reviews/clara/d001.ron", "documents/d001.ron", "history/ana.log"];

/// A project with a file of each kind, one of which is in a newer format.
fn newer(file: &str) -> (TempDir, PathBuf) {
    let (dir, root) = first_format();
    let write = |name: &str, text: &str| {
        let path = root.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    };
    write("documents/d001.ron", "(\n    format: 1,\n    document: \"d001\",\n    anchors: [\n    ],\n)\n");
    write("history/ana.log", "(format: 1)\n");
    raise(&root, file);
    (dir, root)
}

#[test]
fn commands_that_read_work_and_those_that_write_refuse_where_a_file_is_newer() {
    for file in KINDS {
        let (dir, root) = newer(file);
        fs::write(dir.path().join("note.txt"), "A note.\n").expect("written");
        let before = files(&root);
        let run = |args: &[&str]| demarche(args, dir.path());
        let (_, out, err) = run(&["summary", "talks", "--json"]);
        assert!(out.contains("\"spans\""), "{file}: {err}");
        let (code, out, _) = run(&["check", "talks", "--json"]);
        assert_eq!((code, out.contains("newer-format"), out.contains(file)), (1, true, true), "{out}");
        for args in [
            &["import", "talks", "note.txt", "--annotator", "ana"][..],
            &["merge", "talks", "talks", "--annotator", "ana"],
            &["update", "talks", "d002", "note.txt", "--annotator", "ana"],
        ] {
            let (code, _, err) = run(args);
            assert_eq!(
                (code, err.contains(file), err.contains("format 99")),
                (1, true, true),
                "{args:?}: {err}"
            );
        }
        assert_eq!(files(&root), before);
    }
}

#[test]
fn a_newer_project_file_is_read_without_the_fields_that_are_unknown() {
    let (_dir, root) = first_format();
    let folder = Folder::new(&root);
    let known = open(&folder).expect("opened").project;
    raise(&root, "project.ron");
    edit(
        &folder,
        "project.ron",
        "(id: \"d001\", title",
        "(id: \"d001\", mood: [(1, \"x\"), (2, \")\")], title",
    );
    edit(
        &folder,
        "project.ron",
        "    actors: [",
        "    weather: [\n        (id: \"sun\"),\n    ],\n    actors: [",
    );
    let opened = open(&folder).expect("opened");
    assert_eq!(opened.problems.len(), 1, "{:?}", opened.problems);
    assert_eq!(opened.newer_project_file().map(|problem| problem.line), Some(Some(2)));
    assert_eq!(opened.project.documents()[0].meta, known.documents()[0].meta);
    assert_eq!(
        (opened.project.annotators(), opened.project.codebook()),
        (known.annotators(), known.codebook())
    );
    let before = files(&root);
    let snapshot = snapshot(&known, &[FileKey::Project].into());
    let (_, result) = write_shared(&folder, &snapshot, &Seen::new(known));
    let Err(IoError::Problem(problem)) = result else { panic!("it is written") };
    assert_eq!((problem.kind, files(&root)), (ProblemKind::NewerFormat, before));
}

#[test]
fn the_window_opens_a_project_with_a_newer_file_read_only() {
    for file in KINDS {
        let (_dir, root) = newer(file);
        let mut session: Session = open_session(&root);
        let why = session.read_only().unwrap_or_default();
        assert!(why.contains(file) && why.contains("format 99"), "{file}: {why}");
        let before = files(&root);
        session.perform(ProjectAction::SetName("Other".to_owned()));
        assert_ne!(session.project().name(), "Other");
        session.save_now().expect("nothing to save");
        assert_eq!(files(&root), before);
    }
}

#[test]
fn what_was_changed_before_a_newer_file_arrived_is_saved() {
    let (_dir, root) = first_format();
    let mut session = open_session(&root);
    session.perform(DocumentAction::SetStatus("d001".into(), Status::InProgress));
    tag(&mut session, "Estmark", "demand");
    raise(&root, "layers/ben/d001.ron");
    until(&mut session, "the newer file is seen", |session| session.read_only().is_some());
    until(&mut session, "the change is saved", |session| !session.has_unsaved());
}

#[test]
fn the_window_learns_the_checksums_that_a_save_adds() {
    let (_dir, root) = first_format();
    let mut session = open_session(&root);
    session.perform(ProjectAction::SetName("Renamed".to_owned()));
    session.save_now().expect("saved");
    assert!(
        session.undo_stack().undo_label().is_some() && session.notices().is_empty(),
        "nobody else changed it"
    );
    assert!(session.project().documents().iter().all(|document| document.is_loaded()));
    let sums = session.project().documents().iter().map(|d| d.meta.versions.current.sha256.len());
    assert!(sums.eq([64; 5]));
    session.undo();
    session.save_now().expect("saved");
    assert!(files(&root)["project.ron"].contains("format: 2,"));
    assert_eq!(check(&Folder::new(&root)).expect("checked"), []);
}
