//! Files outside projects. Files that the user names may be links; files that the program finds itself, next to others
//! or in a folder, may not, since the folder may be another person's.

use std::fs::OpenOptions;
use std::io::{self, ErrorKind, Read, Write as _};
use std::path::{Path, PathBuf};

use atomic_write_file::AtomicWriteFile;

use super::{DiskError, Kind, bounded, kind, real, steps};
use crate::limits;

/// Opens a file that the user names. Reading more than `limit` bytes from it fails with [`ErrorKind::FileTooLarge`].
///
/// # Errors
/// It is a folder, a socket, a device or a pipe, except one that this process was started with, such as `/dev/stdin`; it can't
/// be opened, or is larger than `limit` bytes.
pub(crate) fn open(path: &Path, limit: u64) -> Result<Box<dyn Read + Send>, DiskError> {
    check(path, kind(std::fs::metadata(path)?.file_type()))?;
    let file = options(path).open(path)?;
    // Another entry may have replaced the one that was checked.
    let found = file.metadata()?;
    check(path, kind(found.file_type()))?;
    bounded(file, found.len(), limit)
}

fn check(path: &Path, kind: Kind) -> Result<(), DiskError> {
    match kind {
        Kind::File => Ok(()),
        Kind::Folder => Err(DiskError::is_a_folder()),
        Kind::Special(super::SpecialKind::Pipe) if is_given(path) => Ok(()),
        Kind::Special(kind) => Err(DiskError::Special { at: path.to_owned(), kind }),
    }
}

/// Returns whether a path names a file that this process was started with.
fn is_given(path: &Path) -> bool {
    path == Path::new("/dev/stdin") || path.starts_with("/dev/fd") || path.starts_with("/proc/self/fd")
}

#[cfg(unix)]
fn options(path: &Path) -> OpenOptions {
    use rustix::fs::OFlags;
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut options = OpenOptions::new();
    options.read(true);
    if !is_given(path) {
        let careful = OFlags::NONBLOCK | OFlags::NOCTTY;
        options.custom_flags(careful.bits().cast_signed());
    }
    options
}

#[cfg(not(unix))]
fn options(_: &Path) -> OpenOptions {
    OpenOptions::new().read(true).clone()
}

/// Reads a file of at most `limit` bytes that the user names.
///
/// # Errors
/// Same as [`open`].
pub(crate) fn read(path: &Path, limit: u64) -> Result<Vec<u8>, DiskError> {
    steps::read_all(open(path, limit)?, limit)
}

/// Reads a text of at most `limit` bytes that the user names.
///
/// # Errors
/// As [`read`]; it is not UTF-8.
pub(crate) fn read_text(path: &Path, limit: u64) -> Result<String, DiskError> {
    String::from_utf8(read(path, limit)?).map_err(|_| DiskError::not_utf8())
}

/// Reads a file of at most `limit` bytes that the user did not name and that must not be a link.
///
/// # Errors
/// It is not a regular file, can't be read, or is larger than `limit` bytes.
pub(crate) fn read_found(path: &Path, limit: u64) -> Result<Vec<u8>, DiskError> {
    let (folder, name) =
        path.parent().zip(path.file_name()).ok_or(ErrorKind::InvalidInput).map_err(io::Error::from)?;
    read_below(folder, Path::new(name), limit)
}

/// Reads a file of at most `limit` bytes below a folder, without following a link there or leaving it.
///
/// # Errors
/// Same as [`read_found`].
pub(crate) fn read_below(folder: &Path, path: &Path, limit: u64) -> Result<Vec<u8>, DiskError> {
    let disk = real(folder);
    steps::read(&*disk, path, limit).map_err(|error| match error {
        DiskError::Special { at, kind } => DiskError::Special { at: folder.join(at), kind },
        DiskError::Gone => DiskError::System(ErrorKind::NotFound.into()),
        other @ (DiskError::System(_) | DiskError::TooLarge { .. }) => other,
    })
}

/// Returns the first bytes of a regular file, at most `length`.
///
/// # Errors
/// It is not a regular file, or can't be read. A pipe is refused, since its bytes could not be read again.
pub(crate) fn head(path: &Path, length: u64) -> Result<Vec<u8>, DiskError> {
    if let Kind::Special(kind) = kind(std::fs::metadata(path)?.file_type()) {
        return Err(DiskError::Special { at: path.to_owned(), kind });
    }
    let mut head = Vec::with_capacity(steps::FIRST_READ);
    options(path).open(path)?.take(length).read_to_end(&mut head)?;
    Ok(head)
}

