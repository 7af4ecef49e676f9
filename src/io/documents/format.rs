//! Formats of documents, and their errors.

use encoding_rs::Encoding;
use thiserror::Error;

use super::{OtherFormat, ReadDocument};
use crate::FormatInfo;
use crate::decode::DecodeError;

/// A format of documents that can be imported.
pub trait DocumentFormat: Sync {
    /// Returns the name of the format, what is read of it and what is not.
    fn info(&self) -> FormatInfo;

    /// Returns the endings of its files, in lower case and without the dot.
    fn endings(&self) -> &'static [&'static str];

    /// Returns whether a file with one of these endings has this format, by its first bytes (at most 64 KB).
    fn fits(&self, _head: &[u8]) -> bool {
        true
    }

    /// Returns whether the first bytes (at most 64 KB) can only be of this format, whatever the ending of the file.
    fn is_sure(&self, _head: &[u8]) -> bool {
        false
    }

    /// Returns whether the file is the text itself. Nothing can go wrong in parsing it, so no process is started for
    /// it.
    fn is_text(&self) -> bool {
        false
    }

    /// Returns whether the files state their encoding, so that the user need not choose one.
    fn states_encoding(&self) -> bool {
        false
    }

    /// Returns whether a file contains several documents, such as a table with one per row.
    fn holds_several(&self) -> bool {
        false
    }

    /// Reads a file.
    ///
    /// # Errors
    /// The file can't be read, or contains no text.
    fn read(&self, source: &Source<'_>) -> Result<Vec<ReadDocument>, ReadError>;
}

/// A file to read.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// Its name, without the folder.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// The encoding that the user has chosen; ignored by formats that state their own.
    pub encoding: Option<&'static Encoding>,
}

/// The reason why a file can't be read, and what to do.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum ReadError {
    /// Its bytes are not text.
    #[error(transparent)]
    NoText(#[from] DecodeError),
    /// It can't be parsed.
    #[error("the file is damaged ({0}); open it in the program that created it, and save it again")]
    Damaged(String),
    /// It requires a password.
    #[error("the file is protected by a password; save a copy without it")]
    Protected,
    /// More elements are nested than can be read in a reasonable time.
    #[error("the page nests more than {0} elements; open it in a browser, and copy its text from there")]
    TooDeep(usize),
    /// One of its tags has more attributes than can be read in a reasonable time.
    #[error("a tag has more than {0} attributes; open the file in a browser, and copy its text from there")]
    TooManyAttributes(usize),
    /// It is of a format that is recognised and not read.
    #[error("this is {}, which Demarche does not read; {}", .0.name(), .0.advice())]
    OtherFormat(OtherFormat),
    /// It contains no words; the advice names a likely reason.
    #[error("there is no text in this file; {0}")]
    Empty(&'static str),
    /// It was written by a version of Word before 2007.
    #[error("this file was saved by an old version of Word; save it as DOCX first")]
    OldWord,
    /// Its name is that of a Word file or an RTF, and it is neither.
    #[error(
        "this is neither an RTF nor a Word file, whatever its name says; if it is plain text, change the ending of its \
         name to .txt"
    )]
    NoRtf,
    /// It is a table without a column of texts.
    #[error("the table has no column of texts; name one “text” in its first line")]
    NoTextColumn,
    /// A workbook has more cells than can be read in a reasonable time.
    #[error("the workbook has more than {0} cells; save the sheet with the passages as CSV")]
    TooManyCells(u64),
}
