//! Saving what has changed, file by file.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::files::{check_id, hash, move_to_trash, parent, put, sync_folders};
use super::folder::{FileKey, Folder};
use super::project_file::ProjectPart;
use super::{anchors, layer_write, limits, original, review};
use crate::disk::steps;
use crate::{FileTask, IoError};
use demarche_model::{Anchors, Layer, LayerId, PersonKey, Project, Review, Text, TextId};

/// The files that have to be saved: values that no longer change, to be written on any thread.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    pub(super) files: Vec<(FileKey, Content)>,
    pub(super) project: Option<ProjectPart>,
}

/// The content of a file that has to be saved.
#[derive(Clone, Debug)]
pub(super) enum Content {
    Text(Arc<Text>),
    Anchors(Arc<Anchors>, Arc<Text>),
    /// The copy of a file with this SHA-256.
    Original(String),
    /// A layer, its text, the version of that text, and the key of the person who writes it.
    Layer(Arc<Layer>, Arc<Text>, u32, Option<PersonKey>),
    Review(Arc<Review>, Option<PersonKey>),
    /// The document exists, but this file is no longer needed: it is deleted.
    Nothing,
    /// The document was removed: the file moves to the trash.
    Removed,
}

impl Snapshot {
    /// Returns the layers that are to be written.
    pub fn layers(&self) -> impl Iterator<Item = (&LayerId, &Arc<Layer>)> {
        self.files.iter().filter_map(|(key, content)| match (key, content) {
            (FileKey::Layer(id), Content::Layer(layer, ..)) => Some((id, layer)),
            _ => None,
        })
    }

    /// Returns whether there is nothing to save.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && self.project.is_none()
    }
}

/// Collects the contents of these files. Values are shared, not copied. Files of documents that have not been read, and
/// files that could not be read, are left out, so that they stay as they are.
pub fn snapshot(project: &Project, keys: &BTreeSet<FileKey>) -> Snapshot {
    let files = keys.iter().filter_map(|key| Some((key.clone(), content(project, key)?))).collect();
    let project = keys.contains(&FileKey::Project).then(|| ProjectPart::from_project(project));
    Snapshot { files, project }
}

/// Returns the content of a file; `None` if it stays as it is.
pub(super) fn content(project: &Project, key: &FileKey) -> Option<Content> {
    let (id, owner) = match key {
        FileKey::Project => return None,
        FileKey::Text(text) | FileKey::Anchors(text) | FileKey::Original(text, _) => {
            return text_content(project, text, key);
        }
        FileKey::Layer(layer) => (&layer.document, Some(&layer.annotator)),
        FileKey::Review(document, reviewer) => (document, Some(reviewer)),
    };
    let Some(document) = project.document(id) else { return Some(Content::Removed) };
    let text = document.text.as_ref()?;
    if owner.is_some_and(|owner| document.unreadable.contains(owner)) {
        return None;
    }
    let version = document.meta.versions.current.number;
    let person = owner.and_then(|owner| project.key_of(owner));
    Some(match key {
        FileKey::Layer(layer) => document
            .layer(&layer.annotator)
            .map_or(Content::Nothing, |layer| Content::Layer(layer.clone(), text.clone(), version, person)),
        FileKey::Review(_, reviewer) => document
            .reviews
            .get(reviewer)
            .map_or(Content::Nothing, |review| Content::Review(review.clone(), person)),
        _ => return None,
    })
}

/// Returns the content of a file that belongs to a text. A version that the document no longer has counts as removed.
fn text_content(project: &Project, id: &TextId, key: &FileKey) -> Option<Content> {
    let Some(document) = project.document(&id.document) else { return Some(Content::Removed) };
    let current = document.text.as_ref()?;
    let Some(origin) = document.meta.origin_of(id.version) else { return Some(Content::Removed) };
    // A version that is not in memory needs no writing; it is on disk.
    let (text, anchors) = match document.other_texts.get(&id.version) {
        _ if id.version == document.meta.versions.current.number => (current, &document.anchors),
        Some(other) => (&other.text, &other.anchors),
        None => return None,
    };
    match key {
        FileKey::Original(..) => Some(Content::Original(origin.whole_sha256().to_owned())),
        FileKey::Text(_) => Some(Content::Text(text.clone())),
        // If the file could not be read, there is nothing in memory, and the file must stay.
        _ if anchors.is_empty() => None,
        _ => Some(Content::Anchors(anchors.clone(), text.clone())),
    }
}

