//! `demarche update`, as scripts use it.

use std::fs;
use std::path::PathBuf;

use demarche::analysis::align::RealignmentCounts;
use demarche::cli::words::{update as words, usage};
use demarche::model::nearest;
use serde_json::Value;
use tempfile::TempDir;

use crate::support::cli::{demarche, document_id};
use crate::support::project::files;

const OLD: &str = "Norvania will suspend the talks. Estmark regrets this.\nThe port is closed by Friday.\n";
/// The spans of both annotators after the update.
const COUNTS: RealignmentCounts = RealignmentCounts { exact: 0, moved: 2, fuzzy: 1, lost: 1 };
const NEW: &str = "Yesterday, Norvania said: we will suspend the talks.\nThe port is closed by Monday.\n";

/// A project with three spans of Ben and one of Ana.
fn project() -> (TempDir, PathBuf) {
    let home = tempfile::tempdir().unwrap();
    let write = |name: &str, content: &str| fs::write(home.path().join(name), content).unwrap();
    write("briefing.txt", OLD);
    write("new.txt", NEW);
    let line = |spans: &[(&str, &str)]| {
        let record = |(quote, category): &(&str, &str)| {
            let start = OLD.find(quote).unwrap();
            format!(
                r#"{{"category":"{category}","start":{start},"end":{},"quote":"{quote}"}}"#,
                start + quote.len()
            )
        };
        let spans: Vec<String> = spans.iter().map(record).collect();
        let text = OLD.replace('\n', "\\n");
        format!(r#"{{"id":"x","text":"{text}","spans":[{}]}}"#, spans.join(","))
    };
    write(
        "ben.jsonl",
        &line(&[
            ("will suspend the talks", "threat"),
            ("Estmark regrets", "rejection"),
            ("by Friday", "demand"),
        ]),
    );
    write("ana.jsonl", &line(&[("The port is closed", "threat")]));
    let run = |args: &[&str]| demarche(args, home.path());
    assert_eq!(run(&["new", "talks", "briefing.txt"]).0, 0);
    for who in ["ben", "ana"] {
        let (code, _, err) = run(&["import", "talks", &format!("{who}.jsonl"), "--annotator", who]);
        assert_eq!(code, 0, "{err}");
    }
    let path = home.path().join("talks");
    (home, path)
}

#[test]
fn a_dry_run_tells_all_and_changes_nothing() {
    let (home, project) = project();
    let id = document_id(&project, 0);
    let before = files(&project);
    let (code, out, err) = demarche(&["update", "talks", &id, "new.txt", "--dry-run"], home.path());
    assert_eq!(code, 0, "{err}");
    let rows: Vec<Vec<&str>> = out.lines().take(3).map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(
        rows,
        [
            vec!["annotator", "exact", "moved", "fuzzy", "lost"],
            vec!["ana", "0", "1", "0", "0"],
            vec!["ben", "0", "1", "1", "1"]
        ]
    );
    for line in [
        "lost  ben  rejection\n  old  line 1, 33–48: “Estmark regrets”\n",
        "fuzzy 67 %  ben  demand\n  old  line 2, 74–83: “by Friday”\n  new  line 2, 72–81: “by Monday”\n",
    ] {
        assert!(out.contains(line), "{out}");
    }
    assert!(err.contains(&words::updated(&id, 2, COUNTS, true)), "{err}");
    assert_eq!(files(&project), before);
}

#[test]
fn an_update_writes_the_text_and_the_layer_of_who_does_it_and_leaves_the_rest_waiting() {
    let (home, project) = project();
    let id = document_id(&project, 0);
    let before = files(&project);
    let (code, out, err) =
        demarche(&["update", "talks", &id, "new.txt", "--json", "--annotator", "ben"], home.path());
    assert_eq!(code, 0, "{err}");
    let report: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((&report["version"], &report["updated"]), (&2.into(), &true.into()));
    let waiting = report["waiting"].as_array().unwrap();
    assert_eq!(waiting.len(), 2);
    assert_eq!((&waiting[1]["fate"], &waiting[1]["alike"]), (&"fuzzy".into(), &67.into()));
    assert_eq!((&waiting[1]["old"]["start"], &waiting[1]["new"]["words"]), (&74.into(), &"by Monday".into()));
    assert_eq!((&waiting[0]["fate"], &waiting[0]["new"]), (&"lost".into(), &Value::Null));
    assert!(
        err.contains(&words::updated(&id, 2, COUNTS, false)) && err.contains(&words::review_hint()),
        "{err}"
    );
    let after = files(&project);
    assert_eq!(after[&format!("documents/{id}.txt")], OLD);
    assert_eq!(after[&format!("documents/{id}.v2.txt")], NEW);
    assert_eq!(
        after[&format!("layers/ana/{id}.ron")],
        before[&format!("layers/ana/{id}.ron")],
        "only Ana writes her file"
    );
    assert!(after[&format!("layers/ben/{id}.ron")].contains("    text: 2,\n"));
    let (code, out, err) = demarche(&["check", "talks"], home.path());
    assert_eq!(code, 0, "{out}{err}");
    let (_, out, _) = demarche(&["export", "talks", "--format", "tsv"], home.path());
    assert!(out.contains("will suspend the talks") && !out.contains("by Friday"), "{out}");
    let (_, out, _) = demarche(&["history", "talks"], home.path());
    assert!(out.lines().any(|row| row.contains(",ben,update the text of ")), "{out}");
    // The same text again is no new version.
    let (code, out, err) = demarche(&["update", "talks", &id, "new.txt"], home.path());
    assert!(code == 0 && out.is_empty() && err.contains(&words::unchanged(&id)), "{out}{err}");
    assert_eq!(files(&project), after);
}

#[test]
fn a_document_goes_by_its_title_too_and_what_is_not_there_is_named() {
    let (home, project) = project();
    let id = document_id(&project, 0);
    let run = |args: &[&str]| demarche(args, home.path());
    let (_, out, _) = run(&["summary", "talks", "--json"]);
    let summary: Value = serde_json::from_str(&out).unwrap();
    let title = summary["documents"][0]["title"].as_str().unwrap().to_owned();
    assert_eq!(run(&["update", "talks", &title, "new.txt", "--dry-run"]).0, 0);
    let (code, out, err) = run(&["update", "talks", "d009", "new.txt"]);
    let near = nearest("d009", [id.as_str(), &title]);
    assert!(
        code == 2 && out.is_empty() && err.contains(&usage::unknown_document("d009", near, &[&id], false)),
        "{err}"
    );
    let (code, _, err) = run(&["update", "talks", &id, "nowhere.txt"]);
    assert!(code == 1 && err.contains("nowhere.txt"), "{err}");
    assert_eq!(run(&["update", "nowhere", &id, "new.txt"]).0, 1);
    assert_eq!(run(&["update", "talks", &id, "new.txt", "--encoding", "klingon"]).0, 2);
}
