//! Agreement over rounds: the figures of each round, and each coder with themselves.

use std::path::{Path, PathBuf};

use demarche::analysis::agreement::{CurvePoint, Measure};
use demarche::io::project::{Folder, RoundId, Rounds};
use demarche::model::*;
use demarche::session::{
    AgreementAction, DocumentAction, NavigateAction, OverRounds, RoundAction, Screen, Session,
};
use tempfile::TempDir;

use crate::support::session::{open, open_later, tag, works_here};
use crate::support::talks::written;
use crate::support::team::{Work, team};
use crate::support::wait::until;

/// Ana has missed an offer, in the first document.
const DOCUMENTS: [&[Work]; 2] = [
    &[("ana", Status::InProgress, &[0]), ("ben", Status::InProgress, &[0, 1])],
    &[("ana", Status::InProgress, &[0, 1]), ("ben", Status::InProgress, &[0, 1])],
];

fn folder(is_blind: bool) -> (TempDir, PathBuf) {
    let (dir, root) = written(&team(&DOCUMENTS).with_blind(is_blind));
    works_here(&root, "lena");
    (dir, root)
}

fn freeze(root: &Path) {
    works_here(root, "lena");
    let mut session = open(root);
    session.perform(RoundAction::Freeze { note: String::new() });
    let count = |root: &Path| Rounds::read(&Folder::new(root)).unwrap().rounds.len();
    let before = count(root);
    until(&mut session, "the round is frozen", |_| count(root) > before);
    session.finish_jobs();
}

/// Ana tags the offer that she has missed.
fn ana_finds_the_offer(root: &Path) {
    works_here(root, "ana");
    let mut session = open_later(root);
    session.perform(NavigateAction::OpenDocument("d001".into()));
    session.finish_jobs();
    tag(&mut session, "Estmark offers a fee", "offer");
    session.save_now().unwrap();
}

/// The project at the Agreement screen, once everything is computed.
fn agreement_of(root: &Path, who: &str) -> Session {
    works_here(root, who);
    let mut session = open_later(root);
    session.show_screen(Screen::Agreement);
    settle(&mut session);
    session
}

fn settle(session: &mut Session) {
    session.tick();
    session.finish_jobs();
    until(session, "figures are there", |session| {
        session.agreement_is_fresh() && (session.rounds().is_empty() || session.over_rounds_are_fresh())
    });
}

fn f1(point: &CurvePoint) -> Option<f64> {
    point.figures.iter().find(|figure| figure.measure == Measure::F1Exact)?.value.ok()
}

fn rounds(found: &OverRounds) -> Vec<(Option<String>, Option<f64>)> {
    let name = |id: &RoundId| id.to_string();
    found.rounds.iter().map(|(id, point)| (id.as_ref().map(name), point.as_ref().and_then(f1))).collect()
}

fn people(found: &OverRounds) -> Vec<(&str, Option<f64>)> {
    found.with_themselves.iter().map(|(id, point)| (id.as_str(), f1(point))).collect()
}

fn found(session: &Session) -> &OverRounds {
    session.agreement().over_rounds().unwrap()
}

#[test]
fn each_round_has_its_figures_and_coders_are_compared_with_what_they_had_tagged() {
    let (_dir, root) = folder(false);
    assert!(agreement_of(&root, "lena").agreement().over_rounds().is_none(), "nothing is frozen");
    freeze(&root);
    ana_finds_the_offer(&root);
    let (r1, r2) = (Some("r1-lena".to_owned()), Some("r2-lena".to_owned()));
    let before = Some(2.0 * 3.0 / 7.0);
    let mut session = agreement_of(&root, "lena");
    assert_eq!(rounds(found(&session)), [(r1.clone(), before), (None, Some(1.0))]);
    assert_eq!(found(&session).since.as_ref().map(ToString::to_string), r1);
    assert_eq!(people(found(&session)), [("ana", before), ("ben", Some(1.0))]);
    let text = session.agreement_text().unwrap();
    let heading = format!("\t{} (", Measure::F1Exact.name());
    assert_eq!(text.lines().filter(|line| line.contains(&heading)).count(), 3, "{text}");
    for row in ["Minutes 2\t1.000\t", "r1-lena\t0.857\t", "Ana\t0.857\t", "Ben\t1.000\t"] {
        assert!(text.lines().any(|line| line.starts_with(row)), "{row}: {text}");
    }
    drop(session);

    freeze(&root);
    session = agreement_of(&root, "lena");
    assert_eq!(rounds(found(&session)), [(r1, before), (r2.clone(), Some(1.0)), (None, Some(1.0))]);
    let second = session.rounds()[1].id.clone();
    session.perform(AgreementAction::CompareSince(second));
    assert!(!session.over_rounds_are_fresh());
    settle(&mut session);
    assert_eq!(found(&session).since.as_ref().map(ToString::to_string), r2);
    assert_eq!(people(found(&session)), [("ana", Some(1.0)), ("ben", Some(1.0))]);
}

#[test]
fn a_round_that_cannot_be_read_has_no_figures_and_the_others_have() {
    let (_dir, root) = folder(false);
    freeze(&root);
    ana_finds_the_offer(&root);
    freeze(&root);
    std::fs::write(root.join("rounds/r1-lena/project.ron"), "(").unwrap();
    let session = agreement_of(&root, "lena");
    let values: Vec<_> = rounds(found(&session)).into_iter().map(|(_, value)| value).collect();
    assert_eq!(values, [None, Some(1.0), Some(1.0)]);
}

#[test]
fn who_codes_blind_learns_nothing_of_others_from_rounds() {
    let (_dir, root) = folder(true);
    freeze(&root);
    let mut session = agreement_of(&root, "ana");
    assert!(rounds(found(&session)).iter().all(|(_, value)| value.is_none()));
    assert_eq!(people(found(&session)), [("ana", Some(1.0))]);
    // Once she is done with a document, what others have now is shown, and what they had in the round is not.
    session.perform(DocumentAction::SetStatus("d001".into(), Status::Done));
    session.save_now().unwrap();
    settle(&mut session);
    assert!(rounds(found(&session))[0].1.is_none());
}
