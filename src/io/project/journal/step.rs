//! The changes of a step, taken from the project right after it: pointers and ids only, so that the journal's thread
//! does the rest.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::super::folder::FileKey;
use super::super::project_file::ProjectPart;
use super::super::save::{Content, content};
use demarche_model::{
    Applied, Decision, Detached, Document, DocumentId, Edit, Layer, LayerId, Link, LinkId, LogEntry, Project,
    Span, SpanId, Stamp, Status, Text,
};

/// A step for the journal: the new state of everything that it touched, and its entry in the audit log.
#[derive(Debug, Default)]
pub struct Step {
    pub(super) parts: Vec<Part>,
    pub(super) entry: Option<(usize, LogEntry)>,
}

/// The new state of a part of the project.
#[derive(Debug)]
pub(super) enum Part {
    /// `project.ron`, with its last known content.
    Project {
        base: Arc<Project>,
        to: ProjectPart,
    },
    Layer(LayerChange),
    /// A whole layer, and what it was before.
    WholeLayer {
        change: LayerChange,
        now: Option<Arc<Layer>>,
        before: Option<(Arc<Layer>, u32)>,
    },
    Review(FileKey, BTreeMap<SpanId, Option<Arc<Decision>>>),
    /// Analysis notes, a text, its anchors, or the copy of its original.
    File(FileKey, Content),
}

/// The new state of entries of a layer.
#[derive(Debug)]
pub(super) struct LayerChange {
    pub id: LayerId,
    /// The text, and its version.
    pub text: (Arc<Text>, u32),
    /// A span may be listed twice, with the same state: steps of 100,000 spans are collected here.
    pub spans: Vec<(SpanId, Option<Arc<Span>>)>,
    pub links: BTreeMap<LinkId, Option<Arc<Link>>>,
    /// The status, and when others' work came into view: they are set together.
    pub status: Option<(Status, Option<Stamp>)>,
    /// Set if records that could not be placed were changed: the layer, and the records that were removed.
    pub detached: Option<(Arc<Layer>, Vec<Arc<Detached>>)>,
}

impl Step {
    /// Takes the changes of an edit from the project that it was applied to. `files` are those of the changed files
    /// that this session writes, `head` is `project.ron` as last seen, and `entry` the entry of the audit log with its
    /// number.
    pub fn new(
        applied: &Applied,
        project: &Project,
        files: &BTreeSet<FileKey>,
        head: &Arc<Project>,
        entry: Option<(usize, LogEntry)>,
    ) -> Self {
        let mut changes =
            Changes { project, files, layers: BTreeMap::new(), reviews: BTreeMap::new(), whole: Vec::new() };
        changes.add(&applied.inverse);
        let Changes { layers, reviews, whole, .. } = changes;
        let mut parts = Vec::new();
        if files.contains(&FileKey::Project) {
            parts.push(Part::Project { base: head.clone(), to: ProjectPart::from_project(project) });
        }
        parts.extend(whole);
        parts.extend(layers.into_values().map(Part::Layer));
        parts.extend(reviews.into_iter().map(|(key, decisions)| Part::Review(key, decisions)));
        // Analysis notes are small, and only their owner writes them.
        let notes = files.iter().filter(|key| matches!(key, FileKey::AnalysisNotes(..)));
        parts.extend(notes.filter_map(|key| Some(Part::File(key.clone(), content(project, key)?))));
        Self { parts, entry }
    }
}

/// The parts of a step that are being collected.
struct Changes<'a> {
    project: &'a Project,
    files: &'a BTreeSet<FileKey>,
    layers: BTreeMap<LayerId, LayerChange>,
    reviews: BTreeMap<FileKey, BTreeMap<SpanId, Option<Arc<Decision>>>>,
    whole: Vec<Part>,
}

