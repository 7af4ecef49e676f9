//! Damaged projects: each damage is named with file and line, and saving afterwards loses nothing.

use std::fs;

use demarche::io::project::{Folder, check, open};
use demarche::io::{IoError, Problem, ProblemKind};
use demarche::model::*;

use crate::support::project::*;

pub(super) const LAYER: &str = "layers/ana/d001.ron";

/// Problems as `file:line kind`, with the message.
pub(super) fn found(folder: &Folder) -> Vec<(String, String)> {
    let place = |p: &Problem| {
        let line = p.line.map_or_else(String::new, |line| format!(":{line}"));
        format!("{}{line} {}", p.file.display(), p.kind.name())
    };
    check(folder).expect("checked").iter().map(|p| (place(p), p.message.clone())).collect()
}

/// Without the sample's own detached record.
pub(super) fn whole() -> (tempfile::TempDir, Folder) {
    let (dir, folder) = on_disk();
    edit(&folder, LAYER, &format!("        {DETACHED},\n"), "");
    assert_eq!(found(&folder), []);
    (dir, folder)
}

/// Breaks one thing, and expects one problem; then saves everything and expects that all lines are still there.
pub(super) fn damage(file: &str, from: &str, to: &str, place: &str, message: &str) {
    let (_dir, folder) = whole();
    edit(&folder, file, from, to);
    let problems = found(&folder);
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!(problems[0].0, place);
    assert!(problems[0].1.contains(message), "{} lacks {message}", problems[0].1);
    let before = files(folder.root());
    let (project, _) = read_all(&folder).expect("opened");
    save_all(&folder, &project).expect("saved");
    let after = files(folder.root());
    let lines = |text: &str| {
        let mut lines: Vec<String> = text.lines().map(|l| l.trim_end_matches(',').to_owned()).collect();
        lines.sort();
        lines
    };
    for (name, content) in &before {
        assert_eq!(lines(content), lines(&after[name]), "{name}");
    }
    save_all(&folder, &read_all(&folder).expect("opened").0).expect("saved");
    assert_eq!(files(folder.root()), after, "the second save changes nothing");
    let kinds =
        |found: Vec<(String, String)>| found.into_iter().map(|(_, message)| message).collect::<Vec<_>>();
    assert_eq!(kinds(found(&folder)).len(), 1);
}

#[test]
fn a_span_outside_the_text_is_kept() {
    damage(LAYER, "[(33, 62)]", "[(33, 640)]", "layers/ana/d001.ron:8 outside-text", "33..640");
}

#[test]
fn a_span_whose_words_are_others_is_kept() {
    damage(
        LAYER,
        "[(33, 62)]",
        "[(34, 62)]",
        "layers/ana/d001.ron:8 quote-mismatch",
        "the quote of the span is not the text at its place: expected “[The] fee — 한국 — must come…”, found “[he] fee — 한국 — must come…”",
    );
}

#[test]
fn a_span_of_an_unknown_category_is_kept() {
    damage(
        LAYER,
        "category: \"demand\"",
        "category: \"plea\"",
        "layers/ana/d001.ron:8 unknown-category",
        "no category `plea`",
    );
}

#[test]
fn a_second_span_of_one_id_is_kept() {
    let (_dir, folder) = whole();
    let line = "        (id: \"01900000-0000-7000-8000-000000000002\", category: \"threat\", ranges: [(0, 8)], \
                quote: \"Norvania\", created: \"2026-03-14T09:14:00Z\"),\n    ],\n    links";
    edit(&folder, LAYER, "    ],\n    links", line);
    let problems = found(&folder);
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].0, "layers/ana/d001.ron:9 duplicate-id");
    assert!(problems[0].1.contains("the one on line 8"), "{}", problems[0].1);
    let before = files(folder.root());
    save_all(&folder, &read_all(&folder).expect("opened").0).expect("saved");
    assert_eq!(files(folder.root()), before);
}

#[test]
fn an_unknown_field_is_named_and_the_record_kept() {
    damage(
        LAYER,
        "category: \"demand\"",
        "weight: 3, category: \"demand\"",
        "layers/ana/d001.ron:8 malformed",
        "weight",
    );
}

#[test]
fn a_value_of_the_wrong_type_is_named_and_the_record_kept() {
    damage(LAYER, "category: \"demand\"", "category: 7", "layers/ana/d001.ron:8 malformed", "can't be read");
}

#[test]
fn a_record_that_is_no_ron_at_all_is_kept() {
    damage(
        LAYER,
        "category: \"demand\"",
        "category: \"demand",
        "layers/ana/d001.ron:8 malformed",
        "can't be read",
    );
}

#[test]
fn half_a_record_is_kept() {
    damage(
        LAYER,
        ", created: \"2026-03-14T09:14:00Z\"),\n    ],\n    links",
        "\n    ],\n    links",
        "layers/ana/d001.ron:8 malformed",
        "can't be read",
    );
}

