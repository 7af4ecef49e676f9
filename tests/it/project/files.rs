//! What stands on disk, byte for byte, and how it is saved.

use std::collections::BTreeSet;
use std::fs;
use std::sync::Arc;

use demarche::io::project::{FileKey, Seen, create, open, read_back, snapshot, write, write_shared};
use demarche::io::{IoError, sha256};
use demarche::model::*;

use crate::support::project::*;

const PROJECT: &str = r##"(
    format: 2,
    name: "Harbour talks",
    annotators: [
        (id: "ana", name: "Ana Reyes", colour: "#D55E00"),
        (id: "ben", name: "Ben", initials: "B", colour: "#009E73", role: Reviewer, documents: ["d001"]),
    ],
    actors: [
        "Norvania",
        "Estmark",
    ],
    issues: [
        "port access",
    ],
    categories: [
        (id: "demand", name: "Demand", colour: "#D55E00", hotkey: "1"),
        (id: "threat", name: "Threat", colour: "#D55E00", parent: "demand", definition: "Says what will happen if not.", include: "Deadlines", exclude: "Warnings about the weather", examples: ["or else", "\"unless\""], codes: {"CAMEO": ["13", "138"]}, retired: true),
    ],
    attributes: [
        (id: "tone", name: "tone", kind: Choice(["calm", "sharp"]), categories: ["threat"], default: Choice("calm"), hotkey: "t"),
        (id: "means", name: "means", kind: Choices(["port", "fee"])),
        (id: "actor", name: "actor", kind: Actor),
        (id: "issue", name: "issue", kind: Issue),
        (id: "words", name: "words", kind: Text),
        (id: "sum", name: "sum", kind: Number),
        (id: "conditional", name: "conditional", kind: Flag),
        (id: "by", name: "by", kind: Date),
    ],
    link_kinds: [
        (id: "responds-to", name: "responds to", definition: "The first answers the second."),
    ],
    documents: [
        (id: "d001", title: "Text \"d001\"", date: "2026-03-14", source: "Harbour press", file_name: "briefing.txt", sha256: "0000000000000000000000000000000000000000000000000000000000000000", encoding: "UTF-8", characters: 88),
    ],
)
"##;

/// `project.ron` with the length and the checksum of the text.
fn project_file() -> String {
    let text = format!("text_sha256: \"{}\", characters: {}", sha256(TEXT.as_bytes()), TEXT.chars().count());
    PROJECT.replace("characters: 88", &text)
}

const LAYER: &str = r#"(
    format: 1,
    document: "d001",
    annotator: "ana",
    status: Done,
    spans: [
        (id: "01900000-0000-7000-8000-0000000000ff", category: "bluff", ranges: [(0, 8)], quote: "Norvania", created: "2026-03-14T09:14:00Z"),
        (id: "01900000-0000-7000-8000-000000000001", category: "threat", ranges: [(9, 21), (26, 31)], quote: "will suspend talks", attributes: {"actor": Choice("Norvania"), "by": Date("2026-04-01"), "conditional": Flag(true), "means": Choices(["fee", "port"]), "sum": Number(-0.1), "tone": Choice("sharp"), "words": Text("two\nlines, \"quoted\"")}, note: "Norvania's first\nultimatum", created: "2026-03-14T09:14:00Z", modified: "2026-03-14T09:15:00Z"),
        (id: "01900000-0000-7000-8000-000000000002", category: "demand", ranges: [(33, 62)], quote: "The fee — 한국 — must come down", created: "2026-03-14T09:14:00Z"),
    ],
    links: [
        (id: "01900000-0000-7000-9000-000000000001", kind: "responds-to", from: "01900000-0000-7000-8000-000000000002", to_document: "d001", to: "01900000-0000-7000-8000-000000000001", created: "2026-03-14T09:14:00Z"),
    ],
)
"#;

const REVIEW: &str = r#"(
    format: 1,
    document: "d001",
    annotator: "ben",
    decisions: [
        (annotator: "ana", span: "01900000-0000-7000-8000-000000000001", verdict: Disputed, proposal: (category: "demand", ranges: [(9, 21)], quote: "will suspend", attributes: {"sum": Number(2.0), "tone": None}), category: "threat", quote: "will suspend talks", comments: [(author: "ben", at: "2026-03-14T09:14:00Z", text: "Is it?")], modified: "2026-03-14T09:14:00Z"),
    ],
)
"#;

#[test]
fn a_project_with_every_feature_is_these_bytes() {
    let (_dir, folder) = on_disk();
    let files = files(folder.root());
    assert_eq!(files["project.ron"], project_file());
    assert_eq!(files["layers/ana/d001.ron"], LAYER);
    assert_eq!(files["reviews/ben/d001.ron"], REVIEW);
    assert_eq!(files["documents/d001.txt"], TEXT);
    assert_eq!(files.len(), 4, "{files:?}");
    assert_eq!(fs::read_to_string(folder.local().join(".gitignore")).expect("there"), "*\n");
}

