//! Documents of other programs, read into plain text: DOCX, ODT, RTF, HTML, PDF, EPUB, Markdown, transcripts, tables.
//!
//! To add a format, write a file with one type that is a [`DocumentFormat`], and name it in [`formats`]; the window, the
//! command line and the list of formats follow. [`Reader`] reads many files at once, each in a process of its own, so that
//! a hostile file can hurt nobody but itself.

mod child;
mod docx;
mod epub;
mod format;
mod html;
mod markdown;
#[cfg(test)]
mod mutation;
mod odt;
mod office;
mod original;
mod pdf;
mod plain;
mod reading;
mod rtf;
mod table;
mod taken;
mod transcript;
mod wire;
mod writer;

pub use child::{Limits, serve};
pub use format::{DocumentFormat, ReadError, Source, format, format_of, formats};
pub use original::Keeper;
pub use reading::{FileDocument, FileResult, Reader};
pub use taken::imported;

use crate::io::Loss;
use crate::model::{Anchor, Date};

/// A document as it was read, before it becomes one of a project: what a preview shows.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct ReadDocument {
    /// The text; line ends are LF, nothing is in it that was not in the file.
    pub text: String,
    /// The title that the file names.
    pub title: Option<String>,
    /// The date that the file names.
    pub date: Option<Date>,
    /// Who wrote it, as the file says.
    pub author: Option<String>,
    /// Where it is from, as the file says: an address, a publisher.
    pub source: Option<String>,
    /// Pages, headings, times; sorted by place.
    pub anchors: Vec<Anchor>,
    /// What was left out: pictures, page headers, comments.
    pub dropped: Vec<Loss>,
    /// The encoding that it was read in, such as `UTF-8`.
    pub encoding: String,
}
