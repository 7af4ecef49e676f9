//! `demarche analyse`, and the analysis in `demarche summary --json`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::cli::demarche;

pub(super) fn sample() -> TempDir {
    let home = tempfile::tempdir().unwrap();
    demarche::io::sample::write(&home.path().join("talks")).unwrap();
    home
}

fn run(home: &Path, args: &[&str]) -> (i32, String, String) {
    demarche(args, home)
}

fn analyse(home: &Path, view: &str, args: &[&str]) -> Vec<Value> {
    let all = [&["analyse", "talks", view, "--format", "json"], args].concat();
    let (code, out, err) = run(home, &all);
    assert_eq!(code, 0, "{all:?}: {err}");
    serde_json::from_str(&out).unwrap()
}

fn golden(coder: &str) -> Value {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/analysis/halden-{coder}.json"));
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn the_matrix_of_the_sample_is_that_of_the_reference() {
    let home = sample();
    for coder in ["ana", "ben"] {
        let mut found: BTreeMap<[String; 3], u64> = BTreeMap::new();
        for row in analyse(home.path(), "matrix", &["--coder", coder]) {
            let moves = row["moves"].as_u64().unwrap();
            assert_eq!(
                row["spans"].as_array().unwrap().len() as u64,
                moves,
                "a number is that of its passages"
            );
            found.insert(cell(&row), moves);
        }
        let golden = golden(coder);
        let expected = golden["matrix"].as_array().unwrap().iter();
        let expected: BTreeMap<_, _> =
            expected.map(|row| (cell(row), row["moves"].as_u64().unwrap())).collect();
        assert_eq!(found, expected, "{coder}");
    }
}

fn cell(row: &Value) -> [String; 3] {
    ["row", "column", "role"].map(|field| row[field].to_string())
}

#[test]
fn transitions_of_the_sample_are_those_of_the_reference() {
    let home = sample();
    let rows = analyse(home.path(), "follows", &["--coder", "ana"]);
    let sum: u64 = rows.iter().map(|row| row["observed"].as_u64().unwrap()).sum();
    let row = rows.iter().find(|row| row["from"] == "rejection" && row["to"] == "reason").unwrap();
    let rounded = |field: &str| (row[field].as_f64().unwrap() * 100.0).round() / 100.0;
    assert_eq!((sum, row["observed"].as_u64(), rounded("expected"), rounded("z")), (105, Some(4), 1.2, 2.87));
    assert_eq!(row["few"], json!(true));
    let changes = analyse(home.path(), "follows", &["--coder", "ana", "--speaker", "changes"]);
    assert_eq!(changes.iter().map(|row| row["observed"].as_u64().unwrap()).sum::<u64>(), 31);
}

#[test]
fn actors_asks_and_pairs_have_their_figures() {
    let home = sample();
    let actors = analyse(home.path(), "actors", &["--coder", "ana"]);
    assert_eq!(
        (&actors[0]["id"], &actors[0]["moves"], &actors[0]["demands"]["open"]),
        (&json!("Estmark"), &json!(50), &json!(1))
    );
    assert_eq!(analyse(home.path(), "asks", &["--coder", "ana"]).len(), 43);
    let open = analyse(home.path(), "asks", &["--coder", "ana", "--filter", "ask:open role:demand"]);
    assert_eq!(open.len(), 5);
    let pairs = analyse(home.path(), "towards", &["--coder", "ana"]);
    let balance = |from: &str, to: &str| {
        pairs.iter().find(|row| row["from"] == from && row["to"] == to).unwrap()["balance"].clone()
    };
    assert_eq!(balance("Estmark", "Norvania"), json!(0.375));
    assert_eq!(balance("Norvania", "Estmark"), json!(0.375));
    let bins = analyse(home.path(), "time", &["--coder", "ana"]);
    assert_eq!((&bins[0]["start"], &bins[0]["n"]), (&json!("2026-02-18"), &json!(24)));
    assert!((bins[0]["mean"].as_f64().unwrap() + 1.875).abs() < 1e-9);
}

#[test]
fn every_view_is_written_in_every_format() {
    let home = sample();
    for view in ["matrix", "asks", "actors", "time", "towards", "codeline", "movement", "together", "follows"]
    {
        for format in ["csv", "csv-wide", "json", "xlsx", "html"] {
            let output = format!("{view}.{format}");
            let args = ["analyse", "talks", view, "--coder", "ana", "--format", format, "--output", &output];
            let (code, _, err) = run(home.path(), &args);
            assert_eq!(code, 0, "{view} {format}: {err}");
            let length = fs::metadata(home.path().join(&output)).unwrap().len();
            assert!(length > 100, "{view} {format}: {length} bytes");
        }
    }
    for view in ["matrix", "time", "towards", "codeline", "movement", "together", "follows"] {
        let args = ["analyse", "talks", view, "--coder", "ana", "--format", "svg"];
        let (code, out, err) = run(home.path(), &args);
        assert!(code == 0 && out.contains("<svg"), "{view}: {err}");
    }
    let args = ["analyse", "talks", "matrix", "--coder", "ana", "--format", "png", "--output", "matrix.png"];
    assert_eq!(run(home.path(), &args).0, 0);
    assert!(fs::read(home.path().join("matrix.png")).unwrap().starts_with(b"\x89PNG"));
    for format in ["graphml", "gexf", "nodes", "edges", "adjacency", "events"] {
        let (code, out, err) =
            run(home.path(), &["analyse", "talks", "towards", "--coder", "ana", "--format", format]);
        assert!(code == 0 && out.contains("Estmark"), "{format}: {err}");
    }
}

#[test]
fn a_tidy_table_has_a_row_per_number() {
    let home = sample();
    let args = ["analyse", "talks", "matrix", "--coder", "ana", "--filter", "actor:Estmark"];
    let (code, out, err) = run(home.path(), &args);
    let mut lines = out.lines();
    assert_eq!(code, 0, "{err}");
    assert_eq!(lines.next(), Some("view,row,column,measure,value,n,scale,filter,bin_start,bin_end"));
    assert_eq!(lines.next(), Some("matrix,Estmark,survey ship,moves,17,17,,actor:Estmark,,"));
}

#[test]
fn several_coders_are_side_by_side() {
    let home = sample();
    let rows = analyse(home.path(), "actors", &["--coder", "everyone"]);
    let coders: std::collections::BTreeSet<&str> =
        rows.iter().map(|row| row["coder"].as_str().unwrap()).collect();
    assert!(coders.contains("ana") && coders.contains("ben"), "{coders:?}");
    let one = analyse(home.path(), "actors", &["--coder", "ana"]);
    assert!(one.iter().all(|row| row.get("coder").is_none()));
    let by_filter = analyse(home.path(), "actors", &["--filter", "coder:ana"]);
    assert_eq!(by_filter, one);
}

#[test]
fn wrong_usage_names_what_was_meant() {
    let home = sample();
    let wrong = [
        (&["matrx"][..], "matrix"),
        (&["matrix", "--rows", "actr"], "actor"),
        (&["matrix", "--measure", "move"], "moves"),
        (&["time", "--bin", "mnth"], "month"),
        (&["matrix", "--scale", "goldstien"], "goldstein"),
        (&["matrix", "--format", "jsn"], "json"),
        (&["matrix", "--format", "gexf"], "csv"),
        (&["matrix", "--coder", "anna"], "ana"),
        (&["matrix", "--count", "denid"], "denied"),
        (&["asks", "--rows", "actor"], "--rows"),
        (&["matrix", "--filter", "category:thraet"], "Threat"),
        (&["matrix", "--filter", "coder:ben", "--coder", "ana"], "--coder"),
        (&["towards", "--format", "gexf", "--coder", "everyone"], "--coder"),
    ];
    for (args, expected) in wrong {
        let (code, out, err) = run(home.path(), &[&["analyse", "talks"], args].concat());
        assert_eq!((code, out.as_str()), (2, ""), "{args:?}: {err}");
        assert!(err.contains(expected), "{args:?}: {err}");
    }
}

#[test]
fn the_summary_has_the_analysis_and_can_be_filtered() {
    let home = sample();
    let summary = |args: &[&str]| -> Value {
        let (code, out, err) = run(home.path(), &[&["summary", "talks", "--json"], args].concat());
        assert_eq!(code, 0, "{err}");
        serde_json::from_str(&out).unwrap()
    };
    let all = summary(&["--coder", "ana"]);
    let analysis = &all["analysis"];
    assert_eq!(
        (&analysis["coder"], &analysis["scale"], &analysis["filter"]),
        (&json!("ana"), &json!("goldstein"), &json!(""))
    );
    let counted =
        [&analysis["moves"], &analysis["excluded"]["denied"], &analysis["excluded"]["hypothetical"]];
    let counted: Vec<_> = counted.iter().map(|number| number.as_u64().unwrap()).collect();
    assert_eq!(counted, [130, 2, 8]);
    assert_eq!(Some(counted.iter().sum()), all["spans"].as_u64());
    for list in ["matrix", "asks", "actors", "dyads", "bins", "together", "transitions"] {
        assert!(!analysis[list].as_array().unwrap().is_empty(), "{list}");
    }
    let threats = summary(&["--coder", "ana", "--filter", "category:threat"]);
    assert_eq!(threats["analysis"]["moves"], threats["spans"]);
    assert!(threats["spans"].as_u64() < all["spans"].as_u64());
    let (code, out, err) = run(
        home.path(),
        &["export", "talks", "--format", "csv", "--coder", "ana", "--filter", "category:threat"],
    );
    assert_eq!(code, 0, "{err}");
    let rows = out.matches(",threat,Threat,").count();
    assert_eq!(Some(rows as u64), threats["spans"].as_u64());
}

#[test]
fn the_output_does_not_depend_on_who_runs_it() {
    let home = sample();
    let run_as = |user: &str| {
        let out = std::process::Command::new(env!("CARGO_BIN_EXE_demarche"))
            .args(["analyse", "talks", "actors", "--format", "json"])
            .current_dir(home.path())
            .env("USER", user)
            .output()
            .unwrap();
        (out.stdout, out.stderr)
    };
    assert_eq!(run_as("ana"), run_as("ben"));
}

/// Writes a saved view of a person into the sample.
pub(super) fn save_view(home: &Path, person: &str, number: u128, name: &str, rest: &str) {
    let id = uuid::Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + number);
    let folder = home.join("talks/views").join(person);
    fs::create_dir_all(&folder).unwrap();
    let text = format!("(\n    format: 1,\n    name: \"{name}\",\n{rest})\n");
    fs::write(folder.join(format!("{id}.ron")), text).unwrap();
}

