//! What an export format is.

use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::Scope;
use crate::annotations::importer;
use crate::{FormatInfo, IoError, Loss};
use demarche_model::Unfinished;

/// A format that spans can be written in.
#[derive(Clone, Copy)]
pub enum Exporter<'a> {
    /// It is one file.
    File(&'a dyn FileExporter),
    /// It is a folder of files.
    Folder(&'a dyn FolderExporter),
}

impl Exporter<'_> {
    /// What the format is called and what it can carry.
    pub fn info(self) -> FormatInfo {
        match self {
            Self::File(format) => format.info(),
            Self::Folder(format) => format.info(),
        }
    }

    /// Whether the format is a folder of files.
    pub fn is_folder(self) -> bool {
        matches!(self, Self::Folder(_))
    }

    /// Whether what is exported can be imported again.
    pub fn imports(self) -> bool {
        importer(self.info().name).is_some()
    }
}

/// Formats are told apart by their names.
impl PartialEq for Exporter<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.info().name == other.info().name
    }
}

impl fmt::Debug for Exporter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.info().name)
    }
}

/// A format that is one file.
pub trait FileExporter: Sync {
    /// What the format is called and what it can carry.
    fn info(&self) -> FormatInfo;

    /// Writes what is in the scope, in many small pieces: `out` should be buffered. Returns what the format could not carry.
    ///
    /// # Errors
    /// `out` fails (then [`IoError::System`] without a path), or the export was stopped.
    fn write(&self, scope: &Scope<'_>, out: &mut dyn Write) -> Result<Vec<Loss>, Unfinished<IoError>>;

    /// Counts the passages in a file by reading it; `None` where that can't be done. Not asked of a format that can be
    /// imported again: there every passage is compared.
    ///
    /// # Errors
    /// The file can't be read.
    fn recount(&self, _path: &Path) -> Result<Option<usize>, IoError> {
        Ok(None)
    }
}

/// A format that is a folder of files.
pub trait FolderExporter: Sync {
    /// What the format is called and what it can carry.
    fn info(&self) -> FormatInfo;

    /// Writes what is in the scope, and returns what the format could not carry.
    ///
    /// # Errors
    /// A file can't be written, or the export was stopped.
    fn write(&self, scope: &Scope<'_>, out: &mut dyn FolderOut) -> Result<Vec<Loss>, Unfinished<IoError>>;
}

/// Takes the files of an export that is a folder.
pub trait FolderOut {
    /// Writes a file; `name` is relative to the folder, with `/` between its parts.
    ///
    /// # Errors
    /// The file can't be written.
    fn file(&mut self, name: &str, bytes: &[u8]) -> Result<(), IoError>;
}

/// An error of the writer; the caller knows the path.
pub(super) fn broken(source: io::Error) -> IoError {
    IoError::System { what: "can't write the export", path: PathBuf::new(), source }
}
