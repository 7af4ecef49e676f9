//! Recovery from programs that were killed or crashed: finishing their commits and removing their temporary files.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::super::files::{move_to_trash, parent};
use super::super::folder::{FileKey, Folder, LOCAL};
use super::super::head_lock::lock_head;
use super::super::limits;
use super::super::open::parse_whole_project;
use super::super::project_file::ProjectPart;
use super::intent::{self, Intent, PlannedPut};
use super::marker::{self, Marker};
use crate::checksum::sha256_of;
use crate::disk::{Disk, DiskError, Entry, Kind, steps};
use crate::{FileTask, IoError};
use demarche_model::merge::merge_projects;

/// Folders with temporary files; each person's are one level below the last three.
const FOLDERS: [&str; 3] = ["", "documents", "history"];
const FOLDERS_OF_PEOPLE: [&str; 3] = ["layers", "consensus", "reviews"];

/// Finishes interrupted commits, and removes the temporary files that their programs left. Those of this machine are
/// removed only if no other program can be writing them. A failure only delays this, so it is not an error. Returns
/// whether files of the project have changed.
pub(in super::super) fn recover(folder: &Folder, is_alone: bool) -> bool {
    let has_changed = finish_others(folder);
    remove_leftovers(folder, is_alone);
    has_changed
}

/// Finishes interrupted commits. One that failed for this [`Folder`] is dropped instead: its files are written again
/// from memory. Returns whether files of the project have changed.
pub(in super::super) fn finish_others(folder: &Folder) -> bool {
    let mut has_changed = false;
    for mark in &marks(folder) {
        let Some(_marker) = Marker::of_dead(folder, mark) else { continue };
        let rest = Rest::read(folder, mark);
        if let Some(path) = rest.as_ref().and_then(|rest| rest.intent.foreign()) {
            // It stays, so that `check` reports it.
            tracing::warn!(
                ?path,
                "an interrupted commit is not finished: it changes a file that is not of the project"
            );
            continue;
        }
        match rest.map_or(Ok(false), |rest| rest.finish()) {
            Ok(changed) => has_changed |= changed,
            Err(error) => {
                has_changed = true;
                tracing::warn!("can't finish an interrupted commit: {error}");
                continue;
            }
        }
        let _ = folder.disk().remove_file(&intent::path(mark));
    }
    has_changed
}

/// Returns the marks of all commits in the local folder.
fn marks(folder: &Folder) -> BTreeSet<String> {
    let listed = folder.disk().list(Path::new(LOCAL)).unwrap_or_default();
    listed
        .iter()
        .filter_map(|entry| marker::mark_of(&entry.name.to_string_lossy()).map(str::to_owned))
        .collect()
}

/// Returns the intents that are not followed, since they name a file that no commit changes, and these files.
pub(in super::super) fn refused(folder: &Folder) -> Vec<(PathBuf, PathBuf)> {
    let foreign = |mark: &String| Intent::read(folder, mark)?.foreign().map(Path::to_owned);
    marks(folder).iter().filter_map(|mark| Some((intent::path(mark), foreign(mark)?))).collect()
}

/// An interrupted commit.
struct Rest<'a> {
    folder: &'a Folder,
    mark: &'a str,
    intent: Intent,
}

/// The progress of a change.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum State {
    /// The new content is there under its temporary name.
    Ready,
    /// The file has been renamed.
    Done,
    /// The new content is incomplete, or its name was lost: nothing had been renamed when the power failed.
    Torn,
}

impl<'a> Rest<'a> {
    fn read(folder: &'a Folder, mark: &'a str) -> Option<Self> {
        Some(Self { folder, mark, intent: Intent::read(folder, mark)? })
    }

    /// Finishes the commit, or drops it. Returns whether files of the project have changed.
    fn finish(&self) -> Result<bool, IoError> {
        let _lock = lock_head(self.folder)?;
        let states = self.intent.puts.iter().map(|put| self.state(put)).collect::<Result<Vec<_>, _>>()?;
        let has_not_begun = states.contains(&State::Torn) && !states.contains(&State::Done);
        if has_not_begun || self.intent.writer == self.folder.writer() {
            self.intent.puts.iter().for_each(|put| self.drop_new(put));
            return Ok(false);
        }
        tracing::info!(files = states.len(), "finishing an interrupted commit");
        let mut is_whole = true;
        let mut folders = BTreeSet::new();
        for (put, state) in self.intent.puts.iter().zip(states) {
            match state {
                State::Ready => is_whole &= self.put(put)?,
                State::Done | State::Torn => {
                    is_whole &= self.sum(&put.path)?.as_deref() == Some(put.after.as_str());
                }
            }
            let above = parent(&put.path).ancestors();
            folders.extend(above.map(Path::to_owned));
        }
        // If another program has changed one of the files, those to be removed may still be needed.
        if is_whole {
            self.remove(&mut folders)?;
        }
        let folders: Vec<PathBuf> = folders.into_iter().filter(|path| self.folder.has(path)).collect();
        let synced = self.folder.disk().sync_all(&[], &folders);
        synced.map_err(self.folder.failed(FileTask::SaveFolder, Path::new("")))?;
        Ok(true)
    }

