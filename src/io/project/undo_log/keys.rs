//! The numbers of records that could not be placed, as the next session will assign them.
//!
//! A session numbers these records when it reads a layer, and steps refer to the numbers. The next session numbers them
//! again, in the order of the file, so the log is written with those numbers. A record that is not in a layer now,
//! since a step removed it, gets a number that no other record has.

use std::collections::{BTreeMap, HashMap};

use super::super::layer_write::{Words, detached_keys};
use super::UndoLog;
use demarche_model::{Document, Edit, LayerId, Project};

/// The new numbers of records, by layer and current number.
#[derive(Default)]
pub(super) struct Keys(HashMap<LayerId, BTreeMap<u32, u32>>);

impl Keys {
    /// Numbers all records of a project that steps in a log change.
    pub fn new(log: &UndoLog, project: &Project) -> Self {
        let mut keys = Self::default();
        for step in log.done.iter().chain(&log.undone) {
            keys.add_edit(&step.edit, project);
        }
        keys
    }

    /// Returns the new number of a record.
    pub fn of(&self, layer: &LayerId, key: u32) -> u32 {
        self.0.get(layer).and_then(|keys| keys.get(&key)).copied().unwrap_or(key)
    }

    fn add_edit(&mut self, edit: &Edit, project: &Project) {
        match edit {
            Edit::SetDetached { layer, key, .. } => self.add(layer, *key, project),
            Edit::InsertDocument { document, .. } => self.add_document(document, project),
            Edit::ReplaceText { to } => self.add_document(to, project),
            Edit::Batch(edits) => edits.iter().for_each(|edit| self.add_edit(edit, project)),
            Edit::SetSpan { .. }
            | Edit::SetLink { .. }
            | Edit::SetStatus { .. }
            | Edit::SetUnblinded { .. }
            | Edit::SetDecision { .. }
            | Edit::SetReturn { .. }
            | Edit::SetNotesEntry { .. }
            | Edit::SetCategory { .. }
            | Edit::SetAttribute { .. }
            | Edit::SetLinkKind { .. }
            | Edit::SetAlias { .. }
            | Edit::Recode { .. }
            | Edit::SetAnnotator { .. }
            | Edit::SetMeta { .. }
            | Edit::RemoveDocument { .. }
            | Edit::MoveDocuments { .. }
            | Edit::SetDocumentSet { .. }
            | Edit::SetMembers { .. }
            | Edit::SetName { .. }
            | Edit::SetBlind { .. }
            | Edit::SetActors { .. }
            | Edit::SetIssues { .. }
            | Edit::SetRelations { .. } => {}
        }
    }

    fn add_document(&mut self, document: &Document, project: &Project) {
        for (owner, layer) in &document.layers {
            let id = LayerId::new(document.id(), owner);
            layer.detached().for_each(|(key, _)| self.add(&id, key, project));
        }
    }

    fn add(&mut self, layer: &LayerId, key: u32, project: &Project) {
        let keys = self.0.entry(layer.clone()).or_insert_with(|| present(layer, project));
        let next = keys.len() as u32;
        keys.entry(key).or_insert(next);
    }
}

/// Numbers the records that are in a layer now.
fn present(id: &LayerId, project: &Project) -> BTreeMap<u32, u32> {
    let document = project.document(&id.document);
    let layer = document.and_then(|document| Some((document.layer(&id.annotator)?, document.text.as_ref()?)));
    let keys = layer.map(|(layer, text)| detached_keys(layer, Words::Text(text)));
    keys.into_iter().flatten().zip(0..).collect()
}
