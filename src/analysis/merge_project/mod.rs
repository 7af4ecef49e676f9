//! Merges two copies of a project that have diverged.
//!
//! Documents are matched by their texts, since their ids may differ. Layers, reviews and the project file are
//! merged by the three-way merges of `demarche_model::merge`. Without a merge base, nothing counts as
//! removed: what one side has removed comes back. Of a packet only the layers of its owner are merged (see
//! [`OtherCopy`]).

mod analysis_notes;
mod changes;
mod matching;
mod packet;
mod people;
mod vocabulary;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::differences::contradictions_in;
use demarche_model::merge::{
    Conflict, ConflictKey, Resolutions, Side, layer_edits, merge_layers_with, merge_projects_with,
    merge_reviews_with, project_edits, review_edits,
};
use demarche_model::{
    AnnotatorId, Document, DocumentId, DocumentMeta, Edit, Layer, LayerId, NotesPart, Project, Review, Span,
    Status,
};

pub use changes::{CodebookEntry, EntryChange, PersonChange, ProjectChange};
pub use packet::{LeftOut, Proposal};

/// The location of a conflict: the document and owner of the layer or review, or `None` for the project file,
/// and the record.
pub type ConflictLocation = (Option<LayerId>, ConflictKey);

/// The side chosen for each conflict. A conflict without an entry keeps ours.
pub type ProjectResolutions = BTreeMap<ConflictLocation, Side>;

/// The effect of merging another project.
#[derive(Debug, Default)]
pub struct MergePlan {
    /// The edits of the merge, to be applied as one.
    pub edits: Vec<Edit>,
    /// Documents to be added, by the id they will have.
    pub documents: Vec<DocumentId>,
    /// Names of people to be added.
    pub annotators: Vec<String>,
    /// All changes to the project file.
    pub changes: Vec<ProjectChange>,
    /// Changes to the codebook that a packet proposes; those that are not accepted are not among the edits.
    pub proposals: Vec<Proposal>,
    /// What a packet holds beyond what is merged of it.
    pub left_out: Vec<LeftOut>,
    /// Changed layers of existing documents.
    pub layers: Vec<LayerChange>,
    /// Number of reviewers' decisions that are added or changed.
    pub decisions: usize,
    /// Number of saved views, events, phases and dismissed pairs that are added, changed or removed.
    pub notes: usize,
    /// Layers that can't be merged because their file here is unreadable.
    pub unreadable: Vec<LayerId>,
    /// Parts of people's analysis notes that can't be merged because their file here is unreadable.
    pub unreadable_notes: Vec<(AnnotatorId, NotesPart)>,
    /// Number of contradictions between decisions of adjudicators that the merge brings together. Both decisions are kept,
    /// and the difference is open again.
    pub contradictions: usize,
    /// Records that both sides have changed differently.
    pub conflicts: Vec<(ConflictLocation, Conflict)>,
}

/// The changes to a layer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LayerChange {
    /// The changed layer.
    pub layer: LayerId,
    /// Number of spans added.
    pub added: usize,
    /// Number of spans changed.
    pub changed: usize,
    /// Number of spans removed.
    pub removed: usize,
    /// Number of links added, changed or removed.
    pub links: usize,
    /// The new status, if it changes.
    pub status: Option<Status>,
}

impl LayerChange {
    /// Counts what differs between two versions of a layer.
    fn of(layer: LayerId, from: &Layer, to: &Layer) -> Self {
        let is_new = |span: &&Arc<Span>| from.span(span.id).is_none();
        let is_gone = |span: &&Arc<Span>| to.span(span.id).is_none();
        let differs = |span: &&Arc<Span>| from.span(span.id).is_some_and(|old| old != *span);
        let status = to.stored_status();
        Self {
            layer,
            added: to.spans_unsorted().filter(is_new).count(),
            changed: to.spans_unsorted().filter(differs).count(),
            removed: from.spans_unsorted().filter(is_gone).count(),
            links: to.link_set().changes_since(from.link_set()).len(),
            status: (status != from.stored_status()).then_some(status),
        }
    }
}

impl MergePlan {
    /// True if there is nothing to merge.
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty() && self.conflicts.is_empty()
    }
}

/// Another copy of a project, to be merged.
#[derive(Clone, Debug)]
pub struct OtherCopy {
    /// The project.
    pub project: Project,
    /// The common base, if it is known.
    pub base: Option<Project>,
    /// The person whose packet it is, if it is one.
    pub owner: Option<AnnotatorId>,
}

impl OtherCopy {
    /// Gives documents the ids that their texts have in `ours`, and people other ids than those of other people in `ours`,
    /// as their keys tell. All documents must be loaded.
    #[must_use]
    pub fn matching(self, ours: &Project) -> Self {
        let ids = people::new_ids(ours, &self.project);
        let matching =
            |project: &Project| matching::with_matching_ids(ours, &people::with_new_ids(project, &ids));
        let owner = self.owner.map(|owner| ids.get(&owner).cloned().unwrap_or(owner));
        Self { project: matching(&self.project), base: self.base.as_ref().map(matching), owner }
    }

    /// Computes the effect of merging this copy into `ours`, which must be loaded. Of a packet, the layers of its owner
    /// are merged, and of its changes to the codebook those that are accepted.
    pub fn plan(
        &self,
        ours: &Project,
        accepted: &BTreeSet<CodebookEntry>,
        resolutions: &ProjectResolutions,
    ) -> MergePlan {
        match (&self.owner, &self.base) {
            (Some(owner), Some(base)) => {
                let packet = packet::Packet { owner, sent: base, returned: &self.project };
                packet.plan(ours, accepted, resolutions)
            }
            _ => plan(self.base.as_ref(), ours, &self.project, resolutions),
        }
    }
}

