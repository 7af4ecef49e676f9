//! Saving what has changed, file by file.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::disk::{check_id, hash, make_folder, make_local, put, sync_folders, trash_paths};
use super::folder::{FileKey, Folder};
use super::project_file::ProjectPart;
use super::{anchors, layer_write, original, review};
use crate::{FileTask, IoError};
use demarche_model::{Anchors, Layer, LayerId, Project, Review, Text, TextId};

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
    /// A layer, its text, and the version of that text.
    Layer(Arc<Layer>, Arc<Text>, u32),
    Review(Arc<Review>),
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
    Some(match key {
        FileKey::Layer(layer) => document
            .layer(&layer.annotator)
            .map_or(Content::Nothing, |layer| Content::Layer(layer.clone(), text.clone(), version)),
        FileKey::Review(_, reviewer) => {
            document.reviews.get(reviewer).map_or(Content::Nothing, |review| Content::Review(review.clone()))
        }
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
            put(&folder.project_file(), &project.compose(), &mut folders)
        });
    }
    result.and(sync_folders(&folders))
}

/// Writes one file. Returns the hash of a layer or review that was written.
pub(super) fn write_file(
    folder: &Folder,
    key: &FileKey,
    content: &Content,
    folders: &mut BTreeSet<PathBuf>,
) -> Result<Option<u64>, IoError> {
    key.ids().iter().try_for_each(|id| check_id(id))?;
    let path = folder.at(key);
    match (key, content) {
        (_, Content::Text(text)) => put_text(&path, text.as_str(), folders)?,
        (FileKey::Anchors(id), Content::Anchors(anchors, text)) => {
            put(&path, &anchors::compose(&id.document, anchors, text), folders)?;
        }
        (_, Content::Original(sha256)) => original::put(folder, key, sha256, folders)?,
        (FileKey::Layer(id), Content::Layer(layer, text, version)) => {
            let text = layer_write::compose(id, layer, layer_write::Words::Text(text), *version);
            put(&path, &text, folders)?;
            return Ok(Some(hash(text.as_bytes())));
        }
        (FileKey::Review(document, reviewer), Content::Review(review)) => {
            let text = review::compose(document, reviewer, review);
            put(&path, &text, folders)?;
            return Ok(Some(hash(text.as_bytes())));
        }
        (_, Content::Removed) => discard(folder, key, &path, folders)?,
        _ => match fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(IoError::system(FileTask::RemoveFile, &path)(error));
            }
            _ => {}
        },
    }
    Ok(None)
}

/// Writes a new text. An existing text is never overwritten.
pub(super) fn put_text(path: &Path, text: &str, folders: &mut BTreeSet<PathBuf>) -> Result<(), IoError> {
    match fs::read(path) {
        Ok(old) if old == text.as_bytes() => Ok(()),
        Ok(_) => Err(IoError::Occupied { what: "this text", path: path.to_owned() }),
        Err(error) if error.kind() == ErrorKind::NotFound => put(path, text, folders),
        Err(error) => Err(IoError::system(FileTask::WriteText, path)(error)),
    }
}

/// Moves a file of a removed document to the trash.
fn discard(
    folder: &Folder,
    key: &FileKey,
    path: &Path,
    folders: &mut BTreeSet<PathBuf>,
) -> Result<(), IoError> {
    if path.symlink_metadata().is_err() {
        return Ok(());
    }
    make_local(folder)?;
    let mut paths = trash_paths(folder, key).peekable();
    if let Some(parent) = paths.peek().and_then(|path| path.parent()) {
        make_folder(parent)?;
    }
    let Some(target) = paths.find(|path| path.symlink_metadata().is_err()) else { return Ok(()) };
    fs::rename(path, target).map_err(IoError::system(FileTask::MoveToTrash, path))?;
    folders.extend(path.parent().map(Path::to_owned));
    Ok(())
}
