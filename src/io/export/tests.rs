use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Scope, export_to_path, exporter, exporters, memory, sample};
use crate::loss::Losses;
use crate::stops::StopsAfter;
use demarche_model::{Document, Text, Unfinished};

fn export(name: &str, scope: &Scope<'_>) -> (String, Vec<String>) {
    let (mut files, losses) = memory::export(name, scope);
    let losses = losses.iter().map(|loss| loss.short()).collect();
    (String::from_utf8(files.remove(0).1).unwrap(), losses)
}

/// Compares with the files in tests/golden/export; with GOLDEN=write in the environment, writes them.
#[test]
fn exports_are_the_same_to_the_byte() {
    let project = sample::project();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join("tests/golden/export");
    for format in exporters() {
        let info = format.info();
        for (name, got) in memory::export(info.name, &Scope::everything(&project)).0 {
            let path = root.join(info.name).join(name);
            if std::env::var_os("GOLDEN").is_some() {
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                std::fs::write(&path, &got).unwrap();
            }
            let expected = std::fs::read(&path).unwrap();
            assert!(got == expected, "{}", path.display());
        }
    }
}

#[test]
fn losses_are_counted() {
    let project = sample::project();
    let scope = Scope::everything(&project);
    let losses = |name: &str| export(name, &scope).1.join(", ");
    let of_table = "1 EmptyDocuments, 1 Links, 10 GuardedFields";
    assert_eq!(losses("csv"), of_table);
    assert_eq!(losses("tsv"), of_table);
    assert_eq!(losses("jsonl"), "");
    assert_eq!(losses("markdown"), "1 Links");
}

#[test]
fn a_panic_while_a_document_is_written_is_not_lost() {
    let project = sample::project();
    let scope = Scope::everything(&project);
    let write = || {
        let make = |document: &Document, _: &Text, _: &mut Losses| {
            assert!(document.id() != project.documents()[1].id());
            Ok(())
        };
        scope.each_converted(&mut Losses::default(), make, Ok)
    };
    assert!(std::panic::catch_unwind(AssertUnwindSafe(write)).is_err());
}

/// Slices a text as Python would: the characters of each range, joined by a space.
fn slice(text: &str, ranges: &str) -> String {
    let part = |range: &str| {
        let (start, end) = range.split_once(' ').unwrap();
        let (start, end): (usize, usize) = (start.parse().unwrap(), end.parse().unwrap());
        text.chars().skip(start).take(end - start).collect::<String>()
    };
    ranges.split(';').map(part).collect::<Vec<_>>().join(" ")
}

#[test]
fn offsets_in_tables_are_characters() {
    let project = sample::project();
    for (name, delimiter) in [("csv", b','), ("tsv", b'\t')] {
        let (got, _) = export(name, &Scope::everything(&project));
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .from_reader(got.trim_start_matches('\u{feff}').as_bytes());
        let header = reader.headers().unwrap().clone();
        let column = |name: &str| header.iter().position(|h| h == name).unwrap();
        let mut rows = 0;
        for row in reader.records() {
            let row = row.unwrap();
            let quote = slice(sample::FIRST, &row[column("ranges")]);
            let written = row[column("quote")].trim_start_matches('\'').to_owned();
            assert_eq!(written, quote, "{name}");
            let (start, end): (usize, usize) =
                (row[column("start")].parse().unwrap(), row[column("end")].parse().unwrap());
            let cover: String = sample::FIRST.chars().skip(start).take(end - start).collect();
            assert!(cover.starts_with(quote.split(' ').next().unwrap()));
            rows += 1;
        }
        assert_eq!(rows, 8);
    }
}

#[test]
fn offsets_in_jsonl_are_characters() {
    let project = sample::project();
    let (got, _) = export("jsonl", &Scope::everything(&project));
    let lines: Vec<serde_json::Value> = got.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 2);
    let spans = lines[0]["spans"].as_array().unwrap();
    assert_eq!(spans.len(), 8);
    for span in spans {
        let ranges = span["ranges"].as_array().unwrap();
        let ranges: Vec<String> = ranges.iter().map(|r| format!("{} {}", r[0], r[1])).collect();
        assert_eq!(
            slice(lines[0]["text"].as_str().unwrap(), &ranges.join(";")),
            span["quote"].as_str().unwrap()
        );
    }
}

