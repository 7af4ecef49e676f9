//! One commit for all files of an operation.
//!
//! All new content is written under temporary names and made durable before the first file is renamed: until then, a
//! full disk or a crash changes nothing. Then the files are renamed, those referred to before those that refer to them:
//! texts, `project.ron`, layers and reviews; files that are no longer needed are removed last. If there is more than
//! one change, an intent lists them all, so that the next program that writes can finish a commit that was interrupted.

mod intent;
mod marker;
mod recover;
mod rename;
#[cfg(test)]
mod tests;
mod texts;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::files::{hash, make_local, parent};
use super::folder::{FileKey, Folder, LOCAL};
use super::limits;
use crate::checksum::sha256;
use crate::disk::{DiskError, steps};
use crate::{FileTask, IoError};

use intent::{Intent, PlannedPut, PlannedRemoval};
use marker::Marker;
pub(super) use recover::{finish_others, recover, refused};

/// New contents of files, under temporary names, and files to be removed. If dropped without [`Commit::finish`], it
/// leaves nothing behind.
pub(super) struct Commit<'a> {
    folder: &'a Folder,
    /// The folder for the present series of steps: the writing, then the renaming.
    series: Folder,
    marker: Marker,
    /// Whether there may be several changes, for which an intent is written.
    has_intent: bool,
    puts: Vec<Put>,
    removals: Vec<Removal>,
    /// Folders whose entries have changed.
    folders: BTreeSet<PathBuf>,
    /// Whether an intent is on disk, so that others can finish the commit.
    has_begun: bool,
    /// The files to be changed.
    planned: BTreeSet<PathBuf>,
    /// Those of them that have been renamed or removed.
    done: BTreeSet<PathBuf>,
    /// The files that another program has changed since they were read; they were left alone.
    foreign: BTreeSet<PathBuf>,
}

/// The state that a file must still be in when it is replaced.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Guard {
    /// Any state: it is written under a lock, or has one writer.
    None,
    /// The content that was read, or removed since.
    Unchanged,
    /// It must not exist: it is a new file.
    New,
}

/// A file with new content.
struct Put {
    path: PathBuf,
    temporary: PathBuf,
    guard: Guard,
    /// The hash of the old content.
    old: Option<u64>,
    /// The checksums of the old and the new content, for the intent.
    before: Option<String>,
    after: String,
    /// Whether the new content is durable.
    is_durable: bool,
}

/// A file to be removed.
struct Removal {
    path: PathBuf,
    /// Its checksum; `None` if it moves to the trash.
    before: Option<String>,
}

/// The order in which files are renamed: those referred to come before those that refer to them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Rank {
    Text,
    Project,
    Work,
}

impl<'a> Commit<'a> {
    /// Starts a commit of at most this many changes.
    ///
    /// # Errors
    /// The folder can't be written.
    pub fn begin(folder: &'a Folder, changes: usize) -> Result<Self, IoError> {
        make_local(folder)?;
        Ok(Self {
            folder,
            series: folder.in_series(),
            marker: Marker::create(folder)?,
            has_intent: changes > 1,
            puts: Vec::new(),
            removals: Vec::new(),
            folders: BTreeSet::new(),
            has_begun: false,
            planned: BTreeSet::new(),
            done: BTreeSet::new(),
            foreign: BTreeSet::new(),
        })
    }

    /// Writes new content of a file under a temporary name, unless the file has it already. `old` is its present
    /// content.
    ///
    /// # Errors
    /// It can't be written.
    pub fn put(
        &mut self,
        path: &Path,
        content: &[u8],
        old: Option<&[u8]>,
        guard: Guard,
    ) -> Result<(), IoError> {
        if old == Some(content) {
            return Ok(());
        }
        self.make_folder_of(path)?;
        let put = self.write(path, content, old, guard)?;
        self.add_put(put);
        Ok(())
    }

    fn add_put(&mut self, put: Put) {
        self.planned.insert(put.path.clone());
        self.puts.push(put);
    }

