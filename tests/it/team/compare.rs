//! Settling differences into the consensus.

use std::fs;

use demarche::analysis::differences::{DifferenceKind, Settlement};
use demarche::model::*;
use demarche::session::{
    AnnotateAction, CompareAction, DifferenceFilter, DocumentAction, LinkAction, NavigateAction,
    ProjectAction, Screen, Session, SessionError, Settling, Tally,
};

use crate::support::session::{
    CommandId, RunCommand, desk, notice, open, open_later, passages, select, small, tag,
};

const TEXT: &str = "We will suspend the talks. We offer to open the port. We demand an answer by Friday.";

fn consensus() -> AnnotatorId {
    AnnotatorId::consensus()
}

fn be(session: &mut Session, name: &str) {
    session.perform(ProjectAction::WorkAs { name: name.to_owned() });
}

fn actor(session: &mut Session, at: &SpanRef, actor: &str) {
    let to = Some(Value::Choice(actor.into()));
    session.perform(AnnotateAction::SetAttribute { at: vec![at.clone()], attribute: "actor".into(), to });
}

/// Ana and Ben agree on the offer, and differ on category and bounds of the threat and on a demand that only Ana has.
fn tagged(session: &mut Session) {
    tag(session, "will suspend the talks", "threat");
    tag(session, "offer to open the port", "offer");
    tag(session, "demand an answer by Friday", "demand");
    be(session, "Ben");
    tag(session, "suspend the talks", "rejection");
    tag(session, "offer to open the port", "offer");
    be(session, "Ana");
}

fn settle(session: &mut Session, how: Settling) {
    session.perform(CompareAction::Settle(how));
}

fn compare(session: &mut Session) {
    session.run(CommandId::ShowCompare);
    assert_eq!(session.screen(), Screen::Compare);
}

/// Compared: a category difference, an agreed passage, a missed one.
fn comparing() -> (tempfile::TempDir, Session) {
    let (dir, mut session) = desk(&[TEXT]);
    tagged(&mut session);
    compare(&mut session);
    (dir, session)
}

fn tally(session: &Session) -> Tally {
    session.comparison().unwrap().tally()
}

/// The spans of the consensus, in short.
fn agreed(session: &Session) -> Vec<String> {
    let ours = |line: &String| line.strip_prefix("consensus ").map(str::to_owned);
    passages(session).iter().filter_map(ours).collect()
}

fn spans(session: &Session) -> Vec<Span> {
    session.document().unwrap().consensus_spans().map(|span| Span::clone(span)).collect()
}

#[test]
fn differences_are_listed_by_kind_and_visited_in_order() {
    let (_dir, mut session) = comparing();
    assert_eq!(tally(&session), Tally { differing: 2, settled: 0, agreed: 1, adopted: 0 });
    let kinds: Vec<Option<DifferenceKind>> = session.difference_rows().iter().map(|row| row.kind).collect();
    assert_eq!(kinds, [Some(DifferenceKind::Missed), Some(DifferenceKind::Category)]);
    session.run(CommandId::NextDifference);
    let place = session.current_difference().unwrap();
    assert_eq!(session.comparison().unwrap().passage(place).unwrap().0.kind, Some(DifferenceKind::Missed));
    session.run(CommandId::NextDifference);
    assert_eq!(session.selected_spans().len(), 2, "both readings stand out");
    assert_eq!(session.text_selection().range().start, TEXT.find("will").unwrap());
    session.run(CommandId::PreviousDifference);
    assert_eq!(session.current_difference(), Some(place));
    let filter = DifferenceFilter { by_place: true, agreed: true, ..Default::default() };
    session.perform(CompareAction::Filter(filter));
    assert_eq!(
        session.difference_rows().iter().map(|row| row.kind.is_some()).collect::<Vec<_>>(),
        [true, false, true]
    );
    let filter = DifferenceFilter { category: Some("rejection".into()), ..Default::default() };
    session.perform(CompareAction::Filter(filter));
    assert_eq!(session.difference_rows().len(), 1);
}

