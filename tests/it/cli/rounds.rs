//! Frozen rounds on the command line: later work changes neither their bytes nor their figures.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::cli::{demarche, document_id};

const TEXT: &str = "We demand the port. We offer a fee. We warn you. They refuse to pay.\n";

/// A line with the text and what somebody has tagged in it, at characters.
fn line(spans: &[(&str, usize, usize)]) -> String {
    let span = |(category, start, end): &(&str, usize, usize)| json!({"category": category, "start": start, "end": end});
    json!({"id": "x", "text": TEXT, "spans": spans.iter().map(span).collect::<Vec<_>>()}).to_string()
}

fn ok(args: &[&str], within: &Path) -> String {
    let (code, out, err) = demarche(args, within);
    assert_eq!(code, 0, "{args:?}: {err}");
    out
}

/// A project in which Ana and Ben have tagged one document differently.
fn project() -> TempDir {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("text.txt"), TEXT).unwrap();
    ok(&["new", "talks", "text.txt"], home.path());
    tag(home.path(), "ana", &[("demand", 0, 19), ("offer", 20, 35)]);
    tag(home.path(), "ben", &[("demand", 0, 19), ("threat", 36, 48)]);
    home
}

fn tag(home: &Path, who: &str, spans: &[(&str, usize, usize)]) {
    fs::write(home.join("more.jsonl"), line(spans)).unwrap();
    ok(&["import", "talks", "more.jsonl", "--annotator", who], home);
}

fn freeze(home: &Path) {
    ok(&["rounds", "talks", "freeze", "--annotator", "ana", "--note", "first"], home);
}

/// All files below a folder with their bytes.
fn bytes(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut left = vec![folder.to_owned()];
    while let Some(at) = left.pop() {
        for entry in fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                left.push(path)
            } else {
                drop(files.insert(path.clone(), fs::read(&path).unwrap()))
            }
        }
    }
    files
}

fn measures(home: &Path) -> Value {
    let out = ok(&["agree", "talks", "--json", "--round", "r1-ana"], home);
    serde_json::from_str::<Value>(&out).unwrap()["measures"].clone()
}

#[test]
fn later_work_changes_neither_bytes_nor_figures() {
    let home = project();
    let at = home.path();
    freeze(at);
    let round = at.join("talks/rounds/r1-ana");
    let (before, figures) = (bytes(&round), measures(at));
    let exported = ok(&["export", "talks", "--format", "jsonl", "--round", "1"], at);
    let counted = ok(&["summary", "talks", "--json", "--round", "r1"], at);
    assert_eq!(before.len(), 4, "{:?}", before.keys());

    tag(at, "ben", &[("offer", 20, 35)]);
    tag(at, "ana", &[("threat", 36, 48)]);
    let id = document_id(&at.join("talks"), 0);
    fs::write(at.join("new.txt"), TEXT.replace("a fee", "a much larger fee")).unwrap();
    ok(&["update", "talks", &id, "new.txt"], at);
    let codebook = at.join("talks/project.ron");
    let renamed = fs::read_to_string(&codebook).unwrap().replace("name: \"Demand\"", "name: \"Claim\"");
    fs::write(&codebook, renamed).unwrap();

    assert_eq!(bytes(&round), before);
    assert_eq!(measures(at), figures);
    assert_eq!(ok(&["export", "talks", "--format", "jsonl", "--round", "1"], at), exported);
    assert_eq!(ok(&["summary", "talks", "--json", "--round", "r1"], at), counted);
    let today = ok(&["agree", "talks", "--json"], at);
    assert_ne!(serde_json::from_str::<Value>(&today).unwrap()["measures"], figures);
    ok(&["check", "talks"], at);
}

