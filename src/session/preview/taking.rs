//! Brings in what was looked at, as one step; with copies of the files where they are wanted.

use std::path::{Path, PathBuf};

use crate::io::import::Imported;
use crate::io::import::text::sha256;
use crate::io::project::{Folder, keep_original, kept_ending};
use crate::io::{Problem, ProblemKind};

use super::super::jobs::{Done, Worker};
use super::super::transfer::Arrived;
use super::super::{Session, Tone};
use super::Found;

/// A document that comes in, with the file that it is from.
type Taken = (Option<PathBuf>, Imported);

impl Session {
    /// Brings in the candidates that are taken.
    pub(super) fn take_previewed(&mut self) {
        if self.preview.as_ref().is_none_or(|preview| preview.reading.is_some()) {
            return;
        }
        let Some(preview) = self.preview.take() else { return };
        let taken: Vec<Taken> = preview
            .candidates
            .into_iter()
            .filter(|candidate| candidate.take)
            .filter_map(|candidate| match candidate.found {
                Found::Document(found) => Some((candidate.path, found.imported)),
                Found::Failed(_) => None,
            })
            .collect();
        let labelled = preview.labelled;
        if !self.keeps_originals || taken.is_empty() {
            let imported = taken.into_iter().map(|(_, imported)| imported).collect();
            return self.took(Arrived { imported, ..Arrived::default() }, labelled);
        }
        let folder = self.folder.clone();
        self.jobs.start("importing", move |worker| keep_all(&folder, taken, labelled, worker));
    }

    fn took(&mut self, arrived: Arrived, labelled: Vec<PathBuf>) {
        if !arrived.imported.is_empty() {
            self.add_chosen(arrived);
        }
        if !labelled.is_empty() {
            self.import_files(Vec::new(), labelled);
        }
    }
}

/// Puts copies of the files where saving finds them. A file that can't be kept comes in without its copy, which is reported.
fn keep_all(folder: &Folder, taken: Vec<Taken>, labelled: Vec<PathBuf>, worker: &Worker) -> Done {
    let total = taken.len();
    let mut arrived = Arrived::default();
    for (done, (path, mut document)) in taken.into_iter().enumerate() {
        if worker.progress().is_cancelled() {
            return Box::new(|session| session.notify("Import cancelled; nothing has come in"));
        }
        if let Some(path) = path {
            let kept = keep(folder, &path, &mut document);
            arrived.remarks.extend(kept.err().map(|problem| (Tone::Error, problem.to_string())));
        }
        arrived.imported.push(document);
        worker.progress().set(done + 1, total);
    }
    Box::new(move |session| session.took(arrived, labelled))
}

/// Keeps a copy of the file that a document was read from.
///
/// # Errors
/// The file can't be read or the copy not written; or it has changed since it was read, or holds more than this document.
pub(in crate::session) fn keep(folder: &Folder, path: &Path, document: &mut Imported) -> Result<(), Problem> {
    let refuse = |why: String| Problem {
        file: path.to_owned(),
        line: None,
        kind: ProblemKind::NotImported,
        message: format!("the text came in, but no copy of the file was kept: {why}"),
    };
    let bytes = std::fs::read(path).map_err(|error| refuse(format!("it can't be read ({error})")))?;
    let origin = &mut document.meta.origin;
    if sha256(&bytes) != origin.sha256 {
        return Err(refuse("it holds more than this document, or has changed since it was read".to_owned()));
    }
    keep_original(folder, &origin.sha256, &bytes).map_err(|error| refuse(error.to_string()))?;
    origin.kept = kept_ending(path);
    Ok(())
}
