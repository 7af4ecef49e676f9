//! Operations that take several steps on a [`Disk`].

use std::collections::hash_map::RandomState;
use std::ffi::{OsStr, OsString};
use std::hash::BuildHasher as _;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::{Disk, DiskError, Kind};

/// Number of bytes that are read first of a file whose length is unknown.
pub(crate) const FIRST_READ: usize = 8 * 1024;

/// Number of names that are tried for a temporary file.
const TRIES: usize = 8;
/// Number of random letters and digits in the name of a temporary file.
const RANDOM: usize = 6;
/// Suffix of a temporary file's name.
const TEMPORARY: &str = ".tmp";

/// New content of a file, written under a temporary name such as `.d001.ron.x7gk2q.tmp` next to it.
#[derive(Debug)]
#[must_use = "the file is replaced by `commit` only"]
pub(crate) struct Staged {
    temporary: PathBuf,
    path: PathBuf,
}

/// Returns the content of a regular file of at most `limit` bytes.
pub(crate) fn read(disk: &dyn Disk, path: &Path, limit: u64) -> Result<Vec<u8>, DiskError> {
    read_all(disk.open(path, limit)?, limit)
}

/// Returns everything that an open file of at most `limit` bytes yields.
pub(crate) fn read_all(mut file: impl Read, limit: u64) -> Result<Vec<u8>, DiskError> {
    // Most files are read in one step then, and none of the others in steps of a few bytes.
    let mut bytes = Vec::with_capacity(FIRST_READ.min(usize::try_from(limit).unwrap_or(FIRST_READ)));
    match file.read_to_end(&mut bytes) {
        Ok(_) => Ok(bytes),
        Err(error) if error.kind() == ErrorKind::FileTooLarge => Err(DiskError::TooLarge { limit }),
        Err(error) => Err(error.into()),
    }
}

/// Returns whether there is an entry of any kind.
pub(crate) fn exists(disk: &dyn Disk, path: &Path) -> bool {
    disk.metadata(path).is_ok()
}

/// Creates a folder and any missing ones above it, up to the root. Returns those that were created; their parents have
/// to be synced to make them durable.
pub(crate) fn make_folders(disk: &dyn Disk, path: &Path) -> Result<Vec<PathBuf>, DiskError> {
    if disk.metadata(path).is_ok_and(|found| found.kind == Kind::Folder) {
        return Ok(Vec::new());
    }
    let mut folders: Vec<&Path> = path.ancestors().filter(|folder| !folder.as_os_str().is_empty()).collect();
    folders.reverse();
    let mut created = Vec::new();
    for folder in folders {
        match disk.create_folder(folder) {
            Ok(()) => created.push(folder.to_owned()),
            Err(error) if error.is_taken() => {}
            Err(error) => return Err(error),
        }
    }
    match disk.metadata(path)?.kind {
        Kind::Folder => Ok(created),
        Kind::File => Err(DiskError::System(ErrorKind::NotADirectory.into())),
        Kind::Special(kind) => Err(DiskError::Special { at: path.to_owned(), kind }),
    }
}

/// Writes new content of a file under a temporary name. Nothing is left behind if that fails.
fn stage(disk: &dyn Disk, path: &Path, content: &mut dyn Read) -> Result<Staged, DiskError> {
    let replaces = replaces(disk, path)?;
    let mut tries = 0;
    loop {
        match stage_as(disk, path, &random_mark(), content, replaces) {
            // Nothing has been read from `content`.
            Err(error) if error.is_taken() && tries < TRIES => tries += 1,
            staged => return Ok(Staged { temporary: staged?, path: path.to_owned() }),
        }
    }
}

/// Writes new content of a file under the temporary name with this mark, with the permissions of the old file if it
/// `replaces` one. Returns the path of the temporary file. Nothing is left behind if that fails.
pub(crate) fn stage_as(
    disk: &dyn Disk,
    path: &Path,
    mark: &str,
    content: &mut dyn Read,
    replaces: bool,
) -> Result<PathBuf, DiskError> {
    let temporary = temporary_name(path, mark);
    let abandoned = |error: DiskError| {
        // The file belongs to another program, and stays.
        if !error.is_taken() {
            let _ = disk.remove_file(&temporary);
        }
        error
    };
    disk.create(&temporary, content).map_err(abandoned)?;
    if replaces {
        disk.copy_permissions(path, &temporary).map_err(abandoned)?;
    }
    Ok(temporary)
}

