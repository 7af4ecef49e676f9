//! A disk that has a fault for a while.

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use demarche::io::disk::{self, Disk, DiskError, Entry, LockFile, Metadata};

/// What is wrong with the disk.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outage {
    /// Nothing can be written, with this error number of the system.
    Writes(i32),
    /// Nothing can be read or written, with this error number of the system.
    All(i32),
    /// The folder is gone.
    Gone,
    /// The history can't be written, since the disk is full.
    History,
    /// The history is written, and an error is reported nevertheless.
    HistorySync,
    /// The program panics while it writes a layer.
    Panic,
    /// Nothing becomes durable as long as this lasts: a sync waits.
    Slow,
}

/// A disk over the real one.
#[derive(Debug)]
pub struct OutageDisk {
    inner: Arc<dyn Disk>,
    outage: Mutex<Option<Outage>>,
}

impl OutageDisk {
    /// A disk without a fault.
    pub fn new(root: &Path) -> Arc<Self> {
        Arc::new(Self { inner: disk::real(root), outage: Mutex::new(None) })
    }

    /// Begins a fault.
    pub fn begin(&self, outage: Outage) {
        *self.outage.lock().unwrap() = Some(outage);
    }

    /// Ends the fault.
    pub fn end(&self) {
        *self.outage.lock().unwrap() = None;
    }

    /// Waits while nothing becomes durable.
    fn wait(&self) {
        while self.outage() == Some(Outage::Slow) {
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    fn outage(&self) -> Option<Outage> {
        *self.outage.lock().unwrap()
    }

    fn reads(&self) -> Result<&dyn Disk, DiskError> {
        match self.outage() {
            Some(Outage::Gone) => Err(DiskError::Gone),
            Some(Outage::All(code)) => Err(error(code)),
            _ => Ok(&*self.inner),
        }
    }

    fn writes(&self, path: &Path) -> Result<&dyn Disk, DiskError> {
        let is_history = path.starts_with("history");
        match self.outage() {
            Some(Outage::Writes(code)) => Err(error(code)),
            Some(Outage::History) if is_history => Err(DiskError::System(io::ErrorKind::StorageFull.into())),
            Some(Outage::Panic) if path.starts_with("layers") => panic!("a defect that a test has put here"),
            _ => self.reads(),
        }
    }
}

fn error(code: i32) -> DiskError {
    DiskError::System(io::Error::from_raw_os_error(code))
}

impl Disk for OutageDisk {
    fn create_root(&self) -> Result<(), DiskError> {
        self.writes(Path::new(""))?.create_root()
    }

    fn metadata(&self, path: &Path) -> Result<Metadata, DiskError> {
        self.reads()?.metadata(path)
    }

    fn list(&self, folder: &Path) -> Result<Vec<Entry>, DiskError> {
        self.reads()?.list(folder)
    }

    fn open(&self, path: &Path, limit: u64) -> Result<Box<dyn Read + Send>, DiskError> {
        self.reads()?.open(path, limit)
    }

    fn last_byte(&self, path: &Path) -> Result<Option<u8>, DiskError> {
        self.reads()?.last_byte(path)
    }

    fn create(&self, path: &Path, content: &mut dyn Read) -> Result<(), DiskError> {
        self.writes(path)?.create(path, content)
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
        self.writes(path)?.append(path, bytes)
    }

    fn truncate(&self, path: &Path, length: u64) -> Result<(), DiskError> {
        self.writes(path)?.truncate(path, length)
    }

    fn copy_permissions(&self, from: &Path, to: &Path) -> Result<(), DiskError> {
        self.writes(to)?.copy_permissions(from, to)
    }

    fn sync_file(&self, path: &Path) -> Result<(), DiskError> {
        self.wait();
        self.writes(path)?.sync_file(path)
    }

    fn sync_folder(&self, folder: &Path) -> Result<(), DiskError> {
        self.wait();
        self.writes(folder)?.sync_folder(folder)
    }

    fn sync_all(&self, files: &[PathBuf], folders: &[PathBuf]) -> Result<(), DiskError> {
        self.wait();
        if self.outage() == Some(Outage::HistorySync) && files.iter().any(|file| file.starts_with("history"))
        {
            return Err(DiskError::System(io::ErrorKind::StorageFull.into()));
        }
        self.writes(Path::new(""))?.sync_all(files, folders)
    }

    fn rename(&self, from: &Path, to: &Path) -> Result<(), DiskError> {
        self.writes(to)?.rename(from, to)
    }

    fn hard_link(&self, from: &Path, to: &Path) -> Result<(), DiskError> {
        self.writes(to)?.hard_link(from, to)
    }

    fn create_folder(&self, path: &Path) -> Result<(), DiskError> {
        self.writes(path)?.create_folder(path)
    }

    fn remove_file(&self, path: &Path) -> Result<(), DiskError> {
        self.writes(path)?.remove_file(path)
    }

    fn remove_folder(&self, path: &Path) -> Result<(), DiskError> {
        self.writes(path)?.remove_folder(path)
    }

    fn lock_file(&self, path: &Path) -> Result<LockFile, DiskError> {
        self.writes(path)?.lock_file(path)
    }
}
