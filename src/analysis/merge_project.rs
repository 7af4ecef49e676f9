//! Merges two copies of a project that have diverged.
//!
//! Documents are matched by their texts, since their ids may differ. Layers, reviews and the project file are
//! merged by the three-way merges of `demarche_model::merge`. Without a merge base, nothing counts as
//! removed: what one side has removed comes back.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use demarche_model::merge::{
    Conflict, ConflictKey, Resolutions, Side, layer_edits, merge_layers_with, merge_projects_with,
    merge_reviews_with, project_edits, review_edits,
};
use demarche_model::{
    AnnotatorId, Document, DocumentId, DocumentMeta, Edit, Layer, LayerId, Link, Project, Review,
};

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
    /// Names of the categories, attributes and kinds of link that are added or changed.
    pub codebook: Vec<String>,
    /// Changed layers of existing documents.
    pub layers: Vec<LayerChange>,
    /// Number of reviewers' decisions that are added or changed.
    pub decisions: usize,
    /// Layers that can't be merged because their file here is unreadable.
    pub unreadable: Vec<LayerId>,
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
}

impl MergePlan {
    /// True if there is nothing to merge.
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty() && self.conflicts.is_empty()
    }
}

/// Returns the other project with the document ids that are used here: a text that exists here gets its id
/// from here, and a text whose id belongs to a different one here gets a new id. Links are updated. All
/// documents of both projects must be loaded.
pub fn with_matching_ids(ours: &Project, theirs: &Project) -> Project {
    let ids = matching_ids(ours, theirs);
    let to = |id: &DocumentId| ids.get(id).unwrap_or(id).clone();
    let mut taken = BTreeSet::new();
    let documents = theirs.documents().iter().filter(|document| taken.insert(to(document.id())));
    let documents: Vec<Document> = documents
        .map(|document| {
            let layers = document.layers.iter().map(|(annotator, layer)| {
                let far =
                    |link: &Link| ids.get(&link.to_document).is_some_and(|new| *new != link.to_document);
                if !layer.links().any(|link| far(link)) {
                    return (annotator.clone(), layer.clone());
                }
                let links = layer.links().map(|l| Link { to_document: to(&l.to_document), ..(**l).clone() });
                let spans = layer.spans_unsorted().map(|span| (**span).clone());
                let detached = layer.detached().map(|(_, detached)| (**detached).clone());
                let layer = Layer::new(layer.stored_status(), spans, links, detached.collect::<Vec<_>>());
                (annotator.clone(), Arc::new(layer))
            });
            let meta = DocumentMeta { id: to(document.id()), ..document.meta.clone() };
            Document { meta, layers: layers.collect(), ..(**document).clone() }
        })
        .collect();
    Project::assemble(
        theirs.name().to_owned(),
        theirs.annotators().to_vec(),
        theirs.actors().to_vec(),
        theirs.issues().to_vec(),
        (**theirs.codebook()).clone(),
        documents,
    )
    .with_blind(theirs.is_blind())
}

fn matching_ids(ours: &Project, theirs: &Project) -> HashMap<DocumentId, DocumentId> {
    let by_text: HashMap<&str, &DocumentId> = ours
        .documents()
        .iter()
        .rev()
        .filter_map(|document| Some((document.text.as_ref()?.as_str(), document.id())))
        .collect();
    let mut used: BTreeSet<DocumentId> = ours.used_ids().cloned().collect();
    used.extend(theirs.documents().iter().map(|document| document.id().clone()));
    let mut ids = HashMap::new();
    let mut number = 1;
    for document in theirs.documents() {
        let here = ours.document(document.id());
        let text = document.text.as_ref().map(|text| text.as_str());
        let same = here.is_some_and(|here| match (&here.text, text) {
            (Some(here), Some(text)) => here.as_str() == text,
            _ => here.meta.characters == document.meta.characters,
        });
        if same {
            continue;
        }
        if let Some(id) = text.and_then(|text| by_text.get(text)) {
            ids.insert(document.id().clone(), (*id).clone());
        } else if here.is_some() {
            let free = loop {
                let id = DocumentId::new(format!("d{number:03}"));
                number += 1;
                if used.insert(id.clone()) {
                    break id;
                }
            };
            ids.insert(document.id().clone(), free);
        }
    }
    ids
}

/// Computes the effect of merging `theirs` into `ours`. Both must be loaded, and `theirs` must have the ids
/// given by [`with_matching_ids`].
pub fn plan(
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
        for (annotator, layer) in &document.layers {
            plan.merge_layer(before, here, annotator, layer, resolutions);
        }
        for (reviewer, review) in &document.reviews {
            plan.merge_review(before, here, reviewer, review, resolutions);
        }
    }
    plan
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
        let (old, new) = (ours.codebook(), merged.codebook());
        let categories = new.categories.iter().filter(|c| old.category(&c.id) != Some(*c)).map(|c| &c.name);
        let attributes = new.attributes.iter().filter(|a| old.attribute(&a.id) != Some(*a)).map(|a| &a.name);
        let kinds = new.link_kinds.iter().filter(|k| old.link_kind(&k.id) != Some(*k)).map(|k| &k.name);
        self.codebook = categories.chain(attributes).chain(kinds).cloned().collect();
    }

    fn merge_layer(
        &mut self,
        base: Option<&Arc<Document>>,
        here: &Document,
        annotator: &AnnotatorId,
        theirs: &Layer,
        resolutions: &ProjectResolutions,
    ) {
        let id = LayerId::new(here.id(), annotator);
        if here.unreadable.contains(annotator) {
            return self.unreadable.push(id);
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
            return;
        }
        let mut change = LayerChange { layer: id, added: 0, changed: 0, removed: 0 };
        for edit in &edits {
            if let Edit::SetSpan { id, to, .. } = edit {
                match (ours.span(*id), to) {
                    (None, _) => change.added += 1,
                    (_, None) => change.removed += 1,
                    _ => change.changed += 1,
                }
            }
        }
        self.layers.push(change);
        self.edits.extend(edits);
    }

    fn merge_review(
        &mut self,
        base: Option<&Arc<Document>>,
        here: &Document,
        reviewer: &AnnotatorId,
        theirs: &Review,
        resolutions: &ProjectResolutions,
    ) {
        let id = LayerId::new(here.id(), reviewer);
        if here.unreadable.contains(reviewer) {
            return self.unreadable.push(id);
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
    }
}