/// Returns whether there is a regular file to be replaced.
///
/// # Errors
/// Something other than a regular file is there.
fn replaces(disk: &dyn Disk, path: &Path) -> Result<bool, DiskError> {
    match disk.metadata(path) {
        Ok(found) => match found.kind {
            Kind::File => Ok(true),
            Kind::Folder => Err(DiskError::is_a_folder()),
            Kind::Special(kind) => Err(DiskError::Special { at: path.to_owned(), kind }),
        },
        Err(error) if error.is_missing() => Ok(false),
        Err(error) => Err(error),
    }
}

impl Staged {
    /// Waits until the new content is durable.
    pub fn sync(self, disk: &dyn Disk) -> Result<Self, DiskError> {
        match disk.sync_file(&self.temporary) {
            Ok(()) => Ok(self),
            Err(error) => Err(self.abandon(disk, error)),
        }
    }

    /// Replaces the file. Its folder has to be synced to make that durable.
    pub fn commit(self, disk: &dyn Disk) -> Result<(), DiskError> {
        disk.rename(&self.temporary, &self.path).map_err(|error| self.abandon(disk, error))
    }

    /// Removes the new content after an error.
    fn abandon(&self, disk: &dyn Disk, error: DiskError) -> DiskError {
        let _ = disk.remove_file(&self.temporary);
        error
    }
}

/// Replaces the content of a file durably, or creates it. At any time, the file has either its old or its new content.
pub(crate) fn replace(disk: &dyn Disk, path: &Path, content: &mut dyn Read) -> Result<(), DiskError> {
    stage(disk, path, content)?.sync(disk)?.commit(disk)
}

/// Replaces a file like [`replace`], but does not wait until it is durable.
pub(crate) fn replace_unsynced(
    disk: &dyn Disk,
    path: &Path,
    content: &mut dyn Read,
) -> Result<(), DiskError> {
    stage(disk, path, content)?.commit(disk)
}

/// Removes a folder and everything in it. An entry that is neither file nor folder stays, and so do the folders above it.
pub(crate) fn remove_tree(disk: &dyn Disk, folder: &Path) -> Result<(), DiskError> {
    for entry in disk.list(folder)? {
        let path = folder.join(&entry.name);
        match entry.kind {
            Kind::File => disk.remove_file(&path)?,
            Kind::Folder => remove_tree(disk, &path)?,
            Kind::Special(kind) => return Err(DiskError::Special { at: path, kind }),
        }
    }
    disk.remove_folder(folder)
}

/// Returns the name under which new content of a file is written: `.d001.ron.x7gk2q.tmp` for the mark `x7gk2q`.
pub(crate) fn temporary_name(path: &Path, mark: &str) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(".");
    name.push(mark);
    name.push(TEMPORARY);
    path.with_file_name(name)
}

/// Returns the mark in the name of a temporary file; `None` for any other name.
pub(crate) fn mark_of(name: &OsStr) -> Option<&str> {
    let (name, mark) = name.to_str()?.strip_prefix('.')?.strip_suffix(TEMPORARY)?.rsplit_once('.')?;
    (!name.is_empty() && is_mark(mark)).then_some(mark)
}

/// Returns whether a text has the form of a mark.
pub(crate) fn is_mark(text: &str) -> bool {
    text.len() == RANDOM && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
}

/// Returns random letters and digits that distinguish the temporary files of one operation from those of others.
pub(crate) fn random_mark() -> String {
    // The standard library seeds the state of its hash maps randomly.
    let mut random = RandomState::new().hash_one(());
    let mut digit = || {
        let digit = u32::try_from(random % 36).ok().and_then(|digit| char::from_digit(digit, 36));
        random /= 36;
        digit.unwrap_or('0')
    };
    (0..RANDOM).map(|_| digit()).collect()
}
