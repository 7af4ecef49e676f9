//! The trait of codebook formats, and their input and output.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::FormatInfo;
use crate::Preset;
use crate::decode::decode;
use crate::words::codebook as words;
use crate::{IoError, Loss, Problem, ProblemKind};
use demarche_model::{Codebook, slug};

/// A format that codebooks can be written to and, usually, read from.
pub trait CodebookFormat: Sync {
    /// Returns the name of the format and what it can carry.
    fn info(&self) -> FormatInfo;

    /// Returns the extensions of the files that it reads, in lower case and without the dot. Empty if it only writes.
    fn endings(&self) -> &'static [&'static str] {
        &[]
    }

    /// Returns whether the format can be read as well as written.
    fn is_read(&self) -> bool {
        !self.endings().is_empty()
    }

    /// Returns the name of a second file in the same folder that belongs to the first.
    fn beside(&self) -> Option<&'static str> {
        None
    }

    /// Writes a codebook, and counts what the format could not carry.
    ///
    /// # Errors
    /// The format can't represent this codebook at all.
    fn write(&self, book: &Preset) -> Result<Written, IoError>;

    /// Reads a codebook. Returns the problems of records that were left out or corrected.
    ///
    /// # Errors
    /// The file as a whole can't be read, or the format can only be written.
    fn read(&self, _input: &Input<'_>) -> Result<(Preset, Vec<Problem>), IoError> {
        Err(IoError::WriteOnly(self.info().name))
    }
}

/// Formats are compared by their names.
impl PartialEq for dyn CodebookFormat {
    fn eq(&self, other: &Self) -> bool {
        self.info().name == other.info().name
    }
}

impl fmt::Debug for dyn CodebookFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.info().name)
    }
}

/// A codebook in a format.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Written {
    /// The bytes of its file or files.
    pub files: Files,
    /// Content that the format could not carry.
    pub losses: Vec<Loss>,
}

/// One file, or several files with fixed names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Files {
    /// One file of any name.
    One(Vec<u8>),
    /// Files in one folder, each with its name.
    Several(Vec<(&'static str, Vec<u8>)>),
}

/// A file that a format reads.
#[derive(Clone, Debug)]
pub struct Input<'a> {
    /// The path of the file, for problems; its name may become the name of the codebook.
    pub path: &'a Path,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The path and bytes of the second file, if it exists; see [`CodebookFormat::beside`].
    pub beside: Option<(PathBuf, Vec<u8>)>,
}

impl Input<'_> {
    /// Decodes the file, whose encoding is detected. Line ends become LF, and a byte order mark is removed.
    pub(super) fn text(&self) -> Result<String, IoError> {
        text_of(self.path, &self.bytes)
    }

    /// Returns the file's name without its extension.
    pub(super) fn stem(&self) -> String {
        self.path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// Turns a codebook into a preset with this name.
    pub(super) fn preset(&self, name: String, codebook: Codebook) -> Preset {
        Preset { id: slug(&name, "codebook"), name, description: String::new(), codebook }
    }
}

pub(super) fn text_of(path: &Path, bytes: &[u8]) -> Result<String, IoError> {
    decode(bytes, None).map(|decoded| decoded.text).map_err(|error| {
        IoError::Problem(problem(path, None, ProblemKind::Malformed, words::unreadable(error)))
    })
}

pub(super) fn problem(file: &Path, line: Option<usize>, kind: ProblemKind, message: String) -> Problem {
    Problem { file: file.to_owned(), line, kind, message }
}
