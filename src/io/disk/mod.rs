//! Access to the files below one folder, the root of a project, in small steps.
//!
//! Everything that reads or writes a project goes through [`Disk`], so that tests can record, fail or interrupt each
//! step. The real disk follows no link below the root, opens only regular files and folders, and never creates the root
//! when saving. [`steps`] combines the steps.

mod below;
mod durable;
mod fault;
mod frozen;
#[cfg(unix)]
mod kept;
pub(crate) mod outside;
#[cfg(any(test, not(unix)))]
mod portable;
pub(crate) mod steps;
#[cfg(test)]
mod tests;
#[cfg(unix)]
mod unix;

use std::ffi::OsString;
use std::fmt;
use std::fs::{File, TryLockError};
use std::io::{self, ErrorKind, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use thiserror::Error;

pub(crate) use below::Below;
pub use fault::DiskFault;
pub(crate) use frozen::Frozen;
pub use outside::temporary_folder;

/// The files below a root. Paths are relative to the root, and consist of plain names; the empty path is the root itself.
///
/// Each operation is one step. A link, pipe, socket or device is never followed, opened, moved or removed, neither at
/// the end of a path nor on the way ([`DiskError::Special`]). If the root does not exist, every operation except
/// [`Disk::create_root`] fails with [`DiskError::Gone`].
pub trait Disk: fmt::Debug + Send + Sync {
    /// Creates the root, and the folders above it that don't exist.
    ///
    /// # Errors
    /// The system refuses.
    fn create_root(&self) -> Result<(), DiskError>;

    /// Returns the kind and length of an entry. A link is not followed.
    ///
    /// # Errors
    /// There is no such entry, or its folder can't be searched.
    fn metadata(&self, path: &Path) -> Result<Metadata, DiskError>;

    /// Returns the entries of a folder, in any order.
    ///
    /// # Errors
    /// It is not a folder, or can't be listed.
    fn list(&self, folder: &Path) -> Result<Vec<Entry>, DiskError>;

    /// Opens a regular file for reading. Reading more than `limit` bytes from it fails with [`ErrorKind::FileTooLarge`].
    ///
    /// # Errors
    /// It is not a regular file, can't be opened, or is larger than `limit` bytes.
    fn open(&self, path: &Path, limit: u64) -> Result<Box<dyn Read + Send>, DiskError>;

    /// Returns the last byte of a regular file; `None` if the file is empty.
    ///
    /// # Errors
    /// It is not a regular file, or can't be read.
    fn last_byte(&self, path: &Path) -> Result<Option<u8>, DiskError>;

    /// Creates a file and writes `content` to it. The file remains if that fails half-way.
    ///
    /// # Errors
    /// There is an entry already, or the file can't be written.
    fn create(&self, path: &Path, content: &mut dyn Read) -> Result<(), DiskError>;

    /// Writes bytes to the end of a file, which is created if there is none.
    ///
    /// # Errors
    /// It is not a regular file, or can't be written.
    fn append(&self, path: &Path, bytes: &[u8]) -> Result<(), DiskError>;

    /// Cuts a file after `length` bytes.
    ///
    /// # Errors
    /// It is not a regular file, or can't be written.
    fn truncate(&self, path: &Path, length: u64) -> Result<(), DiskError>;

    /// Gives a file the permissions of another one, and its owner if the system allows that.
    ///
    /// # Errors
    /// One of them is not a regular file, or the permissions can't be changed.
    fn copy_permissions(&self, from: &Path, to: &Path) -> Result<(), DiskError>;

    /// Waits until the content of a file is durable.
    ///
    /// # Errors
    /// It is not a regular file, or can't be written to the medium.
    fn sync_file(&self, path: &Path) -> Result<(), DiskError>;

    /// Waits until the names in a folder are durable.
    ///
    /// # Errors
    /// It is not a folder, or the file system refuses.
    fn sync_folder(&self, folder: &Path) -> Result<(), DiskError>;

    /// Waits until the contents of these files and the names in these folders are durable, in one go where the system can do
    /// that.
    ///
    /// # Errors
    /// One of the files is not a regular file, one of the folders is not a folder, or the medium can't be written.
    fn sync_all(&self, files: &[PathBuf], folders: &[PathBuf]) -> Result<(), DiskError>;

    /// Renames a file or folder. An existing file is replaced.
    ///
    /// # Errors
    /// There is no such entry, or the system refuses.
    fn rename(&self, from: &Path, to: &Path) -> Result<(), DiskError>;

    /// Gives a regular file a second name.
    ///
    /// # Errors
    /// There is an entry with that name already, or the file system has no hard links.
    fn hard_link(&self, from: &Path, to: &Path) -> Result<(), DiskError>;

    /// Creates one folder.
    ///
    /// # Errors
    /// There is an entry already, there is no folder above it, or the system refuses.
    fn create_folder(&self, path: &Path) -> Result<(), DiskError>;

    /// Removes a regular file.
    ///
    /// # Errors
    /// There is no such file, or the system refuses.
    fn remove_file(&self, path: &Path) -> Result<(), DiskError>;

    /// Removes an empty folder.
    ///
    /// # Errors
    /// It is not a folder, is not empty, or the system refuses.
    fn remove_folder(&self, path: &Path) -> Result<(), DiskError>;

    /// Opens a file for locking, and creates it if there is none.
    ///
    /// # Errors
    /// It is not a regular file, or can't be written.
    fn lock_file(&self, path: &Path) -> Result<LockFile, DiskError>;

    /// Returns a disk for a series of steps below the same root, which reaches each folder once and keeps it open;
    /// `None` if this disk has nothing to save by that. A folder that is moved meanwhile is still the one that is written
    /// to, so a series must be short.
    fn series(&self) -> Option<Arc<dyn Disk>> {
        None
    }
}

/// Returns the disk of this machine, below a root, which need not exist. The root itself may be a link.
pub fn real(root: &Path) -> Arc<dyn Disk> {
    #[cfg(unix)]
    return Arc::new(unix::UnixDisk::new(root));
    #[cfg(not(unix))]
    return Arc::new(portable::PortableDisk::new(root));
}

/// The kind and length of an entry.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Metadata {
    /// The kind.
    pub kind: Kind,
    /// The length in bytes; meaningless unless it is a file.
    pub length: u64,
}

