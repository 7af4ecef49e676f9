use std::fs;

use proptest::prelude::*;

use crate::export::random::{Likeness, likeness, projects};
use crate::export::{Scope, export_to_path, exporter, sample};
use crate::loss::RangeLoss;
use demarche_model::{Edit, LayerId, Project, Ranges, Span, TextRange, Value};

/// Returns the results of exporting and reading back a project, one per line.
fn losses(project: &Project, folder: &std::path::Path) -> Vec<String> {
    let exported = export_to_path(exporter("brat").unwrap(), &Scope::everything(project), folder).unwrap();
    let back = exported.read_back.unwrap();
    let mut lines = vec![back.to_string()];
    lines.extend(back.differences.iter().map(|loss| format!("back: {}", loss.short())));
    lines.extend(exported.losses.iter().map(|loss| format!("lost: {}", loss.short())));
    lines
}

#[test]
fn all_passages_are_read_back_and_the_rest_is_counted() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(
        losses(&sample::project(), folder.path()),
        [
            "Read back and compared: 8 of 8 passages came back, 0 of 1 links",
            "back: 1 ValueKinds",
            "lost: 2 DocumentFacts",
            "lost: 1 LinksToOthers",
        ]
    );
}

/// Sets a span of the sample's annotator over bytes of the first document.
fn set(project: &mut Project, id: u128, ranges: &[(usize, usize)], change: impl FnOnce(&mut Span)) {
    let ranges = Ranges::new(ranges.iter().map(|&(start, end)| TextRange { start, end })).unwrap();
    let mut span = Span { ranges, ..sample::span(id, "threat", "x", &["x"]) };
    change(&mut span);
    let layer = LayerId::new(&"d001".into(), &"ben".into());
    project.apply(Edit::SetSpan { layer, id: span.id, to: Some(span.into()) }).unwrap();
}

#[test]
fn content_that_brat_can_not_carry_is_counted() {
    let folder = tempfile::tempdir().unwrap();
    let mut project = sample::project();
    let actors = vec!["Norvania".to_owned(), "Free Port".to_owned(), "Free_Port".to_owned()];
    project.apply(Edit::SetActors { to: actors }).unwrap();
    let line_end = sample::FIRST.find('\n').unwrap();
    set(&mut project, 20, &[(line_end, line_end + 1)], |_| {});
    set(&mut project, 21, &[(line_end - 5, line_end + 1)], |_| {});
    set(&mut project, 22, &[(0, 4)], |span| {
        span.attributes.insert("conditional".into(), Value::Flag(false));
        span.attributes.insert("actor".into(), Value::Choice("Free Port".into()));
        span.note = "\n C:\\new\n".to_owned();
    });
    assert_eq!(
        losses(&project, folder.path()),
        [
            "Read back and compared: 9 of 11 passages came back, 0 of 1 links",
            "back: 1 Attributes",
            "back: 1 ValueKinds",
            "back: 1 NewPassages",
            "lost: 2 DocumentFacts",
            "lost: 1 NegativeFlags",
            "lost: 1 LinksToOthers",
            "lost: 1 BlankPassages",
            "lost: 1 PassagesOverLineEnds",
            "lost: 2 ChangedValues",
        ]
    );
    let conf = fs::read_to_string(folder.path().join("ben/annotation.conf")).unwrap();
    assert!(conf.contains("actor\tArg:<ENTITY>, Value:Norvania|Free_Port|Free_Port\n"), "{conf}");
}

#[test]
fn one_annotator_needs_no_folder() {
    let folder = tempfile::tempdir().unwrap();
    let project = sample::project();
    let scope = Scope { annotators: Some(vec!["ben".into()]), ..Scope::everything(&project) };
    let exported = export_to_path(exporter("brat").unwrap(), &scope, folder.path()).unwrap();
    assert_eq!(exported.read_back.unwrap().differences, []);
    let mut names: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["annotation.conf", "d001.ann", "d001.txt", "d002.ann", "d002.txt", "visual.conf"]);
    let standoff = fs::read_to_string(folder.path().join("d001.ann")).unwrap();
    assert_eq!(standoff, "T1\tthreat 44 47\t한국어\n");
}

#[test]
fn ids_that_brat_cannot_store_come_back() {
    let mut project = sample::project();
    for (at, id) in ["red line", "red_line", "김민수"].into_iter().enumerate() {
        let category = sample::category(id, "Red line", None);
        project.apply(Edit::SetCategory { id: id.into(), to: Some((at, category.into())) }).unwrap();
        set(&mut project, 100 + at as u128, &[(at, at + 4)], |span| span.category = id.into());
    }
    let folder = tempfile::tempdir().unwrap();
    let lines = losses(&project, folder.path());
    assert_eq!(lines[0], "Read back and compared: 11 of 11 passages came back, 0 of 1 links");
    let conf = fs::read_to_string(folder.path().join("annotation.conf")).unwrap();
    assert_eq!(super::ids_in(&conf)["red_line-2"], "red line");
    assert_eq!(super::ids_in(&conf).len(), 2, "an id that brat can store keeps its name");
}

#[test]
fn line_ends_in_notes_that_change_are_counted() {
    let mut project = sample::project();
    set(&mut project, 100, &[(0, 4)], |span| span.note = "a\u{85}b\nc".to_owned());
    let folder = tempfile::tempdir().unwrap();
    assert!(losses(&project, folder.path()).contains(&"lost: 1 InvalidCharacters".to_owned()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Texts and passages of any shape are read back; only line ends split passages.
    #[test]
    fn all_passages_are_read_back(project in projects("[a한é👩 \u{200d}\u{301}\tש\n.]{1,60}x")) {
        let folder = tempfile::tempdir().unwrap();
        let Likeness { found, all, exact, lost } = likeness("brat", &project, folder.path());
        let white = lost(RangeLoss::BlankPassages);
        let ends = lost(RangeLoss::PassagesOverLineEnds);
        prop_assert!(found + white + ends >= all, "{} of {}", found, all);
        prop_assert!(exact || ends > 0);
    }
}
