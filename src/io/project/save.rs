//! Saves what has changed, one whole file at a time.

use super::disk::{check_id, make_folder, make_local, put, sync_folders, trash_places};
use std::collections::BTreeSet;
use std::fs::{self};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::disk::hash;
use super::folder::{FileKey, Folder};
use super::project_file::ProjectPart;
use super::{anchors, layer_write, original, review};
use crate::IoError;
use demarche_model::{Anchors, Layer, LayerId, Project, Review, Text, TextId};

/// What has to be saved: values that no longer change, to be written on any thread.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    pub(super) files: Vec<(FileKey, Content)>,
    pub(super) project: Option<ProjectPart>,
}

#[derive(Clone, Debug)]
pub(super) enum Content {
    Text(Arc<Text>),
    Anchors(Arc<Anchors>, Arc<Text>),
    /// The copy of a file with this SHA-256.
    Original(String),
    /// A layer, the text that it lies in, and the number of that text.
    Layer(Arc<Layer>, Arc<Text>, u32),
    Review(Arc<Review>),
    /// The document is there, but this file has nothing to hold any more.
    Nothing,
    /// The document is gone.
    Gone,
}

impl Snapshot {
    /// The layers that are to be written.
    pub fn layers(&self) -> impl Iterator<Item = (&LayerId, &Arc<Layer>)> {
        self.files.iter().filter_map(|(key, content)| match (key, content) {
            (FileKey::Layer(id), Content::Layer(layer, ..)) => Some((id, layer)),
            _ => None,
        })
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && self.project.is_none()
    }
}

/// Takes what these files shall hold. Copies pointers only. Files of documents that have not been read, and files that
/// could not be read, are left as they are.
pub fn snapshot(project: &Project, keys: &BTreeSet<FileKey>) -> Snapshot {
    let files = keys.iter().filter_map(|key| Some((key.clone(), content(project, key)?))).collect();
    let project = keys.contains(&FileKey::Project).then(|| ProjectPart::of(project));
    Snapshot { files, project }
}

