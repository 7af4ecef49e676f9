//! Saving what has changed.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use super::analysis_notes;
use super::commit::{Commit, Guard, finish_others};
use super::files::{check_id, hash};
use super::folder::{FileKey, Folder};
use super::project_file::ProjectPart;
use super::rounds::is_in_a_round;
use super::{anchors, layer_write, original, review};
use crate::IoError;
use crate::checksum::sha256;
use demarche_model::{
    AnalysisNotes, Anchors, AnnotatorId, Layer, LayerId, NotesPart, PersonKey, Project, Review, Text, TextId,
};

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
    /// A part of these analysis notes, and the key of the person who writes them.
    AnalysisNotes(Arc<AnalysisNotes>, Option<PersonKey>),
    /// The document or person exists, but this file is no longer needed: it is deleted.
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

    /// Returns the parts of analysis notes that are to be written, with the notes that hold them.
    pub fn analysis_notes(&self) -> impl Iterator<Item = (&AnnotatorId, NotesPart, &AnalysisNotes)> {
        self.files.iter().filter_map(|(key, content)| match (key, content) {
            (FileKey::AnalysisNotes(owner, part), Content::AnalysisNotes(notes, _)) => {
                Some((owner, *part, &**notes))
            }
            _ => None,
        })
    }

    /// Returns the number of files that may have to change.
    pub(super) fn changes(&self) -> usize {
        self.files.len() + usize::from(self.project.is_some())
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

/// Returns the content of a file; `None` if it is not rewritten.
pub(super) fn content(project: &Project, key: &FileKey) -> Option<Content> {
    let (id, owner) = match key {
        FileKey::Project => return None,
        FileKey::Text(text) | FileKey::Anchors(text) | FileKey::Original(text, _) => {
            return text_content(project, text, key);
        }
        FileKey::Layer(layer) => (&layer.document, Some(&layer.annotator)),
        FileKey::Review(document, reviewer) => (document, Some(reviewer)),
        FileKey::AnalysisNotes(owner, part) => {
            if project.has_unreadable_notes(owner, *part) {
                return None;
            }
            let notes = project.analysis_notes_of(owner);
            let notes = notes.filter(|notes| notes.parts().any(|known| known == *part));
            let person = project.key_of(owner);
            return Some(
                notes.map_or(Content::Nothing, |notes| Content::AnalysisNotes(notes.clone(), person)),
            );
        }
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

/// Writes a snapshot as one commit. A file that already holds the same bytes is not touched. Files of removed documents
/// move to `.demarche/trash`.
///
/// # Errors
/// A file can't be written. Either nothing has changed, or the next program that writes finishes the commit.
pub fn write(folder: &Folder, snapshot: &Snapshot) -> Result<(), IoError> {
    finish_others(folder);
    let mut commit = Commit::begin(folder, snapshot.changes())?;
    stage_texts(&mut commit, snapshot)?;
    for (key, content) in &snapshot.files {
        let old = if key.is_guarded() { commit.read(&key.relative())? } else { None };
        stage(&mut commit, folder, key, content, old.as_deref())?;
    }
    if let Some(project) = &snapshot.project {
        project.file_ids().try_for_each(check_id)?;
        let file = FileKey::Project.relative();
        let text = project.clone().with_checksums(folder).compose();
        let old = commit.read(&file)?;
        commit.put(&file, text.as_bytes(), old.as_deref(), Guard::None)?;
    }
    commit.finish()
}

/// Writes the files of the sample project, as one commit.
///
/// # Errors
/// A file can't be written.
pub(crate) fn write_sample<'a>(
    folder: &Folder,
    files: impl ExactSizeIterator<Item = (&'a Path, &'a [u8])>,
) -> Result<(), IoError> {
    finish_others(folder);
    let mut commit = Commit::begin(folder, files.len())?;
    for (path, content) in files {
        let old = commit.read(path)?;
        commit.put(path, content, old.as_deref(), Guard::None)?;
    }
    commit.finish()
}

/// Adds all texts of a snapshot to a commit.
pub(super) fn stage_texts(commit: &mut Commit<'_>, snapshot: &Snapshot) -> Result<(), IoError> {
    let mut texts = Vec::new();
    for (key, content) in &snapshot.files {
        if let Content::Text(text) = content {
            key.ids().iter().try_for_each(|id| check_id(id))?;
            texts.push((key.relative(), text.as_str().as_bytes()));
        }
    }
    commit.put_texts(&texts)
}

/// Adds the change of one file to a commit, unless it is a text. `old` is the content of a guarded file that exists. Returns the new hash of a
/// guarded file; `None` if it is removed.
pub(super) fn stage(
    commit: &mut Commit<'_>,
    folder: &Folder,
    key: &FileKey,
    content: &Content,
    old: Option<&[u8]>,
) -> Result<Option<u64>, IoError> {
    key.ids().iter().try_for_each(|id| check_id(id))?;
    let path = key.relative();
    match (key, content) {
        // All texts are written together.
        (_, Content::Text(_)) => {}
        (FileKey::Anchors(id), Content::Anchors(anchors, text)) => {
            let text = anchors::compose(&id.document, anchors, text);
            let old = commit.read(&path)?;
            commit.put(&path, text.as_bytes(), old.as_deref(), Guard::None)?;
        }
        (_, Content::Original(sha256)) => original::stage(commit, folder, key, sha256)?,
        (FileKey::Layer(id), Content::Layer(layer, text, version, person)) => {
            let words = layer_write::Words::Text(text);
            let text = layer_write::compose(id, *person, layer, words, *version);
            commit.put(&path, text.as_bytes(), old, Guard::Unchanged)?;
            return Ok(Some(hash(text.as_bytes())));
        }
        (FileKey::Review(document, reviewer), Content::Review(review, person)) => {
            let text = review::compose(document, (reviewer, *person), review);
            commit.put(&path, text.as_bytes(), old, Guard::Unchanged)?;
            return Ok(Some(hash(text.as_bytes())));
        }
        (FileKey::AnalysisNotes(_, part), Content::AnalysisNotes(notes, person)) => {
            let text = analysis_notes::compose(notes, *part, *person);
            commit.put(&path, text.as_bytes(), old, Guard::Unchanged)?;
            return Ok(Some(hash(text.as_bytes())));
        }
        // Rounds share the texts of the project.
        (FileKey::Text(text) | FileKey::Anchors(text), Content::Removed)
            if is_in_a_round(folder, &text.document) => {}
        (_, Content::Removed) if folder.has(&path) => commit.trash(&path),
        (_, Content::Removed) => {}
        _ => {
            if let Some(old) = old {
                commit.remove(&path, sha256(old));
            }
        }
    }
    Ok(None)
}