/// Writes a file atomically.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = AtomicWriteFile::open(path)?;
    file.write_all(bytes)?;
    file.commit()
}

/// Writes a new file below a folder that only this process uses, and creates the folders above it. It is not made durable.
///
/// # Errors
/// There is a file of that name already, or it can't be written.
pub(crate) fn write_new(folder: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let path = folder.join(path);
    std::fs::create_dir_all(path.parent().unwrap_or(folder))?;
    OpenOptions::new().write(true).create_new(true).open(path)?.write_all(bytes)
}

/// Returns whether there is anything at a path.
pub(crate) fn is_taken(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_ok()
}

/// Creates a folder that only this user can access, and the folders above it with the usual permissions.
///
/// # Errors
/// The folder can't be created, or exists and is a link or writable by others.
pub(crate) fn make_private(folder: &Path) -> Result<(), DiskError> {
    if let Some(parent) = folder.parent() {
        std::fs::create_dir_all(parent)?;
    }
    match new_private(folder) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => check_private(folder),
        created => Ok(created?),
    }
}

/// Creates a folder with a random name that only this user can access, and that is removed on drop: in `within`, or in
/// the system's folder for temporary files.
///
/// # Errors
/// The folder can't be created.
pub fn temporary_folder(within: Option<&Path>) -> io::Result<tempfile::TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".demarche-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    within.map_or_else(|| builder.tempdir(), |within| builder.tempdir_in(within))
}

#[cfg(unix)]
fn new_private(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    std::fs::DirBuilder::new().mode(0o700).create(folder)
}

#[cfg(unix)]
fn check_private(folder: &Path) -> Result<(), DiskError> {
    use std::os::unix::fs::MetadataExt as _;
    let found = std::fs::symlink_metadata(folder)?;
    let is_own = found.uid() == rustix::process::geteuid().as_raw() && found.mode() & 0o022 == 0;
    match kind(found.file_type()) {
        Kind::Folder if is_own => Ok(()),
        Kind::Folder => Err(DiskError::System(ErrorKind::PermissionDenied.into())),
        Kind::File => Err(DiskError::System(ErrorKind::NotADirectory.into())),
        Kind::Special(kind) => Err(DiskError::Special { at: folder.to_owned(), kind }),
    }
}

#[cfg(not(unix))]
fn new_private(folder: &Path) -> io::Result<()> {
    std::fs::create_dir(folder)
}

#[cfg(not(unix))]
fn check_private(folder: &Path) -> Result<(), DiskError> {
    // On Windows, a user's data folder is private anyway.
    match kind(std::fs::symlink_metadata(folder)?.file_type()) {
        Kind::Folder => Ok(()),
        Kind::File => Err(DiskError::System(ErrorKind::NotADirectory.into())),
        Kind::Special(kind) => Err(DiskError::Special { at: folder.to_owned(), kind }),
    }
}

/// Renames a folder. Replaces nothing except an empty folder.
pub(crate) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    std::fs::rename(from, to)
}

/// Returns whether a path given by the user is a folder, or a link to one.
pub(crate) fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// Returns the canonical path of a folder, which the system may use in what it reports; the path itself if it has none.
pub(crate) fn real_path(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// Returns the number that the file system has given a file: it stays when the file is moved, and a copy has another.
#[cfg(unix)]
pub(crate) fn file_number(path: &Path) -> Option<u64> {
    use std::os::unix::fs::MetadataExt as _;

    path.symlink_metadata().ok().map(|found| found.ino())
}

/// Other systems have no such number.
#[cfg(not(unix))]
pub(crate) fn file_number(_path: &Path) -> Option<u64> {
    None
}

/// Returns whether a folder is on another machine, whose changes the system does not report.
pub(crate) fn is_remote(path: &Path) -> bool {
    const REMOTE: [&str; 8] = ["nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph"];
    if path.to_string_lossy().starts_with(r"\\") && !path.to_string_lossy().starts_with(r"\\?\C") {
        return true;
    }
    let Ok(mounts) = read_text(Path::new("/proc/mounts"), limits::SYSTEM) else { return false };
    let mount = mounts
        .lines()
        .filter_map(|line| {
            let mut parts = line.split(' ').skip(1);
            Some((parts.next()?.replace("\\040", " "), parts.next()?))
        })
        .filter(|(at, _)| path.starts_with(at))
        .max_by_key(|(at, _)| at.len());
    mount.is_some_and(|(_, kind)| REMOTE.contains(&kind) || kind.starts_with("fuse.sshfs"))
}
