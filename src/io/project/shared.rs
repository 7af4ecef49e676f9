//! Optimistic concurrency: a file is written only if it is still what was last seen, otherwise it is merged.
//!
//! A layer or a review that another program has changed is not written, but reported; it has to be merged first.
//! `project.ron` is the only file with several writers: under a lock that is held for that moment, it is read again and
//! merged.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Duration;

use super::analysis_notes;
use super::commit::{Commit, Fate, Guard, finish_others};
use super::context::{Categories, Context};
use super::files::{check_id, hash, read_bytes};
use super::folder::{FileKey, Folder};
use super::found::{Found, FoundContent};
use super::head_lock::lock_head;
use super::layer;
use super::open::{parse_whole_project, read_project_bytes};
use super::project_file::ProjectPart;
use super::review;
use super::save::{self, Content, Snapshot};
use super::source::normal;
use super::texts::{Alignments, Texts};
use crate::disk::LockFile;
use crate::{IoError, Problem};
use demarche_model::merge::{Conflict, merge_projects};
use demarche_model::{AnnotatorId, NotesPart, Project};

/// Number of attempts to read `project.ron`, since it may be half-written.
const TRIES: u32 = 50;
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

    /// Returns the layers, reviews and analysis notes that were seen.
    pub fn files(&self) -> impl Iterator<Item = &FileKey> {
        self.files.keys()
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
    /// The guarded files and `project.ron` that were written, with their hashes; `None` if the file was removed.
    pub files: Vec<(FileKey, Option<u64>)>,
    /// Guarded files that another program has changed since they were seen; they were not written.
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

/// Writes a snapshot as one commit into a folder that others write to, for a window, which can save the rest later: a
/// layer or review that can't be written does not stop the others.
///
/// # Errors
/// The first layer or review that could not be written; or any other error, in which case nothing has changed, or the
/// next save finishes the commit. [`Written`] lists what was written.
pub fn write_shared(folder: &Folder, snapshot: &Snapshot, seen: &Seen) -> (Written, Result<(), IoError>) {
    write_as(folder, snapshot, seen, Scope::Possible)
}

/// Writes a snapshot like [`write_shared`], for a command: everything or nothing.
///
/// # Errors
/// A file can't be written. Either nothing has changed, or the next program that writes finishes the commit.
pub fn write_whole(folder: &Folder, snapshot: &Snapshot, seen: &Seen) -> (Written, Result<(), IoError>) {
    write_as(folder, snapshot, seen, Scope::All)
}

/// The files that have to be written together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Scope {
    All,
    /// Those that can be written.
    Possible,
}

fn write_as(
    folder: &Folder,
    snapshot: &Snapshot,
    seen: &Seen,
    scope: Scope,
) -> (Written, Result<(), IoError>) {
    finish_others(folder);
    match Commit::begin(folder, snapshot.changes()) {
        Ok(commit) => {
            let refused = Ok(());
            let written = Written::default();
            Writing { folder, seen, scope, commit, staged: Vec::new(), refused, written }.write(snapshot)
        }
        Err(error) => (Written::default(), Err(error)),
    }
}

/// A snapshot that is being written.
struct Writing<'a> {
    folder: &'a Folder,
    seen: &'a Seen,
    scope: Scope,
    commit: Commit<'a>,
    /// Layers and reviews, with their new hashes.
    staged: Vec<(FileKey, Option<u64>)>,
    /// The first layer or review that can't be written while others can.
    refused: Result<(), IoError>,
    written: Written,
}

