//! Files that others write, too: nothing is written over what somebody has changed since it was read here.
//!
//! A layer or a review that is not what was seen last is left alone, and named; it has to be merged first. `project.ron`
//! is the one file that several people write: under a lock that is held for that moment, it is read again and merged.

use super::disk::hash;
use super::found::{Found, FoundContent};
use std::collections::{BTreeSet, HashMap};
use std::fs::{File, OpenOptions, TryLockError};
use std::sync::Arc;
use std::time::Duration;

use super::context::{Categories, Context};
use super::disk::read_bytes;
use super::disk::{check_id, make_local, put, sync_folders};
use super::folder::{FileKey, Folder};
use super::layer;
use super::merge_file::tell_conflict;
use super::open::{parse_project, read_project_bytes};
use super::project_file::ProjectPart;
use super::review;
use super::save::{Snapshot, write_file};
use super::source::normal;
use super::texts::{Alignments, Texts};
use crate::{IoError, Problem};
use demarche_model::Project;
use demarche_model::merge::merge_projects;

/// How often the lock of `project.ron` is tried for, and `project.ron` itself if it is half-written.
const TRIES: u32 = 200;
/// How long to wait between two tries.
const PAUSE: Duration = Duration::from_millis(25);

/// What was seen on disk last: read, or written here.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    files: HashMap<FileKey, u64>,
    head: Arc<Project>,
}

impl Seen {
    /// What stood in `project.ron`; documents count by their details alone.
    pub fn new(head: Project) -> Self {
        Self { files: HashMap::new(), head: Arc::new(head) }
    }

    /// What stood in `project.ron`.
    pub fn head(&self) -> &Arc<Project> {
        &self.head
    }

    /// Notes what stands in `project.ron`.
    pub fn set_head(&mut self, head: Project) {
        self.head = Arc::new(head);
    }

    /// Notes what stands in a file; `None` where there is none.
    pub fn note(&mut self, key: FileKey, hash: Option<u64>) {
        match hash {
            Some(hash) => self.files.insert(key, hash),
            None => self.files.remove(&key),
        };
    }

    /// What was seen of these files.
    pub fn of<'a>(&self, keys: impl IntoIterator<Item = &'a FileKey>) -> Self {
        let files = keys.into_iter().filter_map(|key| Some((key.clone(), *self.files.get(key)?))).collect();
        Self { files, head: self.head.clone() }
    }

    /// Whether a file holds what was seen last.
    fn is(&self, key: &FileKey, found: Option<u64>) -> bool {
        self.files.get(key).copied() == found
    }
}

/// What was written.
#[derive(Debug, Default)]
pub struct Written {
    /// Layers, reviews and `project.ron`, with their hashes; `None` where the file is gone.
    pub files: Vec<(FileKey, Option<u64>)>,
    /// Layers and reviews that somebody else has changed since they were seen; they were left alone.
    pub foreign: Vec<FileKey>,
    /// What stands in `project.ron` now, if it was written.
    pub head: Option<Project>,
    /// Whether that holds more than what was to be written, since somebody else has changed it, too.
    pub merged: bool,
    /// What both have changed, each in its own way, in words; what was to be written stands.
    pub conflicts: Vec<String>,
}

