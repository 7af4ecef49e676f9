//! Reading, writing and removing the files of a project. Paths are relative to its folder.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hasher};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::folder::{FileKey, Folder, LOCAL};
use super::limits::{self, limit};
use super::source::normal;
use crate::disk::{DiskError, steps};
use crate::words::disk as disk_words;
use crate::words::project::{self as words, FileRole};
use crate::{FileTask, IoError, Problem, ProblemKind};
use demarche_model::{TextId, check_file_id};

/// Creates `.demarche`, if it was removed, with a `.gitignore` that keeps all of it out of git.
///
/// # Errors
/// It can't be written; or neither it nor `project.ron` exists: the project's drive was disconnected, and this is its
/// empty mount point.
pub(super) fn make_local(folder: &Folder) -> Result<(), IoError> {
    let local = Path::new(LOCAL);
    match folder.disk().metadata(local) {
        Err(error) if error.is_missing() && !folder.has(&FileKey::Project.relative()) => {
            return Err(IoError::FolderGone(folder.root().to_owned()));
        }
        Err(error) if !error.is_missing() => return Err(folder.failed(FileTask::MakeFolder, local)(error)),
        Ok(_) | Err(_) => {}
    }
    make_folders(folder, local)?;
    let ignore = Path::new(LOCAL).join(".gitignore");
    match folder.disk().metadata(&ignore) {
        Err(error) if error.is_missing() => steps::replace_unsynced(folder.disk(), &ignore, &mut &b"*\n"[..])
            .map_err(folder.failed(FileTask::WriteFile, &ignore)),
        _ => Ok(()),
    }
}

/// Reads a file from the local folder.
///
/// # Errors
/// There is none, or it can't be read.
pub(crate) fn read_local(folder: &Folder, name: &str) -> Result<Vec<u8>, IoError> {
    let path = Path::new(LOCAL).join(name);
    steps::read(folder.disk(), &path, limits::LOCAL).map_err(folder.failed(FileTask::ReadFile, &path))
}

/// Writes a file to the local folder.
///
/// # Errors
/// It can't be written.
pub(crate) fn write_local(folder: &Folder, name: &str, mut bytes: &[u8]) -> Result<(), IoError> {
    make_local(folder)?;
    let path = Path::new(LOCAL).join(name);
    steps::replace(folder.disk(), &path, &mut bytes).map_err(folder.failed(FileTask::WriteFile, &path))
}

/// Removes a file from the local folder, if it exists.
///
/// # Errors
/// It can't be removed.
pub(super) fn remove_local(folder: &Folder, name: &str) -> Result<(), IoError> {
    let path = Path::new(LOCAL).join(name);
    match folder.disk().remove_file(&path) {
        Err(error) if !error.is_missing() => Err(folder.failed(FileTask::RemoveFile, &path)(error)),
        _ => Ok(()),
    }
}

pub(super) fn check_id(id: &str) -> Result<(), IoError> {
    check_file_id(id).map_err(|fault| IoError::BadId { id: id.to_owned(), fault })
}

/// Writes a file atomically, unless it holds the text already. Its folder is added to `folders`, to be synced later.
pub(super) fn put(
    folder: &Folder,
    path: &Path,
    text: &str,
    folders: &mut BTreeSet<PathBuf>,
) -> Result<(), IoError> {
    if holds(folder, path, text) {
        return Ok(());
    }
    let parent = parent(path);
    make_folders(folder, parent)?;
    steps::replace(folder.disk(), path, &mut text.as_bytes())
        .map_err(folder.failed(FileTask::SaveFile, path))?;
    folders.insert(parent.to_owned());
    Ok(())
}

fn holds(folder: &Folder, path: &Path, text: &str) -> bool {
    let length = text.len() as u64;
    let same_length = folder.disk().metadata(path).is_ok_and(|found| found.length == length);
    same_length && steps::read(folder.disk(), path, length).is_ok_and(|old| old == text.as_bytes())
}

