//! Attributes of one or several passages.

use std::collections::BTreeSet;

use demarche::io::project::check;
use demarche::model::*;
use demarche::session::{
    AnnotateAction, CodebookAction, CodebookChange, LinkAction, NavigateAction, ProjectAction, Session, Shown,
};

use crate::support::project::files;
use crate::support::session::*;

const TEXT: &str = "Norvania will suspend the talks. Estmark calls for a survey. Both agree on the port. \
                    Nobody rejects the fees. The last word stands here.";

fn attribute(id: &str, kind: AttributeKind, categories: &[&str]) -> AttributeDef {
    AttributeDef {
        id: id.into(),
        name: id.to_owned(),
        kind,
        categories: categories.iter().map(|id| CategoryId::new(*id)).collect(),
        default: None,
        hotkey: None,
        definition: String::new(),
        means: Vec::new(),
        unit: None,
    }
}

fn set(session: &mut Session, at: &[SpanRef], id: &str, to: impl Into<Option<Value>>) {
    session.perform(AnnotateAction::SetAttribute { at: at.to_vec(), attribute: id.into(), to: to.into() });
}

fn value(session: &Session, at: &SpanRef, id: &str) -> Option<Value> {
    session.project().span(at).unwrap().attributes.get(&AttributeId::new(id)).cloned()
}

fn choice(word: &str) -> Value {
    Value::Choice(word.into())
}

/// Ana's five passages, and Ben's two over other words of the same document.
fn seven(session: &mut Session) -> (Vec<SpanRef>, Vec<SpanRef>) {
    let mine = [
        ("suspend", "threat"),
        ("survey", "demand"),
        ("port", "offer"),
        ("fees", "demand"),
        ("last", "demand"),
    ];
    let mine = mine.map(|(words, category)| tag(session, words, category)).to_vec();
    session.perform(ProjectAction::WorkAs { name: "ben".to_owned() });
    let others = ["Norvania", "Estmark"].map(|words| tag(session, words, "threat")).to_vec();
    session.perform(ProjectAction::WorkAs { name: "ana".to_owned() });
    session.perform(NavigateAction::Show(Shown::Everyone));
    (mine, others)
}

#[test]
fn every_kind_of_value_is_set_cleared_and_undone() {
    let (_dir, mut session) = desk(&[TEXT]);
    let at = tag(&mut session, "suspend", "threat");
    let many: BTreeSet<_> = ["a".into(), "b".into()].into();
    let values = [
        choice("quoted"),
        Value::Choices(many),
        Value::Text("as they say".to_owned()),
        Value::Number(3.5),
        Value::Flag(false),
        Value::Date("2026-03".into()),
    ];
    let kinds = [
        AttributeKind::Choice(vec!["quoted".into()]),
        AttributeKind::Choices(vec!["a".into(), "b".into()]),
        AttributeKind::Text,
        AttributeKind::Number,
        AttributeKind::Flag,
        AttributeKind::Date,
    ];
    for (to, kind) in values.into_iter().zip(kinds) {
        let free = Box::new(attribute("free", kind, &[]));
        session.perform(CodebookAction::Change(CodebookChange::PutAttribute(free)));
        let before = session.project().span(&at).unwrap().clone();
        let so_far = steps(&session);
        set(&mut session, std::slice::from_ref(&at), "free", to.clone());
        assert_eq!(value(&session, &at, "free"), Some(to.clone()));
        set(&mut session, std::slice::from_ref(&at), "free", to);
        assert_eq!(steps(&session), so_far + 1, "setting the same value again is no step");
        set(&mut session, std::slice::from_ref(&at), "free", None);
        assert_eq!(value(&session, &at, "free"), None);
        session.run(CommandId::Undo);
        session.run(CommandId::Undo);
        assert_eq!(session.project().span(&at), Some(&before));
    }
}

#[test]
fn an_attribute_that_the_codebook_lacks_is_not_set() {
    let (_dir, mut session) = desk(&[TEXT]);
    let at = tag(&mut session, "suspend", "threat");
    let so_far = steps(&session);
    set(&mut session, std::slice::from_ref(&at), "free", choice("quoted"));
    assert_eq!((value(&session, &at, "free"), steps(&session)), (None, so_far));
    assert_notice(&session, &["free"]);
}

