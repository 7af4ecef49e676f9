//! Names in labelled files that the project lacks, and the choices that the window offers before the import.

use std::fs;
use std::path::PathBuf;

use demarche::io::annotations::{NameChoice, NameKind};
use demarche::session::{Action, ExchangeAction, PreviewAction, Session, UnknownNamesChoice};

use crate::support::session::*;

/// A file with two spans; one has an unknown category and an unknown actor.
pub const LABELLED: &str = r#"{"id":"a","text":"One two.","spans":[{"id":"s1","start":0,"end":3,"category":"threat"},{"id":"s2","start":4,"end":7,"category":"threaat"}],"links":[{"kind":"responds-to","from":"s1","to":"s2"}]}"#;

fn with_files(contents: &[(&str, &str)]) -> (tempfile::TempDir, Session, Vec<PathBuf>) {
    let (dir, session) = desk(&["Norvania will suspend the talks.\n"]);
    let folder = root_of(&session).with_file_name("outside");
    fs::create_dir_all(&folder).unwrap();
    let write = |(name, content): &(&str, &str)| {
        fs::write(folder.join(name), content).unwrap();
        folder.join(name)
    };
    let paths = contents.iter().map(write).collect();
    (dir, session, paths)
}

fn act(session: &mut Session, action: PreviewAction) {
    session.perform(Action::Preview(action));
    session.finish_jobs();
}

/// The categories of all spans, and the number of links.
fn imported(session: &Session) -> (Vec<String>, usize) {
    let layers = || session.project().documents().iter().flat_map(|document| document.layers.values());
    let spans = layers().flat_map(|layer| layer.spans()).map(|span| span.category.to_string());
    (spans.collect(), layers().map(|layer| layer.links().count()).sum())
}

fn categories(session: &Session) -> usize {
    session.project().codebook().categories.len()
}

/// Opens the preview of the labelled file, makes a choice for the categories, and imports.
fn import_with(choice: UnknownNamesChoice) -> (tempfile::TempDir, Session, usize) {
    let (dir, mut session, paths) = with_files(&[("in.jsonl", LABELLED)]);
    let before = categories(&session);
    act(&mut session, PreviewAction::Open(paths));
    let preview = session.preview().expect("the names are shown");
    assert!(preview.is_ready() && preview.candidates().is_empty());
    let names: Vec<_> = preview.names().of(NameKind::Category).collect();
    assert_eq!((names.len(), names[0].name.as_str(), names[0].line), (1, "threaat", Some(1)));
    assert_eq!(preview.names().target(names[0]), NameChoice::Map("threat".into()));
    act(&mut session, PreviewAction::ChooseNames { kind: NameKind::Category, choice });
    act(&mut session, PreviewAction::Import);
    assert!(session.preview().is_none());
    (dir, session, before)
}

/// The lines of the report of the import.
fn report(session: &Session) -> String {
    let report = session.report().expect("a report");
    report.lines.iter().map(|(_, line)| format!("{line}\n")).collect()
}

#[test]
fn names_are_added_and_reported() {
    let (_dir, mut session, before) = import_with(UnknownNamesChoice::Add);
    assert_eq!(imported(&session).0.iter().filter(|id| *id == "threaat").count(), 1);
    assert_eq!(categories(&session), before + 1);
    assert!(report(&session).contains("threaat"), "{}", report(&session));
    session.undo();
    assert_eq!((categories(&session), imported(&session).1), (before, 0));
}

#[test]
fn names_are_mapped_to_the_nearest_or_another() {
    let (_dir, session, before) = import_with(UnknownNamesChoice::Map);
    assert_eq!(imported(&session).0.iter().filter(|id| *id == "threat").count(), 2);
    assert_eq!((categories(&session), imported(&session).1), (before, 1));

    let (_dir, mut session, paths) = with_files(&[("in.jsonl", LABELLED)]);
    act(&mut session, PreviewAction::Open(paths));
    let kind = NameKind::Category;
    act(&mut session, PreviewAction::ChooseNames { kind, choice: UnknownNamesChoice::Map });
    let to = NameChoice::Map("demand".into());
    act(&mut session, PreviewAction::ChooseName { kind, name: "threaat".to_owned(), to });
    act(&mut session, PreviewAction::Import);
    assert!(imported(&session).0.iter().any(|id| id == "demand"));
}

#[test]
fn names_are_left_out_and_their_passages_counted() {
    let (_dir, session, before) = import_with(UnknownNamesChoice::LeaveOut);
    assert_eq!(imported(&session), (vec!["threat".to_owned()], 0));
    assert_eq!(categories(&session), before);
    let report = report(&session);
    assert!(report.contains("1 passage of a category that was left out"), "{report}");
    assert!(report.contains("1 link that was left out"), "{report}");
}

#[test]
fn files_without_new_names_come_in_at_once_and_texts_have_their_preview() {
    let known = LABELLED.replace("threaat", "demand");
    let (_dir, mut session, paths) = with_files(&[("in.jsonl", &known)]);
    act(&mut session, PreviewAction::Open(paths));
    assert!(session.preview().is_none());
    assert_eq!(imported(&session).0.len(), 2);

    let (_dir, mut session, paths) = with_files(&[("in.jsonl", LABELLED), ("note.txt", "A note.")]);
    act(&mut session, PreviewAction::Open(paths.clone()));
    let preview = session.preview().expect("a preview");
    assert!(preview.is_ready());
    assert_eq!((preview.candidates().len(), preview.names().all().len()), (1, 1));
    let choice = UnknownNamesChoice::Map;
    act(&mut session, PreviewAction::ChooseNames { kind: NameKind::Category, choice });
    act(&mut session, PreviewAction::Import);
    assert_eq!(imported(&session).0.iter().filter(|id| *id == "threat").count(), 2);
    assert_eq!(session.project().documents().len(), 3);

    // Without a preview, everything is added.
    let (_dir, mut session, _) = with_files(&[]);
    session.perform(Action::Exchange(ExchangeAction::Import(paths)));
    session.finish_jobs();
    assert!(session.preview().is_none());
}
