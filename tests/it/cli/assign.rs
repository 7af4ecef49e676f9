//! Assigning documents and listing people on the command line.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use demarche::io::project::{Folder, open};
use demarche::model::Project;

use crate::support::cli::{demarche, document_id};

/// A project `p` of some documents, led by Tess, with four annotators.
fn study(documents: usize) -> TempDir {
    let home = tempfile::tempdir().unwrap();
    let within = home.path();
    let names: Vec<String> = (0..documents).map(|n| format!("t{n:02}.txt")).collect();
    for (n, name) in names.iter().enumerate() {
        fs::write(within.join(name), format!("Text {n}. The port will close.\n")).unwrap();
    }
    let names = names.iter().map(String::as_str);
    let args: Vec<&str> = ["new", "p", "--codebook", "negotiation"].into_iter().chain(names).collect();
    done(&args, within);
    done(&["people", "p", "add", "Ana", "Ben", "Cem", "Dan"], within);
    done(&["people", "p", "role", "tess-ter", "lead"], within);
    home
}

/// Runs a command that has to work; gives its standard output.
fn done(args: &[&str], within: &Path) -> String {
    let (code, out, err) = demarche(args, within);
    assert_eq!(code, 0, "{args:?}: {err}");
    out
}

fn json(args: &[&str], within: &Path) -> Value {
    serde_json::from_str(&done(args, within)).expect("JSON")
}

fn project(within: &Path) -> Project {
    open(&Folder::new(within.join("p"))).expect("opened").project
}

/// The numbers of documents that are assigned to everyone.
fn assigned(within: &Path) -> BTreeMap<String, usize> {
    let people = json(&["people", "p", "list", "--json"], within);
    let rows = people["people"].as_array().unwrap().iter();
    rows.map(|row| (row["id"].as_str().unwrap().to_owned(), row["assigned"].as_u64().unwrap() as usize))
        .collect()
}

fn counts(rows: &Value, field: &str) -> Vec<u64> {
    rows.as_array().unwrap().iter().map(|row| row[field].as_u64().unwrap()).collect()
}

#[test]
fn every_pair_of_annotators_meets_equally_often() {
    let home = study(12);
    let within = home.path();
    let args = ["assign", "p", "--readers", "2", "--seed", "7", "--json"];
    let before = fs::read_to_string(within.join("p/project.ron")).unwrap();
    let planned = json(&[&args[..], &["--dry-run"]].concat(), within);
    assert_eq!(fs::read_to_string(within.join("p/project.ron")).unwrap(), before, "a dry run writes nothing");
    let report = json(&args, within);
    assert_eq!(report, planned);
    assert_eq!((&report["seed"], &report["begun"]), (&Value::from(7), &Value::from(0)));
    assert_eq!(counts(&report["people"], "documents"), [6; 4]);
    assert_eq!(counts(&report["pairs"], "documents"), [2; 6]);
    let of = |id: &str| assigned(within)[id];
    assert_eq!(["ana", "ben", "cem", "dan", "tess-ter"].map(of), [6, 6, 6, 6, 12], "the lead keeps all");
    let history = done(&["history", "p"], within);
    assert!(history.contains("seed 7"), "{history}");
    assert_eq!(demarche(&["check", "p"], within).0, 0);
    // The same again changes nothing.
    let before = fs::read_to_string(within.join("p/project.ron")).unwrap();
    done(&args, within);
    assert_eq!(fs::read_to_string(within.join("p/project.ron")).unwrap(), before);
}

#[test]
fn a_sample_is_read_by_all_and_shares_divide_the_rest() {
    let home = study(14);
    let args =
        ["assign", "p", "--sample", "4", "--people", "Ana,ben,cem", "--share", "ana=2,cem=2", "--json"];
    let report = json(&args, home.path());
    assert_eq!((&report["readers"], &report["sample"]), (&Value::from(1), &Value::from(4)));
    assert_eq!(counts(&report["people"], "documents"), [4 + 4, 4 + 2, 4 + 4]);
    assert_eq!(counts(&report["pairs"], "documents"), [4; 3]);
    assert_eq!(assigned(home.path())["dan"], 14, "who is not named keeps what they have");
}

