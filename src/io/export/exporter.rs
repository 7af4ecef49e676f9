//! What an export format is.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::Scope;
use crate::FormatInfo;
use crate::{IoError, Loss};

/// A format that spans can be written in.
pub trait Exporter: Sync {
    /// What the format is called and what it can carry.
    fn info(&self) -> FormatInfo;

    /// Writes what is in the scope, in many small pieces: `out` should be buffered. Says what the format could not carry.
    ///
    /// # Errors
    /// `out` fails (then [`IoError::System`] without a path), or the export was stopped.
    fn write(&self, scope: &Scope<'_>, out: &mut dyn Write) -> Result<Vec<Loss>, IoError>;

    /// Whether the format is a folder of files. Then [`Exporter::write_folder`] is called, and `write` fails.
    fn is_folder(&self) -> bool {
        false
    }

    /// As [`Exporter::write`], for a format that is a folder of files.
    ///
    /// # Errors
    /// A file can't be written, or the export was stopped.
    fn write_folder(&self, _scope: &Scope<'_>, _out: &mut dyn FolderOut) -> Result<Vec<Loss>, IoError> {
        Err(IoError::Other(format!("{} is one file, no folder", self.info().name)))
    }

    /// How many passages stand in what was written, counted by reading it; `None` where nobody can tell. Not asked of a
    /// format that comes in again: there every passage is compared.
    ///
    /// # Errors
    /// What was written can't be read.
    fn recount(&self, _path: &Path) -> Result<Option<usize>, IoError> {
        Ok(None)
    }
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
