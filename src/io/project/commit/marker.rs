//! The lock of a commit: while it is held, the temporary files with its mark belong to a running program.

use std::path::{Path, PathBuf};

use super::super::folder::{Folder, LOCAL};
use crate::disk::{LockFile, steps};
use crate::{FileTask, IoError};

/// Prefix of the names of locks and intents.
const COMMIT: &str = "commit-";
const LOCK: &str = ".lock";
/// Number of marks that are tried.
const TRIES: usize = 8;

/// A mark for temporary files, and its lock `.demarche/commit-x7gk2q.lock`, which is removed when this is dropped.
#[derive(Debug)]
pub(super) struct Marker {
    folder: Folder,
    mark: String,
    _file: Option<LockFile>,
}

impl Marker {
    /// Chooses a mark that no other program uses.
    ///
    /// # Errors
    /// The folder can't be written.
    pub fn create(folder: &Folder) -> Result<Self, IoError> {
        for _ in 0..TRIES {
            let mark = steps::random_mark();
            let path = path(&mark);
            let file = folder.disk().lock_file(&path).map_err(folder.failed(FileTask::SaveFile, &path))?;
            match file.try_lock() {
                // Another program may have cleaned it up before it was locked.
                Ok(true) if folder.has(&path) => {
                    return Ok(Self { folder: folder.clone(), mark, _file: Some(file) });
                }
                Ok(_) => {}
                // The file system has no locks.
                Err(_) => return Ok(Self { folder: folder.clone(), mark, _file: None }),
            }
        }
        Err(IoError::Busy(folder.local()))
    }

    /// Takes over the mark of an interrupted commit; `None` if its program may be running.
    pub fn of_dead(folder: &Folder, mark: &str) -> Option<Self> {
        let file = folder.disk().lock_file(&path(mark)).ok()?;
        let is_dead = file.try_lock().is_ok_and(|is_acquired| is_acquired);
        is_dead.then(|| Self { folder: folder.clone(), mark: mark.to_owned(), _file: Some(file) })
    }

    pub fn mark(&self) -> &str {
        &self.mark
    }
}

impl Drop for Marker {
    fn drop(&mut self) {
        let _ = self.folder.disk().remove_file(&path(&self.mark));
    }
}

/// Returns whether the program with this mark may be running.
pub(super) fn is_alive(folder: &Folder, mark: &str) -> bool {
    let path = path(mark);
    folder.has(&path) && folder.disk().lock_file(&path).is_ok_and(|file| !matches!(file.try_lock(), Ok(true)))
}

/// Returns the mark in the name of a lock or intent in the local folder.
pub(super) fn mark_of(name: &str) -> Option<&str> {
    let mark = name.strip_prefix(COMMIT)?;
    let mark = mark.strip_suffix(LOCK).or_else(|| mark.strip_suffix(".ron"))?;
    steps::is_mark(mark).then_some(mark)
}

fn path(mark: &str) -> PathBuf {
    Path::new(LOCAL).join(format!("{COMMIT}{mark}{LOCK}"))
}
