//! Layers of people whom the project does not list: reported, counted with the others, and given to their owners.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::cli::demarche;

const TEXT: &str = "The port will close. The road will close.";

/// A project `p` with Ana and Ben, in which a layer like Ben's belongs to `bokafor`, who is not listed.
fn with_stranger() -> TempDir {
    let home = tempfile::tempdir().unwrap();
    let within = home.path();
    fs::write(within.join("empty.csv"), "id,name\n").unwrap();
    assert!(demarche(&["new", "p", "--codebook", "empty.csv"], within).0 < 2);
    let span = |annotator: &str, start: usize, end: usize| {
        format!(r#"{{"category":"x","start":{start},"end":{end},"annotator":"{annotator}"}}"#)
    };
    let spans = [span("Ana", 0, 20), span("Ben Okafor", 0, 20), span("Ben Okafor", 21, 41)].join(",");
    fs::write(within.join("in.jsonl"), format!(r#"{{"text":"{TEXT}","spans":[{spans}]}}"#)).unwrap();
    assert_eq!(demarche(&["import", "p", "in.jsonl"], within).0, 0);
    // As a Demarche wrote it that took the login for a person.
    let ben = within.join("p/layers/ben-okafor");
    let (_, layer) = only_file(&ben);
    let layer = layer.replace("annotator: \"ben-okafor\"", "annotator: \"bokafor\"");
    let layer = layer.replace("[(21, 41)]", "[(25, 41)]").replace("The road will", "road will");
    let stranger = within.join("p/layers/bokafor");
    fs::create_dir(&stranger).unwrap();
    fs::write(stranger.join(only_file(&ben).0), layer.replace("id: \"0", "id: \"1")).unwrap();
    home
}

/// The name and content of the only file in a folder.
fn only_file(folder: &Path) -> (String, String) {
    let path = fs::read_dir(folder).unwrap().next().unwrap().unwrap().path();
    (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(&path).unwrap())
}

fn json(args: &[&str], within: &Path) -> (i32, Value) {
    let (code, out, err) = demarche(args, within);
    (code, serde_json::from_str(&out).unwrap_or_else(|_| panic!("{err}")))
}

/// `id spans listed` of everyone.
fn people(within: &Path) -> Vec<String> {
    let (_, people) = json(&["people", "p", "--json"], within);
    let row = |row: &Value| format!("{} {} {}", row["id"].as_str().unwrap(), row["spans"], row["listed"]);
    people["people"].as_array().unwrap().iter().map(row).collect()
}

fn kinds(within: &Path) -> Vec<(String, String)> {
    let (_, report) = json(&["check", "p", "--json"], within);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let rows = report["problems"].as_array().unwrap().iter();
    rows.map(|row| (text(&row["kind"]), text(&row["file"]).replace('\\', "/"))).collect()
}

#[test]
fn a_layer_of_an_unlisted_person_is_reported_and_counted() {
    let home = with_stranger();
    let found = kinds(home.path());
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].0, "unlisted-annotator");
    assert!(found[0].1.starts_with("layers/bokafor/"), "{found:?}");
    assert_eq!(
        people(home.path()),
        ["tess-ter 0 true", "ana 1 true", "ben-okafor 2 true", "bokafor 2 false"]
    );
    let (_, agreement) = json(&["agree", "p", "--json"], home.path());
    assert_eq!(agreement["annotators"], serde_json::json!(["ana", "ben-okafor", "bokafor"]));
}

#[test]
fn reassigned_work_is_united_with_what_its_owner_has() {
    let home = with_stranger();
    let within = home.path();
    let done = ["people", "p", "reassign", "bokafor", "Ben Okafor"];
    let (code, _, err) = demarche(&done, within);
    assert_eq!(code, 0, "{err}");
    assert_eq!(people(within), ["tess-ter 0 true", "ana 1 true", "ben-okafor 3 true"]);
    assert!(fs::read_dir(within.join("p/layers/bokafor")).map_or(true, |mut files| files.next().is_none()));
    assert_eq!(kinds(within), []);
    assert_eq!(demarche(&done, within).0, 2, "bokafor is nobody any more");
}

#[test]
fn a_new_name_lists_the_owner() {
    let home = with_stranger();
    let within = home.path();
    let near = ["people", "p", "reassign", "bokafor", "Ben Okafro"];
    assert_eq!(demarche(&near, within).0, 2, "a typo is no new person");
    for wrong in [["bokafor", "bokafor"], ["nobody", "ana"], ["bokafor", "consensus"], ["ana", "Zoë"]] {
        assert_eq!(demarche(&[&["people", "p", "reassign"], &wrong[..]].concat(), within).0, 2, "{wrong:?}");
    }
    assert_eq!(demarche(&["people", "p", "reassign", "bokafor", "Bo Kafor"], within).0, 0);
    assert_eq!(people(within)[3], "bokafor 2 true");
    assert_eq!(kinds(within), []);
}

#[test]
fn nothing_is_reassigned_while_the_owner_works_elsewhere() {
    use demarche::io::project::{Folder, lock};
    use demarche::model::Stamp;

    let home = with_stranger();
    let folder = Folder::new(home.path().join("p"));
    let _lock = lock(&folder, "ben-okafor", Stamp(0)).unwrap();
    assert_eq!(demarche(&["people", "p", "reassign", "bokafor", "ben-okafor"], home.path()).0, 1);
    assert_eq!(people(home.path())[2..], ["ben-okafor 2 true", "bokafor 2 false"]);
}
