//! Settling many differences at once by a rule: majority, one person, accepted by a reviewer, single-coded documents.

use std::fs;

use demarche::analysis::differences::{BulkCount, BulkRule, BulkSettling, Threshold};
use demarche::io::project::{Folder, check};
use demarche::model::*;
use demarche::session::{
    BulkRequest, BulkScope, CompareAction, DocumentListAction, NavigateAction, ProjectAction, Session, Shown,
};

use super::adjudication::be;
use crate::support::cli::demarche;
use crate::support::session::{
    CommandId, RunCommand, desk, notice, open, passages, root_of, spans, steps, tag, undo_label,
};

const TEXT: &str = "We demand an answer by Friday. We offer to open the port. The road will close.";

pub(super) const MAJORITY: BulkRule = BulkRule::Majority(Threshold::MoreThanHalf);

/// Three of four have the demand alike, two and two differ on the offer, and one alone has tagged the road. In the second
/// document, Ana alone has worked.
pub(super) fn tagged() -> (tempfile::TempDir, Session) {
    let (dir, mut session) = desk(&[TEXT, TEXT]);
    for (name, demand, offer, road) in [
        ("Ana", "demand", "offer", "threat"),
        ("Ben", "demand", "offer", ""),
        ("Cem", "demand", "concession", ""),
        ("Dan", "threat", "concession", ""),
    ] {
        be(&mut session, name);
        tag(&mut session, "demand an answer by Friday", demand);
        tag(&mut session, "offer to open the port", offer);
        if !road.is_empty() {
            tag(&mut session, "road will close", road);
        }
    }
    be(&mut session, "Ana");
    session.perform(NavigateAction::OpenDocument("d002".into()));
    tag(&mut session, "road will close", "threat");
    session.perform(NavigateAction::OpenDocument("d001".into()));
    be(&mut session, "Lena");
    session.run(CommandId::ShowCompare);
    (dir, session)
}

pub(super) fn request(rule: BulkRule) -> BulkRequest {
    let settling = BulkSettling { rule, leaves_out: false, takes_single: false, only_done: false };
    BulkRequest { settling, scope: BulkScope::All }
}

fn count(session: &mut Session, request: &BulkRequest) -> BulkCount {
    session.perform(CompareAction::CountBulk(request.clone()));
    session.finish_jobs();
    session.bulk_count(request).expect("it is counted")
}

pub(super) fn settle(session: &mut Session, request: BulkRequest) {
    session.perform(CompareAction::SettleInBulk(request));
    session.finish_jobs();
}

/// The passages of the consensus, in short.
fn consensus(session: &Session) -> Vec<String> {
    let ours = |line: String| line.strip_prefix("consensus ").map(str::to_owned);
    passages(session).into_iter().filter_map(ours).collect()
}