/// Writes a snapshot, as [`super::write()`] does, into a folder that others write into.
///
/// # Errors
/// The first file that could not be written. What was written is known all the same.
pub fn write_shared(folder: &Folder, snapshot: &Snapshot, seen: &Seen) -> (Written, Result<(), IoError>) {
    let mut written = Written::default();
    let mut folders = BTreeSet::new();
    let mut result = Ok(());
    for (key, content) in &snapshot.files {
        let guarded = matches!(key, FileKey::Layer(_) | FileKey::Review(..));
        if guarded {
            match read_bytes(folder, key) {
                // A file that is gone can be made anew.
                Ok(None) => {}
                Ok(Some(bytes)) if seen.is(key, Some(hash(&bytes))) => {}
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
    let synced = sync_folders(&folders);
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
    let head = ours.head();
    // A file that is gone is made anew, as any other.
    let there = folder.project_file().symlink_metadata().is_ok();
    let theirs = if there { read_head(folder)? } else { (*seen.head).clone() };
    let merged = merge_projects(Some(&seen.head), &head, &theirs);
    let part = ProjectPart::of(&merged.value);
    let text = part.compose();
    put(&folder.project_file(), &text, folders)?;
    written.files.push((FileKey::Project, Some(hash(text.as_bytes()))));
    written.merged = text != ours.compose();
    written.conflicts = merged.conflicts.iter().map(tell_conflict).collect();
    written.head = Some(merged.value);
    Ok(())
}

/// What stands in `project.ron`, as soon as it stands there whole.
fn read_head(folder: &Folder) -> Result<Project, IoError> {
    let mut tries = 0;
    loop {
        let read = read_project_bytes(folder).and_then(|bytes| {
            let mut read = parse_project(bytes).map_err(IoError::Problem)?;
            match read.problems.pop() {
                Some(problem) => Err(IoError::Problem(problem)),
                None => Ok(read.into_project()),
            }
        });
        match read {
            Err(_) if tries < TRIES / 4 => {
                tries += 1;
                std::thread::sleep(PAUSE);
            }
            read => return read,
        }
    }
}

/// Keeps `project.ron` from being written by two programs at once. Waits for a moment if another one has it. Where the
/// file system has no locks, there is none.
fn lock_head(folder: &Folder) -> Result<Option<File>, IoError> {
    make_local(folder)?;
    let path = folder.local().join("lock-project");
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
    let file = file.map_err(IoError::system("can't lock project.ron", &path))?;
    for _ in 0..TRIES {
        match file.try_lock() {
            Ok(()) => return Ok(Some(file)),
            Err(TryLockError::Error(_)) => return Ok(None),
            Err(TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
        }
    }
    Err(IoError::Busy(folder.project_file()))
}

/// Reads a file that has changed. `None` where it holds what was seen last.
///
/// # Errors
/// It can't be read, perhaps since it is being written just now.
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
            // Without a project file there is nothing to follow; it is being replaced, or the folder is going.
            let Some(bytes) = bytes.filter(|_| !seen.is(key, hash)) else { return Ok(None) };
            let mut read = parse_project(bytes)?;
            if let Some(problem) = read.problems.pop() {
                return Err(problem);
            }
            let content = FoundContent::Project(Box::new(read.into_project()));
            return Ok(Some(Found { hash, content, problems: Vec::new() }));
        }
        FileKey::Layer(layer) => (&layer.document, &layer.annotator),
        FileKey::Review(document, reviewer) => (document, reviewer),
        _ => return Ok(Some(Found { hash, content: FoundContent::There, problems: Vec::new() })),
    };
    if seen.is(key, hash) {
        return Ok(None);
    }
    let Some(texts) = project.document(id).and_then(|document| Texts::of(document, alignments)) else {
        return Ok(Some(Found { hash, content: FoundContent::There, problems: Vec::new() }));
    };
    let file = key.relative();
    let source = bytes.map(|bytes| normal(bytes, &file)).transpose()?;
    let mut problems = Vec::new();
    let content = match key {
        FileKey::Layer(layer) => {
            let categories = Categories::of(project.codebook());
            let context =
                Context { file: &file, id: layer, texts: Some(&texts), categories: Some(&categories) };
            let read = source.map(|source| layer::read(&source, &context)).transpose()?;
            let mut read = read.unwrap_or_default();
            problems.append(&mut read.problems);
            FoundContent::Layer(read.into_layer())
        }
        _ => {
            let read = source.map(|source| review::read(&source, &file, id, annotator)).transpose()?;
            let (review, found) = read.unwrap_or_default();
            if let Some(problem) = found.into_iter().next() {
                return Err(problem);
            }
            FoundContent::Review(review)
        }
    };
    Ok(Some(Found { hash, content, problems }))
}
