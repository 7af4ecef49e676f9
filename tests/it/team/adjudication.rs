//! Adjudication leaves the independent coding of annotators as it is, and records truthfully what it decided.

use std::path::{Path, PathBuf};

use demarche::analysis::agreement::{Question, SegmentCache, measure};
use demarche::analysis::differences::Settlement;
use demarche::io::ProblemKind;
use demarche::io::project::{Folder, check, merge_file};
use demarche::model::*;
use demarche::session::{
    CompareAction, HistoryAction, MergeAction, NavigateAction, ProjectAction, ReviewAction, Session, Settling,
};

use crate::support::project::files;
use crate::support::session::{CommandId, RunCommand, desk, open, open_later, passages, root_of, spans, tag};

const TEXT: &str = "We demand an answer by Friday. We offer to open the port.";

fn be(session: &mut Session, name: &str) {
    session.perform(ProjectAction::WorkAs { name: name.to_owned() });
}

/// A project in which these people have tagged the demand, and Lena compares.
fn compared(tagging: &[(&str, &str)]) -> (tempfile::TempDir, Session) {
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

fn settled(session: &Session) -> Settlement {
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

/// Lena and Rita each settle the same difference in a copy of their own. Returns the project of each.
fn two_adjudicators(lena: Settling, rita: Settling) -> (tempfile::TempDir, [PathBuf; 3]) {
    let (dir, mut session) = compared(&[("Ana", "threat"), ("Cem", "demand")]);
    session.save_now().unwrap();
    let root = root_of(&session).to_owned();
    drop(session);
    let copies = [root.clone(), dir.path().join("lena"), dir.path().join("rita")];
    for (copy, who, how) in [(&copies[1], "Lena", lena), (&copies[2], "Rita", rita)] {
        for (name, text) in files(&root) {
            let path = copy.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        // Ids follow the clock, and must not be the same in both.
        let mut session = if who == "Lena" { open(copy) } else { open_later(copy) };
        be(&mut session, who);
        session.run(CommandId::ShowCompare);
        session.run(CommandId::NextDifference);
        session.perform(CompareAction::Settle(how));
        session.save_now().unwrap();
    }
    (dir, copies)
}

/// The kinds and lines of what `check` says about adjudication.
fn conflicts(root: &Path) -> Vec<(String, Option<usize>)> {
    let problems = check(&Folder::new(root)).unwrap();
    let found = problems.into_iter().filter(|problem| problem.kind == ProblemKind::AdjudicationConflict);
    found.map(|problem| (problem.file.display().to_string().replace('\\', "/"), problem.line)).collect()
}

#[test]
fn contradicting_adjudicators_are_a_conflict_of_the_merge_driver() {
    let (_dir, [root, lena, rita]) = two_adjudicators(Settling::Adopt(0), Settling::Adopt(1));
    let layer = "layers/consensus/d001.ron";
    let read = |root: &Path| std::fs::read(root.join(layer)).unwrap();
    let merged = merge_file(Path::new(layer), b"", &read(&lena), &read(&rita)).unwrap();
    assert_eq!(merged.conflicts.len(), 1, "{:?}", merged.conflicts);
    assert_eq!(merged.text.matches("provenance").count(), 2, "both are kept");
    std::fs::create_dir_all(root.join("layers/consensus")).unwrap();
    std::fs::write(root.join(layer), &merged.text).unwrap();
    assert_eq!(conflicts(&root), [(layer.to_owned(), Some(7))]);
    let again = merge_file(Path::new(layer), &read(&root), &read(&root), &read(&root)).unwrap();
    assert_eq!(again.conflicts.len(), 0, "told once");

    // In Compare, the difference is open, and settling it again removes the contradiction.
    let mut session = open_later(&root);
    be(&mut session, "Lena");
    session.run(CommandId::ShowCompare);
    assert!(matches!(settled(&session), Settlement::Contradicted(spans) if spans.len() == 2));
    session.run(CommandId::NextDifference);
    session.perform(CompareAction::Settle(Settling::Adopt(1)));
    assert!(matches!(settled(&session), Settlement::Adopted(spans) if spans.len() == 1));
    session.save_now().unwrap();
    assert_eq!(conflicts(&root), []);
}

#[test]
fn a_passage_that_one_adjudicator_took_and_another_left_out_is_a_conflict() {
    let (_dir, [_, lena, rita]) = two_adjudicators(Settling::Adopt(0), Settling::Exclude);
    let mut session = open_later(&lena);
    session.perform(MergeAction::Start(rita));
    session.finish_jobs();
    assert_eq!(session.merging().unwrap().plan().contradictions, 1);
    session.perform(MergeAction::Finish);
    session.save_now().unwrap();
    assert_eq!(conflicts(&lena).len(), 1);
    session.run(CommandId::ShowCompare);
    assert!(matches!(settled(&session), Settlement::Contradicted(spans) if spans.len() == 1));
    session.run(CommandId::NextDifference);
    session.perform(CompareAction::Settle(Settling::Exclude));
    assert_eq!(settled(&session), Settlement::Excluded);
    session.save_now().unwrap();
    assert_eq!(conflicts(&lena), []);
}

#[test]
fn adjudicators_who_agree_are_no_conflict() {
    let (_dir, [_, lena, rita]) = two_adjudicators(Settling::Adopt(1), Settling::Adopt(1));
    let mut session = open_later(&lena);
    session.perform(MergeAction::Start(rita));
    session.finish_jobs();
    session.perform(MergeAction::Finish);
    session.save_now().unwrap();
    assert_eq!(conflicts(&lena), []);
    session.run(CommandId::ShowCompare);
    assert!(settled(&session).is_settled());
}
