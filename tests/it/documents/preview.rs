//! The preview of files before an import: what it shows, corrections, and what is imported and kept.

use std::fs;
use std::path::PathBuf;

use demarche::io::import::Doubt;
use demarche::io::project::check;
use demarche::io::{DocumentLoss, Loss};
use demarche::model::{Date, DocumentMeta};
use demarche::session::{Action, Candidate, ExchangeAction, Preview, PreviewAction, Session};

use crate::support::project::files;
use crate::support::session::*;

/// A project of one text, and files beside it.
fn with_files(contents: &[(&str, &[u8])]) -> (tempfile::TempDir, Session, Vec<PathBuf>) {
    let (dir, session) = desk(&["Norvania will suspend the talks.\n"]);
    let folder = root_of(&session).with_file_name("outside");
    fs::create_dir_all(&folder).unwrap();
    let write = |(name, content): &(&str, &[u8])| {
        fs::write(folder.join(name), content).unwrap();
        folder.join(name)
    };
    let paths = contents.iter().map(write).collect();
    (dir, session, paths)
}

fn wish(session: &mut Session, wish: PreviewAction) {
    session.perform(Action::Preview(wish));
    session.finish_jobs();
}

fn preview(session: &Session) -> &Preview {
    session.preview().expect("files are looked at")
}

/// What the list says of each file: its name, whether it is taken, and why it can't be or is here already.
fn listed(session: &Session) -> Vec<String> {
    let line = |candidate: &Candidate| {
        let said = match candidate.document() {
            None => "failed".to_owned(),
            Some(found) => {
                found.existing.clone().map_or_else(|| "ready".to_owned(), |title| format!("is {title}"))
            }
        };
        format!("{} {} {said}", if candidate.included { "+" } else { "-" }, candidate.name)
    };
    preview(session).candidates().iter().map(line).collect()
}

fn titles(session: &Session) -> Vec<String> {
    session.project().documents().iter().map(|d| d.meta.title.clone()).collect()
}

const PAGE: &[u8] =
    b"<html><head><title>Port talks</title><meta name=author content=\"M. Ek\"></head><body><article>\
    <h1>Port talks</h1><p>Norvania asks for ships, and for more time.</p><h2>Guarantees</h2>\
    <p>Estmark offers none of them.</p><img src=x.png></article></body></html>";

#[test]
fn nothing_comes_in_before_it_was_looked_at_and_then_all_as_one_step() {
    let once = b"The second text\n\nof this import.\n".as_slice();
    let (_dir, mut session, paths) = with_files(&[
        ("a.txt", b"First\n\nHi.\n"),
        ("b.txt", b"\0\x01\x02\0"),
        ("c.md", once),
        ("d.txt", once),
    ]);
    wish(&mut session, PreviewAction::Open(paths));
    assert_eq!(listed(&session)[..2], ["+ a.txt ready", "- b.txt failed"]);
    assert_eq!(listed(&session)[3], "- d.txt is The second text");
    assert_eq!((preview(&session).included(), steps(&session), titles(&session).len()), (2, 0, 1));
    let meta = preview(&session).candidates()[0].document().unwrap().meta.clone();
    let mended =
        DocumentMeta { title: "Corrected".into(), date: Date::parse("2026-03"), author: "Ek".into(), ..meta };
    wish(&mut session, PreviewAction::SetMeta { at: 0, meta: Box::new(mended) });
    wish(&mut session, PreviewAction::Include { at: 1, include: true });
    wish(&mut session, PreviewAction::Import);
    assert!(session.preview().is_none());
    assert_eq!(titles(&session)[1..], ["Corrected", "The second text"]);
    assert_eq!((steps(&session), undo_label(&session)), (1, "import 2 documents"));
    let first = &session.project().documents()[1].meta;
    assert_eq!((first.author.as_str(), first.date.as_ref().unwrap().as_str()), ("Ek", "2026-03"));
    session.undo();
    assert_eq!(titles(&session).len(), 1);
}

