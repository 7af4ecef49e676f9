//! Files and folders of a project: read whole, written whole or not at all, removed into the trash.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::hash::{DefaultHasher, Hasher};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use atomic_write_file::AtomicWriteFile;

use super::folder::{FileKey, Folder};
use super::source::normal;
use crate::words::project as words;
use crate::{IoError, Problem, ProblemKind};
use demarche_model::{TextId, check_file_id};

/// Makes sure that the names in these folders outlast a power cut.
pub(super) fn sync_folders(folders: &BTreeSet<PathBuf>) -> Result<(), IoError> {
    folders.iter().try_for_each(|folder| sync_folder(folder))
}

/// Makes `.demarche` with a `.gitignore` that keeps all of it out of git.
pub(super) fn make_local(folder: &Folder) -> Result<(), IoError> {
    let local = folder.local();
    make_folder(&local)?;
    let ignore = local.join(".gitignore");
    if ignore.exists() {
        return Ok(());
    }
    fs::write(&ignore, "*\n").map_err(IoError::system("can't write the file", &ignore))
}

pub(super) fn check_id(id: &str) -> Result<(), IoError> {
    check_file_id(id).map_err(|fault| IoError::BadId { id: id.to_owned(), fault })
}

/// Writes a file whole or not at all.
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
        IoError::system("can't save the file", path)(error)
    })?;
    folders.insert(parent.to_owned());
    Ok(())
}

/// Removes the temporary files of a write that failed, as `atomic-write-file` names them: `.d001.ron.x7Gk2q`.
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

/// Where a file may lie in the trash: of several removed files of one name, the later ones have a number before it.
pub(super) fn trash_places(folder: &Folder, key: &FileKey) -> impl Iterator<Item = PathBuf> {
    let first = folder.local().join("trash").join(key.relative());
    let name = first.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let parent = first.parent().unwrap_or(&first).to_owned();
    let numbered = (2..).map(move |n: u32| parent.join(format!("{n}-{name}")));
    std::iter::once(first).chain(numbered)
}

/// The files of this name that lie in the trash.
pub(super) fn trashed(folder: &Folder, key: &FileKey) -> impl Iterator<Item = PathBuf> {
    trash_places(folder, key).take_while(|place| place.symlink_metadata().is_ok())
}

pub(super) fn make_folder(path: &Path) -> Result<(), IoError> {
    fs::create_dir_all(path).map_err(IoError::system("can't make the folder", path))
}

/// Makes sure that the names in a folder outlast a power cut.
fn sync_folder(path: &Path) -> Result<(), IoError> {
    if cfg!(unix) {
        let synced = File::open(path).and_then(|folder| folder.sync_all());
        // Some network shares can't sync a folder; the files themselves are safe there.
        match synced {
            Err(error) if !matches!(error.kind(), ErrorKind::Unsupported | ErrorKind::InvalidInput) => {
                return Err(IoError::system("can't save the folder", path)(error));
            }
            _ => {}
        }
    }
    Ok(())
}

/// A RON file as text; `None` if it has gone since the folders were listed.
pub(super) fn read_ron(folder: &Folder, key: &FileKey) -> Result<Option<String>, Problem> {
    read_bytes(folder, key)?.map(|bytes| normal(bytes, &key.relative())).transpose()
}

/// The bytes of a file; `None` if there is none.
pub(super) fn read_bytes(folder: &Folder, key: &FileKey) -> Result<Option<Vec<u8>>, Problem> {
    match fs::read(folder.at(key)) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => {
            Err(problem(&key.relative(), ProblemKind::Unreadable, words::unreadable_file("the file", &error)))
        }
    }
}

pub(super) fn missing_text(id: &TextId) -> Problem {
    let file = FileKey::Text(id.clone()).relative();
    let document = &id.document;
    let message = match id.version {
        1 => format!("the text of `{document}` is missing; restore the file, or remove the document"),
        n => format!("version {n} of the text of `{document}` is missing; restore the file"),
    };
    problem(&file, ProblemKind::Missing, message)
}

pub(super) fn problem(file: &Path, kind: ProblemKind, message: String) -> Problem {
    Problem { file: file.to_owned(), line: None, kind, message }
}

/// Tells contents of files apart.
pub(super) fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    hasher.finish()
}
