//! Imports at the same time, as by scripts of several people, none of which may be lost.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::support::cli::demarche;

/// Every other record is in this text, so that all processes write the same layers.
const SHARED: &str =
    "Norvania will suspend the talks unless the port reopens by Friday morning at the latest.";
const PROCESSES: usize = 5;

/// The number of imports by each process.
fn imports() -> usize {
    std::env::var("DEMARCHE_IMPORTS").ok().and_then(|number| number.parse().ok()).unwrap_or(4)
}

fn new_project() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("empty.csv"), "id,name\n").unwrap();
    demarche(&["new", "p", "--codebook", "empty.csv"], home.path());
    home
}

/// Runs the imports of a process, one after another; `who` names its annotator in each.
fn run(home: &Path, process: usize, signed: &[&str], who: &(dyn Fn(usize) -> String + Sync)) {
    for at in 0..imports() {
        let number = process * imports() + at;
        let text = if at % 2 == 0 { SHARED.to_owned() } else { format!("Text {number} of the talks.") };
        let start = if at % 2 == 0 { number % 80 } else { 0 };
        let mut span = json!({"category": format!("c{number}"), "start": start, "end": start + 4, "note": format!("n{number}")});
        if let Some(name) = signed.get(number % signed.len().max(1)) {
            span["annotator"] = json!(name);
        }
        let file = format!("{number}.jsonl");
        fs::write(home.join(&file), json!({"text": text, "spans": [span]}).to_string()).unwrap();
        let status = Command::new(env!("CARGO_BIN_EXE_demarche"))
            .args(["import", "p", &file])
            .env("DEMARCHE_ANNOTATOR", who(number))
            .current_dir(home)
            .stderr(Stdio::null())
            .status();
        assert!(status.unwrap().success(), "import {number}");
    }
}

/// Runs all processes. Returns the number of spans of each annotator who has some.
fn import_all(signed: &[&str], who: &(dyn Fn(usize) -> String + Sync)) -> Vec<u64> {
    let home = new_project();
    std::thread::scope(|scope| {
        for process in 0..PROCESSES {
            let home = home.path();
            scope.spawn(move || run(home, process, signed, who));
        }
    });
    let (code, out, err) = demarche(&["summary", "p", "--json"], home.path());
    assert_eq!(code, 0, "{err}");
    let summary: Value = serde_json::from_str(&out).unwrap();
    let all = (PROCESSES * imports()) as u64;
    assert_eq!(summary["spans"].as_u64(), Some(all), "{summary}");
    assert_eq!(summary["categories"].as_array().unwrap().len() as u64, all);
    assert_eq!(demarche(&["check", "p"], home.path()).0, 0);
    let people = summary["annotators"].as_array().unwrap().iter();
    people.map(|person| person["spans"].as_u64().unwrap()).filter(|spans| *spans > 0).collect()
}

#[test]
fn imports_for_one_person_in_any_spelling_lose_nothing() {
    let names = ["ana", "Ana", "ANA", "aNa", " ana "];
    assert_eq!(import_all(&[], &|number| names[number % names.len()].to_owned()).len(), 1);
}

#[test]
fn imports_by_several_people_into_the_layers_of_others_lose_nothing() {
    let signed = ["Ben", "BEN", "Jos\u{e9}"];
    let who = |number: usize| ["Ana", "Cleo", "Dora", "Project", "project"][number / imports()].to_owned();
    assert_eq!(import_all(&signed, &who).len(), signed.len());
}

#[test]
fn imports_by_several_people_at_once_lose_nothing() {
    let who = |number: usize| ["Ana", "Cleo", "Dora", "Project", "Emil"][number / imports()].to_owned();
    assert_eq!(import_all(&[], &who).len(), PROCESSES);
}
