//! Files and functions are short, and what the model and the session offer is documented.

use std::fs;
use std::path::{Path, PathBuf};

use super::sources::{root, shown, sources};

/// Longest function, in lines from its `fn` to its closing brace.
const FUNCTION: usize = 60;

/// Longest file.
const FILE: usize = 400;

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

/// Returns whether a file is compiled for tests only.
fn is_only_for_tests(path: &Path) -> bool {
    ["tests.rs", "bytes.rs", "damage.rs", "fixtures.rs", "fuzz.rs", "mutation.rs", "random_full.rs"]
        .iter()
        .any(|name| path.ends_with(name))
        || path.iter().any(|part| part == "tests" || part == "mutation")
}

/// A project's files are reached through its disk, which follows no link and which tests can make fail.
#[test]
fn only_the_disk_touches_files_of_a_project() {
    let direct = [
        "std::fs",
        "fs::",
        "OpenOptions",
        "AtomicWriteFile",
        "symlink_metadata",
        ".canonicalize()",
        ".exists()",
        ".is_dir()",
        ".is_file()",
        ".read_dir()",
    ];
    for path in sources(&root().join("src/io/project")).iter().filter(|path| !is_only_for_tests(path)) {
        let source = fs::read_to_string(path).unwrap();
        // Tests prepare files.
        let program = source.split("#[cfg(test)]").next().unwrap_or_default();
        for name in direct {
            assert!(!program.contains(name), "{} names {name}", path.display());
        }
    }
}

/// Files outside projects are read in one place, which handles links, pipes and devices, and has limits.
#[test]
fn only_the_disk_reads_files() {
    let direct = ["fs::read(", "fs::read_to_string(", "fs::File::open(", " File::open("];
    for folder in ["src/io", "src/session"] {
        let files = sources(&root().join(folder));
        let is_checked =
            |path: &&PathBuf| !is_only_for_tests(path) && !shown(path).starts_with("src/io/disk/");
        for path in files.iter().filter(is_checked) {
            let source = fs::read_to_string(path).unwrap();
            let program = source.split("#[cfg(test)]").next().unwrap_or_default();
            for call in direct {
                assert!(!program.contains(call), "{} has {call}", path.display());
            }
        }
    }
}

/// Everything is printed in one place, which lets no control character through.
#[test]
fn only_one_file_writes_to_the_terminal() {
    let direct = ["println!", "eprintln!", "print!", "eprint!", "io::stdout", "io::stderr", "dbg!"];
    // The processes that read a document or a database answer their parent on standard output; the log prints panics.
    let allowed =
        ["src/cli/terminal.rs", "src/cli/read_document.rs", "src/cli/read_database.rs", "src/logging.rs"];
    for path in sources(&root().join("src")) {
        let source = fs::read_to_string(&path).unwrap();
        let program = source.split("#[cfg(test)]").next().unwrap_or_default();
        let name = shown(&path);
        if is_only_for_tests(&path) || allowed.contains(&&*name) {
            continue;
        }
        for call in direct {
            assert!(!program.contains(call), "{name} has {call}");
        }
    }
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
