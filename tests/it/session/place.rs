//! A project opens where its user left it on this machine.

use std::fs;
use std::path::{Path, PathBuf};

use demarche::model::TextRange;
use demarche::session::{
    Arrangement, Column, FilterAction, NavigateAction, PassagesAction, Screen, Session, Sort, TextSelection,
};

use crate::support::project::files;
use crate::support::session::*;

const FIRST: &str =
    "Norvania – “we” will suspend the talks.\n\nNothing here.\n\nEstmark offers to lower the fee.\n";
const SECOND: &str = "Estmark regrets it.\n\nThe port will close.\n";

/// A project of two documents with a tag, and its folder.
fn project() -> (tempfile::TempDir, PathBuf) {
    let (dir, root) = small(&[FIRST, SECOND]);
    let mut session = open(&root);
    tag(&mut session, "suspend the talks", "threat");
    session.save_now().unwrap();
    (dir, root)
}

/// Moves the caret to words of the open document, and shows the text from others on.
fn stand(session: &mut Session, caret: &str, top: &str) {
    let (caret, top) = (place_of(session, caret).start, place_of(session, top).start);
    let document = session.document().unwrap().id().clone();
    session.perform(NavigateAction::SelectText(TextSelection::caret(caret)));
    let pane = session.focused_pane().key();
    session.perform(NavigateAction::See(pane, document, TextRange::new(top, top + 9)));
}

fn open_document(session: &mut Session, id: &str) {
    session.perform(NavigateAction::OpenDocument(id.into()));
    session.finish_jobs();
}

/// The words after the caret, and those with which the text view begins if the session says so.
fn place(session: &Session) -> (String, Option<String>) {
    let text = session.document().unwrap().text.clone().unwrap();
    let from = |at: usize| text.as_str()[at..].split(' ').next().unwrap().to_owned();
    let reveal = session.reveal();
    (from(session.text_selection().head), reveal.at_top.then(|| from(reveal.range.start)))
}

fn by_date() -> Arrangement {
    let sort = Some(Sort { column: Column::Date, descending: true });
    Arrangement { sort, group: Some(Column::Attribute("actor".into())) }
}

/// The file in which the place is kept.
fn place_file(root: &Path) -> PathBuf {
    let entries = fs::read_dir(root.join(".demarche")).unwrap().flatten();
    let mut found = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with("window-"));
    found.next().unwrap().path()
}

#[test]
fn document_caret_scroll_position_order_filter_and_screen_are_as_they_were() {
    let (_dir, root) = project();
    let mut session = open(&root);
    stand(&mut session, "offers", "Nothing");
    open_document(&mut session, "d002");
    stand(&mut session, "port", "The");
    session.perform(PassagesAction::Arrange(by_date()));
    session.perform(FilterAction::Set("category:threat".to_owned()));
    session.show_screen(Screen::Compare);
    let shared = files(&root);
    session.save_local_state();
    drop(session);
    assert_eq!(files(&root), shared, "the files of the project are the same");
    let mut session = open(&root);
    assert_eq!(session.view_state().document, Some("d002".into()));
    assert_eq!(place(&session), ("port".to_owned(), Some("The".to_owned())));
    assert_eq!(*session.passage_table().arrangement(), by_date());
    assert_eq!((session.filter(), session.screen()), ("category:threat", Screen::Compare));
    assert_eq!(session.passage_table().len(), 1);
    open_document(&mut session, "d001");
    assert_eq!(place(&session), ("offers".to_owned(), Some("Nothing".to_owned())), "of every document");
    select(&mut session, "will");
    open_document(&mut session, "d002");
    open_document(&mut session, "d001");
    assert_eq!(session.text_selection().range(), place_of(&session, "will"), "the later position counts");
}

#[test]
fn a_position_is_kept_when_a_document_is_left_and_with_autosave() {
    let (_dir, root) = project();
    let mut session = open(&root);
    stand(&mut session, "offers", "Nothing");
    open_document(&mut session, "d002");
    session.finish_jobs();
    // As after a crash: nothing is written at the end.
    let crashed = place_file(&root);
    let kept = fs::read(&crashed).unwrap();
    drop(session);
    fs::write(&crashed, kept).unwrap();
    let mut session = open(&root);
    open_document(&mut session, "d001");
    assert_eq!(place(&session), ("offers".to_owned(), Some("Nothing".to_owned())));
    stand(&mut session, "Nothing", "Norvania");
    tag(&mut session, "Norvania", "offer");
    for _ in 0..20 {
        session.tick();
        session.finish_jobs();
    }
    assert!(!session.has_unsaved());
    drop(session);
    let mut session = open(&root);
    open_document(&mut session, "d001");
    assert_eq!(session.text_selection().head, place_of(&session, "Norvania").end);
}

#[test]
fn what_no_longer_fits_is_ignored() {
    let (_dir, root) = project();
    let mut session = open(&root);
    stand(&mut session, "offers", "Nothing");
    session.save_local_state();
    drop(session);
    let file = place_file(&root);
    let good = fs::read_to_string(&file).unwrap();
    let nowhere = ("Norvania".to_owned(), None);
    let documents = |place: &str| format!("{{\"documents\":[{place}]}}");
    for bad in [
        String::new(),
        "[]".to_owned(),
        good.replace("\"version\":1", "\"version\":2"),
        documents(r#"{"document":"d001","version":1,"anchor":9999,"caret":9999,"top":3}"#),
        documents(r#"{"document":"gone","version":1,"anchor":3,"caret":3,"top":3}"#),
        documents(r#"{"document":"d001","version":1,"anchor":-1,"caret":3,"top":3}"#),
        documents(r#"{"document":"d001","version":1,"anchor":18446744073709551615,"caret":3,"top":3}"#),
    ] {
        fs::write(&file, &bad).unwrap();
        assert_eq!(place(&open(&root)), nowhere, "{bad}");
    }
    let names = r#"{"screen":"new","filter":"category:gone (","sort":{"column":"x","descending":true},"group":"note"}"#;
    fs::write(&file, names).unwrap();
    let session = open(&root);
    assert_eq!((session.screen(), session.filter()), (Screen::Annotate, ""));
    assert_eq!(*session.passage_table().arrangement(), Arrangement::default());
    assert_eq!(session.me().as_str(), "ana");
}

#[test]
fn a_passage_that_is_asked_for_comes_before_the_position() {
    let (_dir, root) = project();
    let mut session = open(&root);
    let at = session.passage_table().spans().next().unwrap();
    stand(&mut session, "offers", "Nothing");
    open_document(&mut session, "d002");
    session.save_local_state();
    drop(session);
    let mut session = Session::open(&root, demarche::session::Env::fixed(START)).unwrap();
    session.perform(NavigateAction::GoTo(at.clone()));
    session.finish_jobs();
    assert_eq!(session.current(), Some(&at));
    assert_eq!(session.text_selection().head, place_of(&session, "suspend").start);
}
