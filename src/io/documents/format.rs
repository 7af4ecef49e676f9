//! What a format of documents is.

use encoding_rs::Encoding;
use thiserror::Error;

use super::ReadDocument;
use crate::FormatInfo;
use crate::decode::DecodeError;

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

    /// Whether its files say themselves in which encoding their text is, so that nobody has to name one.
    fn states_encoding(&self) -> bool {
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
    #[error("the file is damaged ({0}); open it in the program that made it, and save it again")]
    Damaged(String),
    /// It needs a password.
    #[error("the file is protected by a password; save a copy without one")]
    Protected,
    /// More elements are nested than can be read in a reasonable time.
    #[error(
        "more than {0} elements are nested in one another, as on no page for people; open it in a browser, and copy its \
         text from there"
    )]
    TooDeep(usize),
    /// There are no words in it; the advice says why that can be.
    #[error("there is no text in this file; {0}")]
    Empty(&'static str),
    /// It is of Word before 2007.
    #[error("this is a file of an old version of Word; save it as DOCX first")]
    OldWord,
    /// A table without a column that could be texts.
    #[error("no column with texts was found in it; call one “text” in its first line")]
    NoTextColumn,
}
