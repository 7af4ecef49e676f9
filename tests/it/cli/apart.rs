//! People, categories, passages and records stay apart on the command line: the project always opens again.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::support::cli::{demarche, document_id};

const TEXT: &str = "The port will close. The road will close.";

/// A folder with a new project `p` and an empty codebook.
fn new_project() -> TempDir {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("empty.csv"), "id,name\n").unwrap();
    let (code, _, err) = demarche(&["new", "p", "--codebook", "empty.csv"], home.path());
    assert!(code < 2, "{err}");
    home
}

/// Imports the content of a file, which must succeed, and returns the messages.
fn import(home: &Path, name: &str, content: &str, options: &[&str]) -> String {
    fs::write(home.join(name), content).unwrap();
    let (code, _, err) = demarche(&[&["import", "p", name], options].concat(), home);
    assert_eq!(code, 0, "{err}");
    err
}

fn summary(home: &Path) -> Value {
    let (code, out, err) = demarche(&["summary", "p", "--json"], home);
    assert_eq!(code, 0, "{err}");
    serde_json::from_str(&out).unwrap()
}

/// The ids of the list `key` with at least one span.
fn tagged<'a>(summary: &'a Value, key: &str) -> Vec<&'a str> {
    let rows = summary[key].as_array().unwrap().iter();
    rows.filter(|row| row["spans"].as_u64() > Some(0)).map(|row| row["id"].as_str().unwrap()).collect()
}

fn span(category: &str, start: usize, end: usize, annotator: &str) -> String {
    format!(r#"{{"category":"{category}","start":{start},"end":{end},"annotator":"{annotator}"}}"#)
}

fn record(spans: &[String]) -> String {
    format!(r#"{{"text":"{TEXT}","spans":[{}]}}"#, spans.join(","))
}

#[test]
fn ids_that_differ_in_case_are_two_categories_and_the_project_opens() {
    let home = new_project();
    let spans = [span("Threat", 0, 19, "ana"), span("threat", 21, 40, "ana")];
    import(home.path(), "in.jsonl", &record(&spans), &[]);
    assert_eq!(tagged(&summary(home.path()), "categories"), ["Threat", "threat"]);
    let (code, out, _) = demarche(&["check", "p", "--json"], home.path());
    let problems: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, &problems["problems"][0]["kind"]), (1, &"case-twins".into()));
}

#[test]
fn people_with_names_in_any_script_stay_apart() {
    let home = new_project();
    let people = ["김민수", "이영희", "Анна", "user 1", "User-1", "Müller", "Möller"];
    let spans: Vec<String> = people.iter().map(|person| span("x", 0, 3, person)).collect();
    import(home.path(), "in.jsonl", &record(&spans), &[]);
    let after = summary(home.path());
    assert_eq!(tagged(&after, "annotators").len(), people.len());
    let again = import(home.path(), "in.jsonl", &record(&spans), &[]);
    assert_eq!(summary(home.path()), after, "{again}");
}

#[test]
fn stacked_passages_and_records_with_the_same_text_stay_apart() {
    let home = new_project();
    let stacked = r#"{"text":"A demand.","spans":[
        {"category":"x","start":0,"end":8,"annotator":"ana","attributes":{"actor":"A"}},
        {"category":"x","start":0,"end":8,"annotator":"ana","attributes":{"actor":"B"},"note":"n"}]}"#;
    import(home.path(), "stacked.jsonl", &stacked.replace('\n', ""), &[]);
    assert_eq!(summary(home.path())["spans"], 2);
    let row = |id: &str| format!(r#"{{"id":"{id}","title":"Respondent {id}","text":"No."}}"#);
    let rows = ["r1", "r2", "r3"].map(row).join("\n");
    import(home.path(), "rows.jsonl", &rows, &[]);
    import(home.path(), "rows.jsonl", &rows, &[]);
    assert_eq!(summary(home.path())["documents"].as_array().unwrap().len(), 4);
}

#[test]
fn a_name_close_to_a_known_one_is_refused_unless_it_is_meant() {
    let home = new_project();
    let unsigned = |start: usize| {
        format!(r#"{{"text":"{TEXT}","spans":[{{"category":"x","start":{start},"end":{}}}]}}"#, start + 3)
    };
    import(home.path(), "a.jsonl", &unsigned(0), &["--annotator", "Benedikt"]);
    for same in ["benedikt", "BENEDIKT", "Benedikt"] {
        import(home.path(), "a.jsonl", &unsigned(0), &["--annotator", same]);
    }
    fs::write(home.path().join("b.jsonl"), unsigned(4)).unwrap();
    let typo = ["import", "p", "b.jsonl", "--annotator", "Bendikt"];
    assert_eq!(demarche(&typo, home.path()).0, 2);
    assert_eq!(tagged(&summary(home.path()), "annotators"), ["benedikt"]);
    assert_eq!(demarche(&[&typo[..], &["--new-annotator"]].concat(), home.path()).0, 0);
    assert_eq!(tagged(&summary(home.path()), "annotators"), ["benedikt", "bendikt"]);
    let bad = ["import", "p", "b.jsonl", "--annotator", "consensus"];
    assert_eq!(demarche(&bad, home.path()).0, 2);
}

#[test]
fn names_become_ids_before_anything_is_locked_or_written() {
    let home = new_project();
    let line = r#"{"text":"A text.","spans":[{"category":"x","start":0,"end":1}]}"#;
    import(home.path(), "a.jsonl", line, &["--annotator", "ana/../../x"]);
    let layer = format!("layers/ana-x/{}.ron", document_id(&home.path().join("p"), 0));
    for file in [layer.as_str(), "history/ana-x.log", ".demarche/lock-ana-x"] {
        assert!(home.path().join("p").join(file).exists(), "{file}");
    }
}

#[test]
fn no_layer_is_written_while_its_owner_works_elsewhere() {
    use demarche::io::project::{Folder, lock};
    use demarche::model::Stamp;

    let home = new_project();
    import(home.path(), "a.jsonl", &record(&[span("x", 0, 3, "ana")]), &[]);
    let folder = Folder::new(home.path().join("p"));
    let layer = folder.root().join(format!("layers/ana/{}.ron", document_id(folder.root(), 0)));
    let before = fs::read(&layer).unwrap();
    let _lock = lock(&folder, "ana", Stamp(0)).unwrap();
    fs::write(home.path().join("b.jsonl"), record(&[span("x", 4, 8, "ana")])).unwrap();
    let (code, _, err) = demarche(&["import", "p", "b.jsonl"], home.path());
    assert_eq!(code, 1, "{err}");
    assert_eq!(fs::read(&layer).unwrap(), before);
}

#[test]
fn imports_at_the_same_time_for_one_person_wait_for_each_other() {
    let home = new_project();
    let names = ["ana", "Ana", "ANA"];
    let children = names.iter().cycle().take(9).enumerate().map(|(at, name)| {
        let file = format!("{at}.jsonl");
        let line = format!(
            r#"{{"id":"{at}","text":"Text {at}.","spans":[{{"category":"c{at}","start":0,"end":4}}]}}"#
        );
        fs::write(home.path().join(&file), line).unwrap();
        let program = env!("CARGO_BIN_EXE_demarche");
        let args = ["import", "p", file.as_str(), "--annotator", name];
        Command::new(program).args(args).current_dir(home.path()).stderr(Stdio::null()).spawn().unwrap()
    });
    let children: Vec<_> = children.collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let summary = summary(home.path());
    assert_eq!((summary["spans"].as_u64(), tagged(&summary, "annotators").len()), (Some(9), 1));
}
