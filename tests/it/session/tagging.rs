//! Tagging, undo, and moving between passages.

use demarche::analysis::search::Query;
use demarche::model::*;
use demarche::session::{
    AnnotateAction, CodebookChange, ExchangeAction, NavigateAction, OccurrenceScope, ProjectAction, Session,
    Shown, TextSelection, occurrences,
};
use demarche::ui::words::commands as words;

use crate::support::project::files;
use crate::support::session::*;

const TEXT: &str =
    "Norvania will suspend the talks unless the port reopens.\nEstmark offers to lower the fee.\n";

/// Does something in a project of one text, and expects these passages and this undo label.
fn check(prepare: impl FnOnce(&mut Session), act: impl FnOnce(&mut Session), expect: &[&str], label: &str) {
    let (_dir, mut session) = desk(&[TEXT]);
    prepare(&mut session);
    let before = passages(&session);
    let steps_before = steps(&session);
    act(&mut session);
    assert_eq!(passages(&session), expect);
    assert_eq!(undo_label(&session), label);
    figures_are_right(&session);
    while steps(&session) > steps_before {
        session.undo();
    }
    assert_eq!(passages(&session), before, "undone");
}

/// Does something that is refused, and expects no change and a notice with these values.
fn refused(prepare: impl FnOnce(&mut Session), act: impl FnOnce(&mut Session), values: &[&str]) {
    let (_dir, mut session) = desk(&[TEXT]);
    prepare(&mut session);
    session.save_now().unwrap();
    let state = |s: &Session| (passages(s), steps(s), s.project().codebook().clone(), s.has_unsaved());
    let latest = |s: &Session| s.notices().last().map(|notice| notice.serial);
    let (before, notice) = (state(&session), latest(&session));
    act(&mut session);
    assert_eq!(state(&session), before);
    assert!(latest(&session) > notice, "there is a new notice");
    assert_notice(&session, values);
}

fn nothing(_: &mut Session) {}

fn tag_talks(session: &mut Session) {
    tag(session, "suspend the talks", "threat");
}

#[test]
fn tagging_is_a_named_step() {
    check(nothing, tag_talks, &["ana threat: suspend the talks"], "tag as Threat");
}

#[test]
fn space_around_the_selected_words_is_not_tagged() {
    let act = |s: &mut Session| {
        tag(s, " talks ", "threat");
    };
    check(nothing, act, &["ana threat: talks"], "tag as Threat");
}

#[test]
fn counts_follow_tag_undo_and_redo() {
    let (_dir, mut session) = desk(&[TEXT]);
    let threats = |s: &Session| s.totals().categories.get(&"threat".into()).map_or(0, |count| count.spans);
    tag_talks(&mut session);
    assert_eq!((threats(&session), session.passage_table().len()), (1, 1));
    session.run(CommandId::Undo);
    assert_eq!((threats(&session), session.passage_table().len()), (0, 0));
    assert_eq!(session.undo_stack().redo_label(), Some("tag as Threat"));
    session.run(CommandId::Redo);
    assert_eq!((threats(&session), session.passage_table().len()), (1, 1));
    assert!(session.current().is_some(), "redo restores the current span");
}

#[test]
fn the_menu_names_the_step_to_undo() {
    let (_dir, mut session) = desk(&[TEXT]);
    tag_talks(&mut session);
    assert_eq!(CommandId::Undo.command().title(&session), "Undo tag as Threat");
}

#[test]
fn undo_has_no_limit() {
    let (_dir, mut session) = desk(&[TEXT]);
    let at = tag(&mut session, "talks", "threat");
    for round in 0..1500 {
        let category = if round % 2 == 0 { "offer" } else { "threat" };
        session.perform(AnnotateAction::SetCategory { at: vec![at.clone()], category: category.into() });
    }
    assert_eq!(steps(&session), 1501);
    while session.undo_stack().undo_label().is_some() {
        session.undo();
    }
    assert_eq!(passages(&session), [""; 0]);
}

#[test]
fn undo_returns_to_the_place_of_the_change() {
    let (_dir, mut session) = desk(&[TEXT, "Another text.\n"]);
    tag_talks(&mut session);
    session.perform(NavigateAction::OpenDocument("d002".into()));
    session.undo();
    assert_eq!(session.view_state().document, Some("d001".into()));
    assert_eq!(session.text_selection().range(), place_of(&session, "suspend the talks"));
}

