//! Several adjudicators: each has a file of their own, and where they contradict each other is reported.

use std::path::{Path, PathBuf};
use std::process::Command;

use demarche::analysis::differences::Settlement;
use demarche::io::ProblemKind;
use demarche::io::project::{FileKey, Folder, check, merge_file};
use demarche::model::*;
use demarche::session::{CompareAction, MergeAction, Settling};

use super::adjudication::{be, compared, settled};
use crate::support::project::{files, put_files};
use crate::support::session::{CommandId, RunCommand, open, open_later, root_of};
use crate::support::wait::until;

/// Lena and Rita each settle the same difference in a copy of their own. Returns the project of each.
fn two_adjudicators(lena: Settling, rita: Settling) -> (tempfile::TempDir, [PathBuf; 3]) {
    let (dir, mut session) = compared(&[("Ana", "threat"), ("Cem", "demand")]);
    session.save_now().unwrap();
    let root = root_of(&session).to_owned();
    drop(session);
    let copies = [root.clone(), dir.path().join("lena"), dir.path().join("rita")];
    for (copy, who, how) in [(&copies[1], "Lena", lena), (&copies[2], "Rita", rita)] {
        put_files(copy, files(&root));
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

/// What the files of the consensus hold, by name.
fn consensus_files(root: &Path) -> Vec<(String, String)> {
    let is_consensus = |name: &String| name.contains("consensus") && name.ends_with(".ron");
    files(root).into_iter().filter(|(name, _)| is_consensus(name)).collect()
}

fn names(files: &[(String, String)]) -> Vec<&str> {
    files.iter().map(|(name, _)| name.as_str()).collect()
}

/// Turns a file of an adjudicator into one that all of them share.
fn of_nobody(text: &str) -> String {
    let text = text.replace("    format: 2,", "    format: 1,");
    let lines = text.split_inclusive('\n').filter(|line| !line.starts_with("    key: "));
    let shared = |line: &str| match line.starts_with("    annotator: ") {
        true => "    annotator: \"consensus\",\n".to_owned(),
        false => line.to_owned(),
    };
    lines.map(shared).collect()
}

/// The consensus of several adjudicators as an older Demarche has it: in one file.
fn old_layout(root: &Path, parts: &[&Path]) -> String {
    let name = "layers/consensus/d001.ron";
    let parts: Vec<String> =
        parts.iter().flat_map(|part| consensus_files(part)).map(|(_, text)| of_nobody(&text)).collect();
    let text = match parts.as_slice() {
        [one] => one.clone(),
        [one, other] => merge_file(Path::new(name), b"", one.as_bytes(), other.as_bytes()).unwrap().text,
        _ => panic!("one or two"),
    };
    put_files(root, [(name.to_owned(), text)]);
    name.to_owned()
}

#[test]
fn two_adjudicators_merge_without_loss_and_their_contradiction_is_reported() {
    let (_dir, [root, lena, rita]) = two_adjudicators(Settling::Adopt(0), Settling::Adopt(1));
    let (of_lena, of_rita) = (consensus_files(&lena), consensus_files(&rita));
    assert_eq!(names(&of_lena), ["consensus/lena/d001.ron"]);
    assert_eq!(names(&of_rita), ["consensus/rita/d001.ron"]);
    // No file has two writers, so that any program puts both together.
    put_files(&root, of_lena.clone());
    put_files(&root, of_rita.clone());
    assert_eq!(conflicts(&root), [("consensus/rita/d001.ron".to_owned(), Some(7))]);

    // In Compare, the difference is open. Lena can't change what Rita has decided, but can agree.
    let mut session = open_later(&root);
    be(&mut session, "Lena");
    session.run(CommandId::ShowCompare);
    assert!(matches!(settled(&session), Settlement::Contradicted(spans) if spans.len() == 2));
    session.run(CommandId::NextDifference);
    session.perform(CompareAction::Settle(Settling::Adopt(1)));
    assert!(matches!(settled(&session), Settlement::Adopted(spans) if spans.len() == 2));
    session.save_now().unwrap();
    assert_eq!(conflicts(&root), []);
    let now = consensus_files(&root);
    assert_eq!(now[1..], of_rita, "not a byte of Rita's file has changed");
    // For everything that compares or exports the consensus, it is one passage that both have decided on.
    let united = session.project().with_one_consensus();
    let layer = united.documents()[0].layer(&AnnotatorId::consensus()).unwrap();
    assert_eq!(layer.len(), 1);
}

#[test]
fn a_decision_of_another_adjudicator_is_followed_live_and_left_alone() {
    let (_dir, [root, lena, rita]) = two_adjudicators(Settling::Adopt(0), Settling::Adopt(1));
    put_files(&root, consensus_files(&lena));
    let mut session = open_later(&root);
    be(&mut session, "Lena");
    session.run(CommandId::ShowCompare);
    assert!(settled(&session).is_settled());
    // The watch on the folder starts on a thread.
    std::thread::sleep(std::time::Duration::from_millis(150));
    let of_rita = consensus_files(&rita);
    put_files(&root, of_rita.clone());
    until(&mut session, "Rita's decision arrives", |session| !settled(session).is_settled());
    assert!(matches!(settled(&session), Settlement::Contradicted(spans) if spans.len() == 2));
    session.run(CommandId::NextDifference);
    session.perform(CompareAction::Settle(Settling::Reopen));
    session.perform(CompareAction::Settle(Settling::Reopen));
    session.save_now().unwrap();
    assert_eq!(consensus_files(&root), of_rita, "Lena's decision is undone, Rita's is not");
}

#[test]
fn the_bytes_of_a_decision_are_those_of_a_layer() {
    let (_dir, [_, lena, _]) = two_adjudicators(Settling::Adopt(0), Settling::Adopt(1));
    let [(_, text)] = consensus_files(&lena).try_into().unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[..4], ["(", "    format: 2,", "    document: \"d001\",", "    annotator: \"lena\","]);
    assert!(lines[4].starts_with("    key: \"") && lines[5] == "    spans: [");
    assert!(lines[6].starts_with("        (id: \"") && lines[6].contains("provenance: (from: [(\"ana\", "));
    assert!(lines[6].contains("by: \"lena\""));
    assert_eq!(lines[7..], ["    ],", "    links: [", "    ],", ")"]);
    let mut session = open_later(&lena);
    be(&mut session, "Lena");
    session.save_now().unwrap();
    assert_eq!(consensus_files(&lena)[0].1, text);
}

#[test]
fn an_older_consensus_is_read_and_moves_when_its_adjudicator_writes() {
    let (_dir, [root, lena, rita]) = two_adjudicators(Settling::Adopt(0), Settling::Adopt(1));
    let old = old_layout(&root, &[&lena, &rita]);
    assert_eq!(conflicts(&root), [(old.clone(), Some(7))]);
    let mut session = open_later(&root);
    be(&mut session, "Lena");
    session.run(CommandId::ShowCompare);
    assert!(matches!(settled(&session), Settlement::Contradicted(spans) if spans.len() == 2));
    assert_eq!(names(&consensus_files(&root)), [&*old], "reading writes nothing");
    // What all agree on is settled, which moves what Lena has decided before.
    session.run(CommandId::AddAgreed);
    session.save_now().unwrap();
    let now = consensus_files(&root);
    assert_eq!(names(&now), ["consensus/lena/d001.ron", &*old]);
    assert_eq!((now[0].1.matches("by: \"lena\"").count(), now[0].1.matches("by:").count()), (2, 2));
    assert_eq!((now[1].1.matches("by: \"rita\"").count(), now[1].1.matches("by:").count()), (1, 1));
    be(&mut session, "Rita");
    session.run(CommandId::ShowCompare);
    session.run(CommandId::NextDifference);
    session.perform(CompareAction::Settle(Settling::Adopt(1)));
    session.save_now().unwrap();
    assert_eq!(names(&consensus_files(&root)), ["consensus/lena/d001.ron", "consensus/rita/d001.ron"]);
    session.undo();
    session.save_now().unwrap();
    assert_eq!(consensus_files(&root), now, "undo moves it back");
}

#[test]
fn an_older_consensus_stays_if_the_new_file_cannot_be_written() {
    let (_dir, [root, lena, _]) = two_adjudicators(Settling::Adopt(0), Settling::Adopt(1));
    let old = old_layout(&root, &[&lena]);
    let before = consensus_files(&root);
    let mut session = open_later(&root);
    be(&mut session, "Lena");
    session.run(CommandId::ShowCompare);
    session.run(CommandId::AddAgreed);
    std::fs::write(root.join("consensus"), "a file where a folder has to go").unwrap();
    assert!(session.save_now().is_err());
    assert_eq!(consensus_files(&root), before);
    std::fs::remove_file(root.join("consensus")).unwrap();
    session.save_now().unwrap();
    assert!(!root.join(old).exists());
}

#[test]
fn contradicting_versions_of_an_older_consensus_are_a_conflict_of_the_merge_driver() {
    let (_dir, [root, lena, rita]) = two_adjudicators(Settling::Adopt(0), Settling::Adopt(1));
    let name = old_layout(&lena, &[&lena]);
    old_layout(&rita, &[&rita]);
    let read = |root: &Path| std::fs::read(root.join(&name)).unwrap();
    let merged = merge_file(Path::new(&name), b"", &read(&lena), &read(&rita)).unwrap();
    assert_eq!(merged.conflicts.len(), 1, "{:?}", merged.conflicts);
    assert_eq!(merged.text.matches("provenance").count(), 2, "both are kept");
    put_files(&root, [(name.clone(), merged.text)]);
    let again = merge_file(Path::new(&name), &read(&root), &read(&root), &read(&root)).unwrap();
    assert_eq!(again.conflicts.len(), 0, "told once");
}

#[test]
fn check_names_adjudicators_who_are_not_listed_and_documents_that_are_gone() {
    let (_dir, [_, lena, _]) = two_adjudicators(Settling::Adopt(0), Settling::Adopt(1));
    let [(_, text)] = consensus_files(&lena).try_into().unwrap();
    let other = text.replace("annotator: \"lena\"", "annotator: \"zoe\"");
    put_files(
        &lena,
        [
            ("consensus/zoe/d001.ron".to_owned(), other),
            ("consensus/lena/d009.ron".to_owned(), text.replace("d001", "d009")),
        ],
    );
    let found = check(&Folder::new(&lena)).unwrap();
    let has =
        |kind: ProblemKind, file: &str| found.iter().any(|p| p.kind == kind && p.file == Path::new(file));
    assert!(has(ProblemKind::UnlistedAnnotator, "consensus/zoe/d001.ron"), "{found:?}");
    assert!(has(ProblemKind::Orphan, "consensus/lena/d009.ron"), "{found:?}");
    assert!(!has(ProblemKind::UnlistedAnnotator, "consensus/lena/d001.ron"));
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

/// What Lena and Rita left out, as an older Demarche stores it: in one file for all adjudicators.
fn old_left_out(root: &Path, parts: &[&Path]) -> String {
    let name = "reviews/consensus/d001.ron";
    let texts: Vec<String> = parts
        .iter()
        .flat_map(|part| consensus_files(part))
        .filter(|(name, _)| name.ends_with(".left-out.ron"))
        .map(|(_, text)| of_nobody(&text))
        .collect();
    put_files(root, [(name.to_owned(), texts.concat())]);
    name.to_owned()
}

#[test]
fn what_an_adjudicator_leaves_out_is_in_a_file_of_their_own() {
    let (_dir, [root, lena, rita]) = two_adjudicators(Settling::Exclude, Settling::Adopt(1));
    let (of_lena, of_rita) = (consensus_files(&lena), consensus_files(&rita));
    assert_eq!(names(&of_lena), ["consensus/lena/d001.left-out.ron"]);
    let key = FileKey::Review("d001".into(), AnnotatorId::consensus_of(&"lena".into()));
    assert_eq!(key.relative(), Path::new(&of_lena[0].0));
    assert_eq!(FileKey::from_relative(Path::new(&of_lena[0].0)), Some(key));
    let head = "(\n    format: 2,\n    document: \"d001\",\n    annotator: \"lena\",\n    key: \"";
    assert!(of_lena[0].1.starts_with(head), "{}", of_lena[0].1);
    // Some program combines both. They contradict each other, here and in `check`.
    put_files(&root, of_lena.clone());
    put_files(&root, of_rita.clone());
    assert_eq!(conflicts(&root), [("consensus/rita/d001.ron".to_owned(), Some(7))]);
    let mut session = open_later(&root);
    be(&mut session, "Rita");
    session.run(CommandId::ShowCompare);
    assert!(matches!(settled(&session), Settlement::Contradicted(spans) if spans.len() == 1));
    // Rita can't take back what Lena has left out, but can agree.
    session.run(CommandId::NextDifference);
    session.perform(CompareAction::Settle(Settling::Exclude));
    assert_eq!(settled(&session), Settlement::Excluded);
    session.save_now().unwrap();
    assert_eq!(conflicts(&root), []);
    let now = consensus_files(&root);
    assert_eq!(names(&now), ["consensus/lena/d001.left-out.ron", "consensus/rita/d001.left-out.ron"]);
    assert_eq!(now[..1], of_lena, "not a byte of Lena's file has changed");
    let united = session.project().with_one_consensus();
    let reviews = &united.documents()[0].reviews;
    let reviewers: Vec<&AnnotatorId> = reviews.keys().collect();
    assert_eq!(reviewers, [&AnnotatorId::consensus()]);
    assert_eq!(reviews[&AnnotatorId::consensus()].decisions.len(), 2, "both readings, once each");
    session.perform(CompareAction::Settle(Settling::Reopen));
    session.save_now().unwrap();
    assert_eq!(consensus_files(&root), of_lena);
    assert_eq!(settled(&session), Settlement::Excluded);
}

#[test]
fn what_another_adjudicator_leaves_out_is_followed_live() {
    let (_dir, [root, lena, rita]) = two_adjudicators(Settling::Adopt(0), Settling::Exclude);
    put_files(&root, consensus_files(&lena));
    let mut session = open_later(&root);
    be(&mut session, "Lena");
    session.run(CommandId::ShowCompare);
    assert!(settled(&session).is_settled());
    // The watch on the folder starts on a thread.
    std::thread::sleep(std::time::Duration::from_millis(150));
    put_files(&root, consensus_files(&rita));
    until(&mut session, "Rita's decision arrives", |session| !settled(session).is_settled());
    assert!(matches!(settled(&session), Settlement::Contradicted(spans) if spans.len() == 1));
}

#[test]
fn an_older_file_of_what_is_left_out_moves_when_its_adjudicator_writes() {
    let (_dir, [root, lena, _]) = two_adjudicators(Settling::Exclude, Settling::Exclude);
    let old = old_left_out(&root, &[&lena]);
    let before = consensus_files(&root);
    let mut session = open_later(&root);
    be(&mut session, "Rita");
    session.run(CommandId::ShowCompare);
    assert_eq!(settled(&session), Settlement::Excluded);
    session.run(CommandId::AddAgreed);
    session.save_now().unwrap();
    let now = consensus_files(&root);
    assert_eq!(names(&now), ["consensus/rita/d001.ron", &*old]);
    assert_eq!(now[1..], before, "it is not Rita's");
    session.undo();
    be(&mut session, "Lena");
    session.run(CommandId::ShowCompare);
    session.run(CommandId::AddAgreed);
    session.save_now().unwrap();
    let moved = consensus_files(&root);
    assert_eq!(names(&moved), ["consensus/lena/d001.left-out.ron", "consensus/lena/d001.ron"]);
    assert_eq!(moved[0], consensus_files(&lena)[0]);
    session.undo();
    session.save_now().unwrap();
    assert_eq!(consensus_files(&root), before, "undo moves it back");
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

#[test]
fn the_command_line_merges_what_each_adjudicator_decided() {
    let (_dir, [_, lena, rita]) = two_adjudicators(Settling::Adopt(0), Settling::Adopt(1));
    let run = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_demarche"));
        command.args(args).env("DEMARCHE_ANNOTATOR", "lena").output().unwrap()
    };
    let paths = [&lena, &rita].map(|path| path.to_str().unwrap().to_owned());
    let merged = run(&["merge", &paths[0], &paths[1]]);
    assert_eq!(merged.status.code(), Some(1), "they contradict each other: {merged:?}");
    assert_eq!(names(&consensus_files(&lena)), ["consensus/lena/d001.ron", "consensus/rita/d001.ron"]);
    assert_eq!(consensus_files(&lena)[1], consensus_files(&rita)[0]);
    assert_eq!(run(&["check", &paths[0]]).status.code(), Some(1));
    let exported = run(&["export", &paths[0], "--format", "jsonl", "--annotator", "consensus"]);
    let exported = String::from_utf8(exported.stdout).unwrap();
    assert_eq!(exported.matches("\"annotator\":\"consensus\"").count(), 2, "{exported}");
}