#[test]
fn a_blind_project_says_so_in_one_line_and_an_answer_is_a_decision_without_a_verdict() {
    let (_dir, folder) = on_disk();
    let (mut project, _) = read_all(&folder).expect("opened");
    project.apply(Edit::SetBlind { to: true }).expect("set");
    let comment = Comment { author: "ana".into(), at: AT, text: "It is.".to_owned() };
    let answer =
        Decision { comments: vec![comment.clone()], ..Decision::empty("ana".into(), span_id(1), AT) };
    let to = Some(Arc::new(answer));
    let place =
        |to| Edit::SetDecision { document: "d001".into(), reviewer: "ana".into(), span: span_id(1), to };
    project.apply(place(to)).expect("answered");
    let keys = BTreeSet::from([FileKey::Project, FileKey::Review("d001".into(), "ana".into())]);
    write(&folder, &snapshot(&project, &keys)).expect("saved");
    let written = files(folder.root());
    assert_eq!(written["project.ron"], project_file().replace("talks\",\n", "talks\",\n    blind: true,\n"));
    let line = "        (annotator: \"ana\", span: \"01900000-0000-7000-8000-000000000001\", \
                comments: [(author: \"ana\", at: \"2026-03-14T09:14:00Z\", text: \"It is.\")], \
                modified: \"2026-03-14T09:14:00Z\"),\n";
    assert!(written["reviews/ana/d001.ron"].contains(line), "{}", written["reviews/ana/d001.ron"]);
    let (read, _) = read_all(&folder).expect("opened");
    assert!(read.is_blind());
    assert_eq!(read.documents()[0].reviews, project.documents()[0].reviews);
    assert_eq!(read.documents()[0].thread(span_id(1)).len(), 2);
}

#[test]
fn what_is_read_is_what_was_written_and_is_written_the_same_again() {
    let (dir, folder) = on_disk();
    let (project, problems) = read_all(&folder).expect("opened");
    assert_eq!(problems.len(), 1, "the detached record: {problems:?}");
    let (written, read) = (sample(), &project);
    assert_eq!(read.documents()[0].layers, written.documents()[0].layers);
    assert_eq!(read.documents()[0].reviews, written.documents()[0].reviews);
    assert_eq!(read.documents()[0].meta, written.documents()[0].meta);
    assert_eq!(read.codebook(), written.codebook());
    assert_eq!(read.annotators(), written.annotators());
    let again = demarche::io::project::Folder::new(dir.path().join("again"));
    create(&again, &project).expect("created");
    assert_eq!(files(again.root()), files(folder.root()));
}

#[test]
fn changing_one_span_changes_one_line() {
    let (_dir, folder) = on_disk();
    let before = files(folder.root());
    let (mut project, _) = read_all(&folder).expect("opened");
    let layer = LayerId::new(&"d001".into(), &"ana".into());
    let to = Some(Arc::new(Span { note: "sure".to_owned(), ..span(2, "demand", &["must come down"]) }));
    project.apply(Edit::SetSpan { layer, id: span_id(2), to }).expect("applied");
    save_all(&folder, &project).expect("saved");
    let after = files(folder.root());
    let changed: Vec<_> = after.iter().filter(|(name, content)| before[*name] != **content).collect();
    assert_eq!(changed.len(), 1);
    let lines = before["layers/ana/d001.ron"].lines().zip(changed[0].1.lines());
    assert_eq!(lines.filter(|(old, new)| old != new).count(), 1);
}

#[test]
fn a_file_that_would_hold_the_same_is_not_touched() {
    let (_dir, folder) = on_disk();
    let time =
        |file: &str| fs::metadata(folder.root().join(file)).and_then(|m| m.modified()).expect("a time");
    let old = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000);
    for name in files(folder.root()).keys() {
        let file = fs::File::options().append(true).open(folder.root().join(name)).expect("a file");
        file.set_modified(old).expect("set");
    }
    let (project, _) = read_all(&folder).expect("opened");
    save_all(&folder, &project).expect("saved");
    assert!(files(folder.root()).keys().all(|name| time(name) == old));
}

#[test]
fn a_save_that_fails_leaves_the_old_files() {
    let (_dir, folder) = on_disk();
    let (mut project, _) = read_all(&folder).expect("opened");
    project.apply(Edit::SetName { to: "Other".to_owned() }).expect("applied");
    let before = files(folder.root());
    // A folder stands where the layer has to go.
    let layer = folder.root().join("layers/ana/d001.ron");
    fs::remove_file(&layer).expect("removed");
    fs::create_dir(&layer).expect("made");
    let keys =
        BTreeSet::from([FileKey::Project, FileKey::Layer(LayerId::new(&"d001".into(), &"ana".into()))]);
    let error = write(&folder, &snapshot(&project, &keys)).expect_err("no way to write it");
    assert!(error.to_string().contains("d001.ron"), "{error}");
    let after = files(folder.root());
    assert_eq!(after["project.ron"], before["project.ron"], "the project is not ahead of its layers");
    assert_eq!(after.len(), before.len() - 1, "no temporary file is left: {after:?}");
}

