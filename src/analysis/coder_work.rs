//! The work of each coder before a round is frozen: when it last changed, and what is not done.

use std::collections::BTreeSet;

use demarche_model::{Annotator, AnnotatorId, DocumentId, Layer, Project, Role, Stamp, Status};

/// The work of one coder in all documents that are in memory.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CoderWork {
    /// The coder.
    pub annotator: AnnotatorId,
    /// When their latest passage was tagged or changed, or their latest link created.
    pub last_change: Option<Stamp>,
    /// Number of their passages.
    pub spans: usize,
    /// Number of documents that they have marked as done.
    pub done: usize,
    /// Documents that they have begun and not marked as done.
    pub in_progress: Vec<DocumentId>,
    /// Documents that are assigned to them and not begun.
    pub not_begun: Vec<DocumentId>,
}

impl CoderWork {
    /// Returns whether nothing is left to do.
    pub fn is_done(&self) -> bool {
        self.in_progress.is_empty() && self.not_begun.is_empty()
    }
}

/// Returns the work of everyone who tags: the annotators of the project in its order, then others who have layers.
pub fn coder_work(project: &Project) -> Vec<CoderWork> {
    let owners: BTreeSet<&AnnotatorId> =
        project.documents().iter().flat_map(|document| document.layers.keys()).collect();
    let owners = || owners.iter().copied().filter(|owner| !owner.is_consensus());
    let is_coder =
        |person: &&Annotator| person.role == Role::Annotator || owners().any(|owner| *owner == person.id);
    let listed = project.annotators().iter().filter(is_coder).map(|person| &person.id);
    let unlisted = owners().filter(|owner| project.annotator(owner).is_none());
    listed.chain(unlisted).map(|annotator| work_of(project, annotator)).collect()
}

fn work_of(project: &Project, annotator: &AnnotatorId) -> CoderWork {
    let person = project.annotator(annotator);
    let mut work = CoderWork {
        annotator: annotator.clone(),
        last_change: None,
        spans: 0,
        done: 0,
        in_progress: Vec::new(),
        not_begun: Vec::new(),
    };
    for document in project.documents() {
        let layer = document.layer(annotator);
        let is_assigned = person.is_some_and(|person| person.is_assigned(document.id()));
        match layer.map_or(Status::New, |layer| layer.status()) {
            Status::Done => work.done += 1,
            Status::InProgress => work.in_progress.push(document.id().clone()),
            Status::New if is_assigned => work.not_begun.push(document.id().clone()),
            Status::New => {}
        }
        if let Some(layer) = layer {
            work.spans += layer.len();
            work.last_change = work.last_change.max(last_change(layer));
        }
    }
    work
}

/// Returns when a layer was last changed, as its passages and links tell.
fn last_change(layer: &Layer) -> Option<Stamp> {
    let spans = layer.spans_unsorted().map(|span| span.modified);
    spans.chain(layer.links().map(|link| link.created)).max()
}
