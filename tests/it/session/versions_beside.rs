//! A text and its earlier version side by side: passages belong to the current text, and both can be tagged.

use std::collections::BTreeMap;

use demarche::analysis::search::Query;
use demarche::model::{DocumentId, Ranges, SpanRef, TextRange};
use demarche::session::{
    AnnotateAction, FindAction, NavigateAction, NewTextSource, Pane, PaneAction, PaneKey, PaneText, Screen,
    Session, TextSelection, UpdateAction,
};

use crate::support::project::files;
use crate::support::session::*;

const OLD: &str = "Norvania will suspend the talks. Estmark regrets this. The port is closed by Friday.\n\nBoth sides \
                   met again on the next day and spoke of fish.\n";
const NEW: &str = "Yesterday, Norvania said: we will suspend the talks. The port is closed by Monday.\n\nBoth sides met \
                   again on the next day and spoke of fish.\n";

fn d001() -> DocumentId {
    "d001".into()
}

/// The current text on the left, its first version on the right with the focus; two passages.
fn versions() -> (tempfile::TempDir, Session) {
    let (dir, mut session) = desk(&[OLD]);
    tag(&mut session, "will suspend the talks", "threat");
    session.perform(UpdateAction::Compare(d001(), NewTextSource::Pasted(NEW.to_owned())));
    session.finish_jobs();
    session.perform(UpdateAction::Apply(BTreeMap::new()));
    tag(&mut session, "Yesterday", "justification");
    session.save_now().unwrap();
    session.open_earlier_beside();
    session.finish_jobs();
    (dir, session)
}

fn key(session: &Session, at: usize) -> PaneKey {
    session.panes().nth(at).unwrap().key()
}

fn text<'a>(pane: &Pane<'a>) -> &'a str {
    pane.text().unwrap().0.as_str()
}

/// The words of the passages in a pane.
fn shown(session: &Session, at: usize) -> Vec<String> {
    let pane = session.panes().nth(at).unwrap();
    let (text, _) = pane.text().unwrap();
    pane.layers()
        .flat_map(|(_, layer)| layer.spans().map(|span| span.quote(text)).collect::<Vec<_>>())
        .collect()
}

/// Selects words of the text in the focused pane.
fn select_shown(session: &mut Session, words: &str) {
    let start = text(&session.focused_pane()).find(words).unwrap();
    let range = TextRange { start, end: start + words.len() };
    session.perform(NavigateAction::SelectText(TextSelection::over(range)));
    assert_eq!(session.focused_pane().selection().range(), range);
}

fn tag_shown(session: &mut Session, words: &str, category: &str) {
    select_shown(session, words);
    session.perform(AnnotateAction::Tag(category.into()));
}

#[test]
fn an_earlier_version_shows_the_passages_whose_words_it_has() {
    let (_dir, session) = versions();
    let texts: Vec<&str> = session.panes().map(|pane| text(&pane)).collect();
    assert_eq!(texts, [NEW, OLD]);
    assert!(session.panes().nth(1).is_some_and(|pane| pane.is_focused() && pane.earlier() == Some(1)));
    assert_eq!(shown(&session, 0), ["Yesterday", "will suspend the talks"]);
    assert_eq!(shown(&session, 1), ["will suspend the talks"]);
    assert!(session.focused_pane().title().contains('1'));
}

#[test]
fn words_of_both_versions_can_be_tagged_in_either() {
    let (_dir, mut session) = versions();
    tag_shown(&mut session, "spoke of fish", "offer");
    assert_eq!(shown(&session, 1), ["will suspend the talks", "spoke of fish"]);
    assert_eq!(passages(&session)[2], "ana offer: spoke of fish", "{:?}", session.notices());
    let head = session.focused_pane().selection().head;
    assert_eq!(head, OLD.find("fish").unwrap() + 4, "the caret is after the words");
    session.perform(AnnotateAction::Tag("demand".into()));
    assert_eq!(passages(&session)[2], "ana demand: spoke of fish", "a key retags the current passage");
    session.undo();
    session.undo();
    assert_eq!(shown(&session, 1), ["will suspend the talks"]);
    assert_eq!(session.focused_pane().earlier(), Some(1), "undo stays in the pane");
    figures_are_right(&session);
}

#[test]
fn words_that_have_changed_are_refused_and_nothing_changes() {
    let (_dir, mut session) = versions();
    let before = (files(root_of(&session)), steps(&session));
    for words in ["Estmark regrets this", "by Friday"] {
        tag_shown(&mut session, words, "rejection");
        assert!(!session.notices().is_empty());
    }
    assert_eq!((files(root_of(&session)), steps(&session)), before);
    // The caret alone stands for a place, and tags nothing.
    assert_eq!(session.text_to_copy(false).as_deref(), Some("by Friday"));
}