#[test]
fn saved_views_are_shown_and_named_in_filters() {
    let home = sample();
    let rest = "    filter: \"actor:Estmark\",\n    view: \"matrix\",\n    rows: \"category\",\n    columns: \"document\",\n    \
                chips: {\"coder\": \"ben\"},\n";
    save_view(home.path(), "ben", 1, "Estmark by text", rest);
    let options = ["--rows", "category", "--columns", "document", "--coder", "ben", "--filter"];
    let expected = analyse(home.path(), "matrix", &[&options[..], &["actor:Estmark"]].concat());
    assert!(!expected.is_empty());
    assert_eq!(analyse(home.path(), "estmark by text", &[]), expected);
    // Options replace those of the view, and filters add up.
    let both = analyse(home.path(), "matrix", &[&options[..], &["actor:Estmark category:demand"]].concat());
    assert!(both.len() < expected.len());
    assert_eq!(analyse(home.path(), "Estmark by text", &["--filter", "category:demand"]), both);
    let by_issue = analyse(home.path(), "Estmark by text", &["--columns", "issue"]);
    assert_ne!(by_issue, expected);
    let named = analyse(home.path(), "matrix", &[&options[..], &["view:\"Estmark by text\""]].concat());
    assert_eq!(named, expected);
    // Two people with one name.
    save_view(home.path(), "clara", 2, "ESTMARK by text", rest);
    for args in [
        &["analyse", "talks", "Estmark by text"][..],
        &["summary", "talks", "--filter", "view:\"Estmark by text\""],
    ] {
        let (code, out, err) = run(home.path(), args);
        assert_eq!((code, out.as_str()), (2, ""), "{args:?}: {err}");
        assert!(err.contains("Ben Okafor") && err.contains("Clara Lindqvist"), "{args:?}: {err}");
    }
}

#[test]
fn a_view_that_leads_back_to_itself_is_wrong_usage() {
    let home = sample();
    save_view(home.path(), "ben", 1, "one", "    filter: \"view:two\",\n    view: \"matrix\",\n");
    save_view(home.path(), "ben", 2, "two", "    filter: \"view:one\",\n    view: \"matrix\",\n");
    for args in
        [&["analyse", "talks", "one"][..], &["export", "talks", "--format", "csv", "--filter", "view:one"]]
    {
        let (code, out, err) = run(home.path(), args);
        assert_eq!((code, out.as_str()), (2, ""), "{args:?}: {err}");
        assert!(err.contains("one → two") || err.contains("two → one"), "{args:?}: {err}");
    }
}