/// An entry of a folder.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// The name.
    pub name: OsString,
    /// The kind.
    pub kind: Kind,
}

/// A kind of entry.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// Anything else.
    Special(SpecialKind),
}

/// An entry that is neither a regular file nor a folder.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Error)]
pub enum SpecialKind {
    /// A symbolic link, or a junction on Windows.
    #[error("a symbolic link")]
    Link,
    /// A named pipe.
    #[error("a named pipe")]
    Pipe,
    /// A socket.
    #[error("a socket")]
    Socket,
    /// A device, or anything unknown.
    #[error("a device")]
    Device,
}

/// The failure of an operation on a [`Disk`].
#[derive(Debug, Error)]
pub enum DiskError {
    /// An error of the operating system.
    #[error(transparent)]
    System(#[from] io::Error),
    /// An entry in the path that is neither a regular file nor a folder.
    #[error("{} is {kind}", at.display())]
    Special { at: PathBuf, kind: SpecialKind },
    /// A file of more than this number of bytes.
    #[error("the file is larger than {limit} bytes")]
    TooLarge { limit: u64 },
    /// The root does not exist.
    #[error("the folder is gone")]
    Gone,
}

impl DiskError {
    /// Returns whether there is no such entry, perhaps because there is no root.
    pub fn is_missing(&self) -> bool {
        match self {
            Self::System(error) => error.kind() == ErrorKind::NotFound,
            Self::Gone => true,
            Self::Special { .. } | Self::TooLarge { .. } => false,
        }
    }

    /// Returns whether an entry exists already.
    pub fn is_taken(&self) -> bool {
        matches!(self, Self::System(error) if error.kind() == ErrorKind::AlreadyExists)
    }

    /// Returns the error of a file that is not a text, as the standard library words it.
    pub(crate) fn not_utf8() -> Self {
        Self::System(io::Error::new(ErrorKind::InvalidData, "stream did not contain valid UTF-8"))
    }

    fn is_a_folder() -> Self {
        Self::System(ErrorKind::IsADirectory.into())
    }
}

/// A file that programs lock to exclude each other. The lock is released when this is dropped.
#[derive(Debug)]
pub struct LockFile(File);

impl LockFile {
    /// Acquires the lock, if no other program holds it. Returns whether it is acquired.
    ///
    /// # Errors
    /// The file system has no locks.
    pub fn try_lock(&self) -> io::Result<bool> {
        match self.0.try_lock() {
            Ok(()) => Ok(true),
            Err(TryLockError::WouldBlock) => Ok(false),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}

/// A reader that fails instead of yielding more than a number of bytes.
struct Bounded<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(into)?;
        self.left = self.left.checked_sub(length as u64).ok_or(ErrorKind::FileTooLarge)?;
        Ok(length)
    }
}

/// Checks a file of this length that was opened for reading, and bounds it.
fn bounded(file: File, length: u64, limit: u64) -> Result<Box<dyn Read + Send>, DiskError> {
    match length > limit {
        true => Err(DiskError::TooLarge { limit }),
        false => Ok(Box::new(Bounded { inner: file, left: limit })),
    }
}

/// Returns the names of a path.
///
/// # Errors
/// It contains anything but plain names.
fn names(path: &Path) -> Result<Vec<&std::ffi::OsStr>, DiskError> {
    let name = |part| match part {
        Component::Normal(name) => Ok(name),
        Component::Prefix(_) | Component::RootDir | Component::CurDir | Component::ParentDir => {
            Err(DiskError::System(ErrorKind::InvalidInput.into()))
        }
    };
    path.components().map(name).collect()
}

/// Returns the folder and the name of an entry.
///
/// # Errors
/// The path is that of the root, or contains anything but plain names.
fn split(path: &Path) -> Result<(&Path, &std::ffi::OsStr), DiskError> {
    let last = names(path)?.pop();
    path.parent().zip(last).ok_or_else(|| DiskError::System(ErrorKind::InvalidInput.into()))
}

/// Returns the kind of an entry from what the standard library says of it.
fn kind(kind: std::fs::FileType) -> Kind {
    if kind.is_file() {
        return Kind::File;
    }
    if kind.is_dir() {
        return Kind::Folder;
    }
    Kind::Special(if kind.is_symlink() { SpecialKind::Link } else { other_kind(kind) })
}

#[cfg(unix)]
fn other_kind(kind: std::fs::FileType) -> SpecialKind {
    use std::os::unix::fs::FileTypeExt as _;
    match (kind.is_fifo(), kind.is_socket()) {
        (true, _) => SpecialKind::Pipe,
        (_, true) => SpecialKind::Socket,
        _ => SpecialKind::Device,
    }
}

#[cfg(not(unix))]
fn other_kind(_: std::fs::FileType) -> SpecialKind {
    SpecialKind::Device
}