#[test]
fn a_boundary_that_is_dragged_in_the_earlier_version_moves_in_the_current_text() {
    let (_dir, mut session) = versions();
    let at = span_of(&session, "will suspend the talks");
    session.perform(NavigateAction::SetCurrent(Some(at.clone())));
    let start = OLD.find("suspend").unwrap();
    let to = TextRange { start, end: start + "suspend the talks".len() };
    session.perform(AnnotateAction::SetBounds { at: at.clone(), index: 0, to });
    assert_eq!(passages(&session), ["ana justification: Yesterday", "ana threat: suspend the talks"]);
    assert_eq!(shown(&session, 1), ["suspend the talks"]);
    let gone = OLD.find("Estmark").unwrap();
    session.perform(AnnotateAction::SetBounds { at, index: 0, to: TextRange { start: gone, end: gone + 7 } });
    assert_eq!(shown(&session, 1), ["suspend the talks"]);
}

fn span_of(session: &Session, words: &str) -> SpanRef {
    let text = session.document().unwrap().text.clone().unwrap();
    spans(session).into_iter().find(|(_, span)| span.quote(&text) == words).unwrap().0
}

#[test]
fn going_to_a_passage_that_the_version_lacks_goes_to_the_current_text() {
    let (_dir, mut session) = versions();
    let (both, new) = (span_of(&session, "will suspend the talks"), span_of(&session, "Yesterday"));
    session.perform(NavigateAction::GoTo(both));
    assert_eq!(session.focused_pane().earlier(), Some(1));
    assert_eq!(session.focused_pane().reveal().range.start, OLD.find("will suspend").unwrap());
    session.perform(NavigateAction::GoTo(new));
    assert_eq!(session.focused_pane().key(), key(&session, 0));
    session.step_span(true);
    assert_eq!(session.current_span().unwrap().category.as_str(), "threat");
}

#[test]
fn the_search_finds_what_the_earlier_version_says() {
    let (_dir, mut session) = versions();
    session.perform(FindAction::InDocument(Query::words("Friday".to_owned())));
    assert_eq!(session.find().hits().len(), 1);
    session.step_hit(true);
    let pane = session.focused_pane();
    assert_eq!(&text(&pane)[pane.selection().anchor..pane.selection().head], "Friday");
    session.perform(PaneAction::Focus(key(&session, 0)));
    assert!(session.find().hits().is_empty());
}

#[test]
fn places_of_the_two_versions_correspond() {
    let (_dir, session) = versions();
    let [current, earlier] = session.panes().collect::<Vec<_>>()[..] else { panic!("two panes") };
    let (new, old) = (NEW.find("suspend").unwrap(), OLD.find("suspend").unwrap());
    assert_eq!(
        (current.counterpart(&earlier, new), earlier.counterpart(&current, old)),
        (Some(old), Some(new))
    );
}

#[test]
fn both_versions_are_there_when_the_project_opens_again() {
    let (_dir, mut session) = versions();
    for at in [1, 0] {
        session.perform(PaneAction::Focus(key(&session, at)));
        let root = root_of(&session).to_owned();
        session.save_local_state();
        drop(session);
        session = open(&root);
        session.finish_jobs();
        assert_eq!(session.panes().map(|pane| pane.earlier()).collect::<Vec<_>>(), [None, Some(1)]);
        assert_eq!(session.focused_pane().key(), key(&session, at));
        assert_eq!(shown(&session, 1), ["will suspend the talks"]);
    }
}

#[test]
fn other_screens_show_the_current_text() {
    let (_dir, mut session) = versions();
    select_shown(&mut session, "Both sides");
    session.show_screen(Screen::Compare);
    assert_eq!((text(&session.focused_pane()), session.focused_pane().earlier()), (NEW, None));
    session.show_screen(Screen::Annotate);
    assert_eq!((text(&session.focused_pane()), session.focused_pane().earlier()), (OLD, Some(1)));
}

#[test]
fn closing_leaves_the_current_text_and_undoing_the_update_too() {
    let (_dir, mut session) = versions();
    session.perform(PaneAction::Close(key(&session, 0)));
    assert_eq!(session.panes().map(|pane| pane.earlier()).collect::<Vec<_>>(), [None]);
    session.open_earlier_beside();
    session.finish_jobs();
    session.perform(NavigateAction::OpenDocument(d001()));
    assert_eq!(session.focused_pane().earlier(), None, "the list opens the current text");
    session.perform(PaneAction::Open(session.focused_pane().key(), PaneText::earlier(&d001(), 1)));
    session.finish_jobs();
    session.undo();
    session.undo();
    session.finish_jobs();
    assert_eq!(session.panes().map(|pane| text(&pane)).collect::<Vec<_>>(), [OLD, OLD]);
    assert_eq!(session.panes().map(|pane| pane.earlier()).collect::<Vec<_>>(), [None, None]);
}

#[test]
fn incremental_and_whole_placing_agree() {
    let (_dir, mut session) = versions();
    for (words, category) in [("spoke of fish", "offer"), ("Both sides", "demand"), ("The port", "threat")] {
        tag_shown(&mut session, words, category);
    }
    session.undo();
    let document = session.project().document(&d001()).unwrap().clone();
    let layer = document.layer(&"ana".into()).unwrap();
    let place = |ranges: &Ranges| {
        let old = document.other_texts[&1].text.clone();
        demarche::analysis::align::Alignment::new(old, document.text.clone().unwrap()).old_ranges(ranges)
    };
    let whole = layer.placed(None, place);
    let quotes: Vec<String> = whole.spans().map(|span| span.quote(&document.other_texts[&1].text)).collect();
    assert_eq!(shown(&session, 1), quotes);
}
