//! Strict imports, and links between the documents of an import.

use std::fs;
use std::path::Path;

use crate::support::cli::demarche;

const LINES: [&str; 2] = [
    r#"{"id":"a","text":"One two.","spans":[{"id":"s1","start":0,"end":3,"category":"threat"}],"links":[{"kind":"responds-to","from":"s1","to":"s2"}]}"#,
    r#"{"id":"b","text":"Three four.","spans":[{"id":"s2","start":0,"end":5,"category":"threaat","attributes":{"actro":"Norvania"}}]}"#,
];

/// The files of a project with their contents.
fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).expect("a folder") {
            let path = entry.expect("an entry").path();
            match path.is_dir() {
                true => open.push(path),
                false => found.push((path.display().to_string(), fs::read(&path).expect("a file"))),
            }
        }
    }
    found.retain(|(name, _)| !name.contains(".demarche"));
    found.sort();
    found
}

#[test]
fn a_strict_import_refuses_unknown_names_and_writes_nothing() {
    let home = tempfile::tempdir().expect("a folder");
    let run = |args: &[&str]| demarche(args, home.path());
    fs::write(home.path().join("in.jsonl"), LINES.join("\n")).expect("a file");
    fs::write(home.path().join("note.txt"), "A note.").expect("a file");
    assert_eq!(run(&["new", "talks"]).0, 0);
    let before = contents(&home.path().join("talks"));
    let import = ["import", "talks", "in.jsonl", "note.txt", "--annotator", "ana", "--keep-originals"];
    let (code, out, err) = run(&[&import[..], &["--strict"]].concat());
    assert_eq!((code, out.as_str()), (1, ""), "{err}");
    assert_eq!(contents(&home.path().join("talks")), before);
    assert!(!home.path().join("talks/.demarche/incoming").exists(), "no copies are left");
    for (name, meant) in [("`threaat`", "`threat`"), ("`actro`", "`actor`")] {
        let line = err.lines().find(|line| line.contains(name)).expect("named");
        assert!(line.contains(meant) && line.ends_with("in.jsonl:2"), "{line}");
    }
    assert_eq!(run(&["new", "other", "in.jsonl", "--strict"]).0, 1);
    assert!(!home.path().join("other/project.ron").exists());

    // Without it, the additions are named.
    let (code, _, err) = run(&import);
    assert_eq!(code, 0, "{err}");
    assert!(err.contains("threaat") && err.contains("actro"), "{err}");
    assert_eq!(run(&["check", "talks"]).0, 0);
    let (_, out, _) = run(&["export", "talks", "--format", "jsonl"]);
    assert!(out.contains("\"kind\":\"responds-to\""), "the link found its end: {out}");
    // Nothing is unknown any more.
    assert_eq!(run(&[&import[..], &["--strict"]].concat()).0, 0);
}
