//! `demarche agree --report`: the report for a paper, and the raw units next to it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use demarche::analysis::agreement::{Continuum, Measure, Unit};
use serde_json::Value;
use tempfile::TempDir;

use crate::support::cli::demarche;
use crate::support::project::copy_tree;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A folder with a copy of the sample.
fn home() -> TempDir {
    let home = tempfile::tempdir().expect("a folder");
    copy_tree(&root().join("projects/halden-port-talks"), &home.path().join("talks"));
    home
}

fn report(home: &TempDir, args: &[&str], file: &str) -> String {
    let args = [&["agree", "talks", "--report", file], args].concat();
    let (code, out, err) = demarche(&args, home.path());
    assert_eq!((code, out.as_str()), (0, ""), "{err}");
    fs::read_to_string(home.path().join(file)).expect("a report")
}

/// The cells of all tables, by the title of the table, the name of the row and that of the column.
fn cells(markdown: &str) -> BTreeMap<(String, String, String), String> {
    let (mut title, mut head, mut all) = (String::new(), Vec::new(), BTreeMap::new());
    for line in markdown.lines().map(|line| line.replace(['\\', '*'], "")) {
        if let Some(caption) = line.strip_prefix("### ") {
            title = caption.split_once(". ").expect("a number").1.to_owned();
            head.clear();
        } else if line.starts_with("| ") && !line.contains("--") {
            let row: Vec<String> =
                line.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned()).collect();
            if head.is_empty() {
                head = row;
            } else {
                for (column, cell) in head.iter().zip(&row).skip(1) {
                    all.insert((title.clone(), row[0].clone(), column.clone()), cell.clone());
                }
            }
        }
    }
    all
}

#[test]
fn every_figure_of_the_report_is_that_of_the_command() {
    let home = home();
    let cells = cells(&report(&home, &[], "study.md"));
    let (_, out, _) = demarche(&["agree", "talks", "--json"], home.path());
    let json: Value = serde_json::from_str(&out).expect("JSON");
    let figures = json["measures"].as_array().expect("measures");
    assert!(figures.len() > 100, "{}", figures.len());
    let project = fs::read_to_string(home.path().join("talks/project.ron")).expect("a file");
    let name = |id: &str| {
        let (_, after) = project.split_once(&format!("(id: \"{id}\", name: \"")).expect("an entry");
        after.split_once('"').expect("a name").0.to_owned()
    };
    for figure in figures.iter().filter(|figure| figure["annotators"] == json["annotators"]) {
        let unit = Unit::ALL.into_iter().find(|unit| figure["unit"] == unit.id()).expect("a unit");
        let is_it = |measure: &Measure| {
            let continuum = measure.continuum().map(Continuum::id);
            figure["measure"] == measure.id() && figure["continuum"].as_str() == continuum
        };
        let measure = Measure::ALL.into_iter().find(is_it);
        let is_of_links = matches!(measure, Some(Measure::LinkEnds | Measure::LinkF1));
        let about = ["category", "attribute", "link"].map(|field| figure[field].as_str());
        let (title, row) = match about {
            [Some(category), _, _] => (unit.name().to_owned(), name(category)),
            [_, Some(attribute), _] => ("Attributes of passages tagged alike".to_owned(), name(attribute)),
            [_, _, Some(kind)] => ("Links".to_owned(), name(kind)),
            _ if is_of_links => ("Links".to_owned(), "All links".to_owned()),
            _ => (unit.name().to_owned(), "All categories".to_owned()),
        };
        let key = (title, row, measure.expect("a measure").name().to_owned());
        let shown = &cells[&key];
        match figure["value"].as_f64() {
            Some(value) => assert_eq!(*shown, format!("{value:.3}").replace('-', "−"), "{key:?}"),
            None => assert!(shown.starts_with('('), "{key:?}: {shown}"),
        }
    }
}

#[test]
fn the_report_of_the_sample_is_as_before() {
    let home = home();
    let text = report(&home, &[], "study.md").replace(env!("CARGO_PKG_VERSION"), "VERSION");
    let golden = root().join("tests/golden/study.md");
    if std::env::var_os("UPDATE_STUDY").is_some() {
        fs::write(&golden, &text).expect("written");
    }
    assert_eq!(text, fs::read_to_string(golden).expect("a golden file"));
}

