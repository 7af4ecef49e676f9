//! The disk of a Unix system. Every step starts at the root and descends without following a link: in one call where
//! the kernel has `openat2`, otherwise folder by folder.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, Read, Seek as _, SeekFrom, Write as _};
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustix::fd::{AsFd, OwnedFd};
use rustix::fs::{
    AtFlags, Dir, FileType, Gid, Mode, OFlags, Stat, Uid, fchmod, fchown, fstat, linkat, mkdirat, open,
    openat, renameat, statat, unlinkat,
};
use rustix::io::Errno;

use super::kept::KeptFolders;
use super::{Disk, DiskError, Entry, Kind, LockFile, Metadata, SpecialKind, bounded, durable, names, split};

/// Flags for opening a folder to reach its entries.
#[cfg(any(target_os = "linux", target_os = "android"))]
const REACH: OFlags = OFlags::PATH.union(OFlags::DIRECTORY).union(OFlags::CLOEXEC);
#[cfg(not(any(target_os = "linux", target_os = "android")))]
const REACH: OFlags = OFlags::RDONLY.union(OFlags::DIRECTORY).union(OFlags::CLOEXEC);

/// Flags for opening a file: a pipe or device that replaces it in the meantime must neither block nor become the
/// terminal.
const CAREFUL: OFlags = OFlags::NOFOLLOW.union(OFlags::NONBLOCK).union(OFlags::NOCTTY).union(OFlags::CLOEXEC);

/// Permissions of new files and folders, before the user's umask.
const NEW_FILE: Mode = Mode::from_raw_mode(0o666);
const NEW_FOLDER: Mode = Mode::from_raw_mode(0o777);

/// The disk of a Unix system, below a root.
#[derive(Debug)]
pub(super) struct UnixDisk {
    root: PathBuf,
    /// Whether `openat2` is tried.
    in_one_call: bool,
    /// The folders that are kept open, in a series of steps.
    kept: Option<KeptFolders>,
}

/// An entry of an open folder, which need not exist.
struct Spot<'a> {
    folder: Arc<OwnedFd>,
    name: &'a OsStr,
    path: &'a Path,
}

impl UnixDisk {
    pub fn new(root: &Path) -> Self {
        let root = if root.as_os_str().is_empty() { Path::new(".") } else { root };
        Self { root: root.to_owned(), in_one_call: true, kept: None }
    }

    /// Creates a disk that descends folder by folder, as on a kernel without `openat2`.
    #[cfg(test)]
    pub fn folder_by_folder(root: &Path) -> Self {
        Self { in_one_call: false, ..Self::new(root) }
    }

    fn open_root(&self) -> Result<OwnedFd, DiskError> {
        match open(&self.root, REACH, Mode::empty()) {
            Err(Errno::NOENT) => Err(DiskError::Gone),
            opened => opened.map_err(failed),
        }
    }

    /// Returns a folder to reach its entries.
    fn folder(&self, path: &Path) -> Result<Arc<OwnedFd>, DiskError> {
        match &self.kept {
            Some(kept) => kept.get(path, || self.open_folder(path)),
            None => self.open_folder(path).map(Arc::new),
        }
    }

    /// Opens a folder to reach its entries.
    fn open_folder(&self, path: &Path) -> Result<OwnedFd, DiskError> {
        let names = names(path)?;
        let root = self.open_root()?;
        if names.is_empty() {
            return Ok(root);
        }
        match in_one_call(&root, path, self.in_one_call) {
            Ok(folder) => Ok(folder),
            Err(Errno::NOENT) => Err(failed(Errno::NOENT)),
            // The call does not exist, or something is in the way; descending step by step finds out.
            Err(_) => folder_by_folder(root, &names),
        }
    }

    /// Opens a folder to list or sync it.
    fn readable_folder(&self, path: &Path) -> Result<OwnedFd, DiskError> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        openat(self.folder(path)?, ".", flags, Mode::empty()).map_err(failed)
    }

    fn forget_folders(&self) {
        if let Some(kept) = &self.kept {
            kept.forget();
        }
    }

    fn spot<'a>(&self, path: &'a Path) -> Result<Spot<'a>, DiskError> {
        let (parent, name) = split(path)?;
        Ok(Spot { folder: self.folder(parent)?, name, path })
    }

    /// Opens a regular file.
    fn file(&self, path: &Path, flags: OFlags) -> Result<File, DiskError> {
        self.file_and_stat(path, flags).map(|(file, _)| file)
    }

    fn file_and_stat(&self, path: &Path, flags: OFlags) -> Result<(File, Stat), DiskError> {
        let spot = self.spot(path)?;
        // Checked first, since merely opening a device can have an effect.
        if spot.plain()?.is_none() && !flags.contains(OFlags::CREATE) {
            return Err(failed(Errno::NOENT));
        }
        let file = spot.open(flags).map_err(failed)?;
        let stat = fstat(&file).map_err(failed)?;
        match kind(&stat) {
            Kind::File => Ok((file, stat)),
            Kind::Folder => Err(DiskError::is_a_folder()),
            Kind::Special(kind) => Err(DiskError::Special { at: path.to_owned(), kind }),
        }
    }

    /// Creates a regular file. The system opens nothing that is there already.
    fn new_file(&self, path: &Path) -> Result<File, DiskError> {
        let spot = self.spot(path)?;
        match spot.open(OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL) {
            Ok(file) => Ok(file),
            Err(error) => {
                spot.plain()?;
                // A series does not notice by itself that the root is gone.
                self.open_root()?;
                Err(failed(error))
            }
        }
    }
}