    /// Writes new content of a file under a temporary name.
    fn write(&self, path: &Path, content: &[u8], old: Option<&[u8]>, guard: Guard) -> Result<Put, IoError> {
        let (disk, mark) = (self.series.disk(), self.marker.mark());
        let temporary = steps::stage_as(disk, path, mark, &mut &*content, old.is_some())
            .map_err(self.folder.failed(FileTask::SaveFile, path))?;
        let sum = |bytes: &[u8]| if self.has_intent { sha256(bytes) } else { String::new() };
        let (before, after) = (old.map(sum), sum(content));
        let (path, old) = (path.to_owned(), old.map(hash));
        Ok(Put { path, temporary, guard, old, before, after, is_durable: false })
    }

    /// Links a file of the project to a second name, as a new file with this checksum; copies it where there are no
    /// hard links.
    ///
    /// # Errors
    /// It can't be linked or copied.
    pub fn put_copy(&mut self, from: &Path, path: &Path, sha256: &str) -> Result<(), IoError> {
        self.make_folder_of(path)?;
        let disk = self.series.disk();
        let temporary = steps::temporary_name(path, self.marker.mark());
        let copy = |_| match disk.create(&temporary, &mut disk.open(from, limits::ORIGINAL)?) {
            Err(error) => {
                let _ = disk.remove_file(&temporary);
                Err(error)
            }
            copied => copied,
        };
        disk.hard_link(from, &temporary)
            .or_else(copy)
            .map_err(self.folder.failed(FileTask::KeepCopy, path))?;
        let (path, after) = (path.to_owned(), sha256.to_owned());
        let put =
            Put { path, temporary, guard: Guard::New, old: None, before: None, after, is_durable: false };
        self.add_put(put);
        Ok(())
    }

    /// Removes a file with this checksum once everything else is done.
    pub fn remove(&mut self, path: &Path, sha256: String) {
        self.add_removal(path, Some(sha256));
    }

    /// Moves a file to the trash once everything else is done.
    pub fn trash(&mut self, path: &Path) {
        self.add_removal(path, None);
    }

    fn add_removal(&mut self, path: &Path, before: Option<String>) {
        self.planned.insert(path.to_owned());
        self.folders.insert(parent(path).to_owned());
        self.removals.push(Removal { path: path.to_owned(), before });
    }

    fn make_folder_of(&mut self, path: &Path) -> Result<(), IoError> {
        let folder = parent(path);
        if self.folders.insert(folder.to_owned()) {
            let created = steps::make_folders(self.series.disk(), folder)
                .map_err(self.folder.failed(FileTask::MakeFolder, folder))?;
            self.folders.extend(created.iter().map(|created| parent(created).to_owned()));
        }
        Ok(())
    }

    /// Makes what has been written durable if there is a lot of it, so that a lock acquired next is not held for long.
    ///
    /// # Errors
    /// The medium can't be written.
    pub fn sync_if_large(&mut self) -> Result<(), IoError> {
        if self.puts.len() > FEW { self.sync(None) } else { Ok(()) }
    }

    /// Makes the new contents, their temporary names and the intent durable.
    fn sync(&mut self, intent: Option<PathBuf>) -> Result<(), IoError> {
        let temporary = self.puts.iter().filter(|put| !put.is_durable).map(|put| put.temporary.clone());
        let mut folders: BTreeSet<PathBuf> = BTreeSet::new();
        if self.has_intent {
            folders.clone_from(&self.folders);
            folders.extend(intent.iter().map(|_| PathBuf::from(LOCAL)));
        }
        let (files, folders): (Vec<_>, Vec<_>) =
            (temporary.chain(intent).collect(), folders.into_iter().collect());
        self.sync_all(&files, &folders)?;
        self.puts.iter_mut().for_each(|put| put.is_durable = true);
        Ok(())
    }

