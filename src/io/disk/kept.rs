//! The folders that a series of steps has opened. A folder stays the one that was reached first, without following a
//! link, whatever is put in its place.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rustix::fd::OwnedFd;

/// Greatest number of folders that are open at a time, since a process may only open so many.
const MOST: usize = 64;

/// Open folders by their paths.
#[derive(Debug, Default)]
pub(super) struct KeptFolders(Mutex<HashMap<PathBuf, Arc<OwnedFd>>>);

impl KeptFolders {
    /// Returns a folder, which is opened by `reach` unless it is open.
    pub fn get<E>(&self, path: &Path, reach: impl FnOnce() -> Result<OwnedFd, E>) -> Result<Arc<OwnedFd>, E> {
        if let Some(folder) = self.lock().get(path) {
            return Ok(folder.clone());
        }
        let folder = Arc::new(reach()?);
        let mut kept = self.lock();
        if kept.len() >= MOST {
            kept.clear();
        }
        kept.insert(path.to_owned(), folder.clone());
        Ok(folder)
    }

    /// Closes all folders, since a path may lead to another one from now on.
    pub fn forget(&self) {
        self.lock().clear();
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<PathBuf, Arc<OwnedFd>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
