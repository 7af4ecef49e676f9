//! A disk that records its steps, and fails or stops at one of them.

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use demarche::io::disk::{self, Disk, DiskError, Entry, LockFile, Metadata};

/// A fault at a step.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    /// The step fails with this error, and has no effect.
    Error(io::ErrorKind),
    /// Half of the content is written, then the step fails because the disk is full.
    Half,
    /// The program is killed before the step: this one and all later ones fail.
    Kill,
    /// The program is killed once half of the content is written.
    HalfKill,
}

/// A step that changes something.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Step {
    Create(PathBuf, Vec<u8>),
    Append(PathBuf, Vec<u8>),
    Permissions(PathBuf),
    Sync(Vec<PathBuf>, Vec<PathBuf>),
    Rename(PathBuf, PathBuf),
    Link(PathBuf, PathBuf),
    CreateFolder(PathBuf),
    RemoveFile(PathBuf),
    RemoveFolder(PathBuf),
    Lock(PathBuf),
}

#[derive(Default, Debug)]
struct State {
    steps: Vec<Step>,
    is_dead: bool,
}

/// A disk over the real one.
#[derive(Debug)]
pub struct FaultyDisk {
    inner: Arc<dyn Disk>,
    /// The number of the step with the fault, from 0.
    fault: Option<(usize, Fault)>,
    state: Mutex<State>,
}

impl FaultyDisk {
    /// A disk that only records.
    pub fn recording(root: &Path) -> Arc<Self> {
        Arc::new(Self { inner: disk::real(root), fault: None, state: Mutex::default() })
    }

    /// A disk with a fault at a step.
    pub fn failing(root: &Path, at: usize, fault: Fault) -> Arc<Self> {
        Arc::new(Self { inner: disk::real(root), fault: Some((at, fault)), state: Mutex::default() })
    }

    /// The steps so far.
    pub fn steps(&self) -> Vec<Step> {
        self.state.lock().unwrap().steps.clone()
    }

    /// Fails if the program was killed.
    fn read(&self) -> Result<(), DiskError> {
        if self.state.lock().unwrap().is_dead { Err(error(io::ErrorKind::Other)) } else { Ok(()) }
    }

    /// Records a step. Returns whether to do half of it before failing.
    fn step(&self, step: Step) -> Result<bool, DiskError> {
        let mut state = self.state.lock().unwrap();
        if state.is_dead {
            return Err(error(io::ErrorKind::Other));
        }
        let number = state.steps.len();
        state.steps.push(step);
        let Some((_, fault)) = self.fault.filter(|(at, _)| *at == number) else { return Ok(false) };
        match fault {
            Fault::Error(kind) => Err(error(kind)),
            Fault::Half => Ok(true),
            Fault::Kill => {
                state.is_dead = true;
                Err(error(io::ErrorKind::Other))
            }
            Fault::HalfKill => {
                state.is_dead = true;
                Ok(true)
            }
        }
    }

    /// A step without content, half of which is nothing.
    fn whole(&self, step: Step) -> Result<(), DiskError> {
        if self.step(step)? { Err(error(io::ErrorKind::StorageFull)) } else { Ok(()) }
    }
}

/// Returns whether a file is a journal. Its own thread writes it at any time, so its steps are not counted.
fn is_journal(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("journal-"))
}

fn error(kind: io::ErrorKind) -> DiskError {
    DiskError::System(kind.into())
}

impl Disk for FaultyDisk {
    fn create_root(&self) -> Result<(), DiskError> {
        self.read().and_then(|()| self.inner.create_root())
    }

    fn metadata(&self, path: &Path) -> Result<Metadata, DiskError> {
        self.read().and_then(|()| self.inner.metadata(path))
    }

    fn list(&self, folder: &Path) -> Result<Vec<Entry>, DiskError> {
        self.read().and_then(|()| self.inner.list(folder))
    }

