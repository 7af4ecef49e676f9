//! The trait of export formats.

use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::Scope;
use crate::FormatInfo;
use crate::words::export as words;
use crate::{IoError, Loss};

/// A format that spans can be exported to.
pub trait Exporter: Sync {
    /// Returns the name of the format and what it can carry.
    fn info(&self) -> FormatInfo;

    /// Writes the scope in many small pieces, so `out` should be buffered. Returns what the format could not carry.
    ///
    /// # Errors
    /// `out` fails ([`IoError::System`] with an empty path), or the progress hook stops the export.
    fn write(&self, scope: &Scope<'_>, out: &mut dyn Write) -> Result<Vec<Loss>, IoError>;

    /// Returns whether the format is a folder of files. Then [`Exporter::write_folder`] is called, and `write` fails.
    fn is_folder(&self) -> bool {
        false
    }

    /// Writes the scope in a format that is a folder of files. Returns what the format could not carry.
    ///
    /// # Errors
    /// A file can't be written, or the progress hook stops the export.
    fn write_folder(&self, _scope: &Scope<'_>, _out: &mut dyn FolderOut) -> Result<Vec<Loss>, IoError> {
        Err(IoError::Other(words::not_a_folder(self.info().name)))
    }

    /// Reads an export and counts its passages; `None` if the format does not allow that. Not used for a format that has an
    /// importer, since there every passage is compared.
    ///
    /// # Errors
    /// The export can't be read.
    fn recount(&self, _path: &Path) -> Result<Option<usize>, IoError> {
        Ok(None)
    }
}

/// Formats are compared by their names.
impl PartialEq for dyn Exporter {
    fn eq(&self, other: &Self) -> bool {
        self.info().name == other.info().name
    }
}

impl fmt::Debug for dyn Exporter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.info().name)
    }
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
    IoError::System { what: "can't write the export", path: PathBuf::new(), source }
}
