//! The trait of export formats.

use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::Scope;
use crate::annotations::importer;
use crate::{FileTask, FormatInfo, IoError, Loss};
use demarche_model::Unfinished;

/// A format that spans can be exported to.
#[derive(Clone, Copy)]
pub enum Exporter<'a> {
    /// A format that is one file.
    File(&'a dyn FileExporter),
    /// A format that is a folder of files.
    Folder(&'a dyn FolderExporter),
}

impl Exporter<'_> {
    /// Returns the name of the format and what it can carry.
    pub fn info(self) -> FormatInfo {
        match self {
            Self::File(format) => format.info(),
            Self::Folder(format) => format.info(),
        }
    }

    /// Returns whether the format is a folder of files.
    pub fn is_folder(self) -> bool {
        matches!(self, Self::Folder(_))
    }

    /// Returns whether exports in the format can be imported.
    pub fn imports(self) -> bool {
        importer(self.info().name).is_some()
    }
}

/// Formats are compared by their names.
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
    /// Returns the name of the format and what it can carry.
    fn info(&self) -> FormatInfo;

    /// Writes the scope in many small pieces, so `out` should be buffered. Returns what the format could not carry.
    ///
    /// # Errors
    /// `out` fails ([`IoError::System`] with an empty path), or the export is stopped.
    fn write(&self, scope: &Scope<'_>, out: &mut dyn Write) -> Result<Vec<Loss>, Unfinished<IoError>>;

    /// Reads an export and counts its passages; `None` if the format does not allow that. Not used for a format that has an
    /// importer, since there every passage is compared.
    ///
    /// # Errors
    /// The file can't be read.
    fn recount(&self, _path: &Path) -> Result<Option<usize>, IoError> {
        Ok(None)
    }
}

/// A format that is a folder of files.
pub trait FolderExporter: Sync {
    /// Returns the name of the format and what it can carry.
    fn info(&self) -> FormatInfo;

    /// Writes the scope, and returns what the format could not carry.
    ///
    /// # Errors
    /// A file can't be written, or the export is stopped.
    fn write(&self, scope: &Scope<'_>, out: &mut dyn FolderOut) -> Result<Vec<Loss>, Unfinished<IoError>>;
}

/// A receiver for the files of an export that is a folder.
pub trait FolderOut {
    /// Writes a file; `name` is relative to the folder, with `/` between its parts.
    ///
    /// # Errors
    /// The file can't be written.
    fn file(&mut self, name: &str, bytes: &[u8]) -> Result<(), IoError>;
}

/// Returns the error of a failed writer, without the path, which the caller adds.
pub(super) fn broken(source: io::Error) -> IoError {
    IoError::System { task: FileTask::WriteExport, path: PathBuf::new(), source }
}
