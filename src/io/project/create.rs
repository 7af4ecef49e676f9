//! Creating a project on disk.

use super::commit::recover;
use super::files::make_local;
use super::folder::{FileKey, Folder};
use super::project_file::ProjectPart;
use super::read_back::read_back_all;
use super::rebuild::lost_project_file;
use super::save::{snapshot, write};
use crate::IoError;
use demarche_model::{Document, LayerId, Project};

/// Creates a new project on disk, writes everything that is in memory, and reads it back.
///
/// # Errors
/// The folder contains a project already, or the texts and layers of one that has lost its `project.ron`, or can't be written, or what was written does not read back.
pub fn create(folder: &Folder, project: &Project) -> Result<(), IoError> {
    // A program may have been killed while it created the project.
    recover(folder, true);
    if folder.has(&FileKey::Project.relative()) {
        return Err(IoError::ProjectExists(folder.root().to_owned()));
    }
    if let Some(lost) = lost_project_file(folder) {
        return Err(IoError::Problem(lost));
    }
    folder.create_root()?;
    make_local(folder)?;
    let files = project.documents().iter().flat_map(|document| files_of(document));
    let keys = files.chain([FileKey::Project]).collect();
    let snapshot = snapshot(project, &keys);
    write(folder, &snapshot)?;
    let head = ProjectPart::from_project(project).with_checksums(folder).head();
    read_back_all(folder, &snapshot, &head)
}

/// Returns the files of a document, as it is in memory.
pub(super) fn files_of(document: &Document) -> Vec<FileKey> {
    let id = document.id();
    let mut keys = Vec::new();
    for text in document.meta.text_ids() {
        let kept = document.meta.origin_of(text.version).map(|origin| &origin.kept);
        let kept = kept.filter(|kept| !kept.is_empty());
        keys.extend(kept.map(|kept| FileKey::Original(text.clone(), kept.clone())));
        keys.extend([FileKey::Text(text.clone()), FileKey::Anchors(text)]);
    }
    keys.extend(document.layers.keys().map(|a| FileKey::Layer(LayerId::new(id, a))));
    keys.extend(document.reviews.keys().map(|a| FileKey::Review(id.clone(), a.clone())));
    keys
}
