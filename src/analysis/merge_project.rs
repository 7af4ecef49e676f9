//! Two copies of a project that went separate ways: what one would bring into the other.
//!
//! Documents are the same where their texts are: their ids may differ. Layers, reviews and what stands in the project's
//! file are merged as `model::merge` does. Where no common base is known, nothing counts as removed: what one of the two
//! has removed comes back.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use demarche_model::merge::{
    Clash, Conflict, Picks, Side, layer_edits, merge_layers_as, merge_projects_as, merge_reviews_as,
    project_edits, review_edits,
};
use demarche_model::{
    AnnotatorId, Document, DocumentId, DocumentMeta, Edit, Layer, LayerId, Link, Project, Review,
};

/// Where a conflict between two projects is: in whose layer or review of which document, or in the project's own file; and
/// what of it.
pub type Spot = (Option<LayerId>, Clash);

/// What was decided. What does not stand here is as it was here.
pub type Decisions = BTreeMap<Spot, Side>;

/// What merging another project would do.
#[derive(Debug, Default)]
pub struct Plan {
    /// All of it, as one edit.
    pub edits: Vec<Edit>,
    /// Documents that come, by id as they will have it.
    pub documents: Vec<DocumentId>,
    /// Names of people who come.
    pub annotators: Vec<String>,
    /// Names of categories, attributes and kinds of link that come or change.
    pub codebook: Vec<String>,
    /// Layers that change, in documents that are here already.
    pub layers: Vec<LayerChange>,
    /// Decisions of reviewers that come or change.
    pub decisions: usize,
    /// Layers that can't be merged, since their file here can't be read.
    pub unreadable: Vec<LayerId>,
    /// What both have changed, each in its own way.
    pub conflicts: Vec<(Spot, Conflict)>,
}

/// How a layer would change.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LayerChange {
    /// Which.
    pub layer: LayerId,
    /// Spans that come.
    pub added: usize,
    /// Spans that change.
    pub changed: usize,
    /// Spans that go.
    pub removed: usize,
}

impl Plan {
    /// Whether there is nothing to bring.
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty() && self.conflicts.is_empty()
    }
}

/// Gives the documents of another project the ids that they have here: a text that is here already keeps its id here, and
/// one whose id is another text's here gets a new one. Links follow. Both projects have to be read.
pub fn same_ids(ours: &Project, theirs: &Project) -> Project {
    let ids = ids_here(ours, theirs);
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

fn ids_here(ours: &Project, theirs: &Project) -> HashMap<DocumentId, DocumentId> {
    let by_text: HashMap<&str, &DocumentId> = ours
        .documents()
        .iter()
        .rev()
        .filter_map(|document| Some((document.text.as_ref()?.as_str(), document.id())))
        .collect();
    let mut used: BTreeSet<DocumentId> = ours.taken_ids().cloned().collect();
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

/// What merging `theirs` into `ours` would do. Both have been read, and `theirs` has the ids that [`same_ids`] gives.
pub fn plan(base: Option<&Project>, ours: &Project, theirs: &Project, decided: &Decisions) -> Plan {
    let mut plan = Plan::default();
    let merged = merge_projects_as(base, ours, theirs, &picks(decided, None));
    plan.conflicts
        .extend(merged.conflicts.iter().map(|conflict| ((None, conflict.at.clone()), conflict.clone())));
    let fresh = |meta: &DocumentMeta| Arc::new(fresh(theirs, meta));
    plan.edits = project_edits(ours, &merged.value, fresh);
    plan.tell_head(ours, &merged.value);
    let none = Project::default();
    for document in theirs.documents().iter().filter(|document| document.is_read()) {
        let Some(here) = ours.document(document.id()).filter(|here| here.is_read()) else { continue };
        let before = base.unwrap_or(&none).document(document.id());
        for (annotator, layer) in &document.layers {
            plan.layer(before, here, annotator, layer, decided);
        }
        for (reviewer, review) in &document.reviews {
            plan.review(before, here, reviewer, review, decided);
        }
    }
    plan
}

/// A document that comes, with all that belongs to it.
fn fresh(theirs: &Project, meta: &DocumentMeta) -> Document {
    let theirs = theirs.document(&meta.id);
    let document = theirs.map_or_else(|| Document::unread(meta.clone()), |document| (**document).clone());
    Document { meta: meta.clone(), unreadable: BTreeSet::new(), revision: 0, ..document }
}

/// What was decided in one layer, or in the project's file.
fn picks(decided: &Decisions, layer: Option<&LayerId>) -> Picks {
    let here = decided.iter().filter(|((place, _), _)| place.as_ref() == layer);
    here.map(|((_, clash), side)| (clash.clone(), *side)).collect()
}

impl Plan {
    fn tell_head(&mut self, ours: &Project, merged: &Project) {
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

    fn layer(
        &mut self,
        base: Option<&Arc<Document>>,
        here: &Document,
        annotator: &AnnotatorId,
        theirs: &Layer,
        decided: &Decisions,
    ) {
        let id = LayerId::new(here.id(), annotator);
        if here.unreadable.contains(annotator) {
            return self.unreadable.push(id);
        }
        let of = |document: Option<&Document>| {
            document.and_then(|d| d.layer(annotator)).map(|layer| (**layer).clone()).unwrap_or_default()
        };
        let (base, ours) = (of(base.map(|document| document.as_ref())), of(Some(here)));
        let merged = merge_layers_as(&base, &ours, theirs, &picks(decided, Some(&id)));
        let edits = layer_edits(&id, &ours, &merged.value);
        let spot = |conflict: Conflict| ((Some(id.clone()), conflict.at.clone()), conflict);
        self.conflicts.extend(merged.conflicts.into_iter().map(spot));
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

    fn review(
        &mut self,
        base: Option<&Arc<Document>>,
        here: &Document,
        reviewer: &AnnotatorId,
        theirs: &Review,
        decided: &Decisions,
    ) {
        let id = LayerId::new(here.id(), reviewer);
        if here.unreadable.contains(reviewer) {
            return self.unreadable.push(id);
        }
        let of = |document: Option<&Document>| {
            document.and_then(|d| d.reviews.get(reviewer)).map(|r| (**r).clone()).unwrap_or_default()
        };
        let (base, ours) = (of(base.map(|document| document.as_ref())), of(Some(here)));
        let merged = merge_reviews_as(&base, &ours, theirs, &picks(decided, Some(&id)));
        let edits = review_edits(here.id(), reviewer, &ours, &merged.value);
        let spot = |conflict: Conflict| ((Some(id.clone()), conflict.at.clone()), conflict);
        self.conflicts.extend(merged.conflicts.into_iter().map(spot));
        self.decisions += edits.len();
        self.edits.extend(edits);
    }
}
