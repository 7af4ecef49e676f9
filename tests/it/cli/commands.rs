//! The command line as scripts use it: the real program in a folder of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use demarche::cli::words::{self, export, import, usage};
use demarche::io::project::{Folder, lock, read_history};
use demarche::model::{Change, Changed, LogEntry, Stamp};
use serde_json::Value;
use tempfile::TempDir;

use crate::support::cli::{demarche, document_id};

const BRIEFING: &str = "Press briefing\r\n\r\nThe delegation 👩‍👩‍👧 will suspend the talks.\r\n위협은 없다.\r\n";

/// A line about the briefing with three spans, of which one is outside the text.
fn labelled() -> String {
    let text = BRIEFING.replace("\r\n", "\\n");
    let spans = [
        r#"{"category":"threat","start":37,"end":60,"quote":"will suspend the talks."}"#,
        r#"{"category":"red-line","start":61,"end":64,"quote":"위협은","attributes":{"actor":"Norvania"}}"#,
        r#"{"category":"threat","start":60,"end":990}"#,
    ];
    format!(r#"{{"id":"x","text":"{text}","spans":[{}]}}"#, spans.join(","))
}

/// A project with the briefing and two spans of Ben.
fn project() -> (TempDir, PathBuf) {
    let home = tempfile::tempdir().expect("a folder");
    fs::write(home.path().join("briefing.txt"), BRIEFING).expect("a file");
    fs::write(home.path().join("empty.txt"), "").expect("a file");
    fs::write(home.path().join("briefing.txt.bak"), BRIEFING).expect("a file");
    fs::write(home.path().join("ben.jsonl"), labelled() + "\nnot json\n").expect("a file");
    let (code, _, err) = demarche(&["new", "talks", "briefing.txt", "empty.txt"], home.path());
    assert_eq!(code, 1, "{err}");
    assert!(err.contains("empty.txt") && err.contains(&import::imported(1, None, 0)), "{err}");
    let (code, out, err) = demarche(&["import", "talks", "ben.jsonl", "--annotator", "ben"], home.path());
    assert_eq!((code, out.as_str()), (1, ""), "{err}");
    assert!(err.contains("60–990") && err.contains("ben.jsonl:2") && err.contains("red-line"), "{err}");
    assert!(err.contains(&import::imported(0, Some((2, 0)), 0)), "{err}");
    let path = home.path().join("talks");
    (home, path)
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

#[test]
fn from_a_text_to_its_spans_in_every_format() {
    let (home, project) = project();
    let run = |args: &[&str]| demarche(args, home.path());

    let (code, out, err) = run(&["check", "talks", "--json"]);
    assert_eq!((code, json(&out)["problems"].as_array().map(Vec::len)), (0, Some(0)), "{out}{err}");

    let (code, out, _) = run(&["summary", "talks/project.ron", "--json"]);
    let summary = json(&out);
    assert_eq!((code, &summary["spans"]), (0, &Value::from(2)));
    assert_eq!(summary["documents"][0]["title"], "Press briefing");
    assert_eq!(summary["documents"][0]["tagged_characters"], 26);
    assert_eq!(summary["documents"][0]["characters"], 69);
    let red = summary["categories"].as_array().and_then(|all| all.iter().find(|c| c["id"] == "red-line"));
    assert_eq!(red.map(|c| (&c["name"], &c["characters"])), Some((&"Red line".into(), &3.into())));
    let ben = summary["annotators"].as_array().and_then(|all| all.iter().find(|a| a["id"] == "ben"));
    assert_eq!(ben.map(|a| &a["spans"]), Some(&2.into()), "whoever made the project is listed too");
    let (code, out, _) = run(&["summary", "talks"]);
    assert!(code == 0 && out.contains("2 spans in 1 document") && out.contains('█'), "{out}");

    let (code, out, _) = run(&["export", "talks", "--format", "jsonl"]);
    let line = json(out.trim_end());
    assert_eq!((code, &line["spans"][0]["quote"]), (0, &"will suspend the talks.".into()));
    let (code, out, err) = run(&["export", "talks", "--format", "csv", "--output", "x.csv"]);
    assert_eq!((code, out.as_str()), (0, ""), "{err}");
    let csv = fs::read_to_string(home.path().join("x.csv")).expect("the export");
    assert!(csv.starts_with("\u{feff}document,") && csv.lines().count() == 3, "{csv}");
    let (code, out, _) =
        run(&["export", "talks", "--format", "tsv", "--category", "Threat", "--output", "-"]);
    assert_eq!((code, out.lines().count()), (0, 2));
    let (code, out, _) = run(&["export", "talks", "--format", "markdown", "--annotator", "ben"]);
    assert!(
        code == 0 && out.starts_with("# talks\n") && out.contains("**will suspend the talks.**"),
        "{out}"
    );

    // What was exported is there already; the same file brings nothing twice.
    run(&["export", "talks", "--format", "jsonl", "--output", "x.jsonl"]);
    let layer = project.join(format!("layers/ben/{}.ron", document_id(&project, 0)));
    let before = fs::read(&layer).expect("the layer");
    let (code, _, err) = run(&["import", "talks", "x.jsonl", "briefing.txt"]);
    assert!(code == 0 && err.contains(&import::imported(0, Some((0, 0)), 3)), "{err}");
    assert_eq!(fs::read(layer).expect("the layer"), before);
}

#[test]
fn damaged_files_are_named_and_the_rest_still_works() {
    let (home, project) = project();
    let id = document_id(&project, 0);
    let layer = project.join(format!("layers/ben/{id}.ron"));
    let text = fs::read_to_string(&layer).expect("the layer");
    fs::write(&layer, text.replace("will suspend", "will resume")).expect("written");
    let (code, out, err) = demarche(&["check", "talks"], home.path());
    assert_eq!(code, 1, "{out}");
    assert!(
        out.contains(&format!("{id}.ron:")) && err.contains(&words::project::problems_found(1)),
        "{out}{err}"
    );
    let (_, out, _) = demarche(&["check", "talks", "--json"], home.path());
    let problem = &json(&out)["problems"][0];
    assert_eq!(problem["kind"], "quote-mismatch");
    assert!(problem["line"].is_number() && problem["message"].is_string(), "{out}");
    let (code, out, err) = demarche(&["export", "talks", "--format", "tsv"], home.path());
    assert_eq!((code, out.lines().count()), (0, 2), "{err}");
    assert!(err.contains("could not be placed") && err.contains("check"), "{err}");

    fs::remove_file(project.join(format!("documents/{id}.txt"))).expect("removed");
    for args in [["export", "talks", "--format", "jsonl"].as_slice(), &["summary", "talks", "--json"]] {
        let (code, _, err) = demarche(args, home.path());
        assert!(code == 1 && err.contains(&id), "{args:?} {err}");
    }
}

#[test]
fn exit_codes_tell_wrong_usage_from_failed_work() {
    let (home, project) = project();
    let check = |expected: i32, words: &str, args: &[&str]| {
        let (code, out, err) = demarche(args, home.path());
        assert!(code == expected && out.is_empty() && err.contains(words), "{args:?}: {code} {out}{err}");
    };
    check(2, "xlsx, csv, tsv, html, markdown", &["export", "talks", "--format", "scroll"]);
    check(
        2,
        &usage::unknown_annotator("eve", ["ben", "tess-ter"]),
        &["export", "talks", "--format", "csv", "--annotator", "eve"],
    );
    check(2, "threat", &["export", "talks", "--format", "csv", "--category", "nothing"]);
    check(2, "negotiation, cameo-roots", &["new", "other", "--codebook", "none"]);
    check(2, "encoding", &["import", "talks", "briefing.txt", "--encoding", "klingon"]);
    check(2, "--format", &["export", "talks"]);
    check(2, "ron, csv, markdown, qdc, brat", &["codebook", "talks", "--format", "scroll"]);
    check(2, "cameo-roots, plover, bales, walton-mckersie", &["codebook", "none", "--format", "ron"]);
    let files = ["annotation.conf", "visual.conf"];
    check(2, &usage::codebook_needs_folder("brat", &files), &["codebook", "talks", "--format", "brat"]);
    check(1, ".qdc", &["codebook", "briefing.txt.bak", "--format", "ron"]);
    check(1, &words::project::missing(Path::new("nowhere")), &["import", "nowhere", "briefing.txt"]);
    check(1, &words::project::exists_already(Path::new("talks")), &["new", "talks"]);
    // On a machine that does not know who works here, spans without an annotator need one.
    fs::remove_dir_all(project.join(".demarche")).expect("a folder");
    check(2, "tess-ter", &["import", "talks", "ben.jsonl"]);
    check(1, "no-such-file.txt", &["import", "talks", "no-such-file.txt"]);
    for args in [["summary", "nowhere"], ["check", "nowhere"]] {
        check(1, "nowhere", &args);
    }
    assert!(!home.path().join("nowhere").exists() && !home.path().join("other").exists());
    let (code, out, _) = demarche(&["formats"], home.path());
    assert!(code == 0 && ["csv", "tsv", "jsonl", "markdown", "txt"].iter().all(|f| out.contains(f)), "{out}");
}

#[test]
fn nobody_writes_as_somebody_who_works_elsewhere_just_now_and_others_may() {
    let (home, project) = project();
    let held = lock(&Folder::new(&project), "tess-ter", Stamp(1_773_478_800)).expect("the lock");
    let (code, _, err) = demarche(&["import", "talks", "briefing.txt"], home.path());
    assert!(code == 1 && err.contains("tess-ter") && err.contains("close the project there"), "{err}");
    let (code, _, err) = demarche(&["import", "talks", "briefing.txt", "--annotator", "ben"], home.path());
    assert_eq!(code, 0, "{err}");
    let (code, _, _) = demarche(&["export", "talks", "--format", "jsonl"], home.path());
    assert_eq!(code, 0);
    drop(held);
}

#[test]
fn a_reader_that_has_enough_is_no_error() {
    let (home, _project) = project();
    let mut export = Command::new(env!("CARGO_BIN_EXE_demarche"))
        .args(["export", "talks", "--format", "jsonl"])
        .current_dir(home.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    drop(export.stdout.take());
    let out = export.wait_with_output().expect("the program ends");
    assert_eq!(out.status.code(), Some(0), "{}", String::from_utf8_lossy(&out.stderr));
}

#[test]
fn a_codebook_goes_out_and_comes_in_again() {
    let (home, _project) = project();
    let run = |args: &[&str]| demarche(args, home.path());
    let read = |name: &str| fs::read_to_string(home.path().join(name)).expect("written");

    let (code, out, err) = run(&["codebook", "talks", "--format", "markdown"]);
    assert!(code == 0 && err.is_empty() && out.starts_with("# talks\n"), "{err}");
    assert!(out.contains("Red line") && out.contains("## Attributes"), "{out}");
    let (code, out, err) = run(&["codebook", "talks/project.ron", "--format", "csv", "--output", "book.csv"]);
    assert_eq!((code, out.as_str()), (0, ""), "{err}");
    assert!(err.contains(&export::losses("csv")) && err.contains("  9 attributes\n"), "{err}");
    assert!(read("book.csv").starts_with("\u{feff}id,name,parent,"));
    let (code, _, err) = run(&["codebook", "book.csv", "--format", "qdc", "--output", "book.qdc"]);
    assert_eq!((code, err.as_str()), (0, ""));
    let (code, again, _) = run(&["codebook", "book.qdc", "--format", "csv", "--output", "-"]);
    assert_eq!((code, again), (0, read("book.csv")), "through REFI-QDA and back");
    let (code, _, err) = run(&["codebook", "talks", "--format", "brat", "--output", "brat"]);
    assert!(code == 0 && err.contains("keys"), "{err}");
    assert!(
        read("brat/annotation.conf").contains("\nred-line\n")
            && read("brat/visual.conf").contains("Red line")
    );
    let (code, out, _) = run(&["codebook", "plover", "--format", "ron"]);
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/codebooks/plover.ron");
    assert_eq!((code, out), (0, fs::read_to_string(shipped).expect("it ships")));

    for (at, book) in
        ["book.csv", "book.qdc", "brat", "brat/annotation.conf", "walton-mckersie"].iter().enumerate()
    {
        let folder = format!("new{at}");
        let (code, _, err) = run(&["new", &folder, "--codebook", book]);
        assert_eq!(code, 0, "{book}: {err}");
        let project = read(&format!("{folder}/project.ron"));
        let category = if *book == "walton-mckersie" { "integrative" } else { "red-line" };
        assert!(project.contains(&format!("id: \"{category}\"")), "{book}: {project}");
    }
    fs::write(home.path().join("bad.csv"), "name,parent\nA,B\n").expect("a file");
    let (code, _, err) = run(&["new", "bad", "--codebook", "bad.csv"]);
    assert!(
        code == 1
            && err.contains("bad.csv:2")
            && err.contains(&words::project::created("bad", Path::new("bad"))),
        "{err}"
    );
    assert!(read("bad/project.ron").contains("id: \"a\""));
}

#[test]
fn an_import_stands_in_the_history() {
    let (home, project) = project();
    let (code, out, err) = demarche(&["history", "talks"], home.path());
    assert_eq!((code, err.as_str()), (0, ""), "{err}");
    let row_of_import = format!(",ben,import ben.jsonl,{},ben,", document_id(&project, 0));
    assert!(out.lines().any(|row| row.contains(&row_of_import)), "{out}");
    let (code, out, _) = demarche(&["history", "talks", "--annotator", "nobody"], home.path());
    assert_eq!((code, out.lines().count()), (0, 1));
    fs::write(project.join("history/ben.log"), "(format: 1)\n(at: \n").expect("a file");
    let (code, _, err) = demarche(&["history", "talks"], home.path());
    assert!(code == 1 && err.contains("history/ben.log:2"), "{err}");
}

#[test]
fn an_import_of_several_files_is_one_step() {
    let (home, project) = project();
    let other = r#"{"text":"Another text.\n","spans":[{"category":"offer","start":0,"end":7}]}"#;
    for (name, content) in [("a.txt", "Alpha\n"), ("b.txt", "Beta\n"), ("c.jsonl", other)] {
        fs::write(home.path().join(name), content).expect("a file");
    }
    let args = ["import", "talks", "a.txt", "c.jsonl", "b.txt", "--annotator", "carla"];
    let (code, _, err) = demarche(&args, home.path());
    assert_eq!(code, 0, "{err}");
    let entries = || read_history(&Folder::new(&project)).expect("the history").0;
    let of_carla: Vec<LogEntry> = entries().into_iter().filter(|entry| entry.who == "carla".into()).collect();
    let [entry] = of_carla.as_slice() else { panic!("{of_carla:?}") };
    let of = |change: &&Change| change.what == Changed::Document;
    assert_eq!(entry.changes.iter().filter(of).count(), 3, "{entry:?}");
    let before = entries().len();
    let (code, _, err) = demarche(&args, home.path());
    assert_eq!((code, entries().len()), (0, before), "what is there already is no step: {err}");
}
