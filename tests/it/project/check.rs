//! What `check` finds in a project whose files can all be read.

use std::fs;
use std::path::Path;

use demarche::io::ProblemKind;
use demarche::io::project::{Folder, check};

use super::damage::{LAYER, damage, found, whole};
use crate::support::project::*;

/// The kinds of problem, each with its place.
fn places(folder: &Folder) -> Vec<String> {
    found(folder).into_iter().map(|(place, _)| place).collect()
}

fn put(folder: &Folder, file: &str, content: &str) {
    let path = folder.root().join(file);
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    fs::write(path, content).expect("written");
}

#[test]
fn a_value_of_the_wrong_kind_is_reported_for_every_kind_of_attribute() {
    let values = [
        ("Choice(\"sharp\")", "Number(2.0)"),
        ("Choices([\"fee\", \"port\"])", "Flag(true)"),
        ("Choice(\"Norvania\")", "Choices([\"Estmark\", \"Norvania\"])"),
        ("Text(\"two\\nlines, \\\"quoted\\\"\")", "Choice(\"two\")"),
        ("Number(-0.1)", "Text(\"a tenth\")"),
        ("Flag(true)", "Choice(\"maybe\")"),
        ("Date(\"2026-04-01\")", "Date(\"next week\")"),
        ("Date(\"2026-04-01\")", "Text(\"2026-04-01\")"),
    ];
    for (from, to) in values {
        damage(LAYER, from, to, "layers/ana/d001.ron:7 attribute-value", "does not fit");
    }
}

#[test]
fn what_a_span_or_link_names_and_the_project_lacks_is_reported() {
    let line = "layers/ana/d001.ron:7";
    let value = format!("{line} attribute-value");
    damage(LAYER, "Choice(\"Norvania\")", "Choice(\"Norvannia\")", &value, "“Norvannia”");
    damage(LAYER, "\"sum\"", "\"summary\"", &format!("{line} unknown-attribute"), "`summary`");
    let kind = "layers/ana/d001.ron:11 unknown-link-kind";
    damage(LAYER, "kind: \"responds-to\"", "kind: \"answers\"", kind, "`answers`");
    let review = "reviews/ben/d001.ron";
    damage(
        review,
        "(category: \"demand\"",
        "(category: \"plea\"",
        &format!("{review} unknown-category"),
        "`plea`",
    );
    damage(review, "Number(2.0)", "Flag(true)", &format!("{review} attribute-value"), "“sum”");
}

#[test]
fn a_decision_on_a_missing_span_is_reported_unless_the_span_was_rejected_or_removed() {
    let span = "01900000-0000-7000-8000-000000000001";
    let other = "01900000-0000-7000-8000-0000000000aa";
    let (_dir, folder) = whole();
    edit(&folder, "reviews/ben/d001.ron", span, other);
    assert_eq!(places(&folder), ["reviews/ben/d001.ron dangling-decision"]);
    let change =
        format!("(document: \"d001\", layer: \"ana\", span: \"{other}\", what: \"passage\", before: \"x\")");
    let step = format!("(format: 1)\n(at: \"2026-03-14T09:14:00Z\", step: \"s\", changes: [{change}])\n");
    put(&folder, "history/ana.log", &step);
    assert_eq!(found(&folder), [], "its owner has removed it");
    fs::remove_file(folder.root().join("history/ana.log")).expect("removed");
    edit(&folder, "reviews/ben/d001.ron", "Disputed", "Rejected");
    assert_eq!(found(&folder), []);
}

#[test]
fn files_of_nobody_are_reported() {
    let (_dir, folder) = whole();
    for file in ["d009.txt", "d009.ron", "d001.v2.txt", "d001.docx", "notes.md"] {
        put(&folder, &format!("documents/{file}"), "x");
    }
    for file in ["layers/ana/d009.ron", "reviews/ben/d009.ron", "layers/consensus/d009.ron"] {
        put(&folder, file, "x");
    }
    let step = |layer: &str| {
        let change = format!("(document: \"d001\", layer: \"{layer}\", what: \"note\", before: \"a\")");
        format!("(format: 1)\n(at: \"2026-03-14T09:14:00Z\", step: \"s\", changes: [{change}])\n")
    };
    put(&folder, "history/zed.log", &step("zed"));
    // A login name that only imported the spans of others is not a person of the project.
    put(&folder, "history/root.log", &step("ana"));
    put(&folder, "history/notes.txt", "x");
    let expected = [
        "documents/d001.docx orphan",
        "documents/d001.v2.txt orphan",
        "documents/d009.ron orphan",
        "documents/d009.txt orphan",
        "documents/notes.md orphan",
        "history/notes.txt orphan",
        "history/zed.log orphan",
        "layers/ana/d009.ron orphan",
        "layers/consensus/d009.ron orphan",
        "reviews/ben/d009.ron orphan",
    ];
    assert_eq!(places(&folder), expected);
    put(&folder, "documents/.d001.txt.tmp", "x");
    assert_eq!(places(&folder), expected, "hidden files are not of the project");
}

#[test]
fn nothing_is_missing_where_a_record_of_the_project_is_damaged() {
    let (_dir, folder) = whole();
    edit(&folder, "project.ron", "kind: Flag", "kind: Flagg");
    assert_eq!(places(&folder), ["project.ron:26 malformed"]);
}

#[test]
fn numbers_at_their_limits_are_reported() {
    let (_dir, folder) = whole();
    let length = format!("characters: {}", TEXT.chars().count());
    let version = format!(
        "{length}, version: 4294967295, updated: \"2026-01-01T00:00:00Z\", updated_by: \"ana\", earlier: [(version: 1, {length})]"
    );
    edit(&folder, "project.ron", &length, &version);
    let text = |name: &str| folder.root().join("documents").join(Path::new(name));
    fs::copy(text("d001.txt"), text("d001.v4294967295.txt")).expect("copied");
    assert_eq!(places(&folder), ["project.ron:33 limit"]);
}

#[test]
fn a_name_of_megabytes_is_reported_and_kept() {
    let (_dir, folder) = whole();
    edit(&folder, "project.ron", "name: \"", &format!("name: \"{}", "n".repeat(2_000_000)));
    let problems = check(&folder).unwrap();
    let [problem] = problems.as_slice() else { panic!("{problems:?}") };
    assert_eq!((problem.kind, problem.line), (ProblemKind::Limit, Some(3)));
    let (project, _) = read_all(&folder).unwrap();
    save_all(&folder, &project).unwrap();
    assert!(read_all(&folder).unwrap().0.name().len() > 2_000_000);
}