#[test]
fn differences_are_counted_by_kind_and_filtered_by_outlier() {
    let (_dir, mut session) = desk(&[TEXT]);
    tagged(&mut session);
    be(&mut session, "Cleo");
    tag(&mut session, "will suspend the talks", "threat");
    tag(&mut session, "offer to open the port", "offer");
    be(&mut session, "Ana");
    compare(&mut session);
    let rows = |session: &mut Session, annotator: Option<&str>| {
        let annotator = annotator.map(AnnotatorId::from);
        let filter = DifferenceFilter { annotator, ..Default::default() };
        session.perform(CompareAction::Filter(filter));
        session.difference_rows().iter().filter_map(|row| row.kind).collect::<Vec<_>>()
    };
    assert_eq!(rows(&mut session, None), [DifferenceKind::Missed, DifferenceKind::Category]);
    assert_eq!(
        rows(&mut session, Some("ana")),
        [DifferenceKind::Missed],
        "the demand, which the two others lack"
    );
    assert_eq!(rows(&mut session, Some("ben")), [DifferenceKind::Category]);
    assert_eq!(rows(&mut session, Some("cleo")), []);
    let compared = session.comparison().unwrap();
    assert_eq!(DifferenceKind::ALL.map(|kind| compared.count(kind)), [1, 1, 0, 0], "whatever the filter");
}

#[test]
fn a_reading_is_adopted_reopened_and_adopted_again() {
    let (_dir, mut session) = comparing();
    let before = passages(&session);
    session.run(CommandId::NextDifference);
    session.run(CommandId::NextDifference);
    settle(&mut session, Settling::Adopt(1));
    assert_eq!(agreed(&session), ["rejection: suspend the talks"]);
    let provenance = spans(&session)[0].provenance.clone().unwrap();
    let who = |sources: &[SourceSpan]| sources.iter().map(|s| s.annotator.to_string()).collect::<Vec<_>>();
    assert_eq!((who(&provenance.from), who(&provenance.over)), (vec!["ben".into()], vec!["ana".into()]));
    assert_eq!(provenance.by, "ana".into());
    assert_eq!(tally(&session).settled, 1);
    assert_eq!(session.difference_rows().iter().filter(|row| row.settled).count(), 1);
    assert!(
        !session.difference_rows()[0].settled
            && session.current_difference() == Some(session.difference_rows()[0].at),
        "on to the open one"
    );
    session.undo();
    assert_eq!(passages(&session), before);
    assert_eq!(tally(&session).settled, 0);
    assert_eq!(session.current_difference(), Some(session.difference_rows()[1].at), "undo leads back to it");
    session.redo();
    assert_eq!(agreed(&session).len(), 1);
    // Another decision on the same passage replaces the first.
    let at = session.difference_rows()[1].at;
    session.perform(CompareAction::GoTo(at));
    settle(&mut session, Settling::Adopt(0));
    assert_eq!(agreed(&session), ["threat: will suspend the talks"]);
    session.perform(CompareAction::GoTo(at));
    settle(&mut session, Settling::AdoptAll);
    assert_eq!(agreed(&session).len(), 2);
    settle(&mut session, Settling::Reopen);
}

#[test]
fn a_passage_of_one_annotator_is_adopted_or_excluded_and_reopened() {
    let (_dir, mut session) = comparing();
    session.run(CommandId::NextDifference);
    let at = session.current_difference().unwrap();
    // Ben has tagged nothing here, so adopting his reading leaves the passage out.
    settle(&mut session, Settling::Adopt(1));
    let settled = |session: &Session| session.comparison().unwrap().passage(at).unwrap().1.clone();
    assert_eq!(settled(&session), Settlement::Excluded);
    assert!(agreed(&session).is_empty());
    let decision = session.document().unwrap().consensus_decisions().next().cloned().unwrap();
    assert_eq!((decision.verdict, &decision.comments[0].author), (Some(Verdict::Rejected), &"ana".into()));
    session.perform(CompareAction::GoTo(at));
    session.run(CommandId::ReopenDifference);
    assert_eq!(settled(&session), Settlement::Open);
    assert!(session.document().unwrap().reviews.is_empty());
    session.run(CommandId::UseFirst);
    assert_eq!(agreed(&session), ["demand: demand an answer by Friday"]);
    session.undo();
    session.undo();
    session.undo();
    assert_eq!(session.undo_stack().undo_label(), Some("tag as Offer"), "one step each");
}