    fn open(&self, path: &Path, limit: u64) -> Result<Box<dyn Read + Send>, DiskError> {
        self.read().and_then(|()| self.inner.open(path, limit))
    }

    fn last_byte(&self, path: &Path) -> Result<Option<u8>, DiskError> {
        self.read().and_then(|()| self.inner.last_byte(path))
    }

    fn create(&self, path: &Path, content: &mut dyn Read) -> Result<(), DiskError> {
        if self.inner.metadata(path).is_ok() {
            return self.inner.create(path, content);
        }
        let mut bytes = Vec::new();
        content.read_to_end(&mut bytes)?;
        if self.step(Step::Create(path.to_owned(), bytes.clone()))? {
            self.inner.create(path, &mut &bytes[..bytes.len() / 2])?;
            return Err(error(io::ErrorKind::StorageFull));
        }
        self.inner.create(path, &mut &*bytes)
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
        if is_journal(path) {
            return self.read().and_then(|()| self.inner.append(path, bytes));
        }
        if self.step(Step::Append(path.to_owned(), bytes.to_owned()))? {
            self.inner.append(path, &bytes[..bytes.len() / 2])?;
            return Err(error(io::ErrorKind::StorageFull));
        }
        self.inner.append(path, bytes)
    }

    fn truncate(&self, path: &Path, length: u64) -> Result<(), DiskError> {
        assert!(is_journal(path), "nothing else is cut");
        self.read().and_then(|()| self.inner.truncate(path, length))
    }

    fn copy_permissions(&self, from: &Path, to: &Path) -> Result<(), DiskError> {
        self.whole(Step::Permissions(to.to_owned())).and_then(|()| self.inner.copy_permissions(from, to))
    }

    fn sync_file(&self, path: &Path) -> Result<(), DiskError> {
        if is_journal(path) {
            return self.read();
        }
        self.whole(Step::Sync(vec![path.to_owned()], Vec::new()))
    }

    fn sync_folder(&self, folder: &Path) -> Result<(), DiskError> {
        if folder == Path::new(".demarche") {
            // When a journal is created.
            return self.read();
        }
        self.whole(Step::Sync(Vec::new(), vec![folder.to_owned()]))
    }

    fn sync_all(&self, files: &[PathBuf], folders: &[PathBuf]) -> Result<(), DiskError> {
        self.whole(Step::Sync(files.to_owned(), folders.to_owned()))
    }

    fn rename(&self, from: &Path, to: &Path) -> Result<(), DiskError> {
        self.whole(Step::Rename(from.to_owned(), to.to_owned())).and_then(|()| self.inner.rename(from, to))
    }

    fn hard_link(&self, from: &Path, to: &Path) -> Result<(), DiskError> {
        self.whole(Step::Link(from.to_owned(), to.to_owned())).and_then(|()| self.inner.hard_link(from, to))
    }

    fn create_folder(&self, path: &Path) -> Result<(), DiskError> {
        if self.inner.metadata(path).is_ok() {
            return self.inner.create_folder(path);
        }
        self.whole(Step::CreateFolder(path.to_owned())).and_then(|()| self.inner.create_folder(path))
    }

    fn remove_file(&self, path: &Path) -> Result<(), DiskError> {
        if is_journal(path) || self.inner.metadata(path).is_err() {
            return self.read().and_then(|()| self.inner.remove_file(path));
        }
        self.whole(Step::RemoveFile(path.to_owned())).and_then(|()| self.inner.remove_file(path))
    }

    fn remove_folder(&self, path: &Path) -> Result<(), DiskError> {
        self.whole(Step::RemoveFolder(path.to_owned())).and_then(|()| self.inner.remove_folder(path))
    }

    fn lock_file(&self, path: &Path) -> Result<LockFile, DiskError> {
        self.whole(Step::Lock(path.to_owned())).and_then(|()| self.inner.lock_file(path))
    }
}
