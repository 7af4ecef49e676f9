//! A folder of a project as a root of its own: the base of a packet is a project inside the project.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Disk, DiskError, Entry, LockFile, Metadata, steps};

/// A disk whose root is a folder of another disk, under the rules of that one.
#[derive(Debug)]
pub(crate) struct Below {
    disk: Arc<dyn Disk>,
    folder: PathBuf,
}

impl Below {
    pub fn new(disk: Arc<dyn Disk>, folder: &Path) -> Self {
        Self { disk, folder: folder.to_owned() }
    }

    fn at(&self, path: &Path) -> PathBuf {
        if path.as_os_str().is_empty() { self.folder.clone() } else { self.folder.join(path) }
    }

    /// Names a special entry as seen from this root; the root itself if it is above.
    fn inside<T>(&self, result: Result<T, DiskError>) -> Result<T, DiskError> {
        result.map_err(|error| match error {
            DiskError::Special { at, kind } => {
                let at = at.strip_prefix(&self.folder).map(Path::to_owned).unwrap_or_default();
                DiskError::Special { at, kind }
            }
            other => other,
        })
    }
}

impl Disk for Below {
    fn create_root(&self) -> Result<(), DiskError> {
        self.inside(steps::make_folders(&*self.disk, &self.folder).map(drop))
    }

    fn metadata(&self, path: &Path) -> Result<Metadata, DiskError> {
        self.inside(self.disk.metadata(&self.at(path)))
    }

    fn list(&self, folder: &Path) -> Result<Vec<Entry>, DiskError> {
        self.inside(self.disk.list(&self.at(folder)))
    }

    fn open(&self, path: &Path, limit: u64) -> Result<Box<dyn Read + Send>, DiskError> {
        self.inside(self.disk.open(&self.at(path), limit))
    }

    fn last_byte(&self, path: &Path) -> Result<Option<u8>, DiskError> {
        self.inside(self.disk.last_byte(&self.at(path)))
    }

    fn create(&self, path: &Path, content: &mut dyn Read) -> Result<(), DiskError> {
        self.inside(self.disk.create(&self.at(path), content))
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
        self.inside(self.disk.append(&self.at(path), bytes))
    }

    fn truncate(&self, path: &Path, length: u64) -> Result<(), DiskError> {
        self.inside(self.disk.truncate(&self.at(path), length))
    }

    fn copy_permissions(&self, from: &Path, to: &Path) -> Result<(), DiskError> {
        self.inside(self.disk.copy_permissions(&self.at(from), &self.at(to)))
    }

    fn sync_file(&self, path: &Path) -> Result<(), DiskError> {
        self.inside(self.disk.sync_file(&self.at(path)))
    }

    fn sync_folder(&self, folder: &Path) -> Result<(), DiskError> {
        self.inside(self.disk.sync_folder(&self.at(folder)))
    }

    fn sync_all(&self, files: &[PathBuf], folders: &[PathBuf]) -> Result<(), DiskError> {
        let at = |paths: &[PathBuf]| paths.iter().map(|path| self.at(path)).collect::<Vec<_>>();
        self.inside(self.disk.sync_all(&at(files), &at(folders)))
    }

    fn rename(&self, from: &Path, to: &Path) -> Result<(), DiskError> {
        self.inside(self.disk.rename(&self.at(from), &self.at(to)))
    }

    fn hard_link(&self, from: &Path, to: &Path) -> Result<(), DiskError> {
        self.inside(self.disk.hard_link(&self.at(from), &self.at(to)))
    }

    fn create_folder(&self, path: &Path) -> Result<(), DiskError> {
        self.inside(self.disk.create_folder(&self.at(path)))
    }

    fn remove_file(&self, path: &Path) -> Result<(), DiskError> {
        self.inside(self.disk.remove_file(&self.at(path)))
    }

    fn remove_folder(&self, path: &Path) -> Result<(), DiskError> {
        self.inside(self.disk.remove_folder(&self.at(path)))
    }

    fn lock_file(&self, path: &Path) -> Result<LockFile, DiskError> {
        self.inside(self.disk.lock_file(&self.at(path)))
    }

    fn series(&self) -> Option<Arc<dyn Disk>> {
        let disk = self.disk.series()?;
        Some(Arc::new(Self { disk, folder: self.folder.clone() }))
    }
}
