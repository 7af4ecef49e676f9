//! Bookmarks: set, removed, walked through, kept on this machine, and found again in a later version of the text.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use demarche::session::{NavigateAction, NewTextSource, ProjectAction, Session, TextSelection, UpdateAction};

use crate::support::project::files;
use crate::support::session::*;

const FIRST: &str = "One is here. Two is there.\n\nThree ends it.\n";
const SECOND: &str = "Four begins. Five goes on.\n";

fn caret(session: &mut Session, words: &str) {
    let at = place_of(session, words).start;
    session.perform(NavigateAction::SelectText(TextSelection::caret(at)));
}

fn open_document(session: &mut Session, id: &str) {
    session.perform(NavigateAction::OpenDocument(id.into()));
    session.finish_jobs();
}

/// The first word after each bookmark in the open document.
fn here(session: &Session) -> Vec<&str> {
    let text = session.document().unwrap().text.as_ref().unwrap().as_str();
    session.bookmarks_here().iter().map(|mark| text[mark.at..].split(' ').next().unwrap()).collect()
}

/// The word at the caret.
fn word(session: &Session) -> &str {
    let text = session.document().unwrap().text.as_ref().unwrap().as_str();
    text[session.text_selection().head..].split(' ').next().unwrap()
}

fn bookmark_files(root: &Path) -> Vec<String> {
    let entries = fs::read_dir(root.join(".demarche")).unwrap().flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    names.filter(|name| name.starts_with("bookmarks-")).collect()
}

#[test]
fn a_sentence_is_marked_from_anywhere_in_it_and_unmarked_again() {
    let (_dir, mut ana) = desk(&[FIRST]);
    caret(&mut ana, "there");
    ana.toggle_bookmark();
    assert_eq!(here(&ana), ["Two"]);
    caret(&mut ana, "Two");
    ana.toggle_bookmark();
    assert!(here(&ana).is_empty());
    caret(&mut ana, "ends");
    ana.toggle_bookmark();
    caret(&mut ana, "One");
    ana.toggle_bookmark();
    assert_eq!(here(&ana), ["One", "Three"], "by place");
    assert_eq!((steps(&ana), ana.has_unsaved()), (0, false), "a bookmark is no change of the project");
    let last = ana.bookmarks()[1].clone();
    ana.perform(NavigateAction::RemoveBookmark(last));
    assert_eq!(here(&ana), ["One"]);
}

#[test]
fn bookmarks_are_walked_through_in_all_documents_and_round_again() {
    let (_dir, mut ana) = desk(&[FIRST, SECOND]);
    ana.step_bookmark(true);
    assert!(!notice(&ana).is_empty(), "there is none yet");
    for (document, words) in [(0, "Two"), (0, "Three"), (1, "Five")] {
        let id = id_of(&ana, document);
        open_document(&mut ana, &id);
        caret(&mut ana, words);
        ana.toggle_bookmark();
    }
    let first = id_of(&ana, 0);
    open_document(&mut ana, &first);
    caret(&mut ana, "One");
    let mut seen = Vec::new();
    for forward in [true, true, true, true, false, false] {
        ana.step_bookmark(forward);
        ana.finish_jobs();
        seen.push(word(&ana).to_owned());
    }
    assert_eq!(seen, ["Two", "Three", "Five", "Two", "Five", "Three"]);
}

#[test]
fn bookmarks_stay_on_this_machine_and_belong_to_one_person() {
    let (_dir, mut ana) = desk(&[FIRST]);
    let root = root_of(&ana).to_owned();
    ana.save_now().unwrap();
    let before = files(&root);
    caret(&mut ana, "Two");
    ana.toggle_bookmark();
    ana.tick();
    ana.finish_jobs();
    assert_eq!(bookmark_files(&root).len(), 1, "they are written at once");
    assert_eq!(files(&root), before, "nothing that others see");
    drop(ana);
    let mut ana = open(&root);
    ana.finish_jobs();
    assert_eq!(here(&ana), ["Two"]);
    ana.perform(ProjectAction::WorkAs { name: "Ben".to_owned() });
    ana.tick();
    assert!(here(&ana).is_empty() && ana.bookmarks().is_empty());
    caret(&mut ana, "Three");
    ana.toggle_bookmark();
    assert_eq!(here(&ana), ["Three"]);
    ana.perform(ProjectAction::WorkAs { name: "Ana".to_owned() });
    ana.tick();
    assert_eq!(here(&ana), ["Two"]);
    ana.save_local_state();
    let file = root.join(".demarche").join(&bookmark_files(&root)[0]);
    fs::write(&file, "{\"people\":7}").unwrap();
    drop(ana);
    fs::write(
        &file,
        "{\"people\":{\"ana\":[{\"document\":\"gone\",\"version\":1,\"at\":99,\"quote\":\"x\"}]}}",
    )
    .unwrap();
    let mut ana = open(&root);
    ana.finish_jobs();
    assert!(here(&ana).is_empty());
    ana.step_bookmark(true);
    let gone = ana.bookmarks()[0].clone();
    ana.perform(NavigateAction::GoToBookmark(gone));
    assert!(!notice(&ana).is_empty());
}

#[test]
fn a_bookmark_follows_its_words_into_a_later_version() {
    let (_dir, mut ana) = desk(&[FIRST]);
    for words in ["Two", "Three"] {
        caret(&mut ana, words);
        ana.toggle_bookmark();
    }
    let id = ana.document().unwrap().id().clone();
    let text = "A new first line.\n\nTwo is there. One is here.\n".to_owned();
    ana.perform(UpdateAction::Compare(id, NewTextSource::Pasted(text)));
    ana.finish_jobs();
    ana.perform(UpdateAction::Apply(BTreeMap::new()));
    ana.tick();
    assert_eq!(here(&ana), ["Two"]);
    let lost = ana.bookmarks().into_iter().find(|mark| mark.quote.starts_with("Three")).unwrap().clone();
    ana.perform(NavigateAction::GoToBookmark(lost));
    assert!(notice(&ana).contains("Three ends it."), "{}", notice(&ana));
    ana.undo();
    ana.tick();
    assert_eq!(here(&ana), ["Two", "Three"]);
}