#[test]
fn a_backward_range_is_named() {
    damage(LAYER, "[(33, 62)]", "[(62, 33)]", "layers/ana/d001.ron:8 malformed", "(62, 33)");
}

#[test]
fn a_bad_link_is_kept_among_the_links() {
    damage(
        LAYER,
        "kind: \"responds-to\"",
        "sort: \"x\"",
        "layers/ana/d001.ron:11 malformed",
        "the link can't be read",
    );
}

#[test]
fn a_link_to_nothing_is_reported() {
    damage(
        LAYER,
        "to: \"01900000-0000-7000-8000-000000000001\"",
        "to: \"01900000-0000-7000-8000-00000000000a\"",
        "layers/ana/d001.ron:11 dangling-link",
        "which does not exist",
    );
}

#[test]
fn a_layer_of_a_newer_format_is_never_overwritten() {
    damage(
        LAYER,
        "format: 1",
        "format: 5",
        "layers/ana/d001.ron:2 newer-format",
        "made by a newer Demarche (format 5); update this one",
    );
}

#[test]
fn a_layer_that_cant_be_taken_apart_is_never_overwritten() {
    damage(LAYER, "    spans: [", "    spans: {", "layers/ana/d001.ron:7 malformed", "can't be read");
}

#[test]
fn a_layer_cut_short_is_never_overwritten() {
    damage(LAYER, "    ],\n)\n", "", "layers/ana/d001.ron:12 malformed", "can't be read");
}

#[test]
fn a_merge_conflict_is_named_and_left_alone() {
    damage(
        LAYER,
        "    links: [",
        "<<<<<<< HEAD\n    links: [",
        "layers/ana/d001.ron:10 malformed",
        "unresolved merge conflict",
    );
}

#[test]
fn a_layer_in_the_wrong_place_is_left_alone() {
    damage(LAYER, "annotator: \"ana\"", "annotator: \"eve\"", "layers/ana/d001.ron:1 malformed", "`eve`'s");
}

#[test]
fn an_unknown_field_of_a_layer_is_named_and_the_file_left_alone() {
    damage(LAYER, "    links: [", "    mood: 3,\n    links: [", "layers/ana/d001.ron:10 malformed", "`mood`");
}

#[test]
fn a_bad_decision_is_named_and_the_review_left_alone() {
    damage("reviews/ben/d001.ron", "Disputed", "Perhaps", "reviews/ben/d001.ron:6 malformed", "the decision");
}

#[test]
fn layers_of_documents_that_are_not_listed_are_reported_and_left_alone() {
    let (_dir, folder) = whole();
    fs::write(folder.root().join("layers/ana/d009.ron"), "whatever").expect("written");
    assert_eq!(found(&folder)[0].0, "layers/ana/d009.ron orphan");
    let (project, _) = read_all(&folder).expect("opened");
    save_all(&folder, &project).expect("saved");
    assert_eq!(files(folder.root())["layers/ana/d009.ron"], "whatever");
}

#[test]
fn a_text_that_is_missing_or_changed_is_reported() {
    let (_dir, folder) = whole();
    let path = folder.root().join("documents/d001.txt");
    fs::write(&path, format!("{TEXT}more")).expect("written");
    assert_eq!(found(&folder)[0].0, "documents/d001.txt text-changed");
    fs::write(&path, TEXT.replace('\n', "\r\n")).expect("written");
    assert_eq!(found(&folder), [], "git may turn line ends round");
    fs::write(&path, b"\xff\xfe\xfd").expect("written");
    assert_eq!(found(&folder)[0].0, "documents/d001.txt unreadable");
    fs::remove_file(&path).expect("removed");
    assert_eq!(found(&folder)[0].0, "documents/d001.txt missing");
    let opened = open(&folder).expect("the rest can be worked on");
    assert_eq!(opened.problems.len(), 1);
    assert!(matches!(read_all(&folder), Err(IoError::Problem(p)) if p.kind == ProblemKind::Missing));
}

#[test]
fn a_damaged_project_file_is_not_opened_and_check_names_every_line() {
    let (_dir, folder) = whole();
    edit(&folder, "project.ron", "hotkey: \"1\"", "hotkey: \"12\"");
    edit(&folder, "project.ron", "kind: Flag", "kind: Flagg");
    edit(&folder, "project.ron", "id: \"d001\"", "id: \"../d001\"");
    edit(&folder, "project.ron", "\"Estmark\",", "Estmark,");
    edit(&folder, "project.ron", "id: \"ben\"", "id: \"ANA\"");
    let problems = found(&folder);
    let places: Vec<&str> = problems.iter().map(|(place, _)| place.as_str()).collect();
    let expect = [
        "project.ron:6 case-twins",
        "project.ron:10 malformed",
        "project.ron:16 malformed",
        "project.ron:26 malformed",
        "project.ron:33 malformed",
    ];
    assert_eq!(places, expect, "{problems:?}");
    let error = open(&folder).expect_err("it would be lost at the next save").to_string();
    assert!(error.ends_with("project.ron:10") && error.contains("3 more"), "{error}");
}