#[test]
fn a_new_actor_is_added_to_the_list_in_the_same_step() {
    let (_dir, mut session) = desk(&[TEXT]);
    let (mine, _) = seven(&mut session);
    let (actors, before) = (session.project().actors().to_vec(), steps(&session));
    set(&mut session, &mine, "actor", choice("Orsa"));
    set(&mut session, &mine, "issue", choice("fees"));
    assert_eq!(session.project().actors().last().unwrap(), "Orsa");
    assert_eq!(session.project().issues(), ["fees"]);
    assert_eq!(steps(&session), before + 2);
    session.run(CommandId::Undo);
    session.run(CommandId::Undo);
    assert_eq!(session.project().actors(), actors);
    assert!(session.project().issues().is_empty());
    assert!(mine.iter().all(|at| value(&session, at, "actor").is_none()));
}

#[test]
fn a_new_actor_of_one_passage_is_added_to_the_list_in_the_same_step() {
    let (_dir, mut session) = desk(&[TEXT]);
    let at = tag(&mut session, "talks", "threat");
    let name = |session: &mut Session, name: &str| {
        set(session, std::slice::from_ref(&at), "actor", choice(name));
    };
    name(&mut session, "Norvania");
    assert_eq!(session.project().actors(), ["Norvania", "Estmark"]);
    name(&mut session, "Lake Union");
    assert_eq!(session.project().actors(), ["Norvania", "Estmark", "Lake Union"]);
    assert_eq!((steps(&session), undo_label(&session)), (3, "set actor"));
    session.undo();
    assert_eq!(session.project().actors(), ["Norvania", "Estmark"]);
}

#[test]
fn changes_of_several_passages_are_one_step_and_undo_restores_every_byte() {
    let (_dir, mut session) = desk(&[TEXT]);
    let (mine, others) = seven(&mut session);
    session.perform(LinkAction::Add {
        from: mine[0].clone(),
        to: mine[1].clone(),
        kind: "responds-to".into(),
    });
    session.perform(LinkAction::Add { from: mine[4].clone(), to: mine[0].clone(), kind: "supports".into() });
    session.perform(LinkAction::Add {
        from: mine[4].clone(),
        to: mine[3].clone(),
        kind: "responds-to".into(),
    });
    session.save_now().unwrap();
    let (before, done, bens) = (files(root_of(&session)), steps(&session), passages(&session).len());
    let all: Vec<SpanRef> = mine.iter().chain(&others).cloned().collect();
    session.perform(NavigateAction::SelectSpans(all.clone()));
    set(&mut session, &all, "actor", choice("Estmark"));
    assert_eq!((steps(&session), undo_label(&session)), (done + 1, "set actor of 5 passages"));
    assert_notice(&session, &["actor", "5", "2", "Ben"]);
    assert!(mine.iter().all(|at| value(&session, at, "actor") == Some(choice("Estmark"))));
    assert!(others.iter().all(|at| value(&session, at, "actor").is_none()));
    session.perform(AnnotateAction::Tag("commitment".into()));
    assert_eq!((steps(&session), undo_label(&session)), (done + 2, "retag 5 passages as Commitment"));
    assert!(mine.iter().all(|at| session.project().span(at).unwrap().category == "commitment".into()));
    assert!(others.iter().all(|at| session.project().span(at).unwrap().category == "threat".into()));
    assert_eq!(session.selected_spans(), all, "they stay selected");
    session.run(CommandId::RemovePassage);
    assert_eq!((steps(&session), undo_label(&session)), (done + 3, "remove 5 passages and 3 links"));
    assert_notice(&session, &["5", "3", "2 responds to", "1 supports", "2", "Ben"]);
    assert_eq!(passages(&session).len(), bens - 5);
    figures_are_right(&session);
    session.run(CommandId::Undo);
    assert_eq!(session.selected_spans(), all, "undo restores the selection");
    session.run(CommandId::Undo);
    session.run(CommandId::Undo);
    figures_are_right(&session);
    session.save_now().unwrap();
    assert_eq!(files(root_of(&session)), before);
    (0..3).for_each(|_| session.run(CommandId::Redo));
    assert_eq!(passages(&session).len(), bens - 5);
    figures_are_right(&session);
    session.save_now().unwrap();
    assert_eq!(check(session.folder()).unwrap(), vec![]);
}

#[test]
fn passages_of_others_are_not_changed_and_make_no_step() {
    let (_dir, mut session) = desk(&[TEXT]);
    let (_, others) = seven(&mut session);
    let (before, done) = (passages(&session), steps(&session));
    session.perform(AnnotateAction::SetCategory { at: others.clone(), category: "demand".into() });
    assert_notice(&session, &["Demand", "2", "Ben"]);
    set(&mut session, &others, "actor", choice("Nobody yet"));
    assert_notice(&session, &["2", "Ben"]);
    session.perform(AnnotateAction::Remove(others.clone()));
    assert_notice(&session, &["Ben"]);
    set(&mut session, &others[..1], "actor", choice("Nobody yet"));
    assert_notice(&session, &["Ben"]);
    assert_eq!((passages(&session), steps(&session)), (before, done));
    assert!(!session.project().actors().contains(&"Nobody yet".to_owned()));
}