#[test]
fn a_file_with_headings_comes_in_goes_and_comes_back_from_disk() {
    let (_dir, mut session, paths) = with_files(&[("talks.html", PAGE)]);
    session.keep_originals(true);
    wish(&mut session, PreviewAction::Open(paths));
    let found = preview(&session).candidates()[0].document().unwrap();
    assert_eq!((found.meta.title.as_str(), found.meta.author.as_str()), ("Port talks", "M. Ek"));
    assert!(!found.dropped.is_empty(), "the picture is said to be left out");
    wish(&mut session, PreviewAction::Import);
    session.save_now().unwrap();
    let with = files(root_of(&session));
    let id = id_of(&session, 1);
    assert!(with[&format!("documents/{id}.ron")].contains("heading: \"Guarantees\", level: 2"));
    assert_eq!(with[&format!("documents/{id}.html")].as_bytes(), PAGE);
    session.undo();
    session.save_now().unwrap();
    assert!(files(root_of(&session)).keys().all(|name| !name.contains(&id)));
    session.redo();
    session.save_now().unwrap();
    assert_eq!(files(root_of(&session)), with);
    assert_eq!(check(session.folder()).unwrap(), []);
    let root = root_of(&session).to_owned();
    let before = session.project().documents()[1].clone();
    drop(session);
    let session = open_later(&root);
    let after = &session.project().documents()[1];
    assert_eq!((&after.meta, &after.anchors), (&before.meta, &before.anchors));
    assert_eq!(after.anchors.headings().len(), 2);
    assert!(!root.join(".demarche/incoming").exists(), "what was put aside is cleared");
}

#[test]
fn the_copy_of_a_table_is_kept_once_and_with_its_first_document() {
    let table = b"speaker,text\nAna,First speech\nBen,Second speech\n".as_slice();
    let (_dir, mut session, paths) = with_files(&[("talks.csv", table)]);
    session.keep_originals(true);
    wish(&mut session, PreviewAction::Open(paths));
    wish(&mut session, PreviewAction::Import);
    assert!(session.report().is_none(), "{:?}", session.report());
    session.save_now().unwrap();
    let with = files(root_of(&session));
    assert_eq!(with[&format!("documents/{}.csv", id_of(&session, 1))].as_bytes(), table);
    assert!(!with.contains_key(&format!("documents/{}.csv", id_of(&session, 2))));
    assert_eq!(check(session.folder()).unwrap(), []);
    let before: Vec<_> = session.project().documents().iter().map(|document| document.meta.clone()).collect();
    let root = root_of(&session).to_owned();
    drop(session);
    let after = open_later(&root);
    assert!(after.project().documents().iter().map(|document| &document.meta).eq(&before));
}

#[test]
fn a_file_that_is_here_comes_in_twice_only_when_it_is_ticked() {
    let (_dir, mut session, paths) = with_files(&[("a.txt", b"First\n\nHi.\n")]);
    session.keep_originals(true);
    session.perform(ExchangeAction::Import(paths.clone()));
    session.finish_jobs();
    wish(&mut session, PreviewAction::Open(paths.clone()));
    assert_eq!(listed(&session), ["- a.txt is First"]);
    wish(&mut session, PreviewAction::IncludeAll(true));
    assert_eq!(listed(&session), ["- a.txt is First"], "all means all that are not here");
    wish(&mut session, PreviewAction::Include { at: 0, include: true });
    wish(&mut session, PreviewAction::Import);
    assert_eq!(titles(&session)[1..], ["First", "First"]);
    session.save_now().unwrap();
    let all = files(root_of(&session));
    for at in [1, 2] {
        assert!(all.contains_key(&format!("documents/{}.original.txt", id_of(&session, at))));
    }
    assert_eq!(check(session.folder()).unwrap(), []);
}

#[test]
fn another_encoding_reads_the_file_again_and_keeps_what_was_typed() {
    let (_dir, mut session, paths) = with_files(&[("a.txt", b"R\xe9union\n"), ("b.txt", b"Other\n")]);
    wish(&mut session, PreviewAction::Open(paths));
    let document = |session: &Session| preview(session).candidates()[0].document().unwrap().clone();
    let meta = DocumentMeta { source: "Archive".into(), ..document(&session).meta };
    wish(&mut session, PreviewAction::SetMeta { at: 0, meta: Box::new(meta) });
    wish(&mut session, PreviewAction::ReadAgain { at: 0, encoding: Some("windows-1251".into()) });
    let read = document(&session);
    assert_eq!((read.text.as_str(), read.meta.source.as_str()), ("Rйunion\n", "Archive"));
    assert_eq!(listed(&session), ["+ a.txt ready", "+ b.txt ready"]);
    wish(&mut session, PreviewAction::ReadAgain { at: 0, encoding: Some("UTF-8".into()) });
    let read = document(&session);
    let lost = Loss::new(DocumentLoss::UndefinedCharacters, 1);
    assert_eq!((read.text.as_str(), read.dropped), ("R\u{FFFD}union\n", vec![lost]));
    wish(&mut session, PreviewAction::ReadAgain { at: 0, encoding: Some("iso-2022-kr".into()) });
    assert_eq!(listed(&session), ["- a.txt failed", "+ b.txt ready"]);
    wish(&mut session, PreviewAction::ReadAgain { at: 0, encoding: None });
    assert_eq!(listed(&session), ["+ a.txt ready", "+ b.txt ready"]);
}

