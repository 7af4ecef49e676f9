//! Programs that are killed.

use std::path::{Path, PathBuf};
use std::time::Duration;

use demarche::session::Session;
use tempfile::TempDir;

use super::project::copy_tree;
use super::session::in_memory;

/// A copy of a folder and its content, as a kill would leave it.
pub fn copy(from: &Path) -> TempDir {
    let to = in_memory();
    copy_tree(from, to.path());
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