impl<'a> Changes<'a> {
    /// Adds the places that an edit names: the inverse of a step will do, since the values are taken from the project.
    #[deny(clippy::wildcard_enum_match_arm)]
    fn add(&mut self, inverse: &Edit) {
        match inverse {
            Edit::Batch(edits) => edits.iter().for_each(|edit| self.add(edit)),
            Edit::SetSpan { layer, id, .. } => self.span(layer, *id),
            Edit::Recode { layer, spans, .. } => spans.iter().for_each(|id| self.span(layer, *id)),
            Edit::SetLink { layer, id, .. } => {
                let now = self.now(layer).and_then(|layer| layer.link(*id)).cloned();
                self.in_layer(layer, |change| drop(change.links.insert(*id, now)));
            }
            Edit::SetStatus { layer, .. } | Edit::SetUnblinded { layer, .. } => {
                let now = self.now(layer).map(|layer| (layer.stored_status(), layer.unblinded()));
                let now = now.unwrap_or_default();
                self.in_layer(layer, |change| change.status = Some(now));
            }
            Edit::SetDetached { layer, key, to } => self.detached(layer, *key, to.as_ref()),
            Edit::SetDecision { document, reviewer, span, .. } => {
                let key = FileKey::Review(document.clone(), reviewer.clone());
                let document = self.project.document(document);
                let review = document.and_then(|document| document.reviews.get(reviewer));
                let now = review.and_then(|review| review.decisions.get(span)).cloned();
                self.reviews.entry(key).or_default().insert(*span, now);
            }
            Edit::SetReturn { document, reviewer, .. } => {
                // A review is small next to a layer, and returns are rare.
                let key = FileKey::Review(document.clone(), reviewer.clone());
                let now = content(self.project, &key);
                self.whole.extend(now.map(|now| Part::File(key, now)));
            }
            Edit::InsertDocument { document, .. } => self.document(document.id(), Some(document)),
            Edit::RemoveDocument { document } => self.document(document, None),
            Edit::ReplaceText { to } => self.document(to.id(), Some(to)),
            // `project.ron` is a single part, whatever has changed in it, and so is each file of analysis notes.
            Edit::SetCategory { .. }
            | Edit::SetAttribute { .. }
            | Edit::SetLinkKind { .. }
            | Edit::SetAlias { .. }
            | Edit::SetAnnotator { .. }
            | Edit::SetMeta { .. }
            | Edit::MoveDocuments { .. }
            | Edit::SetDocumentSet { .. }
            | Edit::SetMembers { .. }
            | Edit::SetName { .. }
            | Edit::SetBlind { .. }
            | Edit::SetActors { .. }
            | Edit::SetIssues { .. }
            | Edit::SetRelations { .. }
            | Edit::SetNotesEntry { .. } => {}
        }
    }

    fn now(&self, id: &LayerId) -> Option<&'a Arc<Layer>> {
        self.project.layer(id)
    }

    fn span(&mut self, layer: &LayerId, id: SpanId) {
        let now = self.now(layer).and_then(|layer| layer.span(id)).cloned();
        self.in_layer(layer, |change| change.spans.push((id, now)));
    }

    fn detached(&mut self, layer: &LayerId, key: u32, before: Option<&Arc<Detached>>) {
        let now = self.now(layer).cloned().unwrap_or_default();
        let is_gone = |before: &&Arc<Detached>| now.detached_at(key) != Some(before);
        let gone = before.filter(is_gone).cloned();
        self.in_layer(layer, |change| {
            let (last, dropped) = change.detached.get_or_insert_with(|| (now.clone(), Vec::new()));
            *last = now;
            dropped.extend(gone);
        });
    }

    fn in_layer(&mut self, id: &LayerId, set: impl FnOnce(&mut LayerChange)) {
        if let Some(change) = self.layers.get_mut(id) {
            return set(change);
        }
        let is_written = self.files.contains(&FileKey::Layer(id.clone()));
        if let Some(mut change) =
            self.project.document(&id.document).and_then(|d| empty(id, d)).filter(|_| is_written)
        {
            set(&mut change);
            self.layers.insert(id.clone(), change);
        }
    }

    /// Adds all files of a document that was inserted, removed or changed as a whole.
    fn document(&mut self, id: &DocumentId, before: Option<&Arc<Document>>) {
        for key in self.files.iter().filter(|key| key.document() == Some(id)) {
            let Some(now) = content(self.project, key) else { continue };
            let FileKey::Layer(layer) = key else {
                self.whole.push(Part::File(key.clone(), now));
                continue;
            };
            let document = self.project.document(id);
            let Some(change) = document.and_then(|document| empty(layer, document)) else {
                self.whole.push(Part::File(key.clone(), now));
                continue;
            };
            let before = before.and_then(|document| {
                Some((document.layer(&layer.annotator)?.clone(), document.meta.versions.current.number))
            });
            self.whole.push(Part::WholeLayer { change, now: self.now(layer).cloned(), before });
        }
    }
}

fn empty(id: &LayerId, document: &Document) -> Option<LayerChange> {
    Some(LayerChange {
        id: id.clone(),
        text: (document.text.clone()?, document.meta.versions.current.number),
        spans: Vec::new(),
        links: BTreeMap::new(),
        status: None,
        detached: None,
    })
}