#[test]
fn closing_brings_in_nothing_and_a_text_from_the_clipboard_is_looked_at_too() {
    let (_dir, mut session, paths) = with_files(&[("a.txt", b"First\n")]);
    wish(&mut session, PreviewAction::Open(paths));
    wish(&mut session, PreviewAction::Close);
    assert!(session.preview().is_none());
    wish(&mut session, PreviewAction::OpenText("Pasted words\nand more.\n".into()));
    assert_eq!(listed(&session), ["+ From the clipboard ready"]);
    wish(&mut session, PreviewAction::Import);
    assert_eq!(titles(&session)[1..], ["Pasted words"]);
    wish(&mut session, PreviewAction::OpenText(" \n".into()));
    assert_eq!((session.preview().is_none(), notice(&session)), (true, "There is no text in the clipboard"));
}

#[test]
fn a_thousand_files_can_be_stopped_and_leave_nothing() {
    let (_dir, mut session, _) = with_files(&[]);
    let folder = root_of(&session).with_file_name("outside");
    for number in 0..1000 {
        fs::write(folder.join(format!("{number:04}.txt")), format!("Text {number}\n")).unwrap();
    }
    session.perform(PreviewAction::Open(vec![folder.clone()]));
    assert!(preview(&session).reading().is_some());
    session.perform(Action::CancelJobs);
    session.finish_jobs();
    assert!(session.preview().is_none() && titles(&session).len() == 1);
    wish(&mut session, PreviewAction::Open(vec![folder.clone()]));
    assert_eq!(preview(&session).included(), 1000);
    session.keep_originals(true);
    session.perform(PreviewAction::Import);
    session.perform(Action::CancelJobs);
    session.finish_jobs();
    assert_eq!((titles(&session).len(), steps(&session)), (1, 0), "all or nothing");
    session.keep_originals(false);
    wish(&mut session, PreviewAction::Open(vec![folder]));
    wish(&mut session, PreviewAction::Import);
    assert_eq!((titles(&session).len(), steps(&session)), (1001, 1));
}

#[test]
fn a_file_that_changes_meanwhile_comes_in_as_it_was_read_and_without_a_copy() {
    let (_dir, mut session, paths) = with_files(&[("a.txt", b"First\n")]);
    session.keep_originals(true);
    wish(&mut session, PreviewAction::Open(paths.clone()));
    fs::write(&paths[0], "Changed\n").unwrap();
    wish(&mut session, PreviewAction::Import);
    let meta = &session.project().documents()[1].meta;
    assert!(meta.title == "First" && meta.origin.kept.is_empty());
    assert!(session.report().unwrap().lines[0].1.contains("no copy of the file was kept"));
}

#[test]
fn doubtful_files_are_listed_first_and_come_in_in_the_order_of_the_files() {
    let (dir, mut session, mut paths) = with_files(&[
        ("a.txt", b"We wait, and nothing more.\n"),
        ("b.txt", b"The fee of \xA3825 a ship is to be paid by the line, said the envoy.\n"),
        ("c.txt", b"An answer, an \xFFanswer, said the delegation\xE2\x80\x99s envoy.\n"),
    ]);
    let folder = dir.path().join("more");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("slides.pptx"), "PK").unwrap();
    paths.push(folder);
    wish(&mut session, PreviewAction::Open(paths.clone()));
    assert_eq!(preview(&session).order(), [1, 2, 0]);
    let doubts: Vec<Vec<Doubt>> =
        preview(&session).candidates().iter().map(|c| c.doubts().collect()).collect();
    assert_eq!(doubts, [vec![], vec![Doubt::Encoding], vec![Doubt::UnreadCharacters]]);
    assert_eq!(preview(&session).passed_over().len(), 1);
    // The rows stay where they are when an encoding is named, which leaves no doubt.
    wish(&mut session, PreviewAction::ReadAgain { at: 1, encoding: Some("windows-1252".to_owned()) });
    assert_eq!(preview(&session).order(), [1, 2, 0]);
    assert!(!preview(&session).candidates()[1].is_doubtful());
    wish(&mut session, PreviewAction::Import);
    assert_eq!(titles(&session)[1], "We wait, and nothing more.");
}