fn content(project: &Project, key: &FileKey) -> Option<Content> {
    let (id, owner) = match key {
        FileKey::Project => return None,
        FileKey::Text(text) | FileKey::Anchors(text) | FileKey::Original(text, _) => {
            return text_content(project, text, key);
        }
        FileKey::Layer(layer) => (&layer.document, Some(&layer.annotator)),
        FileKey::Review(document, reviewer) => (document, Some(reviewer)),
    };
    let Some(document) = project.document(id) else { return Some(Content::Gone) };
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

/// What one of the files of a text shall hold. The text of a version that the document has no more is gone.
fn text_content(project: &Project, id: &TextId, key: &FileKey) -> Option<Content> {
    let Some(document) = project.document(&id.document) else { return Some(Content::Gone) };
    let current = document.text.as_ref()?;
    let Some(origin) = document.meta.origin_of(id.version) else { return Some(Content::Gone) };
    // What is not in memory can't be written; it stands on disk.
    let (text, anchors) = match document.other_texts.get(&id.version) {
        _ if id.version == document.meta.versions.current.number => (current, &document.anchors),
        Some(other) => (&other.text, &other.anchors),
        None => return None,
    };
    match key {
        FileKey::Original(..) => Some(Content::Original(origin.whole_sha256().to_owned())),
        FileKey::Text(_) => Some(Content::Text(text.clone())),
        // Where the file could not be read, nothing is in memory, and it must stay.
        _ if anchors.is_empty() => None,
        _ => Some(Content::Anchors(anchors.clone(), text.clone())),
    }
}

/// Writes a snapshot. Every file is written beside its place and then moved there, so that at any moment the old or the
/// new one stands whole; `project.ron` comes last, when all that it names is there. A file that holds the same bytes
/// already is not touched. Files of a document that is gone move to `.demarche/trash`.
///
/// # Errors
/// The first file that could not be written; the other files are written all the same, but `project.ron` is not.
pub fn write(folder: &Folder, snapshot: &Snapshot) -> Result<(), IoError> {
    let mut folders = BTreeSet::new();
    let mut result = Ok(());
    for (key, content) in &snapshot.files {
        let written = write_file(folder, key, content, &mut folders);
        result = result.and(written.map(drop));
    }
    if let (Ok(()), Some(project)) = (&result, &snapshot.project) {
        let ids = project.file_ids().try_for_each(check_id);
        result = ids.and_then(|()| put(&folder.project_file(), &project.compose(), &mut folders));
    }
    result.and(sync_folders(&folders))
}

/// Makes a new project and writes everything that is in memory.
///
/// # Errors
/// The folder holds a project already, or can't be written.
pub fn create(folder: &Folder, project: &Project) -> Result<(), IoError> {
    let path = folder.project_file();
    if path.symlink_metadata().is_ok() {
        return Err(IoError::ProjectExists(folder.root().to_owned()));
    }
    make_folder(folder.root())?;
    make_local(folder)?;
    let mut keys = BTreeSet::from([FileKey::Project]);
    for document in project.documents() {
        let id = document.id();
        for text in document.meta.text_ids() {
            let kept = document.meta.origin_of(text.version).map(|origin| &origin.kept);
            let kept = kept.filter(|kept| !kept.is_empty());
            keys.extend(kept.map(|kept| FileKey::Original(text.clone(), kept.clone())));
            keys.extend([FileKey::Text(text.clone()), FileKey::Anchors(text)]);
        }
        keys.extend(document.layers.keys().map(|a| FileKey::Layer(LayerId::new(id, a))));
        keys.extend(document.reviews.keys().map(|a| FileKey::Review(id.clone(), a.clone())));
    }
    write(folder, &snapshot(project, &keys))
}

/// Writes one file. Gives the hash of a layer or review as it stands there now, `None` where there is none.
pub(super) fn write_file(
    folder: &Folder,
    key: &FileKey,
    content: &Content,
    folders: &mut BTreeSet<PathBuf>,
) -> Result<Option<u64>, IoError> {
    key.ids().into_iter().try_for_each(check_id)?;
    let path = folder.at(key);
    match (key, content) {
        (_, Content::Text(text)) => put_text(&path, text.as_str(), folders)?,
        (FileKey::Anchors(id), Content::Anchors(anchors, text)) => {
            put(&path, &anchors::compose(&id.document, anchors, text), folders)?;
        }
        (_, Content::Original(sha256)) => original::put(folder, key, sha256, folders)?,
        (FileKey::Layer(id), Content::Layer(layer, text, version)) => {
            let text = layer_write::compose(id, layer, layer_write::Words::Of(text), *version);
            put(&path, &text, folders)?;
            return Ok(Some(hash(text.as_bytes())));
        }
        (FileKey::Review(document, reviewer), Content::Review(review)) => {
            let text = review::compose(document, reviewer, review);
            put(&path, &text, folders)?;
            return Ok(Some(hash(text.as_bytes())));
        }
        (_, Content::Gone) => discard(folder, key, &path, folders)?,
        _ => match fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(IoError::system("can't remove the file", &path)(error));
            }
            _ => {}
        },
    }
    Ok(None)
}

/// Writes a text where there is none. A text that stands there is never overwritten.
fn put_text(path: &Path, text: &str, folders: &mut BTreeSet<PathBuf>) -> Result<(), IoError> {
    match fs::read(path) {
        Ok(old) if old == text.as_bytes() => Ok(()),
        Ok(_) => Err(IoError::Occupied { what: "this text", path: path.to_owned() }),
        Err(error) if error.kind() == ErrorKind::NotFound => put(path, text, folders),
        Err(error) => Err(IoError::system("can't write the text", path)(error)),
    }
}

/// Moves a file of a document that is gone to the trash.
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
    let mut places = trash_places(folder, key).peekable();
    if let Some(parent) = places.peek().and_then(|place| place.parent()) {
        make_folder(parent)?;
    }
    let Some(target) = places.find(|place| place.symlink_metadata().is_err()) else { return Ok(()) };
    fs::rename(path, target).map_err(IoError::system("can't move the file to .demarche/trash", path))?;
    folders.extend(path.parent().map(Path::to_owned));
    Ok(())
}
