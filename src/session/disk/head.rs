//! Applying changes of `project.ron` by others.

use std::collections::BTreeSet;

use demarche_io::project::{FileKey, describe_conflict};
use demarche_model::merge::merge_projects;
use demarche_model::{AnnotatorId, LayerId, Project, Touch};

use crate::Session;
use crate::words::disk as words;

impl Session {
    /// Merges a `project.ron` that another person has changed.
    pub(crate) fn head_changed(&mut self, theirs: Project) {
        let merged = merge_projects(Some(self.live.head()), &self.project, &theirs);
        let conflicts = merged.conflicts.iter().map(describe_conflict).collect();
        if self.apply_head(&merged.value, conflicts) {
            self.live.set_head(theirs);
        } else {
            // The last known content is kept, so that the next save does not undo their changes.
            self.live.saw(FileKey::Project, None);
        }
    }

    /// Applies a merged `project.ron`. Documents that others have removed are kept if they have changes that are not on
    /// disk yet. Returns whether it was applied.
    pub(crate) fn apply_head(&mut self, head: &Project, conflicts: Vec<String>) -> bool {
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
                    self.saving.works_here(&annotator.writer()) && self.files.folder().layer(&layer).exists()
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
                self.saving.must_write(key, self.env.now());
            }
            self.notify_error(words::document_removed_elsewhere(&title));
        }
        for conflict in conflicts {
            self.notify_error(words::changed_by_both(&conflict));
        }
        if touched.iter().any(|touch| matches!(touch, Touch::Project)) {
            // The open document is read first, even if nothing is tagged in it.
            let shown = self.view.document().cloned();
            if let Some(shown) = shown.filter(|id| self.project.document(id).is_some_and(|d| !d.is_loaded()))
            {
                self.read_document(&shown);
            }
            self.read_layers();
        }
        true
    }
}
