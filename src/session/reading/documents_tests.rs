//! The text of a document is there before its passages.

use std::sync::Arc;

use super::*;
use crate::Env;
use demarche_io::sample;
use demarche_model::Stamp;

/// The sample project, read on this thread; the results of jobs wait until they are polled.
fn opened() -> (tempfile::TempDir, Session) {
    let dir = tempfile::tempdir().expect("a folder");
    let folder = dir.path().join("sample");
    sample::write(&folder).expect("written");
    let env = Env::fixed(Stamp(1_790_000_000)).with_spawn(|work| work());
    let session = Session::open(&folder, env).expect("a project");
    (dir, session)
}

/// Takes results of jobs until something is so.
fn until(session: &mut Session, is_so: impl Fn(&Session) -> bool) {
    while !is_so(session) {
        let done = session.jobs.poll(None).expect("a result");
        done(session);
    }
}

fn is_loaded(session: &Session) -> bool {
    session.document().is_some_and(|document| document.is_loaded())
}

/// The text and anchors of the open document while its passages are still being read.
fn early_text(session: &Session) -> Option<(&Arc<Text>, &Arc<Anchors>)> {
    session.reading.early(session.view.document()?)
}

fn read_text(session: &Session, id: &DocumentId) -> Arc<Text> {
    session.project().document(id).and_then(|document| document.text.clone()).expect("a text")
}

#[test]
fn the_text_comes_before_the_passages_and_is_not_read_twice() {
    let (_dir, mut session) = opened();
    let id = session.view.document().cloned().expect("a document");
    assert!(early_text(&session).is_none());
    until(&mut session, |session| early_text(session).is_some());
    assert!(!is_loaded(&session));
    let (text, anchors) = early_text(&session).map(|(t, a)| (t.clone(), a.clone())).expect("a text");
    // Nothing can be tagged before the passages are there.
    session.select_text(TextSelection::over(demarche_model::TextRange { start: 0, end: 9 }));
    assert!(session.text_selection().is_empty());
    until(&mut session, is_loaded);
    let document = session.document().expect("a document");
    assert_eq!(document.id(), &id);
    assert!(document.text.as_ref().is_some_and(|read| Arc::ptr_eq(read, &text)));
    assert!(Arc::ptr_eq(&document.anchors, &anchors));
    assert!(document.layers.values().any(|layer| !layer.is_empty()));
    assert!(early_text(&session).is_none());
}

#[test]
fn the_text_of_a_document_that_was_left_is_not_shown() {
    let (_dir, mut session) = opened();
    let other = session.project().documents().iter().find(|d| Some(d.id()) != session.view.document());
    let other = other.map(|document| document.id().clone()).expect("another document");
    let left = session.view.document().cloned().expect("a document");
    session.open_document(&other);
    until(&mut session, |session| session.project().document(&left).is_some_and(|left| left.is_loaded()));
    assert!(early_text(&session).is_none_or(|(text, _)| !Arc::ptr_eq(text, &read_text(&session, &left))));
    until(&mut session, is_loaded);
    assert!(session.reading.early.is_empty());
}
