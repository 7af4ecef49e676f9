//! Optimistic concurrency: a file is written only if it is still what was last seen, otherwise it is merged.
//!
//! A layer or a review that another program has changed is not written, but reported; it has to be merged first.
//! `project.ron` is the only file with several writers: under a lock that is held for that moment, it is read again and
//! merged.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use super::context::{Categories, Context};
use super::files::{check_id, hash, make_local, put, read_bytes, sync_folders};
use super::folder::{FileKey, Folder, LOCAL};
use super::found::{Found, FoundContent};
use super::layer;
use super::open::{parse_whole_project, read_project_bytes};
use super::project_file::ProjectPart;
use super::review;
use super::save::{Content, Snapshot, write_file};
use super::source::normal;
use super::texts::{Alignments, Texts};
use crate::disk::LockFile;
use crate::{FileTask, IoError, Problem};
use demarche_model::Project;
use demarche_model::merge::{Conflict, merge_projects};

/// Number of tries for the lock of `project.ron`; a quarter of them for reading it, since it may be half-written.
const TRIES: u32 = 200;
/// Pause between two tries.
const PAUSE: Duration = Duration::from_millis(25);

/// The state of the files as they were last read or written by this program.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    files: HashMap<FileKey, u64>,
    head: Arc<Project>,
}

impl Seen {
    /// Starts with the content of `project.ron`. Texts and layers in `head` are ignored.
    pub fn new(head: Project) -> Self {
        Self { files: HashMap::new(), head: Arc::new(head) }
    }

    /// Returns the content of `project.ron` as it was last seen.
    pub fn head(&self) -> &Arc<Project> {
        &self.head
    }

    /// Records the content of `project.ron`.
    pub fn set_head(&mut self, head: Project) {
        self.head = Arc::new(head);
    }

    /// Records the hash of a file; `None` if it does not exist.
    pub fn record(&mut self, key: FileKey, hash: Option<u64>) {
        match hash {
            Some(hash) => self.files.insert(key, hash),
            None => self.files.remove(&key),
        };
    }

    /// Returns the part for these files only.
    pub fn for_files<'a>(&self, keys: impl IntoIterator<Item = &'a FileKey>) -> Self {
        let files = keys.into_iter().filter_map(|key| Some((key.clone(), *self.files.get(key)?))).collect();
        Self { files, head: self.head.clone() }
    }

    /// Returns whether a file is what was last seen.
    fn matches(&self, key: &FileKey, found: Option<u64>) -> bool {
        self.files.get(key).copied() == found
    }
}

/// The result of [`write_shared`].
#[derive(Debug, Default)]
pub struct Written {
    /// The layers, reviews and `project.ron` that were written, with their hashes; `None` if the file was removed.
    pub files: Vec<(FileKey, Option<u64>)>,
    /// Layers and reviews that another program has changed since they were seen; they were not written.
    pub foreign: Vec<FileKey>,
    /// Files that are no longer needed, but stay because others were not written: their content may have moved there.
    pub postponed: Vec<FileKey>,
    /// The content of `project.ron`, if it was written.
    pub head: Option<Project>,
    /// Whether `head` differs from what was to be written, since it was merged with the changes of another program.
    pub merged: bool,
    /// The conflicts in that merge. Our version was used.
    pub conflicts: Vec<Conflict>,
}

impl Written {
    /// Returns the files of the snapshot that were not written.
    pub fn not_written(&self) -> BTreeSet<FileKey> {
        self.foreign.iter().chain(&self.postponed).cloned().collect()
    }
}

/// Writes a snapshot like [`super::write()`] into a folder that others write to.
///
/// # Errors
/// The first file that could not be written. [`Written`] is complete nevertheless.
pub fn write_shared(folder: &Folder, snapshot: &Snapshot, seen: &Seen) -> (Written, Result<(), IoError>) {
    let mut written = Written::default();
    let mut folders = BTreeSet::new();
    let mut result = Ok(());
    // Files go last, when what was in them is written elsewhere.
    let goes = |(_, content): &&(FileKey, Content)| matches!(content, Content::Nothing);
    let (gone, stay): (Vec<_>, Vec<_>) = snapshot.files.iter().partition(goes);
    for (key, content) in stay.into_iter().chain(gone) {
        let is_incomplete = result.is_err() || !written.foreign.is_empty();
        if is_incomplete && matches!(content, Content::Nothing) {
            written.postponed.push(key.clone());
            continue;
        }
        let guarded = matches!(key, FileKey::Layer(_) | FileKey::Review(..));
        if guarded {
            match read_bytes(folder, key) {
                // A file that was removed can be written again.
                Ok(None) => {}
                Ok(Some(bytes)) if seen.matches(key, Some(hash(&bytes))) => {}
                Ok(Some(_)) => {
                    written.foreign.push(key.clone());
                    continue;
                }
                Err(problem) => {
                    result = result.and(Err(IoError::Problem(problem)));
                    continue;
                }
            }
        }
        match write_file(folder, key, content, &mut folders) {
            Ok(hash) if guarded => written.files.push((key.clone(), hash)),
            Ok(_) => {}
            Err(error) => result = result.and(Err(error)),
        }
    }
    if let (Ok(()), Some(project)) = (&result, &snapshot.project) {
        result = write_head(folder, project, seen, &mut folders, &mut written);
    }
    let synced = sync_folders(folder, &folders);
    (written, result.and(synced))
}

