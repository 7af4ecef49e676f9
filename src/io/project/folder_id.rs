//! `.demarche/folder-id`: what tells the folder of a project from all others, also after it was moved.
//!
//! The file has a random number, and the file system gives the file a number. Together they move with the folder, but a
//! copy of the folder has another number of the file.

use std::path::{Path, PathBuf};

use super::folder::{Folder, LOCAL};
use super::limits;
use crate::disk::{outside, steps};

/// Gives a folder its number, unless it has one. Without one, a journal in the user's folder is found by the project's
/// path only, so that a failure is no error.
pub(super) fn make_folder_id(folder: &Folder) {
    if !folder.has(&path()) {
        let _ = folder.disk().create(&path(), &mut format!("{:016x}\n", folder.writer()).as_bytes());
    }
}

/// Returns the text that stands for the folder. `None` if it has no number, or the system does not number files.
pub(super) fn folder_id(folder: &Folder) -> Option<String> {
    let bytes = steps::read(folder.disk(), &path(), limits::FOLDER_ID).ok()?;
    let random = u64::from_str_radix(std::str::from_utf8(&bytes).ok()?.trim_end(), 16).ok()?;
    let file = outside::file_number(&folder.root().join(path()))?;
    Some(format!("{random:016x}-{file}"))
}

fn path() -> PathBuf {
    Path::new(LOCAL).join("folder-id")
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::{Folder, folder_id, make_folder_id, path};

    #[test]
    fn the_id_moves_with_the_folder_and_a_copy_has_another() {
        let home = tempfile::tempdir().unwrap();
        let folder = Folder::new(home.path().join("a"));
        assert_eq!(folder_id(&folder), None);
        folder.create_root().unwrap();
        make_folder_id(&folder);
        let id = folder_id(&folder);
        assert!(id.is_some());
        make_folder_id(&Folder::new(folder.root()));
        assert_eq!(folder_id(&folder), id, "it is kept");
        let moved = Folder::new(home.path().join("b"));
        std::fs::rename(folder.root(), moved.root()).unwrap();
        assert_eq!(folder_id(&moved), id);
        let copy = Folder::new(home.path().join("c"));
        copy.create_root().unwrap();
        std::fs::copy(moved.root().join(path()), copy.root().join(path())).unwrap();
        assert!(folder_id(&copy).is_some_and(|copied| Some(copied) != id));
    }
}