#[test]
fn a_project_of_a_newer_format_is_opened_with_a_problem() {
    let (_dir, folder) = whole();
    edit(&folder, "project.ron", "format: 2", "format: 7");
    let problems = open(&folder).expect("opened").problems;
    let message = "made by a newer Demarche (format 7); update this one: project.ron:2";
    assert_eq!(problems.iter().map(|problem| problem.to_string()).collect::<Vec<_>>(), [message]);
    assert_eq!(found(&folder)[0].0, "project.ron:2 newer-format");
}

#[test]
fn everything_wrong_is_found_in_one_run_sorted_by_file_and_line() {
    let (_dir, folder) = on_disk();
    edit(&folder, LAYER, "[(33, 62)]", "[(33, 640)]");
    edit(&folder, LAYER, "kind: \"responds-to\"", "kind: 3");
    edit(&folder, "reviews/ben/d001.ron", "format: 1", "format: 5");
    fs::create_dir_all(folder.root().join("layers/cleo")).expect("made");
    let copy = fs::read_to_string(folder.root().join(LAYER)).expect("there").replace("\"ana\"", "\"cleo\"");
    fs::write(folder.root().join("layers/cleo/d001.ron"), copy).expect("written");
    fs::write(folder.root().join("layers/cleo/d002.ron"), "").expect("written");
    let places: Vec<String> = found(&folder).into_iter().map(|(place, _)| place).collect();
    let expect = [
        "layers/ana/d001.ron:7 unknown-category",
        "layers/ana/d001.ron:9 outside-text",
        "layers/ana/d001.ron:12 malformed",
        "layers/cleo/d001.ron unlisted-annotator",
        "layers/cleo/d001.ron:7 unknown-category",
        "layers/cleo/d001.ron:7 duplicate-id",
        "layers/cleo/d001.ron:8 duplicate-id",
        "layers/cleo/d001.ron:9 outside-text",
        "layers/cleo/d001.ron:9 duplicate-id",
        "layers/cleo/d001.ron:12 malformed",
        "layers/cleo/d002.ron orphan",
        "reviews/ben/d001.ron:2 newer-format",
    ];
    let (mut places, mut expect) = (places, expect.map(str::to_owned).to_vec());
    places.sort();
    expect.sort();
    assert_eq!(places, expect);
}

#[test]
fn a_file_laid_out_by_hand_with_crlf_and_comments_is_fine() {
    let (_dir, folder) = whole();
    let path = folder.root().join(LAYER);
    let canonical = fs::read_to_string(&path).expect("there");
    let by_hand = canonical
        .replace("category: \"demand\", ", "\n            category: \"demand\", // sure?\n            ")
        .replace("    links: [", "    // relations\n    links: [")
        .replace('\n', "\r\n");
    fs::write(&path, &by_hand).expect("written");
    assert_eq!(found(&folder), []);
    save_all(&folder, &read_all(&folder).expect("opened").0).expect("saved");
    assert_eq!(fs::read_to_string(&path).expect("there"), canonical);
    fs::write(&path, by_hand.replace("category: \"demand\"", "category: 4")).expect("written");
    assert_eq!(found(&folder)[0].0, "layers/ana/d001.ron:9 malformed");
}

#[test]
fn two_records_on_one_line_are_fine() {
    let (_dir, folder) = whole();
    edit(&folder, LAYER, "),\n        (", "), (");
    assert_eq!(found(&folder), []);
}

#[test]
fn a_record_that_ends_in_a_comment_stays_one_record() {
    let (_dir, folder) = whole();
    edit(&folder, LAYER, "category: \"demand\"", "category: \"plea\"");
    edit(&folder, LAYER, "),\n    ],\n    links", ") // https://example.org\n    ],\n    links");
    assert_eq!(found(&folder)[0].0, "layers/ana/d001.ron:8 unknown-category");
    save_all(&folder, &read_all(&folder).expect("opened").0).expect("saved");
    let (project, problems) = read_all(&folder).expect("opened");
    assert_eq!(problems.len(), 1, "{problems:?}");
    let layer = LayerId::new(&"d001".into(), &"ana".into());
    assert_eq!(project.layer(&layer).expect("there").len(), 1);
    assert_eq!(project.layer(&layer).expect("there").detached().count(), 1);
}

#[test]
fn no_folder_is_no_project() {
    let dir = tempfile::tempdir().expect("a folder");
    let folder = Folder::new(dir.path());
    for error in [open(&folder).map(|_| ()), check(&folder).map(|_| ())] {
        let error = error.expect_err("nothing there");
        assert!(matches!(error, IoError::NoProject(_)), "{error}");
    }
}