#[test]
fn units_are_rows_coders_are_columns_and_codes_are_numbers() {
    let home = home();
    report(&home, &[], "study.html");
    let read = |name: &str| fs::read_to_string(home.path().join(name)).expect("a table");
    let units = read("study-units.csv");
    assert!(units.starts_with("document,unit,start,end,ana,ben\nd001,1,0,"), "{units}");
    assert_eq!(units.lines().count(), 1 + 212, "a line per sentence of the documents that both have read");
    let key = read("study-units-key.csv");
    assert!(key.starts_with("code,categories,names\n0,,\n1,demand,Demand\n2,offer,Offer\n"), "{key}");
    let codes = key.lines().count() - 1;
    for line in units.lines().skip(1) {
        for code in line.split(',').skip(4) {
            assert!(code.parse::<usize>().is_ok_and(|code| code < codes), "{line}");
        }
    }
    report(&home, &["--unit", "token"], "tokens.md");
    assert_eq!(read("tokens-units.csv").lines().count(), 1 + 3804);
    report(&home, &["--unit", "span"], "spans.md");
    // 221 passages, of which the matched ones share a row.
    let (_, out, _) = demarche(&["agree", "talks", "--json", "--unit", "span"], home.path());
    let json: Value = serde_json::from_str(&out).expect("JSON");
    let counts = json["confusion"][0]["counts"].as_array().expect("rows");
    let all = counts
        .iter()
        .flat_map(|row| row.as_array().expect("a row"))
        .map(|count| count.as_u64().expect("a count"));
    assert_eq!(read("spans-units.csv").lines().count() as u64, 1 + all.sum::<u64>());
}

#[test]
fn the_page_runs_no_script_and_loads_nothing() {
    let home = home();
    let page = report(&home, &[], "study.html");
    assert!(
        page.contains("default-src 'none'") && page.contains("@media print") && !page.contains("<script")
    );
    assert!(!page.contains("http://") && !page.contains("https://"));
}

#[test]
fn an_unknown_ending_is_wrong_usage_and_writes_nothing() {
    let home = home();
    for file in ["study.docx", "study.xlsx", "study"] {
        let (code, _, err) = demarche(&["agree", "talks", "--report", file], home.path());
        assert_eq!(code, 2, "{err}");
        assert!(!home.path().join(file).exists() && !home.path().join("study-units.csv").exists());
    }
}

#[test]
fn a_coder_who_has_not_worked_on_a_document_is_missing_there() {
    let home = tempfile::tempdir().expect("a folder");
    let text = "One demand. One offer.";
    let line =
        |id: &str, spans: &str| format!("{{\"id\":\"{id}\",\"text\":\"{text} {id}\",\"spans\":[{spans}]}}\n");
    let demand = r#"{"category":"demand","start":0,"end":11}"#;
    for (who, documents) in [("ana", ["a", "b"].as_slice()), ("ben", &["a", "b"]), ("eva", &["b"])] {
        let lines: String = documents.iter().map(|id| line(id, demand)).collect();
        fs::write(home.path().join(format!("{who}.jsonl")), lines).expect("written");
    }
    let (code, _, err) = demarche(&["new", "talks"], home.path());
    assert_eq!(code, 0, "{err}");
    for who in ["ana", "ben", "eva"] {
        let file = format!("{who}.jsonl");
        demarche(&["import", "talks", &file, "--annotator", who], home.path());
    }
    let markdown = report(&home, &[], "study.md");
    let units = fs::read_to_string(home.path().join("study-units.csv")).expect("a table");
    let codes: Vec<&str> = units.lines().map(|line| line.splitn(5, ',').nth(4).expect("codes")).collect();
    assert_eq!(codes[0], "ana,ben,eva");
    assert_eq!(codes.iter().filter(|codes| **codes == "1,1,NA").count(), 1, "{units}");
    assert_eq!(codes.iter().filter(|codes| **codes == "1,1,1").count(), 1, "{units}");
    assert!(markdown.contains("Coder × coder"), "{markdown}");
}