/// Writes a snapshot. Every file is written atomically; `project.ron` is written last, when all files that it names exist. A
/// file that holds the same bytes already is not touched. Files of removed documents move to `.demarche/trash`.
///
/// # Errors
/// The first file that could not be written. The other files are written nevertheless, except `project.ron`.
pub fn write(folder: &Folder, snapshot: &Snapshot) -> Result<(), IoError> {
    let mut folders = BTreeSet::new();
    let mut result = Ok(());
    for (key, content) in &snapshot.files {
        let written = write_file(folder, key, content, &mut folders);
        result = result.and(written.map(drop));
    }
    if let (Ok(()), Some(project)) = (&result, &snapshot.project) {
        let ids = project.file_ids().try_for_each(check_id);
        result = ids.and_then(|()| {
            let project = project.clone().with_checksums(folder);
            put(folder, &FileKey::Project.relative(), &project.compose(), &mut folders)
        });
    }
    result.and(sync_folders(folder, &folders))
}

/// Writes one file. Returns the hash of a layer or review that was written.
pub(super) fn write_file(
    folder: &Folder,
    key: &FileKey,
    content: &Content,
    folders: &mut BTreeSet<PathBuf>,
) -> Result<Option<u64>, IoError> {
    key.ids().iter().try_for_each(|id| check_id(id))?;
    let path = key.relative();
    match (key, content) {
        (_, Content::Text(text)) => put_text(folder, &path, text.as_str(), folders)?,
        (FileKey::Anchors(id), Content::Anchors(anchors, text)) => {
            put(folder, &path, &anchors::compose(&id.document, anchors, text), folders)?;
        }
        (_, Content::Original(sha256)) => original::put(folder, key, sha256, folders)?,
        (FileKey::Layer(id), Content::Layer(layer, text, version, person)) => {
            let words = layer_write::Words::Text(text);
            let text = layer_write::compose(id, *person, layer, words, *version);
            put(folder, &path, &text, folders)?;
            return Ok(Some(hash(text.as_bytes())));
        }
        (FileKey::Review(document, reviewer), Content::Review(review, person)) => {
            let text = review::compose(document, (reviewer, *person), review);
            put(folder, &path, &text, folders)?;
            return Ok(Some(hash(text.as_bytes())));
        }
        (_, Content::Removed) => discard(folder, &path, folders)?,
        _ => match folder.disk().remove_file(&path) {
            Err(error) if !error.is_missing() => {
                return Err(folder.failed(FileTask::RemoveFile, &path)(error));
            }
            _ => {}
        },
    }
    Ok(None)
}

/// Writes a new text. An existing text is never overwritten.
pub(super) fn put_text(
    folder: &Folder,
    path: &Path,
    text: &str,
    folders: &mut BTreeSet<PathBuf>,
) -> Result<(), IoError> {
    match steps::read(folder.disk(), path, limits::TEXT) {
        Ok(old) if old == text.as_bytes() => Ok(()),
        Ok(_) => Err(IoError::Occupied { what: "this text", path: folder.root().join(path) }),
        Err(error) if error.is_missing() => put(folder, path, text, folders),
        Err(error) => Err(folder.failed(FileTask::WriteText, path)(error)),
    }
}

/// Moves a file of a removed document to the trash.
fn discard(folder: &Folder, path: &Path, folders: &mut BTreeSet<PathBuf>) -> Result<(), IoError> {
    if folder.has(path) {
        move_to_trash(folder, path)?;
        folders.insert(parent(path).to_owned());
    }
    Ok(())
}
