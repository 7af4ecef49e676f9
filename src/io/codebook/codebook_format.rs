//! What a format of codebooks is.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::FormatInfo;
use crate::Preset;
use crate::decode::decode;
use crate::words::codebook as words;
use crate::{IoError, Loss, Problem, ProblemKind};
use demarche_model::{Codebook, slug};

/// A format that codebooks can be written in, and mostly read from.
pub trait CodebookFormat: Sync {
    /// What the format is called and what it can carry.
    fn info(&self) -> FormatInfo;

    /// The endings of the files that it reads, lower case and without dot; none where it only writes.
    fn endings(&self) -> &'static [&'static str] {
        &[]
    }

    /// Whether it is read, not only written.
    fn is_read(&self) -> bool {
        !self.endings().is_empty()
    }

    /// The name of a second file that belongs to the first and lies beside it.
    fn beside(&self) -> Option<&'static str> {
        None
    }

    /// Writes a codebook, and says what the format could not carry.
    ///
    /// # Errors
    /// The format can't hold this codebook at all.
    fn write(&self, book: &Preset) -> Result<Written, IoError>;

    /// Reads a codebook, with what is wrong in it and was left out or mended.
    ///
    /// # Errors
    /// The file as a whole can't be read, or the format is only written.
    fn read(&self, _input: &Input<'_>) -> Result<(Preset, Vec<Problem>), IoError> {
        Err(IoError::WriteOnly(self.info().name))
    }
}

/// Formats are told apart by their names.
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

/// What a format made of a codebook.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Written {
    /// The bytes.
    pub files: Files,
    /// What the format could not carry.
    pub losses: Vec<Loss>,
}

/// One file, or several with fixed names that belong together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Files {
    /// One file, whatever it is called.
    One(Vec<u8>),
    /// Files of one folder, each with its name.
    Several(Vec<(&'static str, Vec<u8>)>),
}

/// What a format reads.
#[derive(Clone, Debug)]
pub struct Input<'a> {
    /// Where the file lies; problems name it, and its name may become the codebook's.
    pub path: &'a Path,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The file that lies beside it, if there is one: where, and its bytes.
    pub beside: Option<(PathBuf, Vec<u8>)>,
}

impl Input<'_> {
    /// The file's text, in whatever encoding it was saved, with LF line ends and no byte order mark.
    pub(super) fn text(&self) -> Result<String, IoError> {
        text_of(self.path, &self.bytes)
    }

    /// The file's name without its ending.
    pub(super) fn stem(&self) -> String {
        self.path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// A codebook that is called as the file is.
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
