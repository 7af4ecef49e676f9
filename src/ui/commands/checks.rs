//! Whether a command can run now, and the reason if it can't.

use crate::words::commands as words;
use demarche_model::ViewKind;
use demarche_session::{Screen, Session};

type Check = Result<(), &'static str>;

fn needs(holds: bool, reason: &'static str) -> Check {
    if holds { Ok(()) } else { Err(reason) }
}

pub(super) fn always(_: &Session) -> Check {
    Ok(())
}

pub(super) fn writable(session: &Session) -> Check {
    identified(session)?;
    needs(session.read_only().is_none(), words::read_only())
}

fn identified(session: &Session) -> Check {
    needs(session.is_identified(), words::unidentified())
}

/// The user is a lead, and someone has marked the open document as done.
pub(super) fn return_document(session: &Session) -> Check {
    writable(session)?;
    document(session)?;
    needs(!session.returnable().is_empty(), words::nothing_to_return())
}

/// The user may freeze a round.
pub(super) fn freeze(session: &Session) -> Check {
    writable(session)?;
    documents(session)?;
    needs(session.freezing_refusal().is_none(), words::not_a_lead_or_reviewer())
}

/// There are passages of the user to send.
pub(super) fn send_back(session: &Session) -> Check {
    identified(session)?;
    documents(session)
}

pub(super) fn categories(session: &Session) -> Check {
    writable(session)?;
    needs(!session.project().codebook().categories.is_empty(), words::no_categories())
}

pub(super) fn marker(session: &Session) -> Check {
    needs(session.screen() == Screen::Annotate, words::not_on_annotate())?;
    categories(session)
}

pub(super) fn undo(session: &Session) -> Check {
    needs(session.undo_stack().undo_label().is_some(), words::nothing_to_undo())
}

pub(super) fn redo(session: &Session) -> Check {
    needs(session.undo_stack().redo_label().is_some(), words::nothing_to_redo())
}

pub(super) fn document(session: &Session) -> Check {
    needs(session.document().is_some_and(|document| document.is_loaded()), words::no_document())
}

pub(super) fn pages(session: &Session) -> Check {
    document(session)?;
    let pages = session.document().map_or(0, |document| document.anchors.pages().len());
    needs(pages > 0, words::no_pages())
}

pub(super) fn edit_document(session: &Session) -> Check {
    writable(session).and_then(|()| document(session))
}

pub(super) fn new_set(session: &Session) -> Check {
    writable(session).and_then(|()| documents(session))
}

pub(super) fn agreement(session: &Session) -> Check {
    needs(session.agreement().result().is_some(), words::no_agreement())
}

/// Passages of the user in this document are in doubt since its text was updated.
pub(super) fn in_doubt(session: &Session) -> Check {
    edit_document(session)?;
    let waits = session.view_state().document.as_ref().is_some_and(|id| session.pending_count(id) > 0);
    needs(waits, words::none_in_doubt())
}

/// Two texts are shown.
pub(super) fn side_by_side(session: &Session) -> Check {
    needs(session.is_side_by_side(), words::one_text())
}

pub(super) fn earlier_versions(session: &Session) -> Check {
    document(session)?;
    let earlier = session.document().is_some_and(|document| !document.other_texts.is_empty());
    needs(earlier, words::no_earlier_version())
}

pub(super) fn selection(session: &Session) -> Check {
    document(session)?;
    needs(!session.text_selection().is_empty(), words::no_selected_text())
}

pub(super) fn text(session: &Session) -> Check {
    writable(session)?;
    needs(session.selected_words().is_some(), words::no_selected_text())
}

pub(super) fn copy(session: &Session) -> Check {
    needs(!session.text_selection().is_empty() || session.current().is_some(), words::nothing_to_copy())
}

/// There is a current passage.
pub(super) fn current(session: &Session) -> Check {
    needs(session.current().is_some(), words::no_passage())
}

/// The current passage is the user's.
pub(super) fn my_passage(session: &Session) -> Check {
    writable(session)?;
    current(session)?;
    let mine = session.current().is_some_and(|at| session.may_edit(&at.layer.annotator));
    needs(mine, words::passage_of_another())
}

/// The current passage is the user's, or several are selected: of these, the user's are changed.
pub(super) fn my_passages(session: &Session) -> Check {
    writable(session)?;
    if session.selected_set().is_some() { Ok(()) } else { my_passage(session) }
}

pub(super) fn link(session: &Session) -> Check {
    writable(session)?;
    current(session)?;
    let kinds = !session.project().codebook().link_kinds.is_empty();
    needs(kinds, words::no_link_kinds())
}