#[test]
fn agreed_passages_are_adopted_in_one_step_with_notes_and_links() {
    let (_dir, mut session) = desk(&[TEXT, "We answer: yes, we agree to open the port."]);
    tagged(&mut session);
    let both = |session: &mut Session, note: &str| {
        let document = session.view_state().document.clone().unwrap();
        let offer = session.project().document(&document).unwrap().layer(session.me()).unwrap();
        let offer = offer.spans().find(|span| span.category == "offer".into()).unwrap().id;
        let from = SpanRef { layer: session.my_layer(&document), span: offer };
        session.perform(AnnotateAction::SetNote { at: from.clone(), note: note.to_owned() });
        session.perform(NavigateAction::OpenDocument("d002".into()));
        let to = tag(session, "agree to open the port", "concession");
        session.perform(LinkAction::Add { from: to, to: from, kind: "responds-to".into() });
        session.perform(NavigateAction::OpenDocument("d001".into()));
    };
    both(&mut session, "seen by Ana");
    be(&mut session, "Ben");
    both(&mut session, "seen by Ben");
    be(&mut session, "Ana");
    compare(&mut session);
    assert_eq!(session.comparison_tally().agreed, 2);
    session.run(CommandId::AddAgreedEverywhere);
    assert_eq!(agreed(&session), ["offer: offer to open the port", "concession: agree to open the port"]);
    assert_eq!(spans(&session)[0].note, "Ana: seen by Ana\nBen: seen by Ben");
    let layer = session
        .project()
        .document(&"d002".into())
        .unwrap()
        .layer(&AnnotatorId::consensus_of(&"ana".into()))
        .unwrap();
    let links: Vec<_> = layer.links().collect();
    assert_eq!(links.len(), 1, "once, though both have it");
    assert_eq!((links[0].to, &links[0].to_document), (spans(&session)[0].id, &"d001".into()));
    assert_eq!(session.comparison_tally(), Tally { differing: 2, settled: 0, agreed: 2, adopted: 2 });
    session.undo();
    assert!(agreed(&session).is_empty(), "one step");
    session.redo();
    // Reopening a difference removes its link.
    let filter = DifferenceFilter { agreed: true, ..Default::default() };
    session.perform(CompareAction::Filter(filter));
    let at = session.difference_rows().last().unwrap().at;
    session.perform(CompareAction::GoTo(at));
    settle(&mut session, Settling::Reopen);
    let document = session.project().document(&"d002".into()).unwrap();
    assert_eq!(document.consensus_layers().flat_map(|(_, layer)| layer.links()).count(), 0);
}

#[test]
fn readings_that_differ_in_attributes_become_one_unless_they_clash() {
    let (_dir, mut session) = desk(&[TEXT]);
    let ana = tag(&mut session, "offer to open the port", "offer");
    actor(&mut session, &ana, "Norvania");
    be(&mut session, "Ben");
    let ben = tag(&mut session, "offer to open the port", "offer");
    session.perform(AnnotateAction::SetAttribute {
        at: vec![ben.clone()],
        attribute: "target".into(),
        to: Some(Value::Choice("Estmark".into())),
    });
    compare(&mut session);
    session.run(CommandId::NextDifference);
    settle(&mut session, Settling::AdoptAll);
    let made = spans(&session);
    assert_eq!(made.len(), 1);
    assert!(
        made[0].attributes.contains_key(&"actor".into()) && made[0].attributes.contains_key(&"target".into())
    );
    session.undo();
    session.run(CommandId::ShowAnnotate);
    actor(&mut session, &ben, "Estmark");
    compare(&mut session);
    session.run(CommandId::NextDifference);
    settle(&mut session, Settling::AdoptAll);
    assert!(spans(&session).is_empty());
    let attributes = session.project().codebook().attribute(&"actor".into()).unwrap().name.clone();
    assert_eq!(notice(&session), SessionError::ReadingsDiffer { attributes }.to_string());
}

