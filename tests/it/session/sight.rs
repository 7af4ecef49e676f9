//! Keys change only what is in view.

use demarche::model::{CategoryId, TextRange};
use demarche::session::{AnnotateAction, Bound, NavigateAction, PaneKey, Screen, Session, Stride};

use crate::support::session::*;

const TEXT: &str = "Norvania will suspend the talks.\nNothing here.\nEstmark offers to lower the fee.\n";

/// A project in which the talks are tagged as a threat, and the window shows the fee.
fn away() -> (tempfile::TempDir, Session) {
    let (dir, mut session) = desk(&[TEXT]);
    tag(&mut session, "suspend the talks", "threat");
    see(&mut session, "lower the fee");
    (dir, session)
}

fn see(session: &mut Session, words: &str) {
    let document = session.document().unwrap().id().clone();
    let visible = place_of(session, words);
    session.perform(NavigateAction::See(PaneKey::default(), document, visible));
}

fn press(session: &mut Session, category: &str) {
    session.perform(AnnotateAction::Tag(CategoryId::new(category)));
}

/// Does something twice, and expects it to scroll and change nothing at first.
fn at_the_second_time(act: impl Fn(&mut Session), expect: &[&str]) {
    let (_dir, mut session) = away();
    let (before, steps_before) = (passages(&session), steps(&session));
    let (reveal, notice) = (session.reveal().serial, session.notices().last().map(|notice| notice.serial));
    act(&mut session);
    assert_eq!((passages(&session), steps(&session)), (before, steps_before));
    assert!(session.reveal().serial > reveal, "the view scrolls");
    let shown = session.reveal().range;
    let passage = place_of(&session, "suspend the talks");
    assert!(passage.start <= shown.start && shown.end <= passage.end, "{shown:?}");
    assert!(session.notices().last().map(|notice| notice.serial) > notice);
    see(&mut session, "suspend the talks");
    act(&mut session);
    let mut after = passages(&session);
    after.sort();
    assert_eq!(after, expect);
}

#[test]
fn a_passage_out_of_view_is_shown_before_it_is_changed() {
    at_the_second_time(|s| press(s, "offer"), &["ana offer: suspend the talks"]);
    at_the_second_time(Session::remove_selected, &[]);
    at_the_second_time(|s| s.nudge(Bound::End, Stride::Word, false), &["ana threat: suspend the"]);
    let again = |s: &mut Session| s.perform(AnnotateAction::TagAlso(CategoryId::new("demand")));
    at_the_second_time(again, &["ana demand: suspend the talks", "ana threat: suspend the talks"]);
}

#[test]
fn selected_words_out_of_view_are_shown_before_they_are_tagged() {
    let (_dir, mut session) = desk(&[TEXT]);
    select(&mut session, "Norvania");
    see(&mut session, "lower the fee");
    press(&mut session, "demand");
    assert_eq!(passages(&session), [""; 0]);
    assert_eq!(session.reveal().range, place_of(&session, "Norvania"));
    see(&mut session, "Norvania will");
    press(&mut session, "demand");
    assert_eq!(passages(&session), ["ana demand: Norvania"]);
}

#[test]
fn several_passages_that_do_not_fit_into_the_view_are_changed_at_the_second_time() {
    let (_dir, mut session) = desk(&[TEXT]);
    let first = tag(&mut session, "suspend the talks", "threat");
    let second = tag(&mut session, "lower the fee", "threat");
    session.perform(NavigateAction::SelectSpans(vec![first.clone(), second.clone()]));
    see(&mut session, "suspend the talks");
    press(&mut session, "offer");
    assert_eq!(passages(&session), ["ana threat: suspend the talks", "ana threat: lower the fee"]);
    press(&mut session, "offer");
    assert_eq!(passages(&session), ["ana offer: suspend the talks", "ana offer: lower the fee"]);
    session.perform(NavigateAction::SelectSpans(vec![second, first]));
    session.remove_selected();
    assert_eq!(passages(&session).len(), 2, "another selection is another question");
}

#[test]
fn a_boundary_out_of_view_is_shown_before_it_moves() {
    let (_dir, mut session) = desk(&[TEXT]);
    tag(&mut session, "suspend the talks", "threat");
    see(&mut session, "Norvania will suspend");
    session.nudge(Bound::End, Stride::Word, false);
    assert_eq!(passages(&session), ["ana threat: suspend the talks"]);
    session.nudge(Bound::Start, Stride::Word, true);
    assert_eq!(passages(&session), ["ana threat: the talks"], "the start is in view");
}

#[test]
fn words_selected_on_one_screen_are_no_target_on_another() {
    let (_dir, mut session) = desk(&[TEXT]);
    select(&mut session, "Norvania");
    session.show_screen(Screen::Annotate);
    assert!(!session.text_selection().is_empty(), "it is the same screen");
    for screen in [Screen::Compare, Screen::Annotate] {
        session.show_screen(screen);
        assert_eq!(session.text_selection().range(), TextRange { start: 8, end: 8 });
        select(&mut session, "Norvania");
    }
}

#[test]
fn a_dragged_boundary_is_reported_with_an_undo_that_holds_for_this_step_alone() {
    let (_dir, mut session) = desk(&[TEXT]);
    let at = tag(&mut session, "suspend the talks", "threat");
    let to = place_of(&session, "suspend");
    session.perform(AnnotateAction::SetBounds { at: at.clone(), index: 0, to });
    let notice = session.notices().last().unwrap().clone();
    assert!(session.is_undoable(&notice));
    tag(&mut session, "the fee", "offer");
    assert!(!session.is_undoable(&notice));
    session.undo();
    assert!(!session.is_undoable(&notice), "undo counts as a change");
    session.undo();
    assert_eq!(passages(&session), ["ana threat: suspend the talks"]);
}
