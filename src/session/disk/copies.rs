//! Conflict copies that synchronising programs put next to files: finding them, and merging them on request.

use std::path::Path;
use std::sync::Arc;

use demarche_io::project::{
    FileKey, FoundContent, copy_of, describe_conflict, discard_copy, keep_conflicts, read_copy,
};
use demarche_model::merge::{
    analysis_notes_edits, layer_edits, merge_analysis_notes, merge_layers, merge_projects, merge_reviews,
    project_edits, review_edits,
};
use demarche_model::{Document, DocumentMeta, Edit, Layer};

use crate::words::{merge as words, steps};
use crate::{JobKind, Session};

impl Session {
    /// Conflict copies of files, relative to the project's folder.
    pub fn conflict_copies(&self) -> impl Iterator<Item = &Path> {
        self.files.copies()
    }

    /// Adds or removes a file if it is a conflict copy.
    pub(crate) fn update_copy(&mut self, path: &Path) {
        if copy_of(path).is_none() {
            return;
        }
        if self.files.folder().has(path) {
            self.files.add_copy(path);
        } else {
            self.files.remove_copy(path);
        }
    }

    /// Merges a conflict copy into its original, as one step, and moves it to the trash. Without a common base nothing is
    /// removed, and where the two differ, both versions are kept for the user to choose.
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
            Err(problem) => return self.notify_error(words::not_merged(&problem)),
        };
        if let FoundContent::Layer(theirs) = &content {
            let codebook = self.project.codebook().clone();
            self.project.admit_values(theirs, &codebook);
        }
        let (edits, conflicts) = self.copy_edits(&key, content);
        if !edits.is_empty() && !self.edit_merged(steps::merge_copy(), Edit::Batch(edits)) {
            return;
        }
        match discard_copy(self.files.folder(), path) {
            Ok(()) => {
                self.files.remove_copy(path);
                self.notify(words::merged_copy(!conflicts.is_empty()));
            }
            Err(error) => self.notify_error(words::merged_but(&error)),
        }
        if !matches!(key, FileKey::Layer(_)) {
            for conflict in conflicts {
                self.notify_error(words::copy_differs(&conflict));
            }
        }
    }

    /// The document of a file, if it is not in memory.
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

    /// The edits that merge a conflict copy, and descriptions of the conflicts.
    fn copy_edits(&self, key: &FileKey, content: FoundContent) -> (Vec<Edit>, Vec<String>) {
        match (key, content) {
            (FileKey::Layer(id), FoundContent::Layer(theirs)) => {
                let ours = self.project.layer(id).map(|layer| (**layer).clone()).unwrap_or_default();
                let merged = merge_layers(&Layer::default(), &ours, &theirs);
                let document = self.project.document(&id.document);
                let text = document.and_then(|d| Some((d.text.clone()?, d.meta.versions.current.number)));
                let to = text.map(|(text, n)| keep_conflicts(&merged.value, &merged.conflicts, &text, n));
                let to = if merged.conflicts.is_empty() { merged.value } else { to.unwrap_or_default() };
                (layer_edits(id, &ours, &to), merged.conflicts.iter().map(describe_conflict).collect())
            }
            (FileKey::Review(document, reviewer), FoundContent::Review(theirs)) => {
                let here = self.project.document(document).and_then(|d| d.reviews.get(reviewer));
                let ours = here.map(|review| (**review).clone()).unwrap_or_default();
                let merged = merge_reviews(&Default::default(), &ours, &theirs);
                let conflicts = merged.conflicts.iter().map(describe_conflict).collect();
                (review_edits(document, reviewer, &ours, &merged.value), conflicts)
            }
            (FileKey::AnalysisNotes(owner, part), FoundContent::AnalysisNotes(theirs)) => {
                let here = self.project.analysis_notes_of(owner);
                let ours = here.map(|notes| notes.only(*part)).unwrap_or_default();
                let merged = merge_analysis_notes(&Default::default(), &ours, &theirs);
                let conflicts = merged.conflicts.iter().map(describe_conflict).collect();
                (analysis_notes_edits(owner, &ours, &merged.value), conflicts)
            }
            (FileKey::Project, FoundContent::Project(theirs)) => {
                let merged = merge_projects(None, &self.project, &theirs);
                let fresh = |meta: &DocumentMeta| Arc::new(Document::unloaded(meta.clone()));
                let conflicts = merged.conflicts.iter().map(describe_conflict).collect();
                (project_edits(&self.project, &merged.value, fresh), conflicts)
            }
            _ => (Vec::new(), Vec::new()),
        }
    }
}
