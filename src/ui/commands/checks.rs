//! When a command can be run, and what to say when it can't.

use demarche_session::{Screen, Session};

type Check = Result<(), &'static str>;

fn needs(holds: bool, why: &'static str) -> Check {
    if holds { Ok(()) } else { Err(why) }
}

pub(super) fn always(_: &Session) -> Check {
    Ok(())
}

pub(super) fn writable(session: &Session) -> Check {
    needs(session.read_only().is_none(), "This project is open read-only")
}

pub(super) fn categories(session: &Session) -> Check {
    writable(session)?;
    needs(!session.project().codebook().categories.is_empty(), "Add a category first")
}

pub(super) fn undo(session: &Session) -> Check {
    needs(session.undo_stack().undo_label().is_some(), "Nothing to undo")
}

pub(super) fn redo(session: &Session) -> Check {
    needs(session.undo_stack().redo_label().is_some(), "Nothing to redo")
}

pub(super) fn document(session: &Session) -> Check {
    needs(session.document().is_some_and(|document| document.is_loaded()), "Open a document first")
}

pub(super) fn pages(session: &Session) -> Check {
    document(session)?;
    let pages = session.document().map_or(0, |document| document.anchors.pages().len());
    needs(pages > 0, "This document has no page numbers")
}

pub(super) fn edit_document(session: &Session) -> Check {
    writable(session).and_then(|()| document(session))
}

pub(super) fn agreement(session: &Session) -> Check {
    needs(session.agreement().result().is_some(), "Nothing is computed yet; go to the Agreement screen")
}

pub(super) fn waiting(session: &Session) -> Check {
    edit_document(session)?;
    let waits = session.view_state().document.as_ref().is_some_and(|id| session.pending_count(id) > 0);
    needs(waits, "No passage of yours is in doubt here")
}

pub(super) fn earlier_text(session: &Session) -> Check {
    document(session)?;
    let earlier = session.document().is_some_and(|document| !document.other_texts.is_empty());
    needs(earlier, "This document has had no other text")
}

pub(super) fn selection(session: &Session) -> Check {
    document(session)?;
    needs(!session.text_selection().is_empty(), "Select some words first")
}

pub(super) fn words(session: &Session) -> Check {
    writable(session)?;
    needs(session.selected_words().is_some(), "Select some words first")
}

pub(super) fn copy(session: &Session) -> Check {
    needs(
        !session.text_selection().is_empty() || session.current().is_some(),
        "Select some words or pick a passage first",
    )
}

pub(super) fn picked(session: &Session) -> Check {
    needs(session.current().is_some(), "Pick a passage first")
}

pub(super) fn my_pick(session: &Session) -> Check {
    writable(session)?;
    picked(session)?;
    let mine = session.current().is_some_and(|at| session.may_edit(&at.layer.annotator));
    needs(mine, "This passage is another annotator's")
}

/// The picked passage is the user's, or several are chosen: of these the user's are changed.
pub(super) fn my_choice(session: &Session) -> Check {
    writable(session)?;
    if session.selected_set().is_some() { Ok(()) } else { my_pick(session) }
}

pub(super) fn link(session: &Session) -> Check {
    writable(session)?;
    picked(session)?;
    let kinds = !session.project().codebook().link_kinds.is_empty();
    needs(kinds, "The codebook has no kinds of link; add one there first")
}

pub(super) fn linking(session: &Session) -> Check {
    needs(session.link_start().is_some(), "No link has been started")
}

pub(super) fn extend(session: &Session) -> Check {
    writable(session)?;
    selection(session)?;
    needs(session.extendable_span().is_some(), "Pick a passage of yours first, then select the words to add")
}

pub(super) fn tag_again(session: &Session) -> Check {
    writable(session)?;
    selection(session)?;
    needs(session.last_category().is_some(), "Tag something first")
}

pub(super) fn documents(session: &Session) -> Check {
    needs(!session.project().documents().is_empty(), "Import a document first")
}

pub(super) fn passages(session: &Session) -> Check {
    needs(!session.passage_table().is_empty(), "The passages table is empty")
}

pub(super) fn hits(session: &Session) -> Check {
    needs(session.find().query().is_some(), "Search for something first")
}

pub(super) fn problems(session: &Session) -> Check {
    needs(!session.problems().is_empty(), "No problem is known")
}

/// The picked passage is somebody else's, and the user may decide on it.
pub(super) fn review(session: &Session) -> Check {
    writable(session)?;
    let at = session.review_target().ok_or("Pick a passage first")?;
    session.review_refusal(at).map_or(Ok(()), Err)
}

/// Something can be said of the passage that the user is at.
pub(super) fn comment(session: &Session) -> Check {
    writable(session)?;
    needs(session.current_review().is_some(), "Pick a passage first")
}

pub(super) fn comparing(session: &Session) -> Check {
    needs(session.screen() == Screen::Compare, "Show the Compare screen first (Ctrl+2)")
}

pub(super) fn differences(session: &Session) -> Check {
    comparing(session)?;
    needs(session.comparison().is_some(), "Open a document first")
}

/// The user stands at a difference and may settle it.
pub(super) fn difference(session: &Session) -> Check {
    differences(session)?;
    session.adjudication_refusal().map_or(Ok(()), Err)?;
    needs(session.current_difference().is_some(), "Go to a difference first (N)")
}

pub(super) fn agreed(session: &Session) -> Check {
    differences(session)?;
    session.adjudication_refusal().map_or(Ok(()), Err)?;
    let left = session.comparison().is_some_and(|compared| compared.tally().to_adopt() > 0);
    needs(left, "The consensus has all that is agreed in this document")
}

pub(super) fn words_to_tag(session: &Session) -> Check {
    needs(session.screen() == Screen::Annotate, "Show the Annotate screen first (Ctrl+1)")?;
    words(session)
}