impl Spot<'_> {
    /// Returns an entry of the same folder.
    fn neighbour<'a>(&self, path: &'a Path) -> Result<Spot<'a>, DiskError> {
        Ok(Spot { folder: self.folder.clone(), name: split(path)?.1, path })
    }

    fn open(&self, flags: OFlags) -> Result<File, Errno> {
        openat(&self.folder, self.name, flags | CAREFUL, NEW_FILE).map(File::from)
    }

    fn stat(&self) -> Result<Stat, DiskError> {
        stat(&self.folder, self.name)
    }

    /// Returns the kind of the entry, if there is one.
    ///
    /// # Errors
    /// It is neither a regular file nor a folder.
    fn plain(&self) -> Result<Option<Kind>, DiskError> {
        match self.stat().map(|stat| kind(&stat)) {
            Ok(Kind::Special(kind)) => Err(DiskError::Special { at: self.path.to_owned(), kind }),
            Ok(plain) => Ok(Some(plain)),
            Err(error) if error.is_missing() => Ok(None),
            Err(error) => Err(error),
        }
    }
}

impl Disk for UnixDisk {
    fn create_root(&self) -> Result<(), DiskError> {
        Ok(std::fs::create_dir_all(&self.root)?)
    }

    fn metadata(&self, path: &Path) -> Result<Metadata, DiskError> {
        if path.as_os_str().is_empty() {
            return self.open_root().map(|_| Metadata { kind: Kind::Folder, length: 0 });
        }
        let stat = self.spot(path)?.stat()?;
        Ok(Metadata { kind: kind(&stat), length: length(&stat) })
    }

    fn list(&self, folder: &Path) -> Result<Vec<Entry>, DiskError> {
        let folder = self.readable_folder(folder)?;
        let mut entries = Vec::new();
        for entry in Dir::read_from(&folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let name = OsStr::from_bytes(entry.file_name().to_bytes());
            if name == "." || name == ".." {
                continue;
            }
            let kind = match entry.file_type() {
                // Some file systems don't say. An entry that has vanished in the meantime is left out.
                FileType::Unknown => match statat(&folder, name, AtFlags::SYMLINK_NOFOLLOW) {
                    Ok(stat) => kind(&stat),
                    Err(_) => continue,
                },
                known => kind_of(known),
            };
            entries.push(Entry { name: OsString::from(name), kind });
        }
        Ok(entries)
    }

    fn open(&self, path: &Path, limit: u64) -> Result<Box<dyn Read + Send>, DiskError> {
        let (file, stat) = self.file_and_stat(path, OFlags::RDONLY)?;
        bounded(file, length(&stat), limit)
    }

    fn last_byte(&self, path: &Path) -> Result<Option<u8>, DiskError> {
        let mut file = self.file(path, OFlags::RDONLY)?;
        if file.seek(SeekFrom::End(0))? == 0 {
            return Ok(None);
        }
        file.seek(SeekFrom::End(-1))?;
        let mut byte = [0];
        file.read_exact(&mut byte)?;
        Ok(Some(byte[0]))
    }

    fn create(&self, path: &Path, content: &mut dyn Read) -> Result<(), DiskError> {
        let mut file = self.new_file(path)?;
        io::copy(content, &mut file)?;
        Ok(())
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
        let mut file = self.file(path, OFlags::WRONLY | OFlags::CREATE | OFlags::APPEND)?;
        Ok(file.write_all(bytes)?)
    }

    fn truncate(&self, path: &Path, length: u64) -> Result<(), DiskError> {
        Ok(self.file(path, OFlags::WRONLY)?.set_len(length)?)
    }

    fn copy_permissions(&self, from: &Path, to: &Path) -> Result<(), DiskError> {
        let from = self.spot(from)?;
        from.plain()?;
        let stat = from.stat()?;
        let file = self.file(to, OFlags::WRONLY)?;
        let now = fstat(&file).map_err(failed)?;
        if (stat.st_uid, stat.st_gid) != (now.st_uid, now.st_gid) {
            // Few users may give files away, and the others lose nothing.
            let _ = fchown(&file, Some(Uid::from_raw(stat.st_uid)), Some(Gid::from_raw(stat.st_gid)));
        }
        let mode = Mode::from_raw_mode(stat.st_mode);
        if mode != Mode::from_raw_mode(now.st_mode) {
            fchmod(&file, mode).map_err(failed)?;
        }
        Ok(())
    }