/// Returns the folder of a file; the empty path for the root.
pub(super) fn parent(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new(""))
}

/// Returns the paths that a file may have in the trash: if several files of the same name were removed, the later ones
/// start with a number.
fn trash_paths(file: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    let first = Path::new(LOCAL).join("trash").join(file);
    let name = first.file_name().unwrap_or_default().to_owned();
    let numbered = (2..).map({
        let first = first.clone();
        move |n: u32| {
            let mut numbered = std::ffi::OsString::from(format!("{n}-"));
            numbered.push(&name);
            first.with_file_name(numbered)
        }
    });
    std::iter::once(first).chain(numbered)
}

/// Returns the paths of the files of this name in the trash.
pub(super) fn trashed(folder: &Folder, file: &Path) -> impl Iterator<Item = PathBuf> {
    trash_paths(file).take_while(|path| folder.has(path))
}

/// Moves a file to the trash. Returns the folders there whose entries have changed.
pub(super) fn move_to_trash(folder: &Folder, file: &Path) -> Result<Vec<PathBuf>, IoError> {
    make_local(folder)?;
    let mut paths = trash_paths(file).peekable();
    let mut changed = Vec::new();
    if let Some(first) = paths.peek() {
        let created = steps::make_folders(folder.disk(), parent(first));
        let created = created.map_err(folder.failed(FileTask::MakeFolder, parent(first)))?;
        changed.extend(created.iter().map(|created| parent(created).to_owned()));
        changed.push(parent(first).to_owned());
    }
    let Some(target) = paths.find(|path| !folder.has(path)) else { return Ok(changed) };
    folder.disk().rename(file, &target).map_err(folder.failed(FileTask::MoveToTrash, file))?;
    Ok(changed)
}

/// Creates a folder and those above it, except the folder of the project itself.
pub(super) fn make_folders(folder: &Folder, path: &Path) -> Result<(), IoError> {
    steps::make_folders(folder.disk(), path).map(drop).map_err(folder.failed(FileTask::MakeFolder, path))
}

/// Reads a RON file as text. `None` if it was removed since the folders were listed.
pub(super) fn read_ron(folder: &Folder, key: &FileKey) -> Result<Option<String>, Problem> {
    read_bytes(folder, key)?.map(|bytes| normal(bytes, &key.relative())).transpose()
}

/// Reads the bytes of a file. `None` if it does not exist.
pub(super) fn read_bytes(folder: &Folder, key: &FileKey) -> Result<Option<Vec<u8>>, Problem> {
    let path = key.relative();
    match steps::read(folder.disk(), &path, limit(key)) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.is_missing() => Ok(None),
        Err(error) => Err(unreadable(&path, FileRole::File, error)),
    }
}

/// Returns the problem of a file that can't be read.
pub(super) fn unreadable(path: &Path, role: FileRole, error: DiskError) -> Problem {
    match error {
        DiskError::System(error) => {
            problem(path, ProblemKind::Unreadable, words::unreadable_file(role, &error))
        }
        DiskError::Special { at, kind } => problem(&at, ProblemKind::Special, disk_words::special(kind)),
        DiskError::TooLarge { limit } => problem(path, ProblemKind::TooLarge, disk_words::too_large(limit)),
        DiskError::Gone => {
            problem(path, ProblemKind::Missing, words::unreadable_file(role, &ErrorKind::NotFound.into()))
        }
    }
}

/// Returns the problem of a text whose file does not exist.
pub(super) fn missing_text(id: &TextId) -> Problem {
    problem(&FileKey::Text(id.clone()).relative(), ProblemKind::Missing, words::missing_text(id))
}

pub(super) fn problem(file: &Path, kind: ProblemKind, message: String) -> Problem {
    Problem { file: file.to_owned(), line: None, kind, message }
}

/// Returns a hash that distinguishes contents of files within this process only.
pub(super) fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    hasher.finish()
}
