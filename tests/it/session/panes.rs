//! Two texts side by side: each pane has its own document, caret, current passage and layers.

use demarche::analysis::search::Query;
use demarche::model::{DocumentId, SpanRef};
use demarche::session::{
    AnnotateAction, FindAction, NavigateAction, PaneAction, PaneKey, PaneText, Session, Shown, TextSelection,
};

use crate::support::session::*;

const FIRST: &str = "Norvania will suspend the talks.\n\nEstmark offers to lower the fee.\n";
const SECOND: &str = "Estmark regrets it.\n\nNorvania will suspend the transit.\n";

fn two() -> (tempfile::TempDir, Session) {
    let (dir, mut session) = desk(&[FIRST, SECOND]);
    session.perform(PaneAction::OpenBeside(PaneText::current(&"d002".into())));
    (dir, session)
}

/// The documents in the panes from left to right; that of the focused pane is in brackets.
fn panes(session: &Session) -> Vec<String> {
    let name = |pane: demarche::session::Pane<'_>| {
        let id = pane.document().map(|document| document.id().to_string()).unwrap_or_default();
        if pane.is_focused() { format!("[{id}]") } else { id }
    };
    session.panes().map(name).collect()
}

fn key(session: &Session, at: usize) -> PaneKey {
    session.panes().nth(at).unwrap().key()
}

fn focus(session: &mut Session, at: usize) {
    session.perform(PaneAction::Focus(key(session, at)));
}

fn current(session: &Session, at: usize) -> Option<SpanRef> {
    session.panes().nth(at).unwrap().current().cloned()
}

#[test]
fn a_document_opens_beside_the_open_one_and_takes_the_focus() {
    let (_dir, mut session) = two();
    assert_eq!(panes(&session), ["d001", "[d002]"]);
    session.perform(NavigateAction::OpenDocument("d001".into()));
    assert_eq!(panes(&session), ["d001", "[d001]"], "a click in the list opens it in the focused pane");
    session.perform(PaneAction::OpenBeside(PaneText::current(&"d002".into())));
    assert_eq!(panes(&session), ["[d002]", "d001"], "in the pane that is there");
    session.perform(PaneAction::Swap);
    assert_eq!(panes(&session), ["d001", "[d002]"]);
    session.perform(PaneAction::Open(key(&session, 0), PaneText::current(&"d002".into())));
    assert_eq!(panes(&session), ["[d002]", "d002"]);
    session.toggle_side_by_side();
    assert_eq!(panes(&session), ["[d002]"]);
    session.perform(PaneAction::OpenBeside(PaneText::current(&"d001".into())));
    session.perform(PaneAction::Close(key(&session, 1)));
    assert_eq!(panes(&session), ["[d002]"]);
    session.perform(PaneAction::Close(key(&session, 0)));
    assert_eq!(panes(&session), ["[d002]"], "one pane stays");
}

#[test]
fn each_pane_has_its_own_caret_passage_and_layers() {
    let (_dir, mut session) = two();
    let right = tag(&mut session, "suspend the transit", "threat");
    session.perform(NavigateAction::Show(Shown::Everyone));
    focus(&mut session, 0);
    assert_eq!((session.current(), session.shown()), (None, &Shown::Mine));
    figures_are_right(&session);
    let left = tag(&mut session, "suspend the talks", "threat");
    let caret = session.text_selection();
    assert_eq!((current(&session, 0), current(&session, 1)), (Some(left.clone()), Some(right.clone())));
    focus(&mut session, 1);
    assert_eq!((session.current(), session.shown()), (Some(&right), &Shown::Everyone));
    figures_are_right(&session);
    assert_ne!(session.text_selection(), caret);
    session.perform(AnnotateAction::Tag("demand".into()));
    assert_eq!(passages(&session), ["ana threat: suspend the talks", "ana demand: suspend the transit"]);
    focus(&mut session, 0);
    assert_eq!(session.text_selection(), caret);
}

#[test]
fn undo_goes_to_the_pane_of_the_document() {
    let (_dir, mut session) = two();
    tag(&mut session, "suspend the transit", "threat");
    focus(&mut session, 0);
    tag(&mut session, "suspend the talks", "threat");
    session.undo();
    assert_eq!(panes(&session), ["[d001]", "d002"]);
    session.undo();
    assert_eq!(panes(&session), ["d001", "[d002]"]);
    assert!(passages(&session).is_empty());
    session.redo();
    session.redo();
    assert_eq!(
        (panes(&session), passages(&session).len()),
        (vec!["[d001]".to_owned(), "d002".to_owned()], 2)
    );
    let right = spans(&session).into_iter().find(|(at, _)| at.layer.document == "d002".into()).unwrap().0;
    session.perform(NavigateAction::GoTo(right.clone()));
    assert_eq!(
        (panes(&session), session.current()),
        (vec!["d001".to_owned(), "[d002]".to_owned()], Some(&right))
    );
}

