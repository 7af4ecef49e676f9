//! The files that an edit changes.

use std::collections::BTreeSet;

use sha2::{Digest as _, Sha256};

use super::super::files::read_bytes;
use super::super::folder::{FileKey, Folder};
use demarche_model::{Document, Edit};

/// The checksum of a file that does not exist.
const ABSENT: &str = "absent";

/// Returns the files that an edit changes.
pub(super) fn files(edit: &Edit) -> BTreeSet<FileKey> {
    let one = |key| BTreeSet::from([key]);
    match edit {
        Edit::SetSpan { layer, .. }
        | Edit::SetLink { layer, .. }
        | Edit::SetStatus { layer, .. }
        | Edit::SetUnblinded { layer, .. }
        | Edit::SetDetached { layer, .. }
        | Edit::Recode { layer, .. } => one(FileKey::Layer(layer.clone())),
        Edit::SetDecision { document, reviewer, .. } | Edit::SetReturn { document, reviewer, .. } => {
            one(FileKey::Review(document.clone(), reviewer.clone()))
        }
        Edit::SetNotesEntry { owner, to } => one(FileKey::AnalysisNotes(owner.clone(), to.part())),
        Edit::SetCategory { .. }
        | Edit::SetAttribute { .. }
        | Edit::SetLinkKind { .. }
        | Edit::SetAlias { .. }
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
        | Edit::SetRelations { .. } => one(FileKey::Project),
        Edit::InsertDocument { document, .. } => of_document(document),
        Edit::ReplaceText { to } => of_document(to),
        Edit::Batch(edits) => edits.iter().flat_map(files).collect(),
    }
}

fn of_document(document: &Document) -> BTreeSet<FileKey> {
    let id = document.id();
    let layers = document.layers.keys().map(|owner| FileKey::Layer(demarche_model::LayerId::new(id, owner)));
    let reviews = document.reviews.keys().map(|owner| FileKey::Review(id.clone(), owner.clone()));
    layers.chain(reviews).chain([FileKey::Project]).collect()
}

/// Returns the SHA-256 of a file, or [`ABSENT`] if it does not exist. `None` if it can't be read.
pub(super) fn checksum(folder: &Folder, key: &FileKey) -> Option<String> {
    let bytes = read_bytes(folder, key).ok()?;
    Some(bytes.map_or_else(|| ABSENT.to_owned(), |bytes| hex::encode(Sha256::digest(bytes))))
}