#[test]
fn the_same_words_are_not_tagged_twice_with_one_category() {
    refused(tag_talks, tag_talks, &["Threat"]);
    let also = |s: &mut Session| s.perform(AnnotateAction::TagAlso("threat".into()));
    refused(tag_talks, also, &["Threat"]);
    let both = |s: &mut Session| {
        tag_talks(s);
        s.perform(AnnotateAction::TagAlso("offer".into()));
    };
    refused(both, |s| s.perform(AnnotateAction::Tag("threat".into())), &["Threat"]);
}

#[test]
fn the_current_passage_is_retagged_or_tagged_again() {
    let retag = |s: &mut Session| s.perform(AnnotateAction::Tag("demand".into()));
    check(tag_talks, retag, &["ana demand: suspend the talks"], "retag as Demand");
    let also = |s: &mut Session| s.perform(AnnotateAction::TagAlso("demand".into()));
    let both = ["ana threat: suspend the talks", "ana demand: suspend the talks"];
    check(tag_talks, also, &both, "tag as Demand");
}

#[test]
fn retagging_a_passage_of_another_tags_it_in_my_layer() {
    let by_ben = |s: &mut Session| {
        s.perform(ProjectAction::WorkAs { name: "Ben".to_owned() });
        tag_talks(s);
        s.perform(ProjectAction::WorkAs { name: "Ana".to_owned() });
        s.perform(NavigateAction::Show(Shown::Everyone));
    };
    let retag = |s: &mut Session| {
        let at = spans(s)[0].0.clone();
        s.perform(NavigateAction::SetCurrent(None));
        s.perform(AnnotateAction::SetCategory { at: vec![at], category: "demand".into() });
    };
    let both = ["ana demand: suspend the talks", "ben threat: suspend the talks"];
    check(by_ben, retag, &both, "tag as Demand");
    refused(by_ben, |s| s.perform(AnnotateAction::Remove(vec![spans(s)[0].0.clone()])), &["Ben"]);
    let note = |s: &mut Session| {
        s.perform(AnnotateAction::SetNote { at: spans(s)[0].0.clone(), note: "mine".to_owned() });
    };
    refused(by_ben, note, &["Ben"]);
}

#[test]
fn an_invalid_edit_is_refused_and_changes_nothing() {
    let bounds = |to: TextRange| {
        move |s: &mut Session| {
            s.perform(AnnotateAction::SetBounds { at: spans(s)[0].0.clone(), index: 0, to })
        }
    };
    let outside = EditError::OutsideText("d001".into()).to_string();
    refused(tag_talks, bounds(TextRange { start: 5, end: 99_999 }), &[&outside]);
    refused(tag_talks, bounds(TextRange { start: 5, end: 5 }), &[]);
    refused(nothing, |s| s.perform(AnnotateAction::Tag("threat".into())), &[]);
    let own_parent = |s: &mut Session| {
        let category = Category::clone(s.project().codebook().category(&"offer".into()).unwrap());
        s.perform(CodebookChange::PutCategory(Box::new(Category {
            parent: Some("offer".into()),
            ..category
        })));
    };
    refused(nothing, own_parent, &[&EditError::ParentCycle("offer".into()).to_string()]);
}

#[test]
fn a_retired_category_gets_no_new_passages() {
    let retire = |s: &mut Session| {
        let category = Category::clone(s.project().codebook().category(&"offer".into()).unwrap());
        s.perform(CodebookChange::PutCategory(Box::new(Category { retired: true, ..category })));
        select(s, "Estmark offers");
    };
    refused(retire, |s| s.perform(AnnotateAction::Tag("offer".into())), &["Offer"]);
    let every = AnnotateAction::TagEvery {
        query: Query::words("the"),
        scope: OccurrenceScope::Document,
        category: "offer".into(),
    };
    refused(retire, |s| s.perform(every), &["Offer"]);
}

#[test]
fn selected_words_extend_the_previous_passage() {
    let extend = |s: &mut Session| {
        select(s, "reopens");
        s.run(CommandId::ExtendPassage);
    };
    check(tag_talks, extend, &["ana threat: suspend the talks reopens"], "extend a passage");
    let touching = |s: &mut Session| {
        select(s, " unless");
        s.run(CommandId::ExtendPassage);
        select(s, "the port");
        s.run(CommandId::ExtendPassage);
    };
    check(tag_talks, touching, &["ana threat: suspend the talks unless the port"], "extend a passage");
    let elsewhere = |s: &mut Session| {
        s.perform(ExchangeAction::ImportText("Another text.".to_owned()));
        select(s, "Another");
    };
    refused(
        |s| {
            tag_talks(s);
            elsewhere(s)
        },
        |s| s.run(CommandId::ExtendPassage),
        &[words::nothing_to_extend()],
    );
}

