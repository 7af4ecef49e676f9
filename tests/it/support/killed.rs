//! Programs that are killed.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use demarche::session::Session;
use tempfile::TempDir;

use super::session::in_memory;

/// A copy of a folder and its content, as a kill would leave it.
pub fn copy(from: &Path) -> TempDir {
    let to = in_memory();
    let mut open = vec![from.to_owned()];
    while let Some(folder) = open.pop() {
        let target = to.path().join(folder.strip_prefix(from).unwrap());
        fs::create_dir_all(&target).unwrap();
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                fs::copy(&path, target.join(path.file_name().unwrap())).unwrap();
            }
        }
    }
    to
}

/// A copy of the project as it would be if this session were killed a tenth of a second after the last step.
pub fn killed(session: &Session) -> (TempDir, PathBuf) {
    if let Some(journal) = session.journal_flush() {
        journal.flush(Duration::from_secs(60));
    }
    let copy = copy(session.folder().root());
    let root = copy.path().to_owned();
    (copy, root)
}
