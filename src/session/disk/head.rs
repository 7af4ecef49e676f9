//! Applying changes of `project.ron` by others.

use std::collections::BTreeSet;
use std::sync::Arc;

use demarche_io::project::{FileKey, describe_conflict};
use demarche_model::merge::{Conflict, merge_projects};
use demarche_model::{
    Annotator, AnnotatorId, Detached, DetachedReason, DocumentId, Edit, LayerId, Project, Touch,
};

use crate::Session;
use crate::words::disk as words;

impl Session {
    /// Merges a `project.ron` that another person has changed.
    pub(crate) fn head_changed(&mut self, theirs: Project) {
        let merged = merge_projects(Some(self.live.head()), &self.project, &theirs);
        if self.apply_head(&merged.value, merged.conflicts) {
            self.live.set_head(with_own_people(theirs, self.project.annotators()));
        } else {
            // The last known content is kept, so that the next save does not undo their changes.
            self.live.saw(FileKey::Project, None);
        }
    }

    /// Applies a merged `project.ron`. Documents that others have removed are kept if they have changes that are not on
    /// disk yet. Returns whether it was applied.
    pub(crate) fn apply_head(&mut self, head: &Project, conflicts: Vec<Conflict>) -> bool {
        if !self.leave_old_texts(head) {
            return false;
        }
        let mut keep = BTreeSet::new();
        for document in self.project.documents().iter().filter(|d| head.document(d.id()).is_none()) {
            let id = document.id();
            // Removing a document removes all its files that are known. One of the user's that still exists was unknown.
            let mine = |annotator: &AnnotatorId| {
                let layer = LayerId::new(id, annotator);
                let exists = || {
                    self.saving.works_here(&annotator.writer())
                        && self.files.folder().has(&FileKey::Layer(layer.clone()).relative())
                };
                self.saving.is_changed(&FileKey::Layer(layer.clone())) || exists()
            };
            if document.layers.keys().any(mine) {
                keep.insert(id.clone());
            }
        }
        let touched = self.project.set_project_file_from_disk(head, &keep);
        self.after_edit(&touched);
        for id in keep {
            let title = self.project.document(&id).map(|d| d.meta.title.clone()).unwrap_or_default();
            let document = self.project.document(&id);
            let texts = document.into_iter().flat_map(|document| document.meta.text_ids());
            let keys = texts.flat_map(|text| [FileKey::Text(text.clone()), FileKey::Anchors(text)]);
            for key in keys.chain([FileKey::Project]).collect::<Vec<_>>() {
                self.saving.must_write(key, self.env.monotonic());
            }
            self.notify_error(words::document_removed_elsewhere(&title));
        }
        self.report_conflicts(conflicts);
        self.read_explained_layers();
        if touched.iter().any(|touch| matches!(touch, Touch::Project)) {
            // The open documents are read first, even if nothing is tagged in them.
            let shown: Vec<DocumentId> =
                self.view.panes().filter_map(|pane| pane.state.document.clone()).collect();
            for id in shown {
                if self.project.document(&id).is_some_and(|document| !document.is_loaded()) {
                    self.read_document(&id);
                }
            }
            self.read_layers();
        }
        true
    }

    /// Reads layers again that were read before the codebook with their categories arrived.
    fn read_explained_layers(&mut self) {
        let codebook = self.project.codebook().clone();
        let is_explained = |detached: &Arc<Detached>| {
            let category = detached.claim.as_ref().map(|claim| &claim.span.category);
            detached.reason == DetachedReason::UnknownCategory
                && category.is_some_and(|category| codebook.resolve(category).is_some())
        };
        let mut explained = Vec::new();
        for document in self.project.documents() {
            let layers = document.layers.iter();
            let layers =
                layers.filter(|(_, layer)| layer.detached().any(|(_, detached)| is_explained(detached)));
            explained.extend(layers.map(|(who, _)| FileKey::Layer(LayerId::new(document.id(), who))));
        }
        for key in explained {
            // Its file has not changed, but is read otherwise now.
            self.live.saw(key.clone(), None);
            self.live.must_read(key);
        }
    }

    /// Reports conflicts in a merge of `project.ron`. Ids that two people have stay in conflict until one of them gets
    /// another id, so they are reported only when they have changed.
    pub(crate) fn report_conflicts(&mut self, conflicts: Vec<Conflict>) {
        let (shared, others): (Vec<Conflict>, Vec<Conflict>) =
            conflicts.into_iter().partition(|conflict| conflict.shared_id().is_some());
        for conflict in &others {
            self.notify_error(words::changed_by_both(&describe_conflict(conflict)));
        }
        let is_known = |conflict: &&Conflict| self.live.shared_ids().contains(conflict);
        let news = shared.iter().filter(|conflict| !is_known(conflict));
        let text = |conflict: &Conflict| {
            let id = conflict.shared_id()?;
            Some(words::shared_id(&describe_conflict(conflict), id, self.project.name_of(id)))
        };
        for text in news.filter_map(text).collect::<Vec<String>>() {
            self.notify_error(text);
        }
        self.live.set_shared_ids(shared);
    }
}

/// The project file of others with the people here whose ids are other people's there. It is the base of later merges: so,
/// removing such a person here does not remove the other one.
fn with_own_people(mut theirs: Project, ours: &[Annotator]) -> Project {
    for own in ours {
        let people = theirs.annotators();
        let Some(at) = people.iter().position(|other| other.id == own.id && other.is_another(own)) else {
            continue;
        };
        let edit = Edit::SetAnnotator { id: own.id.clone(), to: Some((at, own.clone())) };
        // An entry that exists can be replaced.
        let _ = theirs.apply(edit);
    }
    theirs
}