#[test]
fn boundaries_move_by_word_and_by_character() {
    for (command, words) in [
        (CommandId::EndWordLater, "suspend the talks unless"),
        (CommandId::EndWordEarlier, "suspend the"),
        (CommandId::StartWordEarlier, "will suspend the talks"),
        (CommandId::StartWordLater, "the talks"),
        (CommandId::EndCharacterLater, "suspend the talks "),
        (CommandId::EndCharacterEarlier, "suspend the talk"),
        (CommandId::StartCharacterEarlier, " suspend the talks"),
        (CommandId::StartCharacterLater, "uspend the talks"),
    ] {
        check(tag_talks, |s| s.run(command), &[&format!("ana threat: {words}")], "move a boundary");
    }
}

/// Four overlapping passages of two annotators, all shown.
fn overlapping() -> (tempfile::TempDir, Session) {
    let (dir, mut session) = desk(&[TEXT]);
    tag(&mut session, "will suspend the talks unless the port reopens", "threat");
    tag(&mut session, "suspend the talks", "threat");
    session.perform(ProjectAction::WorkAs { name: "Ben".to_owned() });
    tag(&mut session, "the talks", "demand");
    tag(&mut session, "suspend the talks", "demand");
    session.perform(NavigateAction::Show(Shown::Everyone));
    (dir, session)
}

fn picked_words(session: &Session) -> String {
    let (span, at) = (session.current_span().unwrap(), session.current().unwrap());
    let text = session.document().unwrap().text.clone().unwrap();
    format!("{} {}: {}", at.layer.annotator, span.category, span.quote(&text))
}

#[test]
fn selecting_at_the_caret_goes_through_passages_shortest_first() {
    let expect = [
        "ben demand: the talks",
        "ana threat: suspend the talks",
        "ben demand: suspend the talks",
        "ana threat: will suspend the talks unless the port reopens",
    ];
    let (_dir, mut session) = overlapping();
    let inside = place_of(&session, "talks").start;
    let behind = place_of(&session, " unless").start;
    for caret in [inside, behind] {
        session.perform(NavigateAction::SetCurrent(None));
        session.perform(NavigateAction::SelectText(TextSelection::caret(caret)));
        for round in [expect, expect] {
            for words in round {
                session.run(CommandId::SelectPassageAtCaret);
                assert_eq!(picked_words(&session), words, "caret at {caret}");
            }
        }
    }
    session.perform(NavigateAction::SetCurrent(None));
    session.perform(NavigateAction::SelectText(TextSelection::caret(place_of(&session, "Estmark").start)));
    session.run(CommandId::SelectPassageAtCaret);
    assert_eq!(session.current(), None);
}

#[test]
fn next_and_previous_go_through_all_passages_in_reading_order() {
    let (_dir, mut session) = overlapping();
    let discontinuous = tag(&mut session, "Norvania", "offer");
    select(&mut session, "Estmark");
    session.perform(NavigateAction::SetCurrent(Some(discontinuous)));
    session.run(CommandId::ExtendPassage);
    tag(&mut session, "Norvania will", "offer");
    let mut order: Vec<SpanRef> = spans(&session).into_iter().map(|(at, _)| at).collect();
    order.sort_by_key(|at| {
        let first = session.project().span(at).unwrap().ranges.iter().next().unwrap();
        (first.start, std::cmp::Reverse(first.end), at.span)
    });
    session.perform(NavigateAction::SetCurrent(None));
    session.perform(NavigateAction::SelectText(TextSelection::caret(0)));
    let mut forward = Vec::new();
    for _ in 0..order.len() {
        session.run(CommandId::NextPassage);
        forward.push(session.current().cloned().unwrap());
    }
    assert_eq!(forward, order);
    session.run(CommandId::NextPassage);
    assert_eq!(session.current(), order.last(), "it stays at the last");
    for at in order.iter().rev().skip(1) {
        session.run(CommandId::PreviousPassage);
        assert_eq!(session.current(), Some(at));
    }
    session.run(CommandId::PreviousPassage);
    assert_eq!(session.current(), order.first(), "it stays at the first");
}

