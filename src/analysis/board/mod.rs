//! The state of a team's work: what each coder has done in each document, how fast they are, and what is left.
//!
//! A [`Board`] is made of the one before it: documents that have not changed since are not counted again.

mod document_work;
mod layer_work;
mod pace;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use demarche_model::{Annotator, AnnotatorId, DocumentId, Progress, Project, Stamp, Status, Steps, Stopped};

pub use document_work::{CodedLayer, DocumentWork};
pub use layer_work::{LayerWork, last_change, layers_of_work};
pub use pace::{PAUSE_S, Pace};

/// Whose work a board shows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BoardScope {
    /// The coders, in the order of the columns.
    pub coders: Vec<AnnotatorId>,
    /// Whether to count the differences between them.
    pub differences: bool,
}

/// The work of one coder in all documents.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct CoderWork {
    /// Number of documents that are assigned to them.
    pub assigned: usize,
    /// Number of those that they are done with.
    pub done: usize,
    /// Number of those that they have begun and are not done with.
    pub begun: usize,
    /// Number of documents that they are done with, assigned or not.
    pub done_in_all: usize,
    /// Number of passages in all documents.
    pub spans: usize,
    /// When they last tagged or changed something.
    pub last_change: Option<Stamp>,
    /// How fast they work.
    pub pace: Pace,
}

impl CoderWork {
    /// Number of assigned documents that they are not done with.
    pub fn left(&self) -> usize {
        self.assigned - self.done
    }

    /// Documents that they have finished per working day; `None` without a working day.
    pub fn documents_per_day(&self) -> Option<f64> {
        (self.pace.days > 0).then(|| self.done_in_all as f64 / self.pace.days as f64)
    }

    /// Working days that are left at this pace; `None` if nobody can say.
    pub fn days_left(&self) -> Option<f64> {
        self.documents_per_day().filter(|pace| *pace > 0.0).map(|pace| self.left() as f64 / pace)
    }
}

/// How far the coders are with a document: numbers of those to whom it is assigned.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct DocumentProgress {
    /// All of them.
    pub assigned: usize,
    /// Those who are done.
    pub done: usize,
    /// Those who have begun and are not done.
    pub begun: usize,
}

/// The work of some coders in the documents of a project.
#[derive(Clone, Debug)]
pub struct Board {
    scope: BoardScope,
    documents: Vec<Arc<DocumentWork>>,
    positions: HashMap<DocumentId, usize>,
    progress: Vec<DocumentProgress>,
    work: Vec<CoderWork>,
}

impl Board {
    /// Counts the work of the coders in scope. `before` is an earlier board, whose counts of unchanged documents are kept.
    ///
    /// # Errors
    /// The work was stopped.
    pub fn new(
        project: &Project,
        scope: BoardScope,
        before: Option<&Self>,
        progress: &dyn Progress,
    ) -> Result<Self, Stopped> {
        let before = before.filter(|before| before.scope == scope);
        let steps = Steps::new(progress, project.documents().len());
        let documents: Vec<Arc<DocumentWork>> = (project.documents().par_iter())
            .map(|document| {
                let known = before.and_then(|before| before.document(document.id()));
                let known = known.filter(|known| known.is_of(document));
                steps.run(|| match known {
                    Some(known) => known.clone(),
                    None => Arc::new(DocumentWork::new(document, &scope)),
                })
            })
            .collect::<Result<_, _>>()?;
        let people: Vec<Option<&Annotator>> =
            scope.coders.iter().map(|coder| project.annotator(coder)).collect();
        let progress = documents.par_iter().map(|work| document_progress(work, &people)).collect();
        let work = (scope.coders.par_iter().enumerate())
            .map(|(at, coder)| coder_work(project, &documents, (at, coder)))
            .collect();
        let positions = documents.iter().enumerate().map(|(at, work)| (work.id().clone(), at)).collect();
        Ok(Self { scope, documents, positions, progress, work })
    }

    /// The coders, in the order of the columns.
    pub fn coders(&self) -> &[AnnotatorId] {
        &self.scope.coders
    }

    /// The work of each coder, in the order of [`Self::coders`].
    pub fn work(&self) -> &[CoderWork] {
        &self.work
    }

    /// The documents, in the order of the project.
    pub fn documents(&self) -> &[Arc<DocumentWork>] {
        &self.documents
    }

    /// How far the coders are with each document, in the order of [`Self::documents`].
    pub fn progress(&self) -> &[DocumentProgress] {
        &self.progress
    }

    /// The work in a document.
    pub fn document(&self, id: &DocumentId) -> Option<&Arc<DocumentWork>> {
        self.documents.get(*self.positions.get(id)?)
    }

    /// Number of differences that nobody has settled, in all documents.
    pub fn open_differences(&self) -> usize {
        self.documents.iter().filter_map(|work| work.open_differences()).sum()
    }
}

fn document_progress(work: &DocumentWork, people: &[Option<&Annotator>]) -> DocumentProgress {
    let mut progress = DocumentProgress::default();
    for (at, person) in people.iter().enumerate() {
        if person.is_some_and(|person| !person.is_assigned(work.id())) {
            continue;
        }
        progress.assigned += 1;
        match work.layer(at).map_or(Status::New, |layer| layer.status) {
            Status::New => {}
            Status::InProgress => progress.begun += 1,
            Status::Done => progress.done += 1,
        }
    }
    progress
}

fn coder_work(
    project: &Project,
    documents: &[Arc<DocumentWork>],
    (at, coder): (usize, &AnnotatorId),
) -> CoderWork {
    let person = project.annotator(coder);
    let mut out = CoderWork::default();
    let mut steps = Vec::new();
    for document in documents {
        let layer = document.layer(at);
        let status = layer.map_or(Status::New, |layer| layer.status);
        out.done_in_all += usize::from(status == Status::Done);
        if person.is_none_or(|person| person.is_assigned(document.id())) {
            out.assigned += 1;
            out.done += usize::from(status == Status::Done);
            out.begun += usize::from(status == Status::InProgress);
        }
        if let Some(layer) = layer {
            out.spans += layer.spans;
            out.last_change = out.last_change.max(layer.last_change);
            steps.extend_from_slice(&layer.steps);
        }
    }
    CoderWork { pace: Pace::of(steps), ..out }
}
