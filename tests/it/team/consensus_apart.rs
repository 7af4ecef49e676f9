//! The consensus is nobody's coding: it is counted and exported only if asked for.

use std::collections::BTreeSet;
use std::path::Path;

use demarche::model::*;
use demarche::session::{ExchangeAction, ExportRequest, NavigateAction, Session, Shown};

use super::bulk::{MAJORITY, request, settle, tagged};
use crate::support::cli::demarche;
use crate::support::session::{CommandId, RunCommand, root_of, spans};

/// A project of 10 passages of people, and one of the consensus.
fn with_consensus() -> (tempfile::TempDir, Session) {
    let (dir, mut session) = tagged();
    settle(&mut session, request(MAJORITY));
    session.run(CommandId::ShowAnnotate);
    (dir, session)
}

fn rows(session: &mut Session, shown: Shown) -> (usize, usize) {
    session.perform(NavigateAction::Show(shown));
    session.finish_jobs();
    (session.totals().spans, session.passage_table().spans().count())
}

#[test]
fn everyone_does_not_count_the_consensus_unless_asked() {
    let (_dir, mut session) = with_consensus();
    assert_eq!(rows(&mut session, Shown::Everyone), (10, 10));
    assert_eq!(rows(&mut session, Shown::All), (11, 11));
    assert_eq!(rows(&mut session, Shown::One(AnnotatorId::consensus())), (1, 1));
    session.perform(NavigateAction::Show(Shown::Everyone));
    let settled = spans(&session).into_iter().find(|(at, _)| at.layer.annotator.is_consensus()).unwrap().0;
    session.perform(NavigateAction::GoTo(settled.clone()));
    assert_eq!((session.shown(), session.current()), (&Shown::All, Some(&settled)), "so that it can be seen");
}

/// The annotators of an export in JSON Lines.
fn annotators(lines: &str) -> BTreeSet<String> {
    let documents = lines.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let spans = documents.flat_map(|document| document["spans"].as_array().unwrap().clone());
    spans.map(|span| span["annotator"].as_str().unwrap().to_owned()).collect()
}

fn export(session: &mut Session, path: &Path, shown: Shown) -> BTreeSet<String> {
    session.perform(NavigateAction::Show(shown));
    let format = demarche::io::export::exporter("jsonl").unwrap();
    let annotators_shown = session.annotators_shown();
    let path = path.join("out.jsonl");
    let request = ExportRequest {
        format,
        path: path.clone(),
        annotators: annotators_shown,
        categories: None,
        spans: None,
        documents: None,
    };
    session.perform(ExchangeAction::Export(request));
    session.finish_jobs();
    annotators(&std::fs::read_to_string(path).unwrap())
}

#[test]
fn an_export_has_the_consensus_only_if_it_is_shown() {
    let (dir, mut session) = with_consensus();
    let people: BTreeSet<String> = ["ana", "ben", "cem", "dan"].map(str::to_owned).into();
    assert_eq!(export(&mut session, dir.path(), Shown::Everyone), people);
    let all = export(&mut session, dir.path(), Shown::All);
    assert_eq!(all.difference(&people).collect::<Vec<_>>(), ["consensus"]);
    let one = export(&mut session, dir.path(), Shown::One(AnnotatorId::consensus()));
    assert_eq!(one.into_iter().collect::<Vec<_>>(), ["consensus"]);
}

#[test]
fn the_command_line_leaves_the_consensus_out_unless_asked() {
    let (_dir, mut session) = with_consensus();
    session.save_now().unwrap();
    let root = root_of(&session).to_owned();
    drop(session);
    let run = |args: &[&str]| demarche(args, &root);
    let summary = |args: &[&str]| {
        let (code, out, err) = run(&[&["summary", ".", "--json"], args].concat());
        assert_eq!(code, 0, "{err}");
        serde_json::from_str::<serde_json::Value>(&out).unwrap()
    };
    let everyone = summary(&[]);
    let ids = |figures: &serde_json::Value| {
        let rows = figures["annotators"].as_array().unwrap().iter();
        rows.map(|row| row["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(everyone["spans"], 10);
    assert!(!ids(&everyone).contains(&"consensus".to_owned()));
    let consensus = summary(&["--annotator", "consensus"]);
    assert_eq!((&consensus["spans"], ids(&consensus).last().unwrap().as_str()), (&1.into(), "consensus"));
    assert_eq!(summary(&["--annotator", "ana", "--annotator", "consensus"])["spans"], 5);
    assert_eq!(annotators(&run(&["export", ".", "--format", "jsonl"]).1).len(), 4);
    let asked = run(&["export", ".", "--format", "jsonl", "--annotator", "consensus"]).1;
    assert_eq!(annotators(&asked).into_iter().collect::<Vec<_>>(), ["consensus"]);
    let (_, analysed, _) = run(&["analyse", ".", "positions", "--coder", "all", "--format", "csv"]);
    assert!(!analysed.contains("consensus"), "{analysed}");
}
