//! Merging layers of the user that were changed on disk, from another machine or by another Demarche.

use std::sync::Arc;

use demarche_io::project::{FileKey, keep_conflicts, read_changed};
use demarche_model::merge::{layer_edits, merge_layers};
use demarche_model::{Edit, LayerId};

use crate::words::{merge as words, steps};
use crate::{Session, SessionError};

impl Session {
    /// The user's layers that have changed on disk and have to be merged.
    pub fn changed_elsewhere(&self) -> impl Iterator<Item = &LayerId> {
        self.live.elsewhere()
    }

    /// Merges a layer of the user with the other version on disk, as one step. Conflicts are kept in the layer until the
    /// user resolves them.
    pub(crate) fn merge_elsewhere(&mut self, id: &LayerId) {
        let Some(theirs) = self.live.take_elsewhere(id) else { return };
        let key = FileKey::Layer(id.clone());
        let Some(document) = self.project.document(&id.document).cloned() else { return };
        let (Some(text), version) = (document.text.clone(), document.meta.versions.current.number) else {
            return;
        };
        let ours = self.project.layer(id).map(|layer| (**layer).clone()).unwrap_or_default();
        let merged = merge_layers(&self.live.layer_base(id), &ours, &theirs.layer);
        let to = match merged.conflicts.is_empty() {
            true => merged.value,
            false => keep_conflicts(&merged.value, &merged.conflicts, &text, version),
        };
        let codebook = self.project.codebook().clone();
        self.project.admit_values(&theirs.layer, &codebook);
        let edits = layer_edits(id, &ours, &to);
        if edits.is_empty() || self.edit_merged(steps::merge_elsewhere(), Edit::Batch(edits)) {
            self.live.release(&key);
            self.live.saw(key.clone(), theirs.hash);
            self.live.set_layer_base(id, Some(Arc::new(theirs.layer)));
            self.saving.must_write(key, self.env.monotonic());
            // An update of the text may be waiting for this.
            self.live.must_read(FileKey::Project);
            self.notify(words::merged_elsewhere(merged.conflicts.len()));
        } else {
            self.live.keep_elsewhere(id.clone(), theirs);
        }
    }

    /// Merges all files of the user that have changed on disk, reading them first if necessary.
    pub(crate) fn merge_all_elsewhere(&mut self) -> Result<(), SessionError> {
        for key in self.live.held().clone() {
            let seen = self.live.seen([&key]);
            let read = read_changed(self.files.folder(), &self.project, &key, &seen, self.live.alignments())?;
            match read {
                Some(found) => self.apply_change(key.clone(), found),
                None => self.live.release(&key),
            }
            if let FileKey::Layer(id) = &key {
                self.merge_elsewhere(id);
            }
        }
        Ok(())
    }
}
