//! Operations that take several steps on a [`Disk`].

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher as _;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::{Disk, DiskError, Kind};

/// Number of names that are tried for a temporary file.
const TRIES: usize = 8;
/// Number of random letters and digits in the name of a temporary file.
const RANDOM: usize = 6;

/// A new content of a file, written under a temporary name such as `.d001.ron.x7gk2q` next to it.
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
    let mut bytes = Vec::new();
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

/// Creates a folder and those above it, up to the root, that don't exist.
pub(crate) fn make_folders(disk: &dyn Disk, path: &Path) -> Result<(), DiskError> {
    if disk.metadata(path).is_ok_and(|found| found.kind == Kind::Folder) {
        return Ok(());
    }
    let mut folders: Vec<&Path> = path.ancestors().filter(|folder| !folder.as_os_str().is_empty()).collect();
    folders.reverse();
    for folder in folders {
        match disk.create_folder(folder) {
            Err(error) if !error.is_taken() => return Err(error),
            _ => {}
        }
    }
    match disk.metadata(path)?.kind {
        Kind::Folder => Ok(()),
        Kind::File => Err(DiskError::System(ErrorKind::NotADirectory.into())),
        Kind::Special(kind) => Err(DiskError::Special { at: path.to_owned(), kind }),
    }
}

/// Writes a new content of a file under a temporary name. Nothing is left behind if that fails.
pub(crate) fn stage(disk: &dyn Disk, path: &Path, content: &mut dyn Read) -> Result<Staged, DiskError> {
    let replaces = match disk.metadata(path) {
        Ok(found) => match found.kind {
            Kind::File => true,
            Kind::Folder => return Err(DiskError::is_a_folder()),
            Kind::Special(kind) => return Err(DiskError::Special { at: path.to_owned(), kind }),
        },
        Err(error) if error.is_missing() => false,
        Err(error) => return Err(error),
    };
    let temporary = create_temporary(disk, path, content)?;
    let staged = Staged { temporary, path: path.to_owned() };
    let result = if replaces { disk.copy_permissions(path, &staged.temporary) } else { Ok(()) };
    match result {
        Ok(()) => Ok(staged),
        Err(error) => Err(staged.abandon(disk, error)),
    }
}

/// Creates a temporary file next to `path`.
fn create_temporary(disk: &dyn Disk, path: &Path, content: &mut dyn Read) -> Result<PathBuf, DiskError> {
    let mut tries = 0;
    loop {
        let temporary = temporary_name(path);
        match disk.create(&temporary, content) {
            Ok(()) => return Ok(temporary),
            // Nothing has been read from `content`.
            Err(error) if error.is_taken() && tries < TRIES => tries += 1,
            Err(error) if error.is_taken() => return Err(error),
            Err(error) => {
                let _ = disk.remove_file(&temporary);
                return Err(error);
            }
        }
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

/// Replaces a file by a durable content, or creates it: it has either its old or its new content at any time.
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

fn temporary_name(path: &Path) -> PathBuf {
    // A new state of the standard library's hash maps is a random number.
    let mut random = RandomState::new().hash_one(());
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(".");
    for _ in 0..RANDOM {
        let digit = u32::try_from(random % 36).ok().and_then(|digit| char::from_digit(digit, 36));
        name.push(digit.unwrap_or('0').to_string());
        random /= 36;
    }
    path.with_file_name(name)
}
