//! The disk of a system without `openat`: each part of a path is checked before the path is used. An entry that is
//! swapped in between is followed; the standard library offers nothing better.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use super::{Disk, DiskError, Entry, Kind, LockFile, Metadata, bounded, durable, kind, names, split};

/// The disk of any system, below a root.
#[derive(Debug)]
pub(super) struct PortableDisk {
    root: PathBuf,
}

impl PortableDisk {
    pub fn new(root: &Path) -> Self {
        let root = if root.as_os_str().is_empty() { Path::new(".") } else { root };
        Self { root: root.to_owned() }
    }

    /// Returns the absolute path of an entry whose folder is below the root, and what is there, if anything.
    fn find(&self, path: &Path) -> Result<(PathBuf, Option<Metadata>), DiskError> {
        if !fs::exists(&self.root)? {
            return Err(DiskError::Gone);
        }
        let (mut full, mut at) = (self.root.clone(), PathBuf::new());
        let names = names(path)?;
        let mut found = Some(Metadata { kind: Kind::Folder, length: 0 });
        for name in names {
            match found.map(|found| found.kind) {
                None => return Err(DiskError::System(ErrorKind::NotFound.into())),
                Some(Kind::File) => return Err(DiskError::System(ErrorKind::NotADirectory.into())),
                Some(Kind::Folder) => {}
                Some(Kind::Special(kind)) => return Err(DiskError::Special { at, kind }),
            }
            full.push(name);
            at.push(name);
            found = match fs::symlink_metadata(&full) {
                Err(error) if error.kind() == ErrorKind::NotFound => None,
                found => {
                    Some(found?).map(|found| Metadata { kind: kind(found.file_type()), length: found.len() })
                }
            };
        }
        Ok((full, found))
    }

    /// Like [`PortableDisk::find`], for an entry that must be a regular file or folder if it exists.
    fn plain(&self, path: &Path) -> Result<(PathBuf, Option<Kind>), DiskError> {
        match self.find(path)? {
            (_, Some(Metadata { kind: Kind::Special(kind), .. })) => {
                Err(DiskError::Special { at: path.to_owned(), kind })
            }
            (full, found) => Ok((full, found.map(|found| found.kind))),
        }
    }

    /// Like [`PortableDisk::plain`], for an entry that is not the root.
    fn entry(&self, path: &Path) -> Result<PathBuf, DiskError> {
        split(path)?;
        Ok(self.plain(path)?.0)
    }

    fn file(&self, path: &Path, options: &OpenOptions) -> Result<File, DiskError> {
        match self.plain(path)? {
            (_, Some(Kind::Folder)) => Err(DiskError::is_a_folder()),
            (full, _) => Ok(options.open(full)?),
        }
    }

    fn read_only(&self, path: &Path) -> Result<File, DiskError> {
        self.file(path, OpenOptions::new().read(true))
    }
}

impl Disk for PortableDisk {
    fn create_root(&self) -> Result<(), DiskError> {
        Ok(fs::create_dir_all(&self.root)?)
    }

    fn metadata(&self, path: &Path) -> Result<Metadata, DiskError> {
        self.find(path)?.1.ok_or_else(|| DiskError::System(ErrorKind::NotFound.into()))
    }

    fn list(&self, folder: &Path) -> Result<Vec<Entry>, DiskError> {
        let entry = |entry: io::Result<fs::DirEntry>| {
            let entry = entry?;
            Ok(Entry { name: entry.file_name(), kind: kind(entry.file_type()?) })
        };
        fs::read_dir(self.plain(folder)?.0)?.map(entry).collect()
    }

    fn open(&self, path: &Path, limit: u64) -> Result<Box<dyn Read + Send>, DiskError> {
        let file = self.read_only(path)?;
        let length = file.metadata()?.len();
        bounded(file, length, limit)
    }

    fn last_byte(&self, path: &Path) -> Result<Option<u8>, DiskError> {
        let mut file = self.read_only(path)?;
        if file.seek(SeekFrom::End(0))? == 0 {
            return Ok(None);
        }
        file.seek(SeekFrom::End(-1))?;
        let mut byte = [0];
        file.read_exact(&mut byte)?;
        Ok(Some(byte[0]))
    }

    fn create(&self, path: &Path, content: &mut dyn Read) -> Result<(), DiskError> {
        let mut file = self.file(path, OpenOptions::new().write(true).create_new(true))?;
        io::copy(content, &mut file)?;
        Ok(())
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
        let mut file = self.file(path, OpenOptions::new().append(true).create(true))?;
        Ok(file.write_all(bytes)?)
    }

    fn truncate(&self, path: &Path, length: u64) -> Result<(), DiskError> {
        Ok(self.file(path, OpenOptions::new().write(true))?.set_len(length)?)
    }

    fn copy_permissions(&self, from: &Path, to: &Path) -> Result<(), DiskError> {
        // Outside Unix, a file takes its permissions from its folder.
        self.entry(from).and_then(|_| self.entry(to)).map(drop)
    }

    fn sync_file(&self, path: &Path) -> Result<(), DiskError> {
        // Windows can only sync a file that is open for writing.
        Ok(self.file(path, OpenOptions::new().write(true))?.sync_all()?)
    }

    fn sync_folder(&self, folder: &Path) -> Result<(), DiskError> {
        // Windows can't sync a folder; its file systems journal names themselves.
        self.plain(folder).map(drop)
    }

    fn sync_all(&self, files: &[PathBuf], folders: &[PathBuf]) -> Result<(), DiskError> {
        durable::sync_each(self, files, folders)
    }

    fn rename(&self, from: &Path, to: &Path) -> Result<(), DiskError> {
        Ok(fs::rename(self.entry(from)?, self.entry(to)?)?)
    }

    fn hard_link(&self, from: &Path, to: &Path) -> Result<(), DiskError> {
        Ok(fs::hard_link(self.entry(from)?, self.entry(to)?)?)
    }

    fn create_folder(&self, path: &Path) -> Result<(), DiskError> {
        split(path)?;
        Ok(fs::create_dir(self.find(path)?.0)?)
    }

    fn remove_file(&self, path: &Path) -> Result<(), DiskError> {
        Ok(fs::remove_file(self.entry(path)?)?)
    }

    fn remove_folder(&self, path: &Path) -> Result<(), DiskError> {
        Ok(fs::remove_dir(self.entry(path)?)?)
    }

    fn lock_file(&self, path: &Path) -> Result<LockFile, DiskError> {
        let options = OpenOptions::new().create(true).truncate(false).write(true).clone();
        Ok(LockFile(self.file(path, &options)?))
    }
}