#[test]
fn rounds_are_numbered_and_listed() {
    let home = project();
    freeze(home.path());
    let first = bytes(&home.path().join("talks/rounds"));
    ok(&["rounds", "talks", "freeze", "--annotator", "ben"], home.path());
    let all = bytes(&home.path().join("talks/rounds"));
    assert!(first.iter().all(|(path, content)| all.get(path) == Some(content)));
    let out = ok(&["rounds", "talks", "--json"], home.path());
    let rounds = serde_json::from_str::<Value>(&out).unwrap()["rounds"].clone();
    let ids: Vec<&str> =
        rounds.as_array().unwrap().iter().map(|round| round["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["r1-ana", "r2-ben"]);
    assert_eq!((&rounds[0]["layers"], &rounds[0]["note"]), (&json!(2), &json!("first")));
    let history = ok(&["history", "talks"], home.path());
    assert!(history.contains("freeze round r1-ana"));
    let (code, ..) = demarche(&["agree", "talks", "--round", "r7-ana"], home.path());
    assert_eq!(code, 2);
}

#[test]
fn a_dry_run_and_an_empty_project_freeze_nothing() {
    let home = project();
    ok(&["rounds", "talks", "freeze", "--annotator", "ana", "--dry-run"], home.path());
    assert!(!home.path().join("talks/rounds").exists());
    ok(&["new", "empty", "text.txt"], home.path());
    let (code, ..) = demarche(&["rounds", "empty", "freeze"], home.path());
    assert_eq!(code, 1);
    assert!(!home.path().join("empty/rounds").exists());
}

fn kinds(home: &Path) -> Vec<(String, String)> {
    let (code, out, _) = demarche(&["check", "talks", "--json"], home);
    let report: Value = serde_json::from_str(&out).unwrap();
    let problems = report["problems"].as_array().unwrap().clone();
    assert_eq!(code, i32::from(!problems.is_empty()));
    let text = |problem: &Value, name: &str| problem[name].as_str().unwrap().replace('\\', "/");
    problems.iter().map(|problem| (text(problem, "file"), text(problem, "kind"))).collect()
}

#[test]
fn check_finds_what_is_wrong_with_a_round() {
    let home = project();
    freeze(home.path());
    assert_eq!(kinds(home.path()), []);
    let talks = home.path().join("talks");
    let id = document_id(&talks, 0);
    let (ana, ben) =
        (format!("rounds/r1-ana/layers/ana/{id}.ron"), format!("rounds/r1-ana/layers/ben/{id}.ron"));
    let changed = fs::read_to_string(talks.join(&ana)).unwrap().replace("We demand", "We command");
    fs::write(talks.join(&ana), changed).unwrap();
    fs::remove_file(talks.join(&ben)).unwrap();
    fs::create_dir_all(talks.join("rounds/notes")).unwrap();
    fs::write(talks.join("rounds/r1-ana/layers/ana/other.ron"), "()").unwrap();
    let found = kinds(home.path());
    let expect = |file: &str, kind: &str| {
        assert!(found.contains(&(file.to_owned(), kind.to_owned())), "{file} {kind}: {found:?}");
    };
    expect(&ana, "round-changed");
    expect(&ana, "quote-mismatch");
    expect(&ben, "missing");
    expect("rounds/notes", "orphan");
    expect("rounds/r1-ana/layers/ana/other.ron", "orphan");
    fs::write(talks.join("rounds/r1-ana/round.ron"), "(format: 99, by: \"ana\")").unwrap();
    assert!(kinds(home.path()).contains(&("rounds/r1-ana/round.ron".to_owned(), "newer-format".to_owned())));
}

#[test]
fn a_merge_takes_over_the_rounds_of_the_other_copy() {
    let home = project();
    let at = home.path();
    copy(&at.join("talks"), &at.join("copy"));
    freeze(at);
    ok(&["rounds", "copy", "freeze", "--annotator", "ana", "--note", "elsewhere"], at);
    ok(&["merge", "talks", "copy"], at);
    let rounds = |project: &str| -> Vec<(String, String)> {
        let report: Value = serde_json::from_str(&ok(&["rounds", project, "--json"], at)).unwrap();
        let text = |round: &Value, name: &str| round[name].as_str().unwrap().to_owned();
        report["rounds"]
            .as_array()
            .unwrap()
            .iter()
            .map(|round| (text(round, "id"), text(round, "note")))
            .collect()
    };
    let both = [("r1-ana".to_owned(), "first".to_owned()), ("r2-ana".to_owned(), "elsewhere".to_owned())];
    assert_eq!(rounds("talks"), both);
    ok(&["merge", "talks", "copy"], at);
    assert_eq!(rounds("talks"), both, "merging again takes over nothing");
    assert_eq!(kinds(at), []);
}

fn copy(from: &Path, to: &Path) {
    for (path, content) in bytes(from) {
        let target = to.join(path.strip_prefix(from).unwrap());
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target, content).unwrap();
    }
}

#[test]
fn a_packet_has_no_rounds() {
    let home = project();
    freeze(home.path());
    ok(&["packet", "talks", "--for", "ben", "--output", "ben.demarche-packet"], home.path());
    let packed = fs::read(home.path().join("ben.demarche-packet")).unwrap();
    let needle = b"rounds/";
    assert!(!packed.windows(needle.len()).any(|window| window == needle));
}

#[test]
fn a_coder_is_compared_with_themselves_and_rounds_are_compared() {
    let home = project();
    let agree = |args: &[&str]| {
        let out = ok(&[&["agree", "talks", "--json"], args].concat(), home.path());
        serde_json::from_str::<Value>(&out).unwrap()
    };
    let (code, _, _) = demarche(&["agree", "talks", "--curve"], home.path());
    assert_eq!(code, 2, "there is no round yet");
    freeze(home.path());
    let f1 = |answer: &Value| {
        let figures = answer["measures"].as_array().unwrap().iter();
        let mut exact =
            figures.filter(|figure| figure["measure"] == "f1_exact" && figure["category"].is_null());
        exact.find_map(|figure| figure["value"].as_f64())
    };
    let intra = ["--intra", "ana", "--since", "1"];
    assert_eq!(f1(&agree(&intra)), Some(1.0));
    tag(home.path(), "ana", &[("threat", 36, 48)]);
    let answer = agree(&intra);
    assert_eq!(answer["annotators"], json!(["ana-round-1", "ana-round-2"]));
    assert_eq!(f1(&answer), Some(0.8), "two of the passages of both, and one that is new");
    // Ana and Ben shared one passage of four in the round, and share two of five today.
    let answer = agree(&["--curve"]);
    let rounds = answer["by_round"].as_array().unwrap();
    let [round] = rounds.as_slice() else { panic!("{rounds:?}") };
    assert_eq!((&round["round"], &round["documents"]), (&json!("r1-ana"), &json!(1)));
    let exact = round["measures"].as_array().unwrap().iter().find(|figure| figure["measure"] == "f1_exact");
    assert_eq!((exact.unwrap()["value"].as_f64(), f1(&answer)), (Some(0.5), Some(0.8)));
    let (code, _, said) = demarche(&["agree", "talks", "--intra", "ana", "--since", "r7"], home.path());
    assert_eq!((code, said.contains("r1-ana")), (2, true), "{said}");
}
