//! Reading several labelled files in parallel.

use std::path::{Path, PathBuf};

use encoding_rs::Encoding;
use rayon::prelude::*;

use super::importer::{Importer, Input};
use super::{Draft, zipped};
use crate::documents::Reader;
use crate::recognise::{Recognised, recognise};
use crate::words::recognise as words;
use crate::{IoError, Problem, ProblemKind};
use demarche_model::{Progress, Steps, Stopped};

/// Reads files in the given format and encoding, or in those that are detected for each, databases as `reader` does. A ZIP
/// archive yields a draft for each labelled file in it. A file that can't be read yields a draft with that as its only
/// problem, and does not affect the others. Progress is counted in files.
///
/// # Errors
/// The reading was stopped.
pub fn read_files(
    paths: &[PathBuf],
    format: Option<&'static dyn Importer>,
    encoding: Option<&'static Encoding>,
    reader: &Reader,
    progress: &dyn Progress,
) -> Result<Vec<(PathBuf, Draft)>, Stopped> {
    let steps = Steps::new(progress, paths.len());
    let read = |path: &PathBuf| steps.run(|| read_file(path, format, encoding, reader));
    let read: Result<Vec<_>, Stopped> = paths.par_iter().with_max_len(1).map(read).collect();
    Ok(read?.into_iter().flatten().collect())
}

fn read_file(
    path: &Path,
    format: Option<&'static dyn Importer>,
    encoding: Option<&'static Encoding>,
    reader: &Reader,
) -> Vec<(PathBuf, Draft)> {
    let refused =
        |message| Problem { file: path.to_owned(), line: None, kind: ProblemKind::NotImported, message };
    let read = |importer: &dyn Importer| {
        let input = Input { encoding, reader: Some(reader), ..Input::open(path)? };
        Ok(vec![(path.to_owned(), importer.read(&input)?)])
    };
    let read = match (recognise(path), format) {
        (Recognised::Archive, format) if format.is_none_or(|format| !format.is_archive()) => {
            zipped::read(path, format, encoding, reader)
        }
        (_, Some(format)) | (Recognised::Labelled(format), None) => read(format),
        (Recognised::Unread(kind), None) => Err(IoError::Problem(refused(words::unread(kind)))),
        (Recognised::Archive | Recognised::Other, None) => Err(IoError::Problem(refused(words::unknown()))),
    };
    read.unwrap_or_else(|error| {
        let problem = match error {
            IoError::Problem(problem) => problem,
            IoError::System { task, source, .. } => refused(format!("{task}: {source}")),
            other => refused(other.to_string()),
        };
        vec![(path.to_owned(), Draft { problems: vec![problem], ..Draft::default() })]
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stops::StopsAfter;

    #[test]
    fn a_file_that_is_bad_stops_only_itself() {
        let folder = tempfile::tempdir().unwrap();
        let paths = ["a.jsonl", "gone.jsonl", "b.jsonl"].map(|name| folder.path().join(name));
        for path in [&paths[0], &paths[2]] {
            std::fs::write(path, "{\"text\":\"One\",\"spans\":[]}\n").unwrap();
        }
        let reader = Reader::in_process();
        let drafts = read_files(&paths, super::super::importer("jsonl"), None, &reader, &()).unwrap();
        let counts: Vec<_> = drafts.iter().map(|(_, d)| (d.documents.len(), d.problems.len())).collect();
        assert_eq!(counts, [(1, 0), (0, 1), (1, 0)]);
        assert!(drafts.iter().map(|(path, _)| path).eq(&paths), "in their order");
        for steps in 0..3 {
            assert_eq!(read_files(&paths, None, None, &reader, &StopsAfter::steps(steps)), Err(Stopped));
        }
    }
}