impl Writing<'_> {
    fn write(mut self, snapshot: &Snapshot) -> (Written, Result<(), IoError>) {
        let mut result = self.stage_files(snapshot);
        let mut head = None;
        let mut lock = None;
        if let (Ok(()), Some(project)) = (&result, &snapshot.project) {
            match self.stage_head(project) {
                Ok((held, staged)) => (lock, head) = (held, Some(staged)),
                Err(error) => result = Err(error),
            }
        }
        let result = result.and_then(|()| self.commit.finish());
        drop(lock);
        self.record(head);
        (self.written, result.and(self.refused))
    }

    fn stage_files(&mut self, snapshot: &Snapshot) -> Result<(), IoError> {
        save::stage_texts(&mut self.commit, snapshot)?;
        // Files are removed last, once their content is written elsewhere.
        let goes = |(_, content): &&(FileKey, Content)| matches!(content, Content::Nothing);
        let (gone, stay): (Vec<_>, Vec<_>) = snapshot.files.iter().partition(goes);
        for (key, content) in stay {
            self.stage(key, content)?;
        }
        for (key, content) in gone {
            if self.refused.is_err() || !self.written.foreign.is_empty() {
                self.written.postponed.push(key.clone());
            } else {
                self.stage(key, content)?;
            }
        }
        self.commit.sync_if_large()
    }

    fn stage(&mut self, key: &FileKey, content: &Content) -> Result<(), IoError> {
        let is_guarded = key.is_guarded();
        let old = if is_guarded { read_bytes(self.folder, key).map_err(IoError::Problem) } else { Ok(None) };
        let staged = old.and_then(|old| {
            // A file that was removed can be written again.
            let is_foreign = old.as_deref().is_some_and(|bytes| !self.seen.matches(key, Some(hash(bytes))));
            if is_foreign {
                self.written.foreign.push(key.clone());
                return Ok(());
            }
            let hash = save::stage(&mut self.commit, self.folder, key, content, old.as_deref())?;
            if is_guarded {
                self.staged.push((key.clone(), hash));
            }
            Ok(())
        });
        match staged {
            Err(error) if is_guarded && self.scope == Scope::Possible && error.is_of_one_file() => {
                let earlier = std::mem::replace(&mut self.refused, Ok(()));
                self.refused = earlier.and(Err(error));
                Ok(())
            }
            staged => staged,
        }
    }

    /// Merges `project.ron` with what others have written, and stages it. Returns the lock under which it has to be renamed.
    fn stage_head(&mut self, ours: &ProjectPart) -> Result<(Option<LockFile>, Head), IoError> {
        ours.file_ids().try_for_each(check_id)?;
        let lock = lock_head(self.folder)?;
        let head = ours.clone().with_checksums(self.folder).head();
        // A removed file is written again, like any other.
        let file = FileKey::Project.relative();
        let old = self.commit.read(&file)?;
        let theirs = if old.is_some() { read_head(self.folder)? } else { (*self.seen.head).clone() };
        let merged = merge_projects(Some(&self.seen.head), &head, &theirs);
        let part = ProjectPart::from_project(&merged.value).with_checksums(self.folder);
        let text = part.compose();
        self.commit.put(&file, text.as_bytes(), old.as_deref(), Guard::None)?;
        self.staged.push((FileKey::Project, Some(hash(text.as_bytes()))));
        let is_merged = text != ours.compose();
        Ok((lock, Head { content: part.head(), is_merged, conflicts: merged.conflicts }))
    }

    /// Records the outcome of the commit.
    fn record(&mut self, head: Option<Head>) {
        for (key, hash) in std::mem::take(&mut self.staged) {
            let path = key.relative();
            match self.commit.fate(&path) {
                Fate::Done => self.written.files.push((key, hash)),
                Fate::Foreign => self.written.foreign.push(key),
                Fate::Pending if hash.is_none() => self.written.postponed.push(key),
                Fate::Pending => {}
            }
        }
        let Some(head) = head.filter(|_| self.commit.fate(&FileKey::Project.relative()) == Fate::Done) else {
            return;
        };
        self.written.merged = head.is_merged;
        self.written.conflicts = head.conflicts;
        self.written.head = Some(head.content);
    }
}

/// A `project.ron` about to be written.
struct Head {
    content: Project,
    is_merged: bool,
    conflicts: Vec<Conflict>,
}

/// Reads `project.ron`, with retries while it is incomplete.
fn read_head(folder: &Folder) -> Result<Project, IoError> {
    let mut tries = 0;
    loop {
        let read = read_project_bytes(folder);
        let read = read.and_then(|bytes| parse_whole_project(bytes).map_err(IoError::Problem));
        match read {
            Err(_) if tries < TRIES => {
                tries += 1;
                std::thread::sleep(PAUSE);
            }
            read => return read,
        }
    }
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
        FileKey::AnalysisNotes(..) if seen.matches(key, hash) => return Ok(None),
        FileKey::AnalysisNotes(owner, part) => return changed_notes(project, owner, *part, bytes).map(Some),
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

/// Parses analysis notes that have changed.
fn changed_notes(
    project: &Project,
    owner: &AnnotatorId,
    part: NotesPart,
    bytes: Option<Vec<u8>>,
) -> Result<Found, Problem> {
    let file = FileKey::AnalysisNotes(owner.clone(), part).relative();
    let writer = (owner, project.key_of(owner));
    let hash = bytes.as_deref().map(hash);
    let source = bytes.map(|bytes| normal(bytes, &file)).transpose()?;
    let notes = source.map(|source| analysis_notes::read_whole(&source, &file, part, writer)).transpose()?;
    let content = FoundContent::AnalysisNotes(notes.unwrap_or_default());
    Ok(Found { hash, content, problems: Vec::new() })
}
