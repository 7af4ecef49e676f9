//! The pages about the project name what is there.

use std::fs;
use std::path::{Path, PathBuf};

use super::sources::{root, shown};

/// Folders at the top of the repository that pages speak of.
const TOPS: [&str; 8] = [".ci/", "assets/", "benches/", "docs/", "packaging/", "projects/", "src/", "tests/"];
/// Folders in `src` that pages speak of without it.
const FLOORS: [&str; 6] = ["model/", "analysis/", "io/", "session/", "ui/", "cli/"];

/// The pages: those at the top, and those in `docs`.
fn pages() -> Vec<PathBuf> {
    let of = |folder: PathBuf| fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path());
    let all = of(root()).chain(of(root().join("docs")));
    all.filter(|path| path.extension().is_some_and(|extension| extension == "md")).collect()
}

/// What stands between two marks, on one line.
fn between<'a>(line: &'a str, before: &'a str, after: char) -> impl Iterator<Item = &'a str> {
    line.split(before).skip(1).filter_map(move |rest| Some(rest.split_once(after)?.0))
}

/// The paths that a page names in code marks, and the targets of its links, relative to the repository.
fn named(page: &Path) -> Vec<String> {
    let text = fs::read_to_string(page).unwrap();
    let folder = page.parent().unwrap().strip_prefix(root()).unwrap().to_string_lossy().into_owned();
    let mut out = Vec::new();
    for line in text.lines() {
        let code = line.split('`').skip(1).step_by(2).flat_map(str::split_whitespace);
        for path in code {
            let starts = |folders: &[&str]| folders.iter().any(|folder| path.starts_with(folder));
            if starts(&TOPS) {
                out.push(path.to_owned());
            } else if starts(&FLOORS) && !path.contains("::") {
                out.push(format!("src/{path}"));
            }
        }
        let links =
            between(line, "](", ')').filter(|target| !target.contains("://") && !target.starts_with('#'));
        let file = |target: &str| target.split('#').next().unwrap_or_default().to_owned();
        out.extend(links.map(|target| Path::new(&folder).join(file(target)).to_string_lossy().into_owned()));
    }
    out
}

/// Whether a path is there; `*`, `…` and capitals stand for a name of the reader's choice.
fn exists(path: &str) -> bool {
    let path = path.trim_end_matches(['.', ',', ';', ':', ')']);
    let pattern = path.contains(['*', '…', '{', '<']) || path.split('/').any(|part| part.starts_with("NAME"));
    pattern || root().join(path).exists()
}

#[test]
fn pages_name_files_that_exist() {
    let mut seen = 0;
    for page in pages() {
        for path in named(&page) {
            seen += 1;
            assert!(exists(&path), "{} names {path}, which does not exist", shown(&page));
        }
    }
    assert!(seen > 50, "paths are found: {seen}");
}

#[test]
fn the_page_of_commands_is_not_stale() {
    let path = root().join("docs/COMMANDS.md");
    let page = demarche::ui::commands::markdown();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, &page).unwrap();
    }
    assert!(
        fs::read_to_string(&path).unwrap_or_default() == page,
        "docs/COMMANDS.md is stale; run `UPDATE_DOCS=1 cargo test`"
    );
}