#[test]
fn retagging_never_makes_duplicates() {
    let (_dir, mut session) = desk(&[TEXT]);
    let first = tag(&mut session, "suspend", "threat");
    let second = tag(&mut session, "suspend", "demand");
    let third = tag(&mut session, "port", "demand");
    session.perform(AnnotateAction::SetCategory {
        at: vec![first.clone(), second, third],
        category: "offer".into(),
    });
    assert_notice(&session, &["Offer", "2", "1", "Offer"]);
    let mut now = passages(&session);
    now.sort();
    assert_eq!(now, ["ana demand: suspend", "ana offer: port", "ana offer: suspend"]);
    session.run(CommandId::Undo);
    assert_eq!(session.project().span(&first).unwrap().category, "threat".into());
}

#[test]
fn a_removal_names_the_removed_links() {
    let (_dir, mut session) = desk(&[TEXT]);
    let (mine, _) = seven(&mut session);
    session.perform(LinkAction::Add {
        from: mine[0].clone(),
        to: mine[1].clone(),
        kind: "responds-to".into(),
    });
    session.perform(AnnotateAction::Remove(vec![mine[1].clone()]));
    assert_notice(&session, &["Demand", "1", "1 responds to"]);
    assert_eq!(undo_label(&session), "remove Demand and 1 link");
    session.perform(AnnotateAction::Remove(vec![mine[2].clone()]));
    assert_notice(&session, &["Offer"]);
    assert!(!notice(&session).contains("link"), "{}", notice(&session));
}

#[test]
fn selected_passages_are_summarised() {
    let (_dir, mut session) = desk(&[TEXT]);
    let (mine, others) = seven(&mut session);
    set(&mut session, &mine[..2], "actor", choice("Estmark"));
    set(&mut session, &mine[..1], "voice", choice("quoted"));
    set(&mut session, &mine[1..2], "conditional", Value::Flag(true));
    session.perform(NavigateAction::SelectSpans(vec![
        mine[0].clone(),
        mine[1].clone(),
        others[0].clone(),
        mine[1].clone(),
    ]));
    let common = session.selected_summary();
    assert_eq!((common.spans, common.mine, common.documents.len()), (3, 2, 1));
    assert_eq!(common.others, [("ben".into(), 1)].into());
    assert_eq!(common.categories, [("demand".into(), 1), ("threat".into(), 2)].into());
    let values =
        [("actor".into(), Some(choice("Estmark"))), ("conditional".into(), None), ("voice".into(), None)];
    assert_eq!(common.values, values.into());
    session.perform(NavigateAction::SetCurrent(Some(mine[0].clone())));
    assert_eq!(session.selected_spans(), &mine[..1], "a new current span deselects the others");
    assert_eq!(session.selected_summary().values.get(&"voice".into()), Some(&Some(choice("quoted"))));
    session.perform(NavigateAction::ToggleSelected(mine[3].clone()));
    assert_eq!(session.selected_spans(), [mine[3].clone(), mine[0].clone()]);
    session.perform(NavigateAction::ToggleSelected(mine[3].clone()));
    assert_eq!(session.selected_spans(), &mine[..1]);
}

#[test]
fn copying_attributes_fills_missing_values_and_overwrites_nothing() {
    let (_dir, mut session) = desk(&[TEXT]);
    let (mine, _) = seven(&mut session);
    session.perform(NavigateAction::SetCurrent(Some(mine[1].clone())));
    session.run(CommandId::CopyAttributes);
    assert_eq!(value(&session, &mine[1], "actor"), None);
    set(&mut session, &mine[..1], "actor", choice("Norvania"));
    set(&mut session, &mine[..1], "target", choice("Estmark"));
    set(&mut session, &mine[..1], "issue", choice("port access"));
    set(&mut session, &mine[1..2], "target", choice("Orsa"));
    let done = steps(&session);
    session.run(CommandId::CopyAttributes);
    assert_notice(&session, &["Actor Norvania", "issue port access", "“suspend”", "Target"]);
    assert_eq!(steps(&session), done + 1);
    assert_eq!(value(&session, &mine[1], "actor"), Some(choice("Norvania")));
    assert_eq!(value(&session, &mine[1], "target"), Some(choice("Orsa")));
    session.run(CommandId::Undo);
    assert_eq!(value(&session, &mine[1], "actor"), None);
    assert_eq!(value(&session, &mine[1], "target"), Some(choice("Orsa")));
    session.run(CommandId::Redo);
    session.run(CommandId::CopyAttributes);
    assert_notice(&session, &["“suspend”"]);
    assert_eq!(steps(&session), done + 1, "there is nothing left to copy");
}

