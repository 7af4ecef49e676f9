//! Brings in what was looked at, as one step; with copies of the files where they are wanted.

use std::path::PathBuf;

use demarche_io::Imported;
use demarche_io::documents::Keeper;
use demarche_io::project::Folder;
use demarche_model::Project;

use super::CandidateContent;
use crate::exchange::transfer::Arrived;
use crate::jobs::{Done, Worker};
use crate::{JobKind, Session, Tone};

/// A document that comes in, with the file that it is from.
type Taken = (Option<PathBuf>, Imported);

impl Session {
    /// Brings in the candidates that are taken.
    pub(crate) fn import_previewed(&mut self) {
        if self.staging.preview().is_none_or(|preview| preview.reading.is_some()) {
            return;
        }
        let Some(preview) = self.staging.take_preview() else { return };
        let taken: Vec<Taken> = preview
            .candidates
            .into_iter()
            .filter(|candidate| candidate.included)
            .filter_map(|candidate| match candidate.content {
                CandidateContent::Document(found) => Some((candidate.path, found.imported)),
                CandidateContent::Failed(_) => None,
            })
            .collect();
        let labelled = preview.labelled;
        if !self.staging.keeps_originals() || taken.is_empty() {
            let imported = taken.into_iter().map(|(_, imported)| imported).collect();
            return self.took(Arrived { imported, ..Arrived::default() }, labelled);
        }
        let (folder, project) = (self.files.folder().clone(), self.project.clone());
        self.jobs.start(JobKind::Import, move |worker| keep_all(&folder, &project, taken, labelled, worker));
    }

    fn took(&mut self, arrived: Arrived, labelled: Vec<PathBuf>) {
        let before = self.undo_stack.mark();
        if !arrived.imported.is_empty() {
            self.add_chosen(arrived);
        }
        if !labelled.is_empty() {
            self.import_labelled(labelled, Some(before));
        }
    }
}

/// Puts copies of the files where saving finds them. A file that can't be kept comes in without its copy, which is reported.
fn keep_all(
    folder: &Folder,
    project: &Project,
    taken: Vec<Taken>,
    labelled: Vec<PathBuf>,
    worker: &Worker,
) -> Done {
    let total = taken.len();
    let (mut arrived, mut keeper) = (Arrived::default(), Keeper::new(folder, project));
    for (done, (path, mut document)) in taken.into_iter().enumerate() {
        if worker.progress().is_cancelled() {
            return Box::new(|session| session.notify("Import cancelled; nothing has come in"));
        }
        if let Some(path) = path {
            let kept = keeper.keep(&path, &mut document);
            arrived.remarks.extend(kept.err().map(|problem| (Tone::Error, problem.to_string())));
        }
        arrived.imported.push(document);
        worker.progress().set(done + 1, total);
    }
    Box::new(move |session| session.took(arrived, labelled))
}