#[test]
fn a_removed_document_goes_to_the_trash_and_comes_back_with_undo() {
    let (_dir, folder) = on_disk();
    let before = files(folder.root());
    let (mut project, _) = read_all(&folder).expect("opened");
    let keys = every_key(&folder, &project);
    let applied = project.apply(Edit::RemoveDocument { document: "d001".into() }).expect("removed");
    write(&folder, &snapshot(&project, &keys)).expect("saved");
    assert_eq!(files(folder.root()).len(), 1);
    let trash = folder.local().join("trash");
    assert_eq!(fs::read_to_string(trash.join("documents/d001.txt")).expect("kept"), TEXT);
    assert!(trash.join("layers/ana/d001.ron").exists());
    project.apply(applied.inverse).expect("undone");
    write(&folder, &snapshot(&project, &keys)).expect("saved");
    assert_eq!(files(folder.root()), before);
}

#[test]
fn a_layer_with_nothing_in_it_has_no_file() {
    let (_dir, folder) = on_disk();
    let (mut project, _) = read_all(&folder).expect("opened");
    let layer = LayerId::new(&"d001".into(), &"ana".into());
    let keys = every_key(&folder, &project);
    for n in [1, 2] {
        project.apply(Edit::SetSpan { layer: layer.clone(), id: span_id(n), to: None }).expect("removed");
    }
    project.apply(Edit::SetLink { layer: layer.clone(), id: link_id(1), to: None }).expect("removed");
    project.apply(Edit::SetDetached { layer: layer.clone(), key: 0, to: None }).expect("removed");
    project.apply(Edit::SetStatus { layer: layer.clone(), to: Status::New }).expect("set");
    write(&folder, &snapshot(&project, &keys)).expect("saved");
    assert!(!folder.layer(&layer).exists());
}

#[test]
fn documents_that_were_not_read_are_not_touched() {
    let (_dir, folder) = on_disk();
    let before = files(folder.root());
    let project = open(&folder).expect("opened").project;
    save_all(&folder, &project).expect("saved");
    assert_eq!(files(folder.root()), before);
}

#[test]
fn a_text_is_never_overwritten() {
    let (_dir, folder) = on_disk();
    let (project, _) = read_all(&folder).expect("opened");
    fs::write(folder.root().join("documents/d001.txt"), "another text").expect("written");
    let error = save_all(&folder, &project).expect_err("refused");
    assert!(matches!(error, IoError::Occupied { .. }), "{error}");
    assert_eq!(files(folder.root())["documents/d001.txt"], "another text");
}

#[test]
fn an_id_that_leads_out_of_the_folder_is_not_written() {
    let dir = tempfile::tempdir().expect("a folder");
    let text = Arc::new(Text::new("x"));
    let document = Document::new(meta("../../evil", &text), text);
    let project =
        Project::assemble("P".to_owned(), vec![], vec![], vec![], Codebook::default(), vec![document]);
    let folder = demarche::io::project::Folder::new(dir.path().join("a/b"));
    let error = create(&folder, &project).expect_err("refused");
    assert!(matches!(&error, IoError::BadId { id, .. } if id.contains("../../evil")), "{error}");
    assert!(!folder.project_file().exists());
}

#[test]
fn a_new_project_never_replaces_one() {
    let (_dir, folder) = on_disk();
    let error = create(&folder, &sample()).expect_err("refused");
    assert!(matches!(error, IoError::ProjectExists(_)), "{error}");
}

#[test]
fn what_was_written_is_read_back_and_compared() {
    let (_dir, folder) = on_disk();
    let (mut project, _) = read_all(&folder).expect("opened");
    let seen = Seen::new(open(&folder).expect("opened").project);
    project.apply(Edit::SetName { to: "Other talks".to_owned() }).expect("renamed");
    let text = FileKey::Text(TextId::new(&"d001".into(), 1));
    let snapshot = snapshot(&project, &[FileKey::Project, text].into());
    let (written, result) = write_shared(&folder, &snapshot, &seen);
    result.expect("written");
    read_back(&folder, &snapshot, &written).expect("the same");
    // A disk that lost a part of a text.
    edit(&folder, "documents/d001.txt", "talks", "t\0\0\0s");
    let error = read_back(&folder, &snapshot, &written).expect_err("it differs");
    assert!(error.to_string().contains("documents/d001.txt"), "{error}");
    // Another program has written this one since; that is not ours to judge.
    edit(&folder, "documents/d001.txt", "t\0\0\0s", "talks");
    edit(&folder, "project.ron", "Other talks", "Their talks");
    read_back(&folder, &snapshot, &written).expect("the rest is the same");
}