#[test]
fn a_new_passage_settles_the_difference_that_it_overlaps() {
    let (_dir, mut session) = comparing();
    session.run(CommandId::NextDifference);
    session.run(CommandId::NextDifference);
    let at = session.current_difference().unwrap();
    select(&mut session, "suspend");
    session.perform(AnnotateAction::Tag("threat".into()));
    assert_eq!(agreed(&session), ["threat: suspend"]);
    let made = spans(&session);
    let provenance = made[0].provenance.as_ref().unwrap();
    assert_eq!((provenance.from.len(), provenance.over.len()), (0, 2));
    assert!(session.comparison().unwrap().passage(at).unwrap().1.is_settled());
    assert_eq!(session.current_difference(), Some(at), "it stays there, since there may be more to draw");
    // A second passage for the same difference, then one where no one has tagged anything.
    select(&mut session, "the talks");
    session.perform(AnnotateAction::Tag("demand".into()));
    select(&mut session, "by Friday");
    session.perform(AnnotateAction::Tag("threat".into()));
    assert_eq!(agreed(&session).len(), 3);
    assert_eq!(tally(&session).settled, 1);
    assert!(!passages(&session).iter().any(|line| line.starts_with("ana") && line.ends_with(": suspend")));
    session.undo();
    session.undo();
    session.undo();
    assert!(agreed(&session).is_empty());
}

