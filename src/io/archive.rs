//! ZIP archives: reading with a limit on the unpacked size, and writing whose bytes depend on the contents only.

use std::collections::BTreeSet;
use std::io::{Cursor, Read, Write};

use thiserror::Error;
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// Greatest ratio of the unpacked size to that of the archive; texts and XML are far below.
const RATIO: u64 = 200;
/// Number of bytes that any archive may unpack to.
const FLOOR: u64 = 16 << 20;
/// Greatest number of bytes that are unpacked from any archive.
const CEILING: u64 = 1 << 30;

/// Greatest number of files in any archive.
const MOST: usize = 200_000;
/// The bytes before each file in an archive's list.
const LISTED: &[u8] = b"PK\x01\x02";

/// Returns whether a file begins like a ZIP archive.
pub(super) fn is_archive(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

/// A fault of an archive.
#[derive(Debug, Error)]
pub enum ArchiveError {
    #[error(transparent)]
    Zip(#[from] ZipError),
    #[error(transparent)]
    Read(#[from] std::io::Error),
    #[error("it unpacks to far more than a project holds")]
    TooLarge,
    #[error("it lists more than {MOST} files")]
    TooMany,
}

/// An archive that is being read.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// The name of each file.
    names: Vec<String>,
    /// The indices of the links.
    links: BTreeSet<usize>,
    /// The number of bytes that may still be unpacked.
    left: u64,
}

impl<'a> Archive<'a> {
    /// Reads the list of files.
    ///
    /// # Errors
    /// The file is not an archive, or lists too many files.
    pub fn open(bytes: &'a [u8]) -> Result<Self, ArchiveError> {
        // The list is read in full, and one of millions takes gigabytes.
        if memchr::memmem::find_iter(bytes, LISTED).take(MOST + 1).count() > MOST {
            return Err(ArchiveError::TooMany);
        }
        let mut zip = ZipArchive::new(Cursor::new(bytes))?;
        let (mut names, mut links) = (Vec::with_capacity(zip.len()), BTreeSet::new());
        for at in 0..zip.len() {
            let file = zip.by_index_raw(at)?;
            if file.is_symlink() {
                links.insert(at);
            }
            names.push(file.name().map(|name| name.into_owned()).unwrap_or_default());
        }
        let left = (bytes.len() as u64).saturating_mul(RATIO).clamp(FLOOR, CEILING);
        Ok(Self { zip, names, links, left })
    }

    /// Returns the paths of the files, in the order of the archive.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Returns whether two files have the same name; only the last of them is listed.
    pub fn has_duplicates(&self) -> bool {
        self.zip.has_duplicate_names()
    }

    /// Returns whether the file with this index is a link.
    pub fn is_link(&self, at: usize) -> bool {
        self.links.contains(&at)
    }

    /// Unpacks the file with this index.
    ///
    /// # Errors
    /// The file is damaged or encrypted, or unpacks to more than the limit.
    pub fn read(&mut self, at: usize) -> Result<Vec<u8>, ArchiveError> {
        self.read_at_most(at, self.left)
    }

    /// Unpacks the file with this index, of at most `limit` bytes.
    ///
    /// # Errors
    /// Same as [`Archive::read`].
    pub fn read_at_most(&mut self, at: usize, limit: u64) -> Result<Vec<u8>, ArchiveError> {
        let limit = limit.min(self.left);
        let file = self.zip.by_index(at)?;
        let mut bytes = Vec::new();
        file.take(limit + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > limit {
            return Err(ArchiveError::TooLarge);
        }
        self.left -= bytes.len() as u64;
        Ok(bytes)
    }
}

/// An archive that is being written. All files have the same time, so that its bytes depend on the contents only.
pub(super) struct Packer(ZipWriter<Cursor<Vec<u8>>>);

impl Packer {
    /// Creates an empty archive.
    pub fn new() -> Self {
        Self(ZipWriter::new(Cursor::new(Vec::new())))
    }

    /// Begins a file, to which everything is written from now on.
    ///
    /// # Errors
    /// The file does not fit into an archive.
    pub fn file(&mut self, name: &str) -> std::io::Result<()> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(LEVEL))
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        self.0.start_file(name, options).map_err(std::io::Error::from)
    }

    /// Returns the bytes of the archive.
    ///
    /// # Errors
    /// The archive is larger than the format allows.
    pub fn finish(self) -> std::io::Result<Vec<u8>> {
        self.0.finish().map(Cursor::into_inner).map_err(std::io::Error::from)
    }
}

/// Level of compression. Higher levels take three times as long for XML with many ids, and save little.
const LEVEL: i64 = 3;

impl Write for Packer {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut packer = Packer::new();
        for (name, bytes) in files {
            packer.file(name).unwrap();
            packer.write_all(bytes).unwrap();
        }
        packer.finish().unwrap()
    }

    #[test]
    fn archives_are_read_back_and_deterministic() {
        let files: [(&str, &[u8]); 2] = [("project.qde", b"<a/>"), ("sources/\u{d55c}.txt", b"one")];
        let bytes = packed(&files);
        assert_eq!(bytes, packed(&files));
        let mut archive = Archive::open(&bytes).unwrap();
        assert_eq!(archive.names(), ["project.qde", "sources/\u{d55c}.txt"]);
        assert_eq!(archive.read(1).unwrap(), b"one");
        assert!(Archive::open(b"PK no archive").is_err());
    }

    #[test]
    fn a_bomb_does_not_go_off() {
        let zeros = vec![0; 20 << 20];
        let bytes = packed(&[("a", &zeros)]);
        assert!(bytes.len() < 1 << 20);
        let mut archive = Archive::open(&bytes).unwrap();
        assert!(matches!(archive.read(0), Err(ArchiveError::TooLarge)));
    }
}