    fn sync_file(&self, path: &Path) -> Result<(), DiskError> {
        Ok(self.file(path, OFlags::RDONLY)?.sync_all()?)
    }

    fn sync_folder(&self, folder: &Path) -> Result<(), DiskError> {
        Ok(File::from(self.readable_folder(folder)?).sync_all()?)
    }

    fn sync_all(&self, files: &[PathBuf], folders: &[PathBuf]) -> Result<(), DiskError> {
        if files.len() + folders.len() > durable::AT_ONCE {
            let root = self.readable_folder(Path::new(""))?;
            if durable::sync_file_system(&root)? {
                return Ok(());
            }
        }
        durable::sync_each(self, files, folders)
    }

    fn rename(&self, from: &Path, to: &Path) -> Result<(), DiskError> {
        let is_in_one_folder = from.parent() == to.parent();
        let from = self.spot(from)?;
        let to = if is_in_one_folder { from.neighbour(to)? } else { self.spot(to)? };
        let renamed = from.plain()?;
        to.plain()?;
        renameat(&from.folder, from.name, &to.folder, to.name).map_err(failed)?;
        if renamed == Some(Kind::Folder) {
            self.forget_folders();
        }
        Ok(())
    }

    fn hard_link(&self, from: &Path, to: &Path) -> Result<(), DiskError> {
        let (from, to) = (self.spot(from)?, self.spot(to)?);
        from.plain()?;
        to.plain()?;
        linkat(&from.folder, from.name, &to.folder, to.name, AtFlags::empty()).map_err(failed)
    }

    fn create_folder(&self, path: &Path) -> Result<(), DiskError> {
        let spot = self.spot(path)?;
        mkdirat(&spot.folder, spot.name, NEW_FOLDER).map_err(failed)
    }

    fn remove_file(&self, path: &Path) -> Result<(), DiskError> {
        let spot = self.spot(path)?;
        spot.plain()?;
        unlinkat(&spot.folder, spot.name, AtFlags::empty()).map_err(failed)
    }

    fn remove_folder(&self, path: &Path) -> Result<(), DiskError> {
        let spot = self.spot(path)?;
        spot.plain()?;
        self.forget_folders();
        unlinkat(&spot.folder, spot.name, AtFlags::REMOVEDIR).map_err(failed)
    }

    fn lock_file(&self, path: &Path) -> Result<LockFile, DiskError> {
        Ok(LockFile(self.file(path, OFlags::WRONLY | OFlags::CREATE)?))
    }

    fn series(&self) -> Option<Arc<dyn Disk>> {
        let (root, in_one_call) = (self.root.clone(), self.in_one_call);
        Some(Arc::new(Self { root, in_one_call, kept: Some(KeptFolders::default()) }))
    }
}

/// Opens a folder below another one, without following a link or leaving it.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn in_one_call(root: &OwnedFd, path: &Path, is_wanted: bool) -> Result<OwnedFd, Errno> {
    use rustix::fs::{ResolveFlags, openat2};
    if !is_wanted {
        return Err(Errno::NOSYS);
    }
    let within = ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS | ResolveFlags::NO_MAGICLINKS;
    openat2(root, path, REACH, Mode::empty(), within)
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn in_one_call(_: &OwnedFd, _: &Path, _: bool) -> Result<OwnedFd, Errno> {
    Err(Errno::NOSYS)
}

/// Descends from a folder by plain names, without following links.
fn folder_by_folder(root: OwnedFd, names: &[&OsStr]) -> Result<OwnedFd, DiskError> {
    let mut folder = root;
    let mut at = PathBuf::new();
    for name in names {
        at.push(name);
        if let Kind::Special(kind) = kind(&stat(&folder, name)?) {
            return Err(DiskError::Special { at, kind });
        }
        folder = openat(folder.as_fd(), *name, REACH | OFlags::NOFOLLOW, Mode::empty()).map_err(failed)?;
    }
    Ok(folder)
}

fn stat(folder: &OwnedFd, name: &OsStr) -> Result<Stat, DiskError> {
    statat(folder, name, AtFlags::SYMLINK_NOFOLLOW).map_err(failed)
}

fn length(stat: &Stat) -> u64 {
    u64::try_from(stat.st_size).unwrap_or_default()
}

fn kind(stat: &Stat) -> Kind {
    kind_of(FileType::from_raw_mode(stat.st_mode))
}

fn kind_of(kind: FileType) -> Kind {
    match kind {
        FileType::RegularFile => Kind::File,
        FileType::Directory => Kind::Folder,
        FileType::Symlink => Kind::Special(SpecialKind::Link),
        FileType::Fifo => Kind::Special(SpecialKind::Pipe),
        FileType::Socket => Kind::Special(SpecialKind::Socket),
        FileType::CharacterDevice | FileType::BlockDevice | FileType::Unknown => {
            Kind::Special(SpecialKind::Device)
        }
    }
}

fn failed(error: Errno) -> DiskError {
    DiskError::System(error.into())
}