#[test]
fn copied_attributes_have_to_apply_to_the_category() {
    let (_dir, mut session) = desk(&[TEXT]);
    let (mine, others) = seven(&mut session);
    let only = attribute("strength", AttributeKind::Number, &["threat"]);
    session.edit("add an attribute", Edit::SetAttribute { id: only.id.clone(), to: Some((0, only.into())) });
    set(&mut session, &mine[..1], "strength", Value::Number(2.0));
    set(&mut session, &mine[..1], "actor", choice("Norvania"));
    let done = steps(&session);
    session.perform(NavigateAction::SelectSpans(vec![mine[1].clone(), others[0].clone(), mine[2].clone()]));
    session.run(CommandId::CopyAttributes);
    assert_notice(&session, &["2", "Actor Norvania", "“suspend”", "1", "Ben"]);
    assert_eq!(steps(&session), done + 1);
    assert_eq!(value(&session, &mine[2], "strength"), None);
    assert!(value(&session, &others[0], "actor").is_none());
}

#[test]
fn after_reopening_attributes_are_copied_from_the_passage_tagged_last() {
    let (_dir, mut session) = desk(&[TEXT]);
    let (mine, _) = seven(&mut session);
    set(&mut session, &mine[3..4], "actor", choice("Estmark"));
    set(&mut session, &mine[1..2], "actor", choice("Norvania"));
    session.save_now().unwrap();
    let root = root_of(&session).to_owned();
    drop(session);
    let mut session = open_later(&root);
    session.perform(NavigateAction::GoTo(mine[0].clone()));
    session.run(CommandId::CopyAttributes);
    assert_notice(&session, &["“fees”"]);
    assert_eq!(value(&session, &mine[0], "actor"), Some(choice("Estmark")));
}

/// Ten thousand passages, each with a link. If the cost grew with the square of their number, this would take minutes.
#[test]
fn ten_thousand_passages_can_be_changed_and_removed_together() {
    let text = "ba du ".repeat(10_000);
    let (_dir, mut session) = desk(&[&text]);
    let words: Vec<usize> = text.match_indices("ba").map(|(at, _)| at).collect();
    let layer = session.my_layer(&"d001".into());
    let span = |number: usize| Span {
        id: SpanId(uuid::Uuid::from_u128(number as u128 + 1)),
        category: "demand".into(),
        ranges: Ranges::one(TextRange { start: words[number], end: words[number] + 2 }).unwrap(),
        attributes: Attributes::new(),
        note: String::new(),
        created: START,
        modified: START,
        provenance: None,
    };
    let spans: Vec<Span> = (0..words.len()).map(span).collect();
    let edits = spans.iter().map(|span| Edit::SetSpan {
        layer: layer.clone(),
        id: span.id,
        to: Some(span.clone().into()),
    });
    session.edit("tag", Edit::Batch(edits.collect()));
    let links = spans.windows(2).map(|pair| {
        let id = LinkId(uuid::Uuid::from_u128(pair[0].id.0.as_u128() << 64));
        let (from, to_document, to) = (pair[0].id, "d001".into(), pair[1].id);
        let link = Link { id, kind: "supports".into(), from, to_document, to, created: START };
        Edit::SetLink { layer: layer.clone(), id, to: Some(link.into()) }
    });
    session.edit("link", Edit::Batch(links.collect()));
    let at: Vec<SpanRef> = spans.iter().map(|s| SpanRef { layer: layer.clone(), span: s.id }).collect();
    session.perform(NavigateAction::SelectSpans(at.clone()));
    set(&mut session, &at, "actor", choice("Norvania"));
    assert_eq!(session.selected_summary().values.get(&"actor".into()), Some(&Some(choice("Norvania"))));
    session.perform(AnnotateAction::SetCategory { at: at.clone(), category: "offer".into() });
    session.perform(AnnotateAction::Remove(at));
    assert_eq!(undo_label(&session), "remove 10000 passages and 9999 links");
    (0..3).for_each(|_| session.run(CommandId::Undo));
    assert_eq!(session.totals().spans, 10_000);
}
