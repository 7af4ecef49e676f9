//! Sets of documents in project.ron: reading, writing, damage, merges by git.

use std::fs;
use std::path::Path;

use demarche::io::ProblemKind;
use demarche::io::project::{Folder, check, merge_file, open};
use demarche::model::{DocumentId, DocumentSetId, Edit, Project};
use tempfile::TempDir;

use crate::support::project::*;

/// A copy of the project that was written in the fourth format.
fn kept() -> (TempDir, Folder) {
    let dir = tempfile::tempdir().expect("a folder");
    let root = dir.path().join("fees");
    copy_tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/formats/4"), &root);
    (dir, Folder::new(root))
}

fn project_ron(folder: &Folder) -> String {
    fs::read_to_string(folder.root().join("project.ron")).expect("a file")
}

fn members(project: &Project, set: &str) -> Vec<String> {
    project.members(&set.into()).map(|document| document.id().to_string()).collect()
}

#[test]
fn sets_are_read_and_written_as_they_were() {
    let (_dir, folder) = kept();
    assert_eq!(check(&folder).expect("checked"), []);
    let before = files(folder.root());
    let (project, problems) = read_all(&folder).expect("read");
    assert_eq!(problems, []);
    let names: Vec<&str> = project.document_sets().values().map(String::as_str).collect();
    assert_eq!(names, ["Still empty", "Press", "Round one"]);
    assert_eq!(members(&project, "round-one"), ["d002", "d001"]);
    save_all(&folder, &project).expect("saved");
    assert_eq!(files(folder.root()), before);
}

#[test]
fn a_project_without_sets_is_written_in_the_format_that_it_had() {
    let (_dir, folder) = kept();
    let (mut project, _) = read_all(&folder).expect("read");
    let sets: Vec<DocumentSetId> = project.document_sets().keys().cloned().collect();
    let all: Vec<DocumentId> = project.documents().iter().map(|document| document.id().clone()).collect();
    let removal = sets.iter().flat_map(|set| {
        let out = Edit::SetMembers { set: set.clone(), documents: all.clone(), are_in: false };
        [out, Edit::SetDocumentSet { id: set.clone(), to: None }]
    });
    let undo = project.apply(Edit::Batch(removal.collect())).expect("applied").inverse;
    save_all(&folder, &project).expect("saved");
    let text = project_ron(&folder);
    assert!(text.starts_with("(\n    format: 3,\n") && !text.contains("sets"), "{text}");
    project.apply(undo).expect("undone");
    save_all(&folder, &project).expect("saved");
    let (_other, fresh) = kept();
    assert_eq!(project_ron(&folder), project_ron(&fresh));
}

#[test]
fn a_document_in_a_set_is_one_line_of_difference() {
    let (_dir, folder) = kept();
    let before = project_ron(&folder);
    let (mut project, _) = read_all(&folder).expect("read");
    let edit = Edit::SetMembers { set: "press".into(), documents: vec!["d003".into()], are_in: true };
    project.apply(edit).expect("applied");
    save_all(&folder, &project).expect("saved");
    let after = project_ron(&folder);
    let differ = before.lines().zip(after.lines()).filter(|(old, new)| old != new).count();
    assert_eq!((differ, before.lines().count()), (1, after.lines().count()));
}

#[test]
fn a_bad_set_is_reported_and_kept() {
    for (from, to, expected) in [
        ("sets: [\"round-one\"]", "sets: [\"round-two\"]", (ProblemKind::UnknownSet, 49)),
        ("\"press\": \"Press\"", "\"press\": \" \"", (ProblemKind::Malformed, 44)),
    ] {
        let (_dir, folder) = kept();
        edit(&folder, "project.ron", from, to);
        let found = check(&folder).expect("checked");
        let found: Vec<_> = found.iter().map(|p| (p.kind, p.line.unwrap_or_default())).collect();
        assert_eq!(found, [expected], "{to}");
        let before = project_ron(&folder);
        let (project, _) = read_all(&folder).expect("read");
        save_all(&folder, &project).expect("saved");
        assert_eq!(project_ron(&folder), before);
    }
    // A record that would be lost keeps the project from being opened.
    let (_dir, folder) = kept();
    edit(&folder, "project.ron", "\"press\": \"Press\"", "\"press\": 5");
    assert!(open(&folder).is_err());
}

#[test]
fn git_merges_sets_and_the_order_of_documents() {
    let (_dir, folder) = kept();
    let base = project_ron(&folder);
    let merge = |ours: &str, theirs: &str| {
        merge_file(Path::new("project.ron"), base.as_bytes(), ours.as_bytes(), theirs.as_bytes())
            .expect("read")
    };
    let line = |id: &str| base.lines().find(|line| line.contains(&format!("(id: \"{id}\""))).expect("a line");
    let third = format!("{}\n", line("d003"));
    let ours = base.replace(&third, "").replace("    documents: [\n", &format!("    documents: [\n{third}"));
    let ours = ours.replace("[\"press\", \"round-one\"]", "[\"empty\", \"press\", \"round-one\"]");
    let theirs = base.replace("[\"press\", \"round-one\"]", "[\"round-one\"]");
    let theirs = theirs.replace("        \"empty\": \"Still empty\",\n", "");
    let theirs = theirs.replace("\"Press\"", "\"Newspapers\"");
    let merged = merge(&ours, &theirs);
    assert!(merged.conflicts.is_empty(), "{:?}", merged.conflicts);
    fs::write(folder.root().join("project.ron"), &merged.text).expect("written");
    assert_eq!(check(&folder).expect("checked"), []);
    let project = open(&folder).expect("opened").project;
    let order: Vec<&str> = project.documents().iter().map(|document| document.id().as_str()).collect();
    assert_eq!(order, ["d003", "d002", "d001"]);
    assert_eq!((members(&project, "empty"), members(&project, "press")), (vec!["d002".to_owned()], vec![]));
    assert_eq!(project.document_sets()[&"press".into()], "Newspapers");
    // Two names of one set are a conflict.
    let named = |name: &str| base.replace("\"Press\"", &format!("\"{name}\""));
    assert_eq!(merge(&named("Papers"), &named("Newspapers")).conflicts.len(), 1);
}