/// Sources, rejected sources and basis of each passage of the consensus.
fn origins(session: &Session) -> Vec<(Vec<String>, Vec<String>, Basis)> {
    let names = |sources: &[SourceSpan]| sources.iter().map(|s| s.annotator.to_string()).collect();
    let settled = spans(session).into_iter().filter(|(at, _)| at.layer.annotator.is_consensus());
    let origins = settled.filter_map(|(_, span)| span.provenance.clone());
    origins.map(|from| (names(&from.from), names(&from.over), from.basis)).collect()
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn the_majority_is_counted_first_and_taken_as_one_step() {
    let (_dir, mut session) = tagged();
    let before = passages(&session);
    let request = request(MAJORITY);
    let counted = count(&mut session, &request);
    assert_eq!(counted, BulkCount { taken: 1, ties: 1, untagged: 1, ..BulkCount::default() });
    assert_eq!((counted.decided(), counted.open()), (1, 2));
    assert_eq!(passages(&session), before, "counting changes nothing");
    let steps_before = steps(&session);
    settle(&mut session, request);
    assert_eq!(consensus(&session), ["demand: demand an answer by Friday"]);
    assert_eq!(origins(&session), [(names(&["ana", "ben", "cem"]), names(&["dan"]), Basis::Compared)]);
    assert_eq!(steps(&session), steps_before + 1);
    assert!(undo_label(&session).contains('1'), "{}", undo_label(&session));
    session.run(CommandId::Undo);
    assert_eq!(passages(&session), before);
}

#[test]
fn thresholds_are_votes_or_shares_of_those_who_worked() {
    let (_dir, mut session) = tagged();
    for (threshold, taken, ties, short, untagged) in [
        (Threshold::Votes(2), 1, 1, 0, 1),
        (Threshold::Votes(4), 0, 1, 2, 0),
        (Threshold::Share { part: 3, whole: 4 }, 1, 1, 0, 1),
        (Threshold::Share { part: 76, whole: 100 }, 0, 1, 2, 0),
    ] {
        let counted = count(&mut session, &request(BulkRule::Majority(threshold)));
        assert_eq!(
            counted,
            BulkCount { taken, ties, short, untagged, ..BulkCount::default() },
            "{threshold:?}"
        );
    }
}

#[test]
fn what_most_have_not_tagged_is_left_out_if_asked() {
    let (_dir, mut session) = tagged();
    let mut request = request(MAJORITY);
    request.settling.leaves_out = true;
    settle(&mut session, request.clone());
    assert_eq!(consensus(&session).len(), 1);
    let counted = count(&mut session, &request);
    assert_eq!(counted, BulkCount { settled: 2, ties: 1, ..BulkCount::default() }, "settled ones stay");
    let document = session.project().document(&"d001".into()).unwrap();
    assert_eq!(document.consensus_decisions().count(), 1);
}

#[test]
fn everything_of_one_person_leaves_settled_passages_alone() {
    let (_dir, mut session) = tagged();
    settle(&mut session, request(MAJORITY));
    let before = spans(&session).into_iter().filter(|(at, _)| at.layer.annotator.is_consensus());
    let before: Vec<_> = before.collect();
    settle(&mut session, request(BulkRule::Person("dan".into())));
    assert_eq!(
        consensus(&session),
        ["demand: demand an answer by Friday", "concession: offer to open the port"]
    );
    let after = spans(&session);
    assert!(before.iter().all(|settled| after.contains(settled)), "nothing settled is overwritten");
    assert_eq!(origins(&session)[1].0, names(&["cem", "dan"]), "equal readings are sources together");
    assert_eq!(origins(&session)[1].1, names(&["ana", "ben"]));
}

#[test]
fn what_a_reviewer_has_accepted_is_taken() {
    let (_dir, mut session) = tagged();
    let at = |session: &Session, who: &str, category: &str| {
        let found = spans(session)
            .into_iter()
            .find(|(at, span)| at.layer.annotator.as_str() == who && span.category.as_str() == category);
        found.unwrap().0
    };
    session.run(CommandId::ShowAnnotate);
    session.perform(NavigateAction::Show(Shown::Everyone));
    for (who, category) in [("dan", "threat"), ("ben", "offer"), ("cem", "concession")] {
        let at = at(&session, who, category);
        session.perform(NavigateAction::GoTo(at));
        session.run(CommandId::Accept);
    }
    session.run(CommandId::ShowCompare);
    let counted = count(&mut session, &request(BulkRule::Accepted(Some("lena".into()))));
    assert_eq!(counted, BulkCount { taken: 1, ties: 1, silent: 1, ..BulkCount::default() });
    settle(&mut session, request(BulkRule::Accepted(None)));
    assert_eq!(consensus(&session), ["threat: demand an answer by Friday"]);
    let nobody = count(&mut session, &request(BulkRule::Accepted(Some("ana".into()))));
    assert_eq!((nobody.taken, nobody.silent), (0, 2));
}

#[test]
fn single_coded_documents_enter_as_single_and_raise_the_format() {
    let (_dir, mut session) = tagged();
    settle(&mut session, request(MAJORITY));
    session.save_now().unwrap();
    let root = root_of(&session).to_owned();
    let file = |id: &str| fs::read_to_string(root.join(format!("consensus/lena/{id}.ron"))).unwrap();
    assert!(!file("d001").contains("format: 3"), "only if used");
    let mut single = request(MAJORITY);
    single.settling.takes_single = true;
    let counted = count(&mut session, &single);
    assert_eq!((counted.taken, counted.single), (1, 1));
    settle(&mut session, single);
    let (from, over, basis) = origins(&session).pop().unwrap();
    assert_eq!((from, over, basis), (names(&["ana"]), names(&[]), Basis::Single));
    session.save_now().unwrap();
    assert!(file("d002").contains("format: 3") && file("d002").contains("single: true"), "{}", file("d002"));
    assert!(!file("d001").contains("format: 3"));
    let written = origins(&session);
    drop(session);
    assert_eq!(origins(&open(&root)), written, "it is read as it was");
    assert_eq!(check(&Folder::new(&root)).unwrap(), []);
}

#[test]
fn the_documents_are_chosen() {
    let (_dir, mut session) = tagged();
    let mut here = request(BulkRule::Person("ana".into()));
    here.settling.takes_single = true;
    let everywhere = count(&mut session, &here);
    here.scope = BulkScope::Document;
    let open = count(&mut session, &here);
    here.scope = BulkScope::Chosen;
    session.perform(DocumentListAction::Choose("d002".into()));
    let chosen = count(&mut session, &here);
    assert_eq!([everywhere.taken, open.taken, chosen.taken], [4, 3, 1]);
    here.settling.only_done = true;
    let done = count(&mut session, &here);
    assert_eq!((done.taken, done.unfinished), (0, 1));
}

#[test]
fn an_annotator_settles_nothing_where_there_are_reviewers() {
    let (_dir, mut session) = tagged();
    let mut lena = session.project().annotator(&"lena".into()).unwrap().clone();
    lena.role = Role::Reviewer;
    session.perform(ProjectAction::SetPeople(vec![lena]));
    be(&mut session, "Ana");
    session.run(CommandId::ShowCompare);
    settle(&mut session, request(MAJORITY));
    assert_eq!(consensus(&session), Vec::<String>::new());
    assert!(!notice(&session).is_empty());
}

#[test]
fn the_command_line_counts_and_settles() {
    let (_dir, mut session) = tagged();
    session.save_now().unwrap();
    let root = root_of(&session).to_owned();
    drop(session);
    let run = |args: &[&str]| {
        let (code, out, err) = demarche(&[&["settle", "."], args].concat(), &root);
        (code, serde_json::from_str::<serde_json::Value>(&out).unwrap_or_default(), err)
    };
    let (code, counted, err) = run(&["--majority", "--dry-run", "--json", "--annotator", "lena"]);
    assert_eq!((code, &counted["taken"], &counted["open"]["ties"]), (0, &1.into(), &1.into()), "{err}");
    assert!(!root.join("consensus").exists(), "a dry run changes nothing");
    let (code, settled, err) =
        run(&["--majority", "2/3", "--single", "--leave-out", "--json", "--annotator", "lena"]);
    assert_eq!((code, &settled["taken"], &settled["single"]), (0, &2.into(), &1.into()), "{err}");
    assert_eq!(settled["left_out"], 1);
    let (code, again, _) = run(&["--person", "Ana", "--json", "--annotator", "lena"]);
    assert_eq!((code, &again["taken"], &again["settled_before"]), (0, &1.into(), &2.into()));
    let session = open(&root);
    assert_eq!(consensus(&session).len(), 3);
    assert_eq!(check(&Folder::new(&root)).unwrap(), []);
    drop(session);
    for wrong in [
        &["--annotator", "lena"] as &[&str],
        &["--majority", "0", "--annotator", "lena"],
        &["--majority", "5/4", "--annotator", "lena"],
        &["--person", "nobody", "--annotator", "lena"],
        &["--majority", "--annotator", "Somebody New"],
    ] {
        let (code, _, err) = run(wrong);
        assert_eq!(code, 2, "{wrong:?}: {err}");
    }
}