    fn state(&self, put: &PlannedPut) -> Result<State, IoError> {
        let new = self.sum(&self.temporary(put))?;
        Ok(match new {
            Some(sum) if sum == put.after => State::Ready,
            Some(_) => State::Torn,
            None if self.sum(&put.path)? == put.before => State::Torn,
            None => State::Done,
        })
    }

    /// Gives a file its new content, unless another program has changed it since. Returns whether it has that content.
    fn put(&self, put: &PlannedPut) -> Result<bool, IoError> {
        let found = self.sum(&put.path)?;
        if found.as_deref() == Some(put.after.as_str()) {
            self.drop_new(put);
            return Ok(true);
        }
        if found.is_none() || found == put.before {
            let renamed = self.folder.disk().rename(&self.temporary(put), &put.path);
            return renamed.map(|()| true).map_err(self.folder.failed(FileTask::SaveFile, &put.path));
        }
        if FileKey::from_relative(&put.path) == Some(FileKey::Project) {
            self.merge_head(put)?;
        }
        self.drop_new(put);
        Ok(false)
    }

    /// Adds the entries of a new `project.ron` to one that another program has written since.
    fn merge_head(&self, put: &PlannedPut) -> Result<(), IoError> {
        let read = |path: &Path| {
            let bytes = steps::read(self.folder.disk(), path, limits::ANY)
                .map_err(self.folder.failed(FileTask::ReadProject, path))?;
            parse_whole_project(bytes).map_err(IoError::Problem)
        };
        let merged = merge_projects(None, &read(&put.path)?, &read(&self.temporary(put))?);
        let text = ProjectPart::from_project(&merged.value).compose();
        steps::replace(self.folder.disk(), &put.path, &mut text.as_bytes())
            .map_err(self.folder.failed(FileTask::SaveFile, &put.path))
    }

    fn remove(&self, folders: &mut BTreeSet<PathBuf>) -> Result<(), IoError> {
        for removal in &self.intent.removals {
            let path = &removal.path;
            folders.insert(parent(path).to_owned());
            match &removal.before {
                None if self.folder.has(path) => folders.extend(move_to_trash(self.folder, path)?),
                Some(_) if self.sum(path)? == removal.before => {
                    let removed = self.folder.disk().remove_file(path);
                    removed.map_err(self.folder.failed(FileTask::RemoveFile, path))?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn temporary(&self, put: &PlannedPut) -> PathBuf {
        steps::temporary_name(&put.path, self.mark)
    }

    fn drop_new(&self, put: &PlannedPut) {
        let _ = self.folder.disk().remove_file(&self.temporary(put));
    }

    /// Returns the checksum of a file, if it exists.
    fn sum(&self, path: &Path) -> Result<Option<String>, IoError> {
        let sum = |path| -> Result<String, DiskError> {
            Ok(sha256_of(self.folder.disk().open(path, limits::ANY)?)?)
        };
        match sum(path) {
            Err(error) if error.is_missing() => Ok(None),
            sum => sum.map(Some).map_err(self.folder.failed(FileTask::ReadFile, path)),
        }
    }
}

/// Removes the temporary files of programs that no longer run.
fn remove_leftovers(folder: &Folder, is_alone: bool) {
    let disk = folder.disk();
    FOLDERS.iter().for_each(|path| remove_leftovers_in(folder, Path::new(path)));
    for top in FOLDERS_OF_PEOPLE.map(Path::new) {
        for Entry { name, kind } in disk.list(top).unwrap_or_default() {
            if kind == Kind::Folder {
                remove_leftovers_in(folder, &top.join(name));
            }
        }
    }
    if is_alone {
        remove_leftovers_in(folder, Path::new(LOCAL));
    }
}

fn remove_leftovers_in(folder: &Folder, path: &Path) {
    let disk: &dyn Disk = folder.disk();
    for Entry { name, kind } in disk.list(path).unwrap_or_default() {
        let mark = steps::mark_of(&name).filter(|_| kind == Kind::File);
        if mark.is_some_and(|mark| !marker::is_alive(folder, mark)) {
            let _ = disk.remove_file(&path.join(&name));
        }
    }
}
