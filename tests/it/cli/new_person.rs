//! The first person of a project that a command creates.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::cli::demarche;

/// The names of a project's people.
fn people(within: &Path) -> Vec<String> {
    let (_, out, err) = demarche(&["people", "talks", "--json"], within);
    let report: Value = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{err}"));
    let rows = report["people"].as_array().unwrap().iter();
    rows.map(|row| row["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_new_project_has_the_person_who_was_named() {
    for file in ["text.txt", "labelled.jsonl"] {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join("text.txt"), "Estmark will pay.\n").unwrap();
        let labelled = r#"{"text":"Estmark will pay.","spans":[{"category":"offer","start":0,"end":7}]}"#;
        fs::write(home.path().join("labelled.jsonl"), labelled).unwrap();
        let (code, _, err) = demarche(&["new", "talks", file, "--annotator", "Ana Lima"], home.path());
        assert_eq!(code, 0, "{err}");
        assert_eq!(people(home.path()), ["Ana Lima"], "{file}");
        let (code, _, err) = demarche(&["import", "talks", file], home.path());
        assert_eq!((code, people(home.path()).len()), (0, 1), "and this machine remembers them: {err}");
    }
}

#[test]
fn a_name_that_nobody_can_have_makes_no_project() {
    let home = tempfile::tempdir().unwrap();
    assert_eq!(demarche(&["new", "talks", "--annotator", "consensus"], home.path()).0, 2);
    assert!(!home.path().join("talks").exists());
}
