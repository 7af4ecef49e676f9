//! What a format of documents is, the list of them, and how a file's format is found.

use std::path::Path;

use encoding_rs::Encoding;
use thiserror::Error;

use super::{ReadDocument, docx, epub, html, markdown, odt, pdf, plain, rtf, table, transcript};
use crate::io::FormatInfo;
use crate::io::decode::DecodeError;

/// A format that documents are read from.
pub trait DocumentFormat: Sync {
    /// What it is called, what is read of it, and what is not.
    fn info(&self) -> FormatInfo;

    /// The endings of its files, lower case and without dot.
    fn endings(&self) -> &'static [&'static str];

    /// Whether a file with one of these endings is of this format, by its first bytes (64 KB at most).
    fn fits(&self, _head: &[u8]) -> bool {
        true
    }

    /// Whether the first bytes (64 KB at most) can be of no other format, whatever the file's ending is.
    fn is_sure(&self, _head: &[u8]) -> bool {
        false
    }

    /// Whether the text is the file: there is nothing to take apart that could go wrong, and no process is started for it.
    fn is_text(&self) -> bool {
        false
    }

    /// Whether a file holds several documents, such as a table with one in each row.
    fn holds_several(&self) -> bool {
        false
    }

    /// Reads a file.
    ///
    /// # Errors
    /// The file can't be read, or there is no text in it.
    fn read(&self, source: &Source<'_>) -> Result<Vec<ReadDocument>, ReadError>;
}

/// A file that is read.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// Its name, without folder.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// The encoding that somebody has named for it; formats that name their own do not ask.
    pub encoding: Option<&'static Encoding>,
}

/// Why a file is not read, and what to do.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum ReadError {
    /// Its bytes are no text.
    #[error(transparent)]
    NoText(#[from] DecodeError),
    /// It can't be taken apart.
    #[error("the file is damaged ({0}); open it in the program that made it, and save it anew")]
    Damaged(String),
    /// It needs a password.
    #[error("the file is protected by a password; save a copy without one")]
    Protected,
    /// More elements stand in one another than can be read in a time that somebody waits for.
    #[error(
        "more than {0} elements stand in one another, as in no page for people; open it in a browser, and copy its text \
         from there"
    )]
    TooDeep(usize),
    /// There are no words in it; the advice says why that can be.
    #[error("there is no text in this file; {0}")]
    Empty(&'static str),
    /// Something else that a person can mend.
    #[error("{0}")]
    Other(String),
}

/// All formats that documents are read from; the first is that of a file which is none of the others.
pub fn formats() -> &'static [&'static dyn DocumentFormat] {
    &[
        &plain::Plain,
        &markdown::Markdown,
        &docx::Docx,
        &odt::Odt,
        &rtf::Rtf,
        &pdf::Pdf,
        &html::Html,
        &epub::Epub,
        &transcript::Transcript,
        &table::Table,
    ]
}

/// The format of this name.
pub fn format(name: &str) -> Option<&'static dyn DocumentFormat> {
    formats().iter().copied().find(|format| format.info().name == name)
}

/// The format of a file: by its first bytes where they leave no doubt, else by its ending, else plain text.
pub fn format_of(path: &Path, head: &[u8]) -> &'static dyn DocumentFormat {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    let sure = formats().iter().find(|format| format.is_sure(head));
    let by_ending = || formats().iter().find(|f| f.endings().contains(&&*ending) && f.fits(head));
    sure.or_else(by_ending).copied().unwrap_or(&plain::Plain)
}