fn every(words: &str, scope: OccurrenceScope) -> AnnotateAction {
    let query = Query { whole_words: true, ..Query::words(words) };
    AnnotateAction::TagEvery { query, scope, category: "demand".into() }
}

#[test]
fn occurrences_that_are_left_out_are_not_tagged() {
    let (_dir, mut session) = desk(&[TEXT]);
    let AnnotateAction::TagEvery { query, scope, category } = every("the", OccurrenceScope::Project) else {
        unreachable!()
    };
    let mut left_out = occurrences(&session, &query, scope, 1 << 20).unwrap();
    assert_eq!(left_out.len(), 3);
    let kept = left_out.remove(1);
    session.perform(AnnotateAction::TagEveryExcept { query: query.clone(), scope, category, left_out });
    assert_eq!(passages(&session), ["ana demand: the"]);
    session.run(CommandId::NextPassage);
    assert_eq!(session.current_span().map(|span| span.ranges.start()), Some(kept.range.start));
    assert_eq!(occurrences(&session, &query, scope, 10), None, "of a long text it would take long");
}

#[test]
fn tagging_all_occurrences_is_one_step_and_skips_tagged_ones() {
    let once = |s: &mut Session| {
        tag(s, "the", "demand");
    };
    let the = ["ana demand: the"; 3];
    let label = "tag 2 occurrences of “the” as Demand";
    check(once, |s| s.perform(every("the", OccurrenceScope::Document)), &the, label);
    let all = |s: &mut Session| s.perform(every("the", OccurrenceScope::Document));
    refused(all, |s| s.perform(every("the", OccurrenceScope::Document)), &["Demand"]);
}

#[test]
fn tagging_all_occurrences_reads_unread_documents() {
    let (_dir, root) = small(&["the one\n", "the other, the last\n", "nothing\n"]);
    let mut session = Session::open(&root, demarche::session::Env::fixed(START)).unwrap();
    assert!(session.project().documents().iter().all(|document| !document.is_loaded()));
    session.perform(every("the", OccurrenceScope::Project));
    session.finish_jobs();
    assert_eq!(passages(&session), ["ana demand: the"; 3]);
    assert_eq!(steps(&session), 1);
    figures_are_right(&session);
    session.undo();
    assert_eq!(passages(&session), [""; 0]);
    session.save_now().unwrap();
    assert!(!root.join("layers").exists() || files(&root).keys().all(|name| !name.starts_with("layers")));
}

#[test]
fn typing_a_note_without_a_pause_is_one_step() {
    let (_dir, root) = small(&[TEXT]);
    let (clock, env) = clock();
    let mut session = open_with(&root, env);
    let at = tag(&mut session, "talks", "threat");
    let write = |session: &mut Session, note: &str| {
        clock.pass(1);
        session.perform(AnnotateAction::SetNote { at: at.clone(), note: note.to_owned() });
    };
    ["s", "su", "sur", "sure"].into_iter().for_each(|note| write(&mut session, note));
    assert_eq!(steps(&session), 2);
    let other = tag(&mut session, "fee", "offer");
    session.perform(AnnotateAction::SetNote { at: other, note: "x".to_owned() });
    write(&mut session, "surely");
    assert_eq!(steps(&session), 5, "a note of another passage is in between");
    clock.pass(60);
    write(&mut session, "surely so");
    assert_eq!(steps(&session), 6, "a minute later");
    let note = |session: &Session| session.project().span(&at).unwrap().note.clone();
    let mut notes = Vec::new();
    while steps(&session) > 1 {
        session.undo();
        notes.push(note(&session));
    }
    assert_eq!(notes, ["surely", "sure", "sure", "sure", ""]);
}

#[test]
fn an_edit_of_a_project_that_is_read_only_is_refused_with_a_reason() {
    let (_dir, root) = small(&[TEXT]);
    let _first = open(&root);
    let mut second = open(&root);
    select(&mut second, "talks");
    second.perform(AnnotateAction::Tag("threat".into()));
    assert_eq!((passages(&second), steps(&second)), (vec![], 0));
    let why = second.read_only().unwrap();
    assert_notice(&second, &[&why]);
    second.run(CommandId::ImportDocuments);
    assert_notice(&second, &[words::read_only()]);
    assert!(second.jobs().running().is_empty());
    second.perform(ExchangeAction::Import(vec![root.join("documents/d001.txt")]));
    assert_notice(&second, &[&why]);
    assert!(second.jobs().running().is_empty());
    assert!(!second.has_unsaved());
}
