//! A folder of a project as a root of its own that is never written: a round is a project inside the project.

use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Below, Disk, DiskError, Entry, LockFile, Metadata};

/// A disk whose root is a folder of another disk, and that refuses every change.
#[derive(Debug)]
pub(crate) struct Frozen {
    whole: Arc<dyn Disk>,
    below: Below,
    /// A folder at the root of the whole disk that is seen at this root instead of its own.
    shared: &'static str,
}

impl Frozen {
    pub fn new(whole: Arc<dyn Disk>, folder: &Path, shared: &'static str) -> Self {
        Self { below: Below::new(whole.clone(), folder), whole, shared }
    }

    /// Returns the disk that a path is on. The settings of this machine, such as who the user is, are those of the project.
    fn of(&self, path: &Path) -> &dyn Disk {
        let is_setting = path.extension().is_some_and(|ending| ending == "json");
        if path.starts_with(self.shared) || is_setting { &*self.whole } else { &self.below }
    }
}

fn refused<T>() -> Result<T, DiskError> {
    Err(DiskError::System(ErrorKind::ReadOnlyFilesystem.into()))
}

impl Disk for Frozen {
    fn create_root(&self) -> Result<(), DiskError> {
        refused()
    }

    fn metadata(&self, path: &Path) -> Result<Metadata, DiskError> {
        self.of(path).metadata(path)
    }

    fn list(&self, folder: &Path) -> Result<Vec<Entry>, DiskError> {
        self.of(folder).list(folder)
    }

    fn open(&self, path: &Path, limit: u64) -> Result<Box<dyn Read + Send>, DiskError> {
        self.of(path).open(path, limit)
    }

    fn last_byte(&self, path: &Path) -> Result<Option<u8>, DiskError> {
        self.of(path).last_byte(path)
    }

    fn create(&self, _: &Path, _: &mut dyn Read) -> Result<(), DiskError> {
        refused()
    }

    fn append(&self, _: &Path, _: &[u8]) -> Result<(), DiskError> {
        refused()
    }

    fn truncate(&self, _: &Path, _: u64) -> Result<(), DiskError> {
        refused()
    }

    fn copy_permissions(&self, _: &Path, _: &Path) -> Result<(), DiskError> {
        refused()
    }

    fn sync_file(&self, _: &Path) -> Result<(), DiskError> {
        refused()
    }

    fn sync_folder(&self, _: &Path) -> Result<(), DiskError> {
        refused()
    }

    fn sync_all(&self, _: &[PathBuf], _: &[PathBuf]) -> Result<(), DiskError> {
        refused()
    }

    fn rename(&self, _: &Path, _: &Path) -> Result<(), DiskError> {
        refused()
    }

    fn hard_link(&self, _: &Path, _: &Path) -> Result<(), DiskError> {
        refused()
    }

    fn create_folder(&self, _: &Path) -> Result<(), DiskError> {
        refused()
    }

    fn remove_file(&self, _: &Path) -> Result<(), DiskError> {
        refused()
    }

    fn remove_folder(&self, _: &Path) -> Result<(), DiskError> {
        refused()
    }

    fn lock_file(&self, _: &Path) -> Result<LockFile, DiskError> {
        refused()
    }
}