    fn sync_all(&self, files: &[PathBuf], folders: &[PathBuf]) -> Result<(), IoError> {
        let synced = self.folder.disk().sync_all(files, folders);
        synced.map_err(self.folder.failed(FileTask::SaveFolder, Path::new("")))
    }

    /// Renames all files. Files that another program has changed since they were read are left alone.
    ///
    /// # Errors
    /// Until the first file is renamed, nothing has changed. After that, the next program that writes finishes the
    /// commit.
    pub fn finish(&mut self) -> Result<(), IoError> {
        if self.puts.is_empty() && self.removals.is_empty() {
            return Ok(());
        }
        self.puts.sort_by_key(|put| Rank::of(&put.path));
        let intent = self.write_intent()?;
        self.sync(intent)?;
        // Syncing may have taken long.
        self.series = self.folder.in_series();
        self.leave_foreign()?;
        self.has_begun = self.has_intent;
        self.rename_all()?;
        self.remove_all()?;
        let folders: Vec<PathBuf> = self.folders.iter().cloned().collect();
        self.sync_all(&[], &folders)?;
        self.remove_intent();
        self.has_begun = false;
        Ok(())
    }

    /// Writes the intent if there is more than one change. Returns its path.
    fn write_intent(&mut self) -> Result<Option<PathBuf>, IoError> {
        self.has_intent &= self.puts.len() + self.removals.len() > 1;
        if !self.has_intent {
            return Ok(None);
        }
        let put = |put: &Put| PlannedPut {
            path: put.path.clone(),
            before: put.before.clone(),
            after: put.after.clone(),
        };
        let removal =
            |removal: &Removal| PlannedRemoval { path: removal.path.clone(), before: removal.before.clone() };
        let intent = Intent {
            writer: self.folder.writer(),
            puts: self.puts.iter().map(put).collect(),
            removals: self.removals.iter().map(removal).collect(),
        };
        intent.write(self.folder, self.marker.mark()).map(Some)
    }

    fn remove_intent(&self) {
        // The next program finds nothing to do in it, and removes it.
        let _ = self.folder.disk().remove_file(&intent::path(self.marker.mark()));
    }

    /// Returns the content of a file, if it exists.
    ///
    /// # Errors
    /// It can't be read.
    pub fn read(&self, path: &Path) -> Result<Option<Vec<u8>>, IoError> {
        match steps::read(self.series.disk(), path, limits::ANY) {
            Err(error) if error.is_missing() && !matches!(error, DiskError::Gone) => Ok(None),
            read => read.map(Some).map_err(self.folder.failed(FileTask::ReadFile, path)),
        }
    }

    /// Returns the outcome for a file.
    pub fn fate(&self, path: &Path) -> Fate {
        if self.foreign.contains(path) {
            Fate::Foreign
        } else if self.planned.contains(path) && !self.done.contains(path) {
            Fate::Pending
        } else {
            Fate::Done
        }
    }
}

/// The outcome for a file in a commit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Fate {
    /// It has its new content, perhaps from before.
    Done,
    /// It was left alone, since another program has changed it.
    Foreign,
    /// It was not changed.
    Pending,
}

/// Number of new contents that may be made durable under the lock of `project.ron`.
const FEW: usize = 8;

impl Drop for Commit<'_> {
    fn drop(&mut self) {
        if self.has_begun {
            return;
        }
        for put in self.puts.iter().filter(|put| !self.done.contains(&put.path)) {
            let _ = self.folder.disk().remove_file(&put.temporary);
        }
        if self.has_intent {
            self.remove_intent();
        }
    }
}

impl Rank {
    fn of(path: &Path) -> Self {
        match FileKey::from_relative(path) {
            Some(FileKey::Layer(_) | FileKey::Review(..) | FileKey::AnalysisNotes(..)) => Self::Work,
            Some(FileKey::Project) => Self::Project,
            Some(FileKey::Text(_) | FileKey::Anchors(_) | FileKey::Original(..)) | None => Self::Text,
        }
    }
}