/// Computes the effect of merging everything in `theirs` into `ours`.
fn plan(
    base: Option<&Project>,
    ours: &Project,
    theirs: &Project,
    resolutions: &ProjectResolutions,
) -> MergePlan {
    let mut plan = MergePlan::default();
    let merged = merge_projects_with(base, ours, theirs, &resolutions_for(resolutions, None));
    plan.conflicts
        .extend(merged.conflicts.iter().map(|conflict| ((None, conflict.at.clone()), conflict.clone())));
    let arriving = |meta: &DocumentMeta| Arc::new(arriving_document(theirs, meta));
    plan.edits = project_edits(ours, &merged.value, arriving);
    plan.record_project_changes(ours, &merged.value);
    let none = Project::default();
    for document in theirs.documents().iter().filter(|document| document.is_loaded()) {
        let Some(here) = ours.document(document.id()).filter(|here| here.is_loaded()) else { continue };
        let before = base.unwrap_or(&none).document(document.id());
        let mut after = (**here).clone();
        for (annotator, layer) in &document.layers {
            let merged = plan.merge_layer(before, here, annotator, layer, resolutions);
            after.layers.extend(merged.map(|layer| (annotator.clone(), Arc::new(layer))));
        }
        for (reviewer, review) in &document.reviews {
            let merged = plan.merge_review(before, here, reviewer, review, resolutions);
            after.reviews.extend(merged.map(|review| (reviewer.clone(), Arc::new(review))));
        }
        plan.contradictions += new_contradictions(here, &after);
    }
    plan.merge_notes(base.unwrap_or(&none), ours, theirs, resolutions);
    plan
}

/// Counts the passages on which adjudicators contradict each other only after the merge.
fn new_contradictions(before: &Document, after: &Document) -> usize {
    let known = contradictions_in(before);
    let new = contradictions_in(after).into_iter().filter(|found| !known.contains(found));
    let decisions: BTreeSet<_> = new.map(|found| (found.span, found.with)).collect();
    decisions.len()
}

/// Returns a new document with everything that belongs to it.
fn arriving_document(theirs: &Project, meta: &DocumentMeta) -> Document {
    let theirs = theirs.document(&meta.id);
    let document = theirs.map_or_else(|| Document::unloaded(meta.clone()), |document| (**document).clone());
    Document { meta: meta.clone(), unreadable: BTreeSet::new(), revision: 0, ..document }
}

/// Returns the choices for one layer, or for the project file.
fn resolutions_for(resolutions: &ProjectResolutions, layer: Option<&LayerId>) -> Resolutions {
    let here = resolutions.iter().filter(|((owner, _), _)| owner.as_ref() == layer);
    here.map(|((_, clash), side)| (clash.clone(), *side)).collect()
}

impl MergePlan {
    fn record_project_changes(&mut self, ours: &Project, merged: &Project) {
        let new = merged.documents().iter().map(|document| document.id());
        self.documents = new.filter(|id| ours.document(id).is_none()).cloned().collect();
        let new = merged.annotators().iter().filter(|annotator| ours.annotator(&annotator.id).is_none());
        self.annotators = new.map(|annotator| annotator.name.clone()).collect();
        self.changes = changes::project_changes(ours, merged);
    }

    /// Merges a layer. Returns it if it changes.
    fn merge_layer(
        &mut self,
        base: Option<&Arc<Document>>,
        here: &Document,
        annotator: &AnnotatorId,
        theirs: &Layer,
        resolutions: &ProjectResolutions,
    ) -> Option<Layer> {
        let id = LayerId::new(here.id(), annotator);
        if here.unreadable.contains(annotator) {
            self.unreadable.push(id);
            return None;
        }
        let copy = |document: Option<&Document>| {
            document.and_then(|d| d.layer(annotator)).map(|layer| (**layer).clone()).unwrap_or_default()
        };
        let (base, ours) = (copy(base.map(|document| document.as_ref())), copy(Some(here)));
        let merged = merge_layers_with(&base, &ours, theirs, &resolutions_for(resolutions, Some(&id)));
        let edits = layer_edits(&id, &ours, &merged.value);
        let located = |conflict: Conflict| ((Some(id.clone()), conflict.at.clone()), conflict);
        self.conflicts.extend(merged.conflicts.into_iter().map(located));
        if edits.is_empty() {
            return None;
        }
        self.layers.push(LayerChange::of(id, &ours, &merged.value));
        self.edits.extend(edits);
        Some(merged.value)
    }

    /// Merges a review. Returns it if it changes.
    fn merge_review(
        &mut self,
        base: Option<&Arc<Document>>,
        here: &Document,
        reviewer: &AnnotatorId,
        theirs: &Review,
        resolutions: &ProjectResolutions,
    ) -> Option<Review> {
        let id = LayerId::new(here.id(), reviewer);
        if here.unreadable.contains(reviewer) {
            self.unreadable.push(id);
            return None;
        }
        let copy = |document: Option<&Document>| {
            document.and_then(|d| d.reviews.get(reviewer)).map(|r| (**r).clone()).unwrap_or_default()
        };
        let (base, ours) = (copy(base.map(|document| document.as_ref())), copy(Some(here)));
        let merged = merge_reviews_with(&base, &ours, theirs, &resolutions_for(resolutions, Some(&id)));
        let edits = review_edits(here.id(), reviewer, &ours, &merged.value);
        let located = |conflict: Conflict| ((Some(id.clone()), conflict.at.clone()), conflict);
        self.conflicts.extend(merged.conflicts.into_iter().map(located));
        self.decisions += edits.len();
        self.edits.extend(edits);
        Some(merged.value)
    }
}