#[test]
fn a_document_can_be_in_both_panes_and_a_tag_appears_in_both() {
    let (_dir, mut session) = desk(&[FIRST, SECOND]);
    session.toggle_side_by_side();
    assert_eq!(panes(&session), ["d001", "[d001]"]);
    let at = tag(&mut session, "lower the fee", "offer");
    assert_eq!((current(&session, 0), current(&session, 1)), (None, Some(at.clone())));
    for pane in session.panes() {
        let layers = pane.layers().filter(|(_, layer)| layer.span(at.span).is_some()).count();
        assert_eq!(layers, 1);
    }
    focus(&mut session, 0);
    session.perform(NavigateAction::SetCurrent(Some(at)));
    session.remove_selected();
    assert_eq!((current(&session, 0), current(&session, 1)), (None, None), "it is gone in both");
    session.undo();
    assert_eq!(
        (panes(&session), passages(&session).len()),
        (vec!["[d001]".to_owned(), "d001".to_owned()], 1)
    );
}

#[test]
fn a_link_leads_from_one_pane_to_the_other() {
    let (_dir, mut session) = two();
    tag(&mut session, "regrets it", "rejection");
    session.link_here();
    focus(&mut session, 0);
    tag(&mut session, "lower the fee", "offer");
    session.link_here();
    let draft = session.link_draft().expect("only its kind is missing");
    assert_eq!((&draft.from.layer.document, &draft.to.layer.document), (&"d002".into(), &"d001".into()));
}

#[test]
fn the_search_follows_the_focus_and_does_not_scroll() {
    let (_dir, mut session) = two();
    session.perform(FindAction::InDocument(Query::words("suspend the t".to_owned())));
    let of_second = session.find().hits().to_vec();
    let before: Vec<u64> = session.panes().map(|pane| pane.reveal().serial).collect();
    focus(&mut session, 0);
    assert!(session.find().hits().len() == 1 && session.find().hits() != of_second);
    assert_eq!(session.panes().map(|pane| pane.reveal().serial).collect::<Vec<_>>(), before);
}

#[test]
fn a_removed_document_closes_its_pane() {
    let (_dir, mut session) = two();
    focus(&mut session, 0);
    session.perform(demarche::session::DocumentListAction::Remove(vec!["d002".into()]));
    assert_eq!(panes(&session), ["[d001]"]);
    session.undo();
    assert_eq!(session.project().documents().len(), 2);
    session.perform(PaneAction::OpenBeside(PaneText::current(&"d002".into())));
    session.perform(demarche::session::DocumentListAction::Remove(vec!["d002".into()]));
    assert_eq!(panes(&session), ["d001", "[d001]"]);
}

#[test]
fn a_project_opens_with_both_texts_where_they_were() {
    let (_dir, mut session) = two();
    let root = root_of(&session).to_owned();
    let fee = |session: &Session| place_of(session, "fee").start;
    focus(&mut session, 0);
    let caret = fee(&session);
    session.perform(NavigateAction::SelectText(TextSelection::caret(caret)));
    focus(&mut session, 1);
    let caret = place_of(&session, "transit").start;
    session.perform(NavigateAction::SelectText(TextSelection::caret(caret)));
    session.perform(PaneAction::ScrollTogether(true));
    for left in [true, false] {
        session.perform(PaneAction::Swap);
        let before = panes(&session);
        let carets: Vec<usize> = session.panes().map(|pane| pane.selection().head).collect();
        session.save_local_state();
        drop(session);
        session = open(&root);
        assert_eq!(panes(&session), before, "{left}");
        assert_eq!(session.panes().map(|pane| pane.selection().head).collect::<Vec<_>>(), carets);
        assert!(session.scrolls_together());
    }
    session.toggle_side_by_side();
    session.save_local_state();
    drop(session);
    assert_eq!(panes(&open(&root)), ["[d002]"]);
}

#[test]
fn two_places_of_one_text_are_remembered_apart() {
    let (_dir, mut session) = desk(&[FIRST]);
    let root = root_of(&session).to_owned();
    session.toggle_side_by_side();
    let caret = place_of(&session, "fee").start;
    session.perform(NavigateAction::SelectText(TextSelection::caret(caret)));
    focus(&mut session, 0);
    session.save_local_state();
    drop(session);
    let session = open(&root);
    assert_eq!(session.panes().map(|pane| pane.selection().head).collect::<Vec<_>>(), [0, caret]);
    assert_eq!(panes(&session), ["[d001]", "d001"]);
    let id: DocumentId = "d001".into();
    assert_eq!(session.view_state().document, Some(id));
}
