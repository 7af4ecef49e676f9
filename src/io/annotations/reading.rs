//! Reading several labelled files in parallel.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::importer::{Importer, Input};
use super::{Draft, format_of};
use crate::{IoError, Problem, ProblemKind, parallel};

/// Reads files in the given format, or in the one that is detected for each. A file that can't be read yields a draft with
/// that as its only problem, and does not affect the others.
///
/// `progress` is called with the number of files that have been read, from any thread. Returns `None` once it has returned
/// `false`.
pub fn read_files(
    paths: &[PathBuf],
    format: Option<&'static dyn Importer>,
    progress: &(dyn Fn(usize) -> bool + Sync),
) -> Option<Vec<(PathBuf, Draft)>> {
    let (done, stopped) = (AtomicUsize::new(0), AtomicBool::new(false));
    let drafts = parallel::map(paths, |path| {
        if stopped.load(Ordering::Relaxed) {
            return None;
        }
        let draft = read_file(path, format);
        if !progress(done.fetch_add(1, Ordering::Relaxed) + 1) {
            stopped.store(true, Ordering::Relaxed);
        }
        Some((path.clone(), draft))
    });
    let all: Option<Vec<_>> = drafts.into_iter().collect();
    all.filter(|_| !stopped.into_inner())
}

fn read_file(path: &Path, format: Option<&'static dyn Importer>) -> Draft {
    let (file, kind) = (path.to_owned(), ProblemKind::NotImported);
    let refused = |message| Problem { file, line: None, kind, message };
    let Some(importer) = format.or_else(|| format_of(path)) else {
        let problem = refused("this file is in no known format".to_owned());
        return Draft { problems: vec![problem], ..Draft::default() };
    };
    Input::open(path).and_then(|input| importer.read(&input)).unwrap_or_else(|error| {
        let problem = match error {
            IoError::Problem(problem) => problem,
            IoError::System { what, source, .. } => refused(format!("{what}: {source}")),
            other => refused(other.to_string()),
        };
        Draft { problems: vec![problem], ..Draft::default() }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_bad_stops_only_itself() {
        let folder = tempfile::tempdir().unwrap();
        let paths = ["a.jsonl", "gone.jsonl", "b.jsonl"].map(|name| folder.path().join(name));
        for path in [&paths[0], &paths[2]] {
            std::fs::write(path, "{\"text\":\"One\",\"spans\":[]}\n").unwrap();
        }
        let drafts = read_files(&paths, super::super::importer("jsonl"), &|_| true).unwrap();
        let counts: Vec<_> = drafts.iter().map(|(_, d)| (d.documents.len(), d.problems.len())).collect();
        assert_eq!(counts, [(1, 0), (0, 1), (1, 0)]);
        assert!(drafts.iter().map(|(path, _)| path).eq(&paths), "in their order");
        assert!(read_files(&paths, None, &|_| false).is_none());
    }
}
