//! Texts that another person has updated while their documents are open here.

use std::collections::BTreeSet;
use std::sync::Arc;

use demarche_io::project::{FileKey, snapshot, write_shared};
use demarche_model::{Document, LayerId, Project};

use crate::view::PaneView;
use crate::words::exchange as words;
use crate::{Session, SessionError, TextSelection};

impl Session {
    /// Gives up texts that the project file on disk has replaced. Unsaved work in them is written first, with offsets in the
    /// text that it was made in; the documents are then read again, and every passage finds its place as on any other
    /// machine. Earlier steps refer to the old text, so the undo stack is cleared. Returns whether the new list of
    /// documents may be used; if not, nothing has changed.
    pub(crate) fn leave_old_texts(&mut self, head: &Project) -> bool {
        let other = |document: &&Arc<Document>| {
            let next = head.document(document.id());
            document.is_loaded()
                && next.is_some_and(|next| !next.meta.versions.are_same_texts(&document.meta.versions))
        };
        let updated: Vec<Arc<Document>> = self.project.documents().iter().filter(other).cloned().collect();
        if updated.is_empty() {
            return true;
        }
        if let Err(why) = self.write_work_in(&updated) {
            let title = updated.first().map_or("", |document| &document.meta.title);
            self.notify_error(words::kept_old_text(title, &why));
            return false;
        }
        self.clear_undo_stack();
        self.staging.drop_update();
        for document in &updated {
            self.reading.forget_place(document.id());
            self.places.forget(document.id());
            let shows = |pane: &&mut PaneView| pane.state.document.as_ref() == Some(document.id());
            for pane in self.view.panes_mut().filter(shows) {
                pane.state.text_selection = TextSelection::default();
                pane.state.current = None;
            }
            self.notify_error(words::text_updated_elsewhere(&document.meta.title));
        }
        true
    }

    /// Writes the changed layers and reviews of these documents.
    fn write_work_in(&mut self, documents: &[Arc<Document>]) -> Result<(), SessionError> {
        let keys: BTreeSet<FileKey> = documents.iter().flat_map(|document| files_of(document)).collect();
        let mut changed: BTreeSet<FileKey> =
            keys.into_iter().filter(|key| self.saving.is_changed(key)).collect();
        // A version of my file from another machine is merged while both still refer to the same text.
        let held: Vec<LayerId> = self
            .changed_elsewhere()
            .filter(|id| changed.contains(&FileKey::Layer((*id).clone())))
            .cloned()
            .collect();
        held.iter().for_each(|id| self.merge_elsewhere(id));
        changed.retain(|key| self.saving.is_changed(key));
        if changed.is_empty() {
            return Ok(());
        }
        let snapshot = snapshot(&self.project, &changed);
        let (written, result) = write_shared(self.files.folder(), &snapshot, &self.live.seen(&changed));
        let foreign = written.foreign.first().map(FileKey::relative);
        self.saving.is_written(written.files.iter().map(|(key, _)| key));
        self.wrote(written, &snapshot);
        result?;
        foreign.map_or(Ok(()), |file| Err(SessionError::ChangedElsewhere(file)))
    }
}

/// The layers and reviews of a document.
fn files_of(document: &Document) -> Vec<FileKey> {
    let id = document.id();
    let layers = document.layers.keys().map(|who| FileKey::Layer(LayerId::new(id, who)));
    let reviews = document.reviews.keys().map(|who| FileKey::Review(id.clone(), who.clone()));
    layers.chain(reviews).collect()
}
