//! The project's own rules: floors import downwards only, and generated pages are not stale.

use std::fs;
use std::path::{Path, PathBuf};

/// The floors, lowest first, each with what it may import.
const FLOORS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("analysis", &["model"]),
    ("io", &["model", "analysis"]),
    ("session", &["model", "analysis", "io"]),
    ("ui", &["model", "analysis", "io", "session"]),
    ("cli", &["model", "analysis", "io", "session"]),
];

/// Crates that only one floor knows.
const OWNED: &[(&str, &str)] = &[("egui", "ui"), ("eframe", "ui"), ("ron", "io"), ("clap", "cli")];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            out.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            out.push(path);
        }
    }
    out
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A source's code without its comments.
fn code(path: &Path) -> String {
    let source = fs::read_to_string(path).unwrap();
    source.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[test]
fn no_floor_imports_upwards() {
    for (floor, allowed) in FLOORS {
        for path in sources(&root().join("src").join(floor)) {
            let code = code(&path);
            for (other, _) in FLOORS.iter().filter(|(other, _)| other != floor && !allowed.contains(other)) {
                let import = format!("crate::{other}");
                assert!(!code.contains(&import), "{} imports {import}", path.display());
            }
        }
    }
}

#[test]
fn every_floor_keeps_to_its_crates() {
    for (name, owner) in OWNED {
        for (floor, _) in FLOORS.iter().filter(|(floor, _)| floor != owner) {
            for path in sources(&root().join("src").join(floor)) {
                let code = code(&path);
                let uses = [
                    format!("use {name}::"),
                    format!(" {name}::"),
                    format!("({name}::"),
                    format!("<{name}::"),
                ];
                assert!(
                    !uses.iter().any(|u| code.contains(u)),
                    "{} uses {name}, which is {owner}'s",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn the_page_of_commands_is_not_stale() {
    let path = root().join("docs/COMMANDS.md");
    let page = demarche::session::commands::markdown();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, &page).unwrap();
    }
    assert!(
        fs::read_to_string(&path).unwrap_or_default() == page,
        "docs/COMMANDS.md is stale; run `UPDATE_DOCS=1 cargo test`"
    );
}

/// Longest function, in lines from its `fn` to its closing brace.
const FUNCTION: usize = 80;

/// Longest file.
const FILE: usize = 450;

#[test]
fn no_file_is_too_long_to_read() {
    let lines = |path: &Path| fs::read_to_string(path).unwrap().lines().count();
    let long = sources(&root().join("src")).into_iter().filter(|path| lines(path) > FILE);
    assert_eq!(long.collect::<Vec<_>>(), [] as [PathBuf; 0], "files of more than {FILE} lines");
}

/// The functions of a source that rustfmt has laid out, with their lengths: a function ends where its indentation
/// comes back with a brace.
fn functions(source: &str) -> Vec<(String, usize)> {
    let lines: Vec<&str> = source.lines().collect();
    let mut out = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let indent = line.len() - line.trim_start().len();
        let words: Vec<&str> = line.split_whitespace().take(4).collect();
        let Some(at) = words.iter().position(|word| *word == "fn") else { continue };
        let before = ["pub", "pub(super)", "pub(crate)", "const", "async", "unsafe"];
        if !words[..at].iter().all(|word| before.contains(word)) || line.ends_with([';', '}']) {
            continue;
        }
        let closing = format!("{}}}", " ".repeat(indent));
        let length = lines[start..].iter().position(|line| *line == closing).map_or(0, |end| end + 1);
        out.push((line.trim().to_owned(), length));
    }
    out
}

#[test]
fn no_function_is_too_long_to_read() {
    let mut seen = 0;
    for path in sources(&root().join("src")) {
        for (name, length) in functions(&fs::read_to_string(&path).unwrap()) {
            seen += 1;
            assert!(length <= FUNCTION, "{} has {length} lines: {name}", path.display());
        }
    }
    assert!(seen > 500, "functions are found: {seen}");
}

#[test]
fn what_model_and_session_offer_is_explained() {
    let offers =
        ["pub fn ", "pub struct ", "pub enum ", "pub trait ", "pub const ", "pub static ", "pub type "];
    for floor in ["model", "session"] {
        for path in sources(&root().join("src").join(floor)) {
            let source = fs::read_to_string(&path).unwrap();
            let mut explained = false;
            for line in source.lines().map(str::trim_start) {
                if offers.iter().any(|offer| line.starts_with(offer)) {
                    assert!(explained, "{} does not say what this is: {line}", path.display());
                }
                // Attributes stand between an explanation and what it explains.
                let explains = line.starts_with("///") || line.starts_with("$(#[$doc])");
                explained = explains || explained && line.starts_with("#[");
            }
        }
    }
}