pub(super) fn linking(session: &Session) -> Check {
    needs(session.link_start().is_some(), words::no_link_started())
}

pub(super) fn extend(session: &Session) -> Check {
    writable(session)?;
    selection(session)?;
    needs(session.extendable_span().is_some(), words::nothing_to_extend())
}

pub(super) fn tag_again(session: &Session) -> Check {
    writable(session)?;
    selection(session)?;
    needs(session.next_category().is_some(), words::nothing_tagged_yet())
}

pub(super) fn category_at_hand(session: &Session) -> Check {
    needs(session.category_at_hand().is_some(), words::no_category_at_hand())
}

pub(super) fn documents(session: &Session) -> Check {
    needs(!session.project().documents().is_empty(), words::no_documents())
}

pub(super) fn passages(session: &Session) -> Check {
    needs(!session.passage_table().is_empty(), words::empty_table())
}

pub(super) fn matches(session: &Session) -> Check {
    needs(session.find().query().is_some(), words::no_search())
}

pub(super) fn problems(session: &Session) -> Check {
    needs(!session.problems().is_empty(), words::no_problems())
}

/// The current passage is another annotator's, and the user may decide on it.
pub(super) fn review(session: &Session) -> Check {
    writable(session)?;
    let at = session.review_target().ok_or(words::no_passage())?;
    session.review_refusal(at).map_or(Ok(()), Err)
}

/// The user is at a passage that can be commented on.
pub(super) fn comment(session: &Session) -> Check {
    writable(session)?;
    needs(session.current_review().is_some(), words::no_passage())
}

pub(super) fn comparing(session: &Session) -> Check {
    needs(session.screen() == Screen::Compare, words::not_on_compare())
}

/// The user may settle differences.
pub(super) fn adjudicating(session: &Session) -> Check {
    comparing(session)?;
    session.adjudication_refusal().map_or(Ok(()), Err)
}

pub(super) fn differences(session: &Session) -> Check {
    comparing(session)?;
    needs(session.comparison().is_some(), words::no_document())
}

/// The user is at a difference and may settle it.
pub(super) fn difference(session: &Session) -> Check {
    differences(session)?;
    session.adjudication_refusal().map_or(Ok(()), Err)?;
    needs(session.current_difference().is_some(), words::no_difference())
}

pub(super) fn agreed(session: &Session) -> Check {
    differences(session)?;
    session.adjudication_refusal().map_or(Ok(()), Err)?;
    let left = session.comparison().is_some_and(|compared| compared.tally().to_adopt() > 0);
    needs(left, words::all_agreed_added())
}

pub(super) fn text_to_tag(session: &Session) -> Check {
    needs(session.screen() == Screen::Annotate, words::not_on_annotate())?;
    text(session)
}

pub(super) fn analysing(session: &Session) -> Check {
    needs(session.screen() == Screen::Analyse, words::not_on_analyse())
}

pub(super) fn filtered(session: &Session) -> Check {
    needs(!session.filter().is_empty(), words::no_filter())
}

pub(super) fn save_view(session: &Session) -> Check {
    analysing(session)?;
    writable(session)
}

/// A view has been computed.
pub(super) fn counted(session: &Session) -> Check {
    analysing(session)?;
    let result = session.analyse().result();
    needs(result.is_some_and(|result| !result.readings.is_empty()), words::nothing_counted())
}

/// A view of one coder has a figure.
pub(super) fn one_figure(session: &Session) -> Check {
    counted(session)?;
    needs(session.has_one_figure(), words::no_figure())
}

pub(super) fn axes(session: &Session) -> Check {
    analysing(session)?;
    needs(session.analyse().question().view == ViewKind::Matrix, words::no_axes())
}

/// The passages that are listed have no value of an attribute.
pub(super) fn unspecified(session: &Session) -> Check {
    analysing(session)?;
    let listed = session.analyse().listed();
    needs(listed.is_some_and(|listed| listed.unspecified.is_some()), words::all_specified())
}

/// A list of demands and offers shows some with possible answers.
pub(super) fn with_answers(session: &Session) -> Check {
    analysing(session)?;
    let result = session.analyse().result();
    let mut readings = result.iter().flat_map(|result| &result.readings);
    needs(readings.any(|reading| !reading.listed_asks.with_answers.is_empty()), words::none_with_answers())
}

/// A demand or offer with possible answers is marked.
pub(super) fn shown_answer(session: &Session) -> Check {
    analysing(session)?;
    let has_answer = session.possible_answers().is_some_and(|answers| answers.answer().is_some());
    needs(has_answer, words::no_possible_answer())
}

pub(super) fn possible_answer(session: &Session) -> Check {
    shown_answer(session)?;
    writable(session)
}