#[test]
fn python_slices_the_same() {
    const SCRIPT: &str = r#"
import csv, io, json, sys
folder = sys.argv[1]
lines = [json.loads(l) for l in open(folder + "/x.jsonl", encoding="utf-8").read().split("\n") if l]
texts = {line["id"]: line["text"] for line in lines}
checked = 0
def check(text, ranges, quote):
    global checked
    got = " ".join(text[s:e] for s, e in ranges)
    assert got == quote, (got, quote)
    checked += 1
for line in lines:
    for span in line["spans"]:
        check(line["text"], span["ranges"], span["quote"])
        assert span["start"] == span["ranges"][0][0] and span["end"] == span["ranges"][-1][1]
for name, dialect, encoding in (("csv", "excel", "utf-8-sig"), ("tsv", "excel-tab", "utf-8")):
    with open(folder + "/x." + name, encoding=encoding, newline="") as file:
        for row in csv.DictReader(file, dialect=dialect):
            quote = row["quote"]
            if quote[:2] in ("'=", "'+", "'-", "'@", "'\t", "'\r", "'\0"):
                quote = quote[1:]
            ranges = [tuple(map(int, r.split())) for r in row["ranges"].split(";")]
            check(texts[row["document"]], ranges, quote)
            assert None not in row
print(checked)
"#;
    let folder = tempfile::tempdir().unwrap();
    let project = sample::project();
    for name in ["csv", "tsv", "jsonl"] {
        let path = folder.path().join("x").with_extension(name);
        export_to_path(exporter(name).unwrap(), &Scope::everything(&project), &path).unwrap();
    }
    let run = Command::new("python3").arg("-c").arg(SCRIPT).arg(folder.path()).output();
    let Ok(run) = run else {
        println!("skipped: there is no python3 on the PATH");
        return;
    };
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    assert_eq!(String::from_utf8_lossy(&run.stdout).trim(), "24");
}

#[test]
fn a_scope_chooses() {
    let project = sample::project();
    let mut scope = Scope::everything(&project);
    scope.annotators = Some(vec!["ben".into()]);
    assert_eq!(export("tsv", &scope).0.lines().count(), 2);
    scope.annotators = None;
    scope.categories = Some(vec!["offer".into()]);
    scope.documents = Some(["d001".into()].into());
    assert_eq!(export("tsv", &scope).0.lines().count(), 3);
    assert_eq!(export("jsonl", &scope).0.lines().count(), 1);
}

/// Returns all files in a folder and its subfolders with their contents, and all folders.
fn contents(folder: &Path) -> BTreeMap<PathBuf, Option<String>> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(contents(&path));
            found.insert(path, None);
        } else {
            found.insert(path.clone(), Some(std::fs::read_to_string(&path).unwrap()));
        }
    }
    found
}

#[test]
fn an_export_that_is_stopped_leaves_everything_as_it_was() {
    let project = sample::project();
    for (format, name) in [("csv", "x.csv"), ("csv", "new.csv"), ("brat", "old"), ("brat", "new/inner")] {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("x.csv"), "before").unwrap();
        std::fs::create_dir(folder.path().join("old")).unwrap();
        std::fs::write(folder.path().join("old/annotation.conf"), "before").unwrap();
        let before = contents(folder.path());
        let (path, exporter) = (folder.path().join(name), exporter(format).unwrap());
        for steps in 1..3 {
            let stop = StopsAfter::steps(steps);
            let scope = Scope { progress: &stop, ..Scope::everything(&project) };
            let stopped = export_to_path(exporter, &scope, &path);
            assert!(matches!(stopped, Err(Unfinished::Stopped)), "{format}");
            assert_eq!(contents(folder.path()), before, "{format} after {steps} steps");
        }
        let exported = export_to_path(exporter, &Scope::everything(&project), &path).unwrap();
        assert!(exported.read_back.is_some_and(|back| back.spans.0 == back.spans.1));
        let left = contents(folder.path());
        assert!(left != before && !left.keys().any(|path| path.extension().is_some_and(|e| e == "part")));
    }
}

#[test]
fn a_failed_export_names_the_file() {
    let project = sample::project();
    let error =
        export_to_path(exporter("csv").unwrap(), &Scope::everything(&project), "/no/such/x.csv".as_ref());
    let message = error.unwrap_err().to_string();
    assert!(
        message.starts_with("can't write the export") && message.ends_with("/no/such/x.csv"),
        "{message}"
    );
}
