//! What a format of labelled spans is.

use std::path::{Path, PathBuf};

use super::draft::Draft;
use super::refusal::Refusal;
use crate::{IoError, Problem, ProblemKind};

/// A format that labelled spans are read from.
pub trait Importer: Sync {
    /// Its name on the command line, the same as the exporter's where there is one.
    fn name(&self) -> &'static str;

    /// The endings of the files that it reads, lower case and without dot.
    fn endings(&self) -> &'static [&'static str];

    /// Whether a file with one of these endings is of this format, by its first bytes (64 KB at most); several formats may share
    /// an ending. The first format of [`importers`] that says yes is taken.
    fn fits(&self, _head: &[u8]) -> bool {
        true
    }

    /// Whether texts come back to the byte. Otherwise they are [rebuilt](DraftDocument::rebuilt) from their tokens.
    fn keeps_texts(&self) -> bool {
        true
    }

    /// Reads a file.
    ///
    /// # Errors
    /// The file as a whole can't be read. What is wrong with one record is among the draft's problems.
    fn read(&self, input: &Input<'_>) -> Result<Draft, IoError>;
}

/// A file that is read.
#[derive(Clone, Debug)]
pub struct Input<'a> {
    /// Where it lies; problems name it, and files beside it are found by it.
    pub path: &'a Path,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl<'a> Input<'a> {
    /// Reads a file into memory.
    ///
    /// # Errors
    /// It can't be read.
    pub fn open(path: &'a Path) -> Result<Self, IoError> {
        let bytes = std::fs::read(path).map_err(IoError::system("can't read the file", path))?;
        Ok(Self { path, bytes })
    }

    /// A problem of this file.
    pub fn problem(&self, line: Option<usize>, kind: ProblemKind, message: impl Into<String>) -> Problem {
        Problem { file: self.path.to_owned(), line, kind, message: message.into() }
    }

    /// The problem of what is not imported.
    pub(super) fn refused(&self, line: Option<usize>, why: impl Into<Refusal>) -> Problem {
        let why = why.into();
        self.problem(line, why.kind(), why.to_string())
    }

    /// The path of a file that lies beside this one, with another ending.
    pub fn beside(&self, ending: &str) -> PathBuf {
        self.path.with_extension(ending)
    }

    /// The file's name without its ending.
    pub fn stem(&self) -> String {
        self.path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
    }
}
