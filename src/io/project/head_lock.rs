//! The lock of `project.ron`, the only file with several writers.

use std::path::Path;
use std::time::Duration;

use super::files::make_local;
use super::folder::{Folder, LOCAL};
use crate::disk::LockFile;
use crate::{FileTask, IoError};

/// Number of attempts to acquire the lock.
const TRIES: u32 = 200;
/// Pause between two attempts.
const PAUSE: Duration = Duration::from_millis(25);

/// Acquires the lock of `project.ron`, so that no two programs write it at once. Waits for up to five seconds. `None` if the
/// file system has no locks.
pub(super) fn lock_head(folder: &Folder) -> Result<Option<LockFile>, IoError> {
    make_local(folder)?;
    let path = Path::new(LOCAL).join("lock-project");
    let file = folder.disk().lock_file(&path).map_err(folder.failed(FileTask::LockProjectFile, &path))?;
    for _ in 0..TRIES {
        match file.try_lock() {
            Ok(true) => return Ok(Some(file)),
            Err(_) => return Ok(None),
            Ok(false) => std::thread::sleep(PAUSE),
        }
    }
    Err(IoError::Busy(folder.project_file()))
}
