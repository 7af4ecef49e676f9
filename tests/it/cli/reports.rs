//! Exit codes and JSON reports of complete and incomplete imports and exports.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::cli::demarche;

const LABELLED: &str = r#"{"text":"One two three","spans":[{"category":"threat","start":4,"end":7,"quote":"two","annotator":"ben"}]}"#;

fn run(home: &Path, args: &[&str]) -> (i32, Value) {
    let (code, out, _) = demarche(args, home);
    (code, serde_json::from_str(&out).unwrap_or(Value::Null))
}

/// A project with a passage of Ben's.
fn project() -> TempDir {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("a.jsonl"), LABELLED).unwrap();
    let (code, report) = run(home.path(), &["new", "talks", "a.jsonl", "--annotator", "ben", "--json"]);
    assert_eq!((code, &report["complete"], &report["spans"]), (0, &true.into(), &1.into()), "{report}");
    home
}

#[test]
fn an_export_is_read_back_in_its_format_whatever_its_name() {
    let home = project();
    let formats = ["jsonl", "doccano", "prodigy", "spacy", "w3c", "qdpx", "csv", "xlsx"];
    for format in formats {
        for name in ["out", "out.v2", "out.qdpx", "out.txt"] {
            let args = ["export", "talks", "--format", format, "--output", name, "--json"];
            let (code, report) = run(home.path(), &args);
            assert_eq!((code, &report["complete"]), (0, &true.into()), "{format} {name}: {report}");
            if let Some(passages) = report["passages"].as_object() {
                assert_eq!((&passages["found"], &passages["of"]), (&1.into(), &1.into()), "{format}");
                assert_eq!(report["differences"], Value::Array(Vec::new()), "{format} {name}");
            }
        }
    }
    for format in ["brat", "conll", "webanno-tsv", "cas-xmi", "cas-json", "label-studio"] {
        let folder = format!("{format}.folder");
        let (code, report) =
            run(home.path(), &["export", "talks", "--format", format, "--output", &folder, "--json"]);
        assert_eq!((code, &report["passages"]["found"]), (0, &1.into()), "{format}: {report}");
    }
    let (code, _) = run(home.path(), &["export", "talks", "--format", "jsonl", "--json"]);
    assert_eq!(code, 2, "the report would be in the export");
}

#[test]
fn a_layer_that_can_not_be_read_is_a_failure_everywhere() {
    let home = project();
    let layers: Vec<_> = fs::read_dir(home.path().join("talks/layers/ben")).unwrap().collect();
    let [Ok(layer)] = layers.as_slice() else { panic!("one layer: {layers:?}") };
    let layer = layer.path();
    let document = layer.file_stem().unwrap().to_str().unwrap();
    fs::write(&layer, "(format: 1, spans: [").unwrap();
    fs::write(home.path().join("b.jsonl"), LABELLED.replace("ben", "ana")).unwrap();
    let unread = serde_json::json!([{ "document": document, "annotator": "ben" }]);
    for args in [
        &["summary", "talks", "--json"][..],
        &["agree", "talks", "--json", "--annotators", "ana,ben"],
        &["export", "talks", "--format", "jsonl", "--output", "out", "--json"],
        &["import", "talks", "b.jsonl", "--annotator", "ana", "--new-annotator", "--json"],
    ] {
        let (code, report) = run(home.path(), args);
        if args[0] == "agree" && report.is_null() {
            assert_ne!(code, 0, "{args:?}");
            continue;
        }
        assert_eq!((code, &report["unread"]), (1, &unread), "{args:?}: {report}");
    }
}

#[test]
fn damaged_files_are_imported_and_reported() {
    let home = project();
    let check = |name: &str, bytes: &[u8], code: i32, kinds: &[Value]| {
        fs::write(home.path().join(name), bytes).unwrap();
        let (found, report) = run(home.path(), &["import", "talks", name, "--annotator", "ben", "--json"]);
        let losses: Vec<Value> = report["losses"]
            .as_array()
            .unwrap()
            .iter()
            .map(|loss| loss["kind"]["document"].clone())
            .collect();
        assert_eq!((found, losses.as_slice()), (code, kinds), "{name}: {report}");
        assert_eq!(report["complete"], Value::from(code == 0), "{name}");
    };
    check("a.txt", b"\xE2\x80\x9CNever,\xE2\x80\x9D he said.\xFF\n", 0, &["undefined-characters".into()]);
    check("b.txt", b"We wait\0for them.\n", 0, &["nuls".into()]);
    check(
        "c.srt",
        b"1\n00:00:01,000 --> 00:00:02,000\nWir h\xC3\xB6ren \xFFzu.\n",
        0,
        &["undefined-characters".into()],
    );
    let open = b"id,text\n1,One\n2,\"open\n3,Three\n";
    check("d.csv", open, 1, &[serde_json::json!({ "open-quote": { "row": 3 } })]);
    check("e.csv", b"text\nOne, two\n", 0, &[serde_json::json!({ "joined-cells": { "row": 2 } })]);
    let labelled = [b"{\"text\":\"\xE2\x80\x9CNo\xFF\xE2\x80\x9D\",\"label\":[]}".as_slice()].concat();
    check("f.jsonl", &labelled, 0, &["undefined-characters".into()]);
}
