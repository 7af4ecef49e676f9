//! Copies that synchronising programs put beside a file: found, told, and merged when the user wants it.

use std::path::Path;
use std::sync::Arc;

use demarche_io::project::{
    FileKey, FoundContent, copy_of, discard_copy, keep_conflicts, read_copy, tell_conflict,
};
use demarche_model::merge::{
    layer_edits, merge_layers, merge_projects, merge_reviews, project_edits, review_edits,
};
use demarche_model::{Document, DocumentMeta, Edit, Layer};

use crate::{JobKind, Session};

impl Session {
    /// Copies that lie beside files of the project, relative to its folder.
    pub fn conflict_copies(&self) -> impl Iterator<Item = &Path> {
        self.files.copies()
    }

    /// Notes a file that has come or gone, if it is such a copy.
    pub(crate) fn note_copy(&mut self, path: &Path) {
        if copy_of(path).is_none() {
            return;
        }
        if self.files.folder().root().join(path).exists() {
            self.files.add_copy(path);
        } else {
            self.files.remove_copy(path);
        }
    }

    /// Merges a copy into what it is a copy of, as one step, and moves it to the trash. Nothing is removed for it, since
    /// nobody knows what the two were before; what both have changed, each in its own way, is kept to be decided.
    pub(crate) fn merge_copy(&mut self, path: &Path) {
        let unread = copy_of(path).and_then(|key| self.unread_document(&key));
        if let Some(meta) = unread {
            let path = path.to_owned();
            return self.read_job(JobKind::OpenDocument, vec![meta.clone()], move |session| {
                if session.project.document(&meta.id).is_some_and(|document| document.is_loaded()) {
                    session.merge_copy(&path);
                }
            });
        }
        let (key, content) = match read_copy(self.files.folder(), &self.project, path) {
            Ok(read) => read,
            Err(problem) => return self.notify_error(format!("Not merged: {problem}.")),
        };
        let (edits, conflicts) = self.copy_edits(&key, content);
        if !edits.is_empty() && !self.edit("merge a conflict copy", Edit::Batch(edits)) {
            return;
        }
        match discard_copy(self.files.folder(), path) {
            Ok(()) => {
                self.files.remove_copy(path);
                let rest = if conflicts.is_empty() { "" } else { "; what differs is shown above the text" };
                self.notify(format!("Merged{rest}. The copy lies in .demarche/trash"));
            }
            Err(error) => self.notify_error(format!("Merged, but {error}.")),
        }
        if !matches!(key, FileKey::Layer(_)) {
            for conflict in conflicts {
                self.notify_error(format!("The copy says something else; what was here stands: {conflict}."));
            }
        }
    }

    /// The document of a file, if it has to be read first.
    fn unread_document(&self, key: &FileKey) -> Option<DocumentMeta> {
        let id = match key {
            FileKey::Layer(layer) => &layer.document,
            FileKey::Review(document, _) => document,
            _ => return None,
        };
        self.project
            .document(id)
            .filter(|document| !document.is_loaded())
            .map(|document| document.meta.clone())
    }

    fn copy_edits(&self, key: &FileKey, content: FoundContent) -> (Vec<Edit>, Vec<String>) {
        match (key, content) {
            (FileKey::Layer(id), FoundContent::Layer(theirs)) => {
                let ours = self.project.layer(id).map(|layer| (**layer).clone()).unwrap_or_default();
                let merged = merge_layers(&Layer::default(), &ours, &theirs);
                let document = self.project.document(&id.document);
                let text = document.and_then(|d| Some((d.text.clone()?, d.meta.versions.current.number)));
                let to = text.map(|(text, n)| keep_conflicts(&merged.value, &merged.conflicts, &text, n));
                let to = if merged.conflicts.is_empty() { merged.value } else { to.unwrap_or_default() };
                (layer_edits(id, &ours, &to), merged.conflicts.iter().map(tell_conflict).collect())
            }
            (FileKey::Review(document, reviewer), FoundContent::Review(theirs)) => {
                let here = self.project.document(document).and_then(|d| d.reviews.get(reviewer));
                let ours = here.map(|review| (**review).clone()).unwrap_or_default();
                let merged = merge_reviews(&Default::default(), &ours, &theirs);
                let told = merged.conflicts.iter().map(tell_conflict).collect();
                (review_edits(document, reviewer, &ours, &merged.value), told)
            }
            (FileKey::Project, FoundContent::Project(theirs)) => {
                let merged = merge_projects(None, &self.project, &theirs);
                let fresh = |meta: &DocumentMeta| Arc::new(Document::unloaded(meta.clone()));
                let told = merged.conflicts.iter().map(tell_conflict).collect();
                (project_edits(&self.project, &merged.value, fresh), told)
            }
            _ => (Vec::new(), Vec::new()),
        }
    }
}
