//! Takes over what others have written into `project.ron`.

use std::collections::BTreeSet;

use demarche_io::project::{FileKey, tell_conflict};
use demarche_model::merge::merge_projects;
use demarche_model::{AnnotatorId, LayerId, Project, Touch};

use crate::Session;

impl Session {
    /// Takes over a `project.ron` that another person has changed.
    pub(crate) fn head_changed(&mut self, theirs: Project) {
        let merged = merge_projects(Some(self.live.head()), &self.project, &theirs);
        let conflicts = merged.conflicts.iter().map(tell_conflict).collect();
        if self.take_head(&merged.value, conflicts) {
            self.live.set_head(theirs);
        } else {
            // What was seen of it stays what it was, so that nothing of theirs is taken back by the next save.
            self.live.saw(FileKey::Project, None);
        }
    }

    /// Takes over a merged `project.ron`. Documents that others have removed stay if they have changes that are not on
    /// disk yet. Returns whether it was taken over.
    pub(crate) fn take_head(&mut self, head: &Project, conflicts: Vec<String>) -> bool {
        if !self.leave_old_texts(head) {
            return false;
        }
        let mut keep = BTreeSet::new();
        for document in self.project.documents().iter().filter(|d| head.document(d.id()).is_none()) {
            let id = document.id();
            // Who removes a document takes along all files that they know. One of mine that is there still is news to them.
            let mine = |annotator: &AnnotatorId| {
                let layer = LayerId::new(id, annotator);
                let there =
                    || self.saving.works_here(annotator) && self.files.folder().layer(&layer).exists();
                self.saving.is_changed(&FileKey::Layer(layer.clone())) || there()
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
            self.notify_error(format!(
                "Somebody has removed “{title}” from the project. It stays, since you have changed something in it; remove it \
                 if you agree."
            ));
        }
        for conflict in conflicts {
            self.notify_error(format!("Changed here and by somebody else; yours stands: {conflict}."));
        }
        if touched.iter().any(|touch| matches!(touch, Touch::Project)) {
            // What is shown is read first, also where nobody has tagged anything in it.
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
