//! Files and folders on disk: reading, atomic writing, and moving into the trash.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::hash::{DefaultHasher, Hasher};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use atomic_write_file::AtomicWriteFile;

use super::folder::{FileKey, Folder};
use super::source::normal;
use crate::words::project::{self as words, FileRole};
use crate::{FileTask, IoError, Problem, ProblemKind};
use demarche_model::{TextId, check_file_id};

/// Syncs these folders, so that the names in them survive a power cut.
pub(super) fn sync_folders(folders: &BTreeSet<PathBuf>) -> Result<(), IoError> {
    folders.iter().try_for_each(|folder| sync_folder(folder))
}

/// Creates `.demarche` with a `.gitignore` that keeps all of it out of git.
pub(super) fn make_local(folder: &Folder) -> Result<(), IoError> {
    let local = folder.local();
    make_folder(&local)?;
    let ignore = local.join(".gitignore");
    if ignore.exists() {
        return Ok(());
    }
    fs::write(&ignore, "*\n").map_err(IoError::system(FileTask::WriteFile, &ignore))
}

pub(super) fn check_id(id: &str) -> Result<(), IoError> {
    check_file_id(id).map_err(|fault| IoError::BadId { id: id.to_owned(), fault })
}

/// Writes a file atomically, unless it holds the text already. Its folder is added to `folders`, to be synced later.
pub(super) fn put(path: &Path, text: &str, folders: &mut BTreeSet<PathBuf>) -> Result<(), IoError> {
    if holds(path, text) {
        return Ok(());
    }
    let parent = path.parent().unwrap_or(Path::new("."));
    make_folder(parent)?;
    let write = || {
        let mut file = AtomicWriteFile::open(path)?;
        file.write_all(text.as_bytes())?;
        file.commit()
    };
    write().map_err(|error| {
        remove_leftovers(path, parent);
        IoError::system(FileTask::SaveFile, path)(error)
    })?;
    folders.insert(parent.to_owned());
    Ok(())
}

/// Removes the temporary files of a failed write, which `atomic-write-file` names like `.d001.ron.x7Gk2q`.
fn remove_leftovers(path: &Path, parent: &Path) {
    let prefix = format!(".{}.", path.file_name().unwrap_or_default().to_string_lossy());
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let random = name.strip_prefix(&prefix);
        if random.is_some_and(|r| r.len() == 6 && r.bytes().all(|b| b.is_ascii_alphanumeric())) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn holds(path: &Path, text: &str) -> bool {
    let same_length = fs::metadata(path).is_ok_and(|meta| meta.len() == text.len() as u64);
    same_length && fs::read(path).is_ok_and(|old| old == text.as_bytes())
}

/// Returns the paths that a file may have in the trash: if several files of one name were removed, the later ones start
/// with a number.
pub(super) fn trash_paths(folder: &Folder, key: &FileKey) -> impl Iterator<Item = PathBuf> {
    let first = folder.local().join("trash").join(key.relative());
    let name = first.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let parent = first.parent().unwrap_or(&first).to_owned();
    let numbered = (2..).map(move |n: u32| parent.join(format!("{n}-{name}")));
    std::iter::once(first).chain(numbered)
}

/// Returns the paths of the files of this name in the trash.
pub(super) fn trashed(folder: &Folder, key: &FileKey) -> impl Iterator<Item = PathBuf> {
    trash_paths(folder, key).take_while(|path| path.symlink_metadata().is_ok())
}

pub(super) fn make_folder(path: &Path) -> Result<(), IoError> {
    fs::create_dir_all(path).map_err(IoError::system(FileTask::MakeFolder, path))
}

/// Syncs a folder, so that the names in it survive a power cut.
fn sync_folder(path: &Path) -> Result<(), IoError> {
    if cfg!(unix) {
        let synced = File::open(path).and_then(|folder| folder.sync_all());
        // Some network shares can't sync a folder; the files themselves are safe there.
        match synced {
            Err(error) if !matches!(error.kind(), ErrorKind::Unsupported | ErrorKind::InvalidInput) => {
                return Err(IoError::system(FileTask::SaveFolder, path)(error));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Reads a RON file as text. `None` if it was removed since the folders were listed.
pub(super) fn read_ron(folder: &Folder, key: &FileKey) -> Result<Option<String>, Problem> {
    read_bytes(folder, key)?.map(|bytes| normal(bytes, &key.relative())).transpose()
}

/// Reads the bytes of a file. `None` if it does not exist.
pub(super) fn read_bytes(folder: &Folder, key: &FileKey) -> Result<Option<Vec<u8>>, Problem> {
    match fs::read(folder.at(key)) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(problem(
            &key.relative(),
            ProblemKind::Unreadable,
            words::unreadable_file(FileRole::File, &error),
        )),
    }
}

/// Returns the problem of a text whose file does not exist.
pub(super) fn missing_text(id: &TextId) -> Problem {
    problem(&FileKey::Text(id.clone()).relative(), ProblemKind::Missing, words::missing_text(id))
}

pub(super) fn problem(file: &Path, kind: ProblemKind, message: String) -> Problem {
    Problem { file: file.to_owned(), line: None, kind, message }
}

/// Returns a hash that tells contents of files apart, within this process only.
pub(super) fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    hasher.finish()
}
