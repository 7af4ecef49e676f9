//! Adjudication leaves the independent coding of annotators as it is, and records truthfully what it decided.

use demarche::analysis::agreement::{Question, SegmentCache, measure};
use demarche::analysis::differences::Settlement;
use demarche::model::*;
use demarche::session::{
    CompareAction, HistoryAction, NavigateAction, ProjectAction, ReviewAction, Session, Settling,
};

use crate::support::session::{CommandId, RunCommand, desk, passages, spans, tag};

const TEXT: &str = "We demand an answer by Friday. We offer to open the port.";

pub(super) fn be(session: &mut Session, name: &str) {
    session.perform(ProjectAction::WorkAs { name: name.to_owned() });
}

/// A project in which these people have tagged the demand, and Lena compares.
pub(super) fn compared(tagging: &[(&str, &str)]) -> (tempfile::TempDir, Session) {
    let (dir, mut session) = desk(&[TEXT]);
    for (name, category) in tagging {
        be(&mut session, name);
        tag(&mut session, "offer to open the port", "offer");
        if !category.is_empty() {
            tag(&mut session, "demand an answer by Friday", category);
        }
    }
    be(&mut session, "Lena");
    session.run(CommandId::ShowCompare);
    session.run(CommandId::NextDifference);
    (dir, session)
}

pub(super) fn settled(session: &Session) -> Settlement {
    let compared = session.comparison().unwrap();
    let place = (0..).map_while(|at| compared.passage(at)).find(|(cluster, _)| cluster.kind.is_some());
    place.unwrap().1.clone()
}

/// The annotators whose readings became the only span of the consensus, and those whose readings did not.
fn provenance(session: &Session) -> (Vec<String>, Vec<String>) {
    let (_, span) = spans(session).into_iter().find(|(at, _)| at.layer.annotator.is_consensus()).unwrap();
    let names = |sources: &[SourceSpan]| sources.iter().map(|s| s.annotator.to_string()).collect();
    let provenance = span.provenance.as_ref().unwrap();
    (names(&provenance.from), names(&provenance.over))
}

/// The layers of people, which only they may change.
fn independent(session: &Session) -> Vec<String> {
    passages(session).into_iter().filter(|line| !line.starts_with("consensus ")).collect()
}

#[test]
fn equal_readings_are_all_sources_of_the_adopted_passage() {
    let (_dir, mut session) =
        compared(&[("Ana", ""), ("Ben", "demand"), ("Cem", "demand"), ("Dan", "demand")]);
    session.perform(CompareAction::Settle(Settling::Adopt(1)));
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    assert_eq!(provenance(&session), (names(&["ben", "cem", "dan"]), names(&[])));

    let (_dir, mut session) =
        compared(&[("Ana", "threat"), ("Ben", "demand"), ("Cem", "demand"), ("Dan", "")]);
    session.perform(CompareAction::Settle(Settling::Adopt(2)));
    assert_eq!(provenance(&session), (names(&["ben", "cem"]), names(&["ana"])));
}

#[test]
fn leaving_a_passage_out_gives_its_annotator_nothing_to_apply() {
    let (_dir, mut session) = compared(&[("Ana", "demand"), ("Ben", "")]);
    let question = Question::new(vec!["ana".into(), "ben".into()]);
    let figures = |session: &Session| {
        measure(session.project(), &question, &SegmentCache::default(), &()).unwrap().figures
    };
    let (coding, before) = (independent(&session), format!("{:?}", figures(&session)));
    session.perform(CompareAction::Settle(Settling::Exclude));
    assert_eq!(settled(&session), Settlement::Excluded);
    be(&mut session, "Ana");
    let entries = session.review().inbox().map(|entry| entry.at.clone()).collect::<Vec<_>>();
    assert_eq!((entries.len(), session.review().unread()), (1, 0), "for information only");
    for at in entries {
        session.perform(NavigateAction::GoTo(at.clone()));
        session.run(CommandId::AcceptProposal);
        session.perform(ReviewAction::Apply { at: at.clone(), reviewer: AnnotatorId::consensus() });
        session.perform(ReviewAction::Dismiss(at.clone()));
        let document = session.document().unwrap();
        let owner = document.layer(&"ana".into()).unwrap().span(at.span).unwrap();
        assert_eq!(session.verdict_on(document, &"ana".into(), owner), None, "no verdict of a reviewer");
    }
    assert_eq!(independent(&session), coding);
    assert_eq!(format!("{:?}", figures(&session)), before);
}

#[test]
fn every_way_to_settle_leaves_the_layers_of_annotators_alone() {
    for how in [Settling::Adopt(0), Settling::Adopt(1), Settling::AdoptAll, Settling::Exclude] {
        let (_dir, mut session) = compared(&[("Ana", "threat"), ("Ben", "demand")]);
        let layers = |session: &Session| {
            let layers = session.document().unwrap().layers.clone();
            layers.into_iter().filter(|(who, _)| !who.is_consensus()).collect::<Vec<_>>()
        };
        let before = layers(&session);
        session.run(CommandId::AddAgreedEverywhere);
        session.perform(CompareAction::Settle(how));
        session.perform(CompareAction::Settle(Settling::Reopen));
        assert_eq!(layers(&session), before, "{how:?}");
    }
}

#[test]
fn the_history_says_whose_decision_was_accepted() {
    for proposes in [true, false] {
        let (_dir, mut session) = compared(&[("Ana", "demand"), ("Ben", "")]);
        let (at, _) = spans(&session).into_iter().find(|(_, span)| span.category == "demand".into()).unwrap();
        session.run(CommandId::ShowAnnotate);
        session.perform(NavigateAction::GoTo(at.clone()));
        let proposal = Proposal { category: Some("threat".into()), ..Proposal::default() };
        match proposes {
            true => session.perform(ReviewAction::Propose {
                at: at.clone(),
                proposal: Box::new(proposal),
                comment: String::new(),
            }),
            false => session.run(CommandId::Reject),
        }
        let coding = independent(&session);
        be(&mut session, "Ana");
        assert_eq!(independent(&session), coding, "nothing changes until she accepts it");
        session.perform(NavigateAction::GoTo(at));
        session.run(CommandId::AcceptProposal);
        assert_ne!(independent(&session), coding);
        session.perform(HistoryAction::Read);
        session.finish_jobs();
        let step = session.audit_log().unwrap().last().unwrap().step.clone();
        assert!(step.contains("Lena, 20"), "reviewer and time of the decision: {step}");
    }
}
