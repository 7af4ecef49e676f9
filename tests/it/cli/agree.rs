//! `demarche agree` as scripts use it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use demarche::analysis::agreement::{Measure, NoInterval, Undefined};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::cli::demarche;

/// A continuum of 300 characters; what it says does not matter.
fn continuum() -> String {
    "abcdefghi ".repeat(29) + "abcdefghij"
}

/// A line with a text and what somebody has tagged in it.
fn line(spans: &[(&str, u32, u32)]) -> String {
    let spans: Vec<Value> = spans
        .iter()
        .map(|(category, start, length)| json!({"category": category, "start": start, "end": start + length}))
        .collect();
    json!({"id": "d001", "text": continuum(), "spans": spans}).to_string()
}

/// The example of Krippendorff 2004, p. 254, as a project: a continuum from 150 to 450.
fn project() -> TempDir {
    let home = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: String| fs::write(home.path().join(name), text).expect("a file");
    write("text.txt", continuum());
    write("ana.jsonl", line(&[("c", 75, 70), ("c", 220, 30), ("k", 30, 60), ("k", 150, 50)]));
    write("ben.jsonl", line(&[("c", 70, 80), ("c", 205, 20), ("c", 250, 20), ("k", 30, 60), ("k", 150, 50)]));
    let (code, _, err) = demarche(&["new", "talks", "text.txt"], home.path());
    assert_eq!(code, 0, "{err}");
    for who in ["ana", "ben"] {
        let file = format!("{who}.jsonl");
        let (_, _, err) = demarche(&["import", "talks", &file, "--annotator", who], home.path());
        assert!(err.contains("imported 0 documents"), "{err}");
    }
    home
}

fn measures(args: &[&str], within: &Path) -> Vec<Value> {
    let (code, out, err) = demarche(&[&["agree", "talks", "--json"], args].concat(), within);
    assert_eq!(code, 0, "{err}");
    let report: Value = serde_json::from_str(&out).expect("JSON");
    report["measures"].as_array().expect("measures").clone()
}

#[test]
fn the_example_of_krippendorff_comes_out_of_a_project() {
    let home = project();
    let found = measures(&["--unit", "character"], home.path());
    assert!(found.iter().all(|figure| figure["unit"] == "character" && figure["continuum"].is_string()));
    let found: Vec<&Value> = found.iter().filter(|figure| figure["measure"] == "alpha_u").collect();
    let continua: BTreeSet<&str> = found.iter().filter_map(|figure| figure["continuum"].as_str()).collect();
    assert_eq!(continua, ["joined", "per_document"].into());
    let of = |category: Value| {
        let figure = found.iter().find(|figure| figure["category"] == category);
        figure.expect("a figure")["value"].as_f64().expect("a value")
    };
    assert!((of(json!("c")) - 0.7286).abs() < 0.00005, "{}", of(json!("c")));
    assert!((of(json!("k")) - 1.0).abs() < 1e-9);
    assert!((of(Value::Null) - 0.859).abs() < 0.0005, "{}", of(Value::Null));
}

#[test]
fn json_keeps_its_shape_and_says_why_there_is_no_figure() {
    let home = project();
    let found = measures(&[], home.path());
    let names = [
        "percent",
        "cohen_kappa",
        "fleiss_kappa",
        "alpha_nominal",
        "alpha_u",
        "u_alpha",
        "joint_u_alpha",
        "cu_alpha",
        "s_u_alpha",
        "f1_exact",
        "f1_overlap",
        "alpha_masi",
        "alpha_jaccard",
        "macro_mean",
        "gwet_ac1",
        "brennan_prediger",
        "presence",
    ];
    for name in names {
        assert!(found.iter().any(|figure| figure["measure"] == name), "{name}");
    }
    for figure in &found {
        assert_eq!(figure["annotators"], json!(["ana", "ben"]));
        assert_eq!(figure["value"].is_null(), figure["why"].is_string(), "{figure}");
        assert!(figure["interval"].is_null() && figure["interval_why"].is_string(), "{figure}");
    }
    let few = found.iter().filter(|figure| figure["value"].is_number());
    let few = few.map(|figure| figure["interval_why"].as_str().expect("a reason"));
    let too_few = NoInterval::TooFewDocuments.to_string();
    let joined = NoInterval::JoinedDocuments.to_string();
    assert!(few.into_iter().all(|why| why == too_few || why == joined));
    let alone = measures(&["--annotators", "ana"], home.path());
    assert!(!alone.is_empty() && alone.iter().all(|figure| figure["value"].is_null()));
    assert_eq!(alone[0]["why"], json!(Undefined::TooFewAnnotators.to_string()));
}

#[test]
fn a_table_for_people_explains_itself() {
    let home = project();
    let (code, out, err) = demarche(&["agree", "talks"], home.path());
    assert_eq!(code, 0, "{err}");
    let too_few = NoInterval::TooFewDocuments.to_string();
    for part in [Measure::AlphaU.name(), "All categories", Measure::CohenKappa.name(), &too_few, "1 document"]
    {
        assert!(out.contains(part), "{part}\n{out}");
    }
    assert!(out.lines().all(|line| line == line.trim_end()));
}

fn report(args: &[&str], within: &Path) -> Value {
    let (code, out, err) = demarche(&[&["agree", "talks", "--json"], args].concat(), within);
    assert_eq!(code, 0, "{err}");
    serde_json::from_str(&out).expect("JSON")
}

#[test]
fn documents_categories_and_statuses_can_be_chosen() {
    let home = project();
    let all = report(&[], home.path());
    assert_eq!((&all["documents"], &all["done_only"]), (&json!(1), &json!(false)));
    assert_eq!(all["by_document"][0]["measures"][0]["measure"], "f1_exact");
    assert_eq!(all["pairs"], json!([]), "two people are one pair");
    let chosen = measures(&["--categories", "k"], home.path());
    let other = json!("c");
    assert!(chosen.iter().all(|figure| figure["category"] != other));
    assert!(chosen.iter().any(|figure| figure["category"] == "k"));
    let done = report(&["--done"], home.path());
    assert_eq!((&done["documents"], &done["done_only"]), (&json!(0), &json!(true)));
    let document = all["by_document"][0]["document"].clone();
    assert_eq!(done["absent"][0]["not_done"], json!([document]));
    let named = document.as_str().expect("an id");
    assert_eq!(report(&["--documents", named, "--all-statuses", "--parents"], home.path())["documents"], 1);
    let (code, ..) = demarche(&["agree", "talks", "--done", "--all-statuses"], home.path());
    assert_eq!(code, 2);
}

#[test]
fn the_nearest_name_is_suggested() {
    let home = project();
    for (wrong, near) in [("--categories", "demnd"), ("--annotators", "anna"), ("--documents", "textt")] {
        let (code, out, err) = demarche(&["agree", "talks", wrong, near], home.path());
        assert_eq!((code, out.as_str()), (2, ""), "{err}");
        assert!(err.matches('`').count() == 4, "the given name and the nearest: {err}");
    }
}

#[test]
fn unknown_people_and_units_are_wrong_usage() {
    let home = project();
    for wrong in [["--annotators", "ana,eva"], ["--annotators", "ana,ana"], ["--unit", "page"]] {
        let (code, out, err) = demarche(&[&["agree", "talks"][..], &wrong[..]].concat(), home.path());
        assert_eq!((code, out.as_str()), (2, ""), "{err}");
    }
    let (_, _, err) = demarche(&["agree", "talks", "--annotators", "eva"], home.path());
    assert!(err.contains("ana, ben"), "{err}");
}