#[test]
fn batches_are_opened_one_after_another() {
    let home = study(8);
    let within = home.path();
    done(&["assign", "p", "--readers", "1", "--batches", "3", "--seed", "1"], within);
    let sums =
        || assigned(within).into_iter().filter(|(id, _)| id != "tess-ter").map(|(_, n)| n).sum::<usize>();
    assert_eq!(sums(), 3);
    let planned = json(&["assign", "p", "--open-next", "--dry-run", "--json"], within);
    let opened = json(&["assign", "p", "--open-next", "--json"], within);
    assert_eq!(planned, opened);
    assert_eq!((opened["opened"].as_array().unwrap().len(), &opened["waiting"]), (3, &Value::from(1)));
    assert_eq!(sums(), 6);
    done(&["assign", "p", "--open-next"], within);
    assert_eq!(sums(), 8);
    assert_eq!(demarche(&["assign", "p", "--open-next"], within).0, 1, "none is waiting");
}

#[test]
fn what_someone_has_begun_stays_with_its_readers() {
    let home = study(6);
    let within = home.path();
    done(&["assign", "p", "--readers", "2", "--seed", "1"], within);
    let before = project(within);
    let id = document_id(&within.join("p"), 0);
    let text = r#"{"text":"Text 0. The port will close.\n","spans":[{"category":"demand","start":0,"end":4,"annotator":"Zoe"}]}"#;
    fs::write(within.join("in.jsonl"), text).unwrap();
    done(&["import", "p", "in.jsonl", "--new-annotator"], within);
    let report = json(&["assign", "p", "--people", "ana,ben,cem,dan", "--seed", "2", "--json"], within);
    assert_eq!(report["begun"], Value::from(1));
    let moved = report["batches"][0].as_array().unwrap().iter().map(|row| row["document"].as_str().unwrap());
    let moved: BTreeSet<&str> = moved.collect();
    assert!(moved.len() == 5 && !moved.contains(id.as_str()));
    let after = project(within);
    for person in before.annotators() {
        let now = after.annotator(&person.id).unwrap();
        assert_eq!(person.is_assigned(&id.as_str().into()), now.is_assigned(&id.as_str().into()));
    }
}

#[test]
fn wrong_designs_and_people_are_refused() {
    let home = study(4);
    let within = home.path();
    let before = fs::read_to_string(within.join("p/project.ron")).unwrap();
    for (wrong, code) in [
        (&["assign", "p", "--readers", "5"][..], 2),
        (&["assign", "p", "--readers", "0"], 2),
        (&["assign", "p", "--sample", "5"], 2),
        (&["assign", "p", "--batches", "5"], 2),
        (&["assign", "p", "--people", "nobody"], 2),
        (&["assign", "p", "--share", "ana"], 2),
        (&["assign", "p", "--share", "ana=x"], 2),
        (&["assign", "p", "--people", "ana,ben", "--share", "cem=2"], 2),
        (&["assign", "p", "--open-next", "--readers", "1"], 2),
        (&["assign", "p", "--annotator", "ana"], 1),
        (&["people", "p", "add", "Eve", "--annotator", "ana"], 1),
        (&["people", "p", "add", "Ana"], 2),
        (&["people", "p", "add", "Eve", "Eve"], 2),
        (&["people", "p", "add", "consensus"], 2),
        (&["people", "p", "role", "nobody", "lead"], 2),
        (&["people", "p", "role", "ana", "king"], 2),
    ] {
        let (found, _, err) = demarche(wrong, within);
        assert_eq!(found, code, "{wrong:?}: {err}");
    }
    assert_eq!(fs::read_to_string(within.join("p/project.ron")).unwrap(), before);
}

#[test]
fn people_are_added_with_a_role_and_keys_of_their_own() {
    let home = study(1);
    let within = home.path();
    done(&["people", "p", "add", "Rita Moreno", "Reva", "--role", "reviewer"], within);
    let project = project(within);
    let people: Vec<(&str, &str)> =
        project.annotators().iter().map(|person| (person.id.as_str(), person.role.name())).collect();
    assert_eq!(people[5..], [("rita-moreno", "reviewer"), ("reva", "reviewer")]);
    assert!(project.annotators().iter().all(|person| person.key.is_some()));
    assert_eq!(done(&["people", "p"], within), done(&["people", "p", "list"], within));
}
