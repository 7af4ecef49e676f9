//! The trait of import formats for labelled spans.

use std::path::{Path, PathBuf};

use super::draft::Draft;
use super::refusal::Refusal;
use crate::{FileTask, IoError, Problem, ProblemKind};

/// A format from which labelled spans are imported.
pub trait Importer: Sync {
    /// Returns its name on the command line, the same as that of its exporter if there is one.
    fn name(&self) -> &'static str;

    /// Returns the extensions of the files that it reads, in lower case and without the dot.
    fn endings(&self) -> &'static [&'static str];

    /// Returns whether a file with one of these extensions has this format, judging by its first bytes (at most 64 KB).
    /// Several formats may share an extension; the first matching one of [`importers`](super::importers) is used.
    fn fits(&self, _head: &[u8]) -> bool {
        true
    }

    /// Returns whether texts are kept to the byte. Otherwise they are [rebuilt](super::DraftDocument::rebuilt) from their tokens.
    fn keeps_texts(&self) -> bool {
        true
    }

    /// Reads a file.
    ///
    /// # Errors
    /// The file as a whole can't be read. Problems with single records are in the draft.
    fn read(&self, input: &Input<'_>) -> Result<Draft, IoError>;
}

/// A file that is being read.
#[derive(Clone, Debug)]
pub struct Input<'a> {
    /// Its path, which is used in problems and to find files next to it.
    pub path: &'a Path,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl<'a> Input<'a> {
    /// Reads a file into memory.
    ///
    /// # Errors
    /// The file can't be read.
    pub fn open(path: &'a Path) -> Result<Self, IoError> {
        let bytes = std::fs::read(path).map_err(IoError::system(FileTask::ReadFile, path))?;
        Ok(Self { path, bytes })
    }

    /// Returns a problem of this file.
    pub fn problem(&self, line: Option<usize>, kind: ProblemKind, message: impl Into<String>) -> Problem {
        Problem { file: self.path.to_owned(), line, kind, message: message.into() }
    }

    /// Returns the problem of something that is not imported.
    pub(super) fn refused(&self, line: Option<usize>, why: impl Into<Refusal>) -> Problem {
        let why = why.into();
        self.problem(line, why.kind(), why.to_string())
    }

    /// Returns the path of a file next to this one with another extension.
    pub fn beside(&self, ending: &str) -> PathBuf {
        self.path.with_extension(ending)
    }

    /// Returns the file's name without its extension.
    pub fn stem(&self) -> String {
        self.path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
    }
}