#[test]
fn the_consensus_is_read_back_with_its_provenance() {
    let (_dir, root) = small(&[TEXT]);
    let mut session = open(&root);
    tagged(&mut session);
    compare(&mut session);
    session.run(CommandId::AddAgreed);
    session.run(CommandId::NextDifference);
    settle(&mut session, Settling::Exclude);
    settle(&mut session, Settling::Adopt(0));
    let before = (tally(&session), spans(&session));
    assert_eq!(before.0, Tally { differing: 2, settled: 2, agreed: 1, adopted: 1 });
    session.save_now().unwrap();
    drop(session);
    let layer = fs::read_to_string(root.join("consensus/ana/d001.ron")).unwrap();
    assert!(layer.contains(r#"provenance: (from: [("ana", "#) && layer.contains(r#"by: "ana""#), "{layer}");
    let listed = fs::read_to_string(root.join("project.ron")).unwrap();
    assert!(!listed.contains("consensus"), "it is not a person");
    let mut session = open_later(&root);
    compare(&mut session);
    assert_eq!((tally(&session), spans(&session)), before);
    // Later changes of a source are reported.
    let provenance = spans(&session).iter().find_map(|span| {
        let provenance = span.provenance.clone()?;
        (!provenance.over.is_empty()).then_some(provenance)
    });
    let provenance = provenance.unwrap();
    assert!(session.changed_since(&"d001".into(), &provenance).is_empty());
    session.run(CommandId::ShowAnnotate);
    let source = &provenance.from[0];
    let at = SpanRef { layer: LayerId::new(&"d001".into(), &source.annotator), span: source.span };
    session.perform(AnnotateAction::SetNote { at, note: "after all".to_owned() });
    assert_eq!(session.changed_since(&"d001".into(), &provenance), [("Ana".to_owned(), false)]);
    compare(&mut session);
    assert_eq!(tally(&session).settled, 2, "it stays settled");
}

#[test]
fn a_passage_of_the_consensus_keeps_its_provenance_when_changed() {
    let (_dir, mut session) = comparing();
    session.run(CommandId::AddAgreed);
    let made = spans(&session)[0].clone();
    let at = SpanRef {
        layer: LayerId::new(&"d001".into(), &AnnotatorId::consensus_of(&"ana".into())),
        span: made.id,
    };
    session.run(CommandId::ShowAnnotate);
    session.perform(AnnotateAction::Remove(vec![at.clone()]));
    assert_eq!(spans(&session).len(), 1, "not where one's own passages are tagged");
    session.perform(NavigateAction::Show(demarche::session::Shown::One(consensus())));
    session.perform(AnnotateAction::SetCategory { at: vec![at.clone()], category: "concession".into() });
    let now = spans(&session)[0].clone();
    assert_eq!((now.category.as_str(), &now.provenance), ("concession", &made.provenance));
    session.perform(AnnotateAction::Remove(vec![at]));
    assert!(spans(&session).is_empty());
    be(&mut session, "Consensus");
    assert_eq!(session.me(), &"ana".into(), "it is not a person's name");
}

#[test]
fn on_the_compare_screen_own_passages_cannot_be_changed() {
    let (_dir, mut session) = comparing();
    let before = passages(&session);
    session.run(CommandId::NextDifference);
    session.run(CommandId::RemovePassage);
    session.run(CommandId::EndWordLater);
    session.perform(AnnotateAction::Tag("offer".into()));
    assert_eq!(passages(&session), before);
}

#[test]
fn with_reviewers_annotators_may_not_settle_and_blind_ones_see_no_differences() {
    let (_dir, root) = small(&[TEXT]);
    let mut session = open(&root);
    tagged(&mut session);
    session.save_now().unwrap();
    drop(session);
    let project = root.join("project.ron");
    let listed = fs::read_to_string(&project).unwrap();
    let person = r#"(id: "ben", name: "Ben","#;
    assert!(listed.contains(person));
    let listed = listed.replace(person, r#"(id: "ben", name: "Ben", role: Reviewer,"#);
    fs::write(&project, listed.replace("    annotators: [", "    blind: true,\n    annotators: [")).unwrap();
    let mut session = open_later(&root);
    compare(&mut session);
    let document = session.document().unwrap().clone();
    assert!(session.comparison_refusal(&document).is_some() && session.comparison().is_none());
    assert!(session.adjudication_refusal().is_some());
    session.perform(DocumentAction::SetStatus("d001".into(), Status::Done));
    session.tick();
    assert_eq!(tally(&session).differing, 2, "done: it opens");
    session.run(CommandId::NextDifference);
    settle(&mut session, Settling::Adopt(0));
    assert!(agreed(&session).is_empty(), "that is for Ben");
    be(&mut session, "Ben");
    session.tick();
    session.run(CommandId::NextDifference);
    settle(&mut session, Settling::Adopt(0));
    assert_eq!(agreed(&session).len(), 1);
}

/// Six people, of whom Cem has not worked on the document, and Fay has not tagged the demand.
fn six() -> (tempfile::TempDir, Session) {
    let (dir, mut session) = desk(&[TEXT]);
    for name in ["Cem", "Dan", "Eve", "Fay"] {
        be(&mut session, name);
        if name != "Cem" {
            tag(&mut session, "offer to open the port", "offer");
        }
        if name == "Eve" {
            tag(&mut session, "demand an answer by Friday", "demand");
        }
    }
    be(&mut session, "Ana");
    compare(&mut session);
    session.run(CommandId::NextDifference);
    (dir, session)
}

#[test]
fn a_key_is_one_person_in_every_document_and_says_so_if_they_have_no_reading() {
    let (_dir, mut session) = six();
    let ids = session.coders().iter().map(AnnotatorId::as_str).collect::<Vec<_>>();
    assert_eq!(ids, ["ana", "ben", "cem", "dan", "eve", "fay"]);
    for (key, who) in [
        (CommandId::UseFirst, "Ana"),
        (CommandId::UseThird, "Cem"),
        (CommandId::UseSixth, "Fay"),
        (CommandId::UseNinth, "9"),
    ] {
        session.run(key);
        assert_eq!(agreed(&session), Vec::<String>::new(), "{key:?} settles nothing");
        assert!(notice(&session).contains(who), "{key:?} says why: {}", notice(&session));
    }
    session.run(CommandId::UseFifth);
    assert_eq!(agreed(&session), ["demand: demand an answer by Friday"]);
}
