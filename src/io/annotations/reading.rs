//! Reads files of labelled spans, several at once.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use rayon::prelude::*;

use super::importer::{Importer, Input};
use super::{Draft, format_of};
use crate::{IoError, Problem, ProblemKind};

/// Reads files in the given format, or in the one that each of them shows. A file that can't be read gives a draft with
/// that as its only problem, and stops no other.
///
/// `progress` is called with how many files have been read, from any thread; `None` comes back once it has said no.
pub fn read_files(
    paths: &[PathBuf],
    format: Option<&'static dyn Importer>,
    progress: &(dyn Fn(usize) -> bool + Sync),
) -> Option<Vec<(PathBuf, Draft)>> {
    let (done, stopped) = (AtomicUsize::new(0), AtomicBool::new(false));
    let read = |path: &PathBuf| {
        if stopped.load(Ordering::Relaxed) {
            return None;
        }
        let draft = read_file(path, format);
        if !progress(done.fetch_add(1, Ordering::Relaxed) + 1) {
            stopped.store(true, Ordering::Relaxed);
        }
        Some((path.clone(), draft))
    };
    let all: Option<Vec<_>> = paths.par_iter().with_max_len(1).map(read).collect();
    all.filter(|_| !stopped.into_inner())
}

fn read_file(path: &Path, format: Option<&'static dyn Importer>) -> Draft {
    let unknown = || IoError::Other("this file is of no known format".to_owned());
    let importer = format.or_else(|| format_of(path)).ok_or_else(unknown);
    importer.and_then(|importer| importer.read(&Input::open(path)?)).unwrap_or_else(|error| {
        let message = match error {
            IoError::Problem(problem) => return Draft { problems: vec![problem], ..Draft::default() },
            IoError::System { what, source, .. } => format!("{what}: {source}"),
            other => other.to_string(),
        };
        let (file, kind) = (path.to_owned(), ProblemKind::NotImported);
        Draft { problems: vec![Problem { file, line: None, kind, message }], ..Draft::default() }
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