fn write_head(
    folder: &Folder,
    ours: &ProjectPart,
    seen: &Seen,
    folders: &mut BTreeSet<std::path::PathBuf>,
    written: &mut Written,
) -> Result<(), IoError> {
    ours.file_ids().try_for_each(check_id)?;
    let _lock = lock_head(folder)?;
    let head = ours.clone().with_checksums(folder).head();
    // A file that was removed is written again, like any other.
    let file = FileKey::Project.relative();
    let exists = folder.has(&file);
    let theirs = if exists { read_head(folder)? } else { (*seen.head).clone() };
    let merged = merge_projects(Some(&seen.head), &head, &theirs);
    let part = ProjectPart::from_project(&merged.value).with_checksums(folder);
    let text = part.compose();
    put(folder, &file, &text, folders)?;
    written.files.push((FileKey::Project, Some(hash(text.as_bytes()))));
    written.merged = text != ours.compose();
    written.conflicts = merged.conflicts;
    written.head = Some(part.head());
    Ok(())
}

/// Reads `project.ron`, with retries while it is incomplete.
fn read_head(folder: &Folder) -> Result<Project, IoError> {
    let mut tries = 0;
    loop {
        let read = read_project_bytes(folder);
        let read = read.and_then(|bytes| parse_whole_project(bytes).map_err(IoError::Problem));
        match read {
            Err(_) if tries < TRIES / 4 => {
                tries += 1;
                std::thread::sleep(PAUSE);
            }
            read => return read,
        }
    }
}

/// Acquires the lock of `project.ron`, so that no two programs write it at once. Waits for up to five seconds. `None` if the
/// file system has no locks.
pub(super) fn lock_head(folder: &Folder) -> Result<Option<LockFile>, IoError> {
    make_local(folder)?;
    let path = Path::new(LOCAL).join("lock-project");
    let file = folder.disk().lock_file(&path).map_err(folder.failed(FileTask::LockProjectFile, &path))?;
    for _ in 0..TRIES {
        match file.try_lock() {
            Ok(true) => return Ok(Some(file)),
            Err(_) => return Ok(None),
            Ok(false) => std::thread::sleep(PAUSE),
        }
    }
    Err(IoError::Busy(folder.project_file()))
}

/// Reads a file that may have changed. `None` if it is what was last seen.
///
/// # Errors
/// The file can't be read, perhaps because it is being written at this moment.
pub fn read_changed(
    folder: &Folder,
    project: &Project,
    key: &FileKey,
    seen: &Seen,
    alignments: &Alignments,
) -> Result<Option<Found>, Problem> {
    let bytes = read_bytes(folder, key)?;
    let hash = bytes.as_deref().map(hash);
    let (id, annotator) = match key {
        FileKey::Project => {
            // Without `project.ron` there is nothing to follow; it is being replaced, or the folder removed.
            let Some(bytes) = bytes.filter(|_| !seen.matches(key, hash)) else { return Ok(None) };
            let content = FoundContent::Project(Box::new(parse_whole_project(bytes)?));
            return Ok(Some(Found { hash, content, problems: Vec::new() }));
        }
        FileKey::Layer(layer) => (&layer.document, &layer.annotator),
        FileKey::Review(document, reviewer) => (document, reviewer),
        _ => return Ok(Some(Found { hash, content: FoundContent::There, problems: Vec::new() })),
    };
    if seen.matches(key, hash) {
        return Ok(None);
    }
    let Some(texts) = project.document(id).and_then(|document| Texts::from_document(document, alignments))
    else {
        return Ok(Some(Found { hash, content: FoundContent::There, problems: Vec::new() }));
    };
    let file = key.relative();
    let source = bytes.map(|bytes| normal(bytes, &file)).transpose()?;
    let person = project.key_of(annotator);
    let mut problems = Vec::new();
    let content = match key {
        FileKey::Layer(layer) => {
            let categories = Categories::new(project.codebook());
            let context = Context {
                file: &file,
                id: layer,
                key: person,
                texts: Some(&texts),
                categories: Some(&categories),
            };
            let read = source.map(|source| layer::read(&source, &context)).transpose()?;
            let mut read = read.unwrap_or_default();
            problems.append(&mut read.problems);
            FoundContent::Layer(read.into_layer())
        }
        _ => {
            let read =
                source.map(|source| review::read(&source, &file, id, (annotator, person))).transpose()?;
            let (review, found) = read.unwrap_or_default();
            if let Some(problem) = found.into_iter().next() {
                return Err(problem);
            }
            FoundContent::Review(review)
        }
    };
    Ok(Some(Found { hash, content, problems }))
}
