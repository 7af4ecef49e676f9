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
mod pdf;
mod plain;
mod reading;
mod rtf;
mod table;
mod transcript;
mod wire;
mod writer;

pub use child::{Limits, serve};
pub use format::{DocumentFormat, ReadError, Source};
pub use reading::{FileDocument, FileResult, Reader};

use crate::Loss;
use demarche_model::{Anchor, Date};
use std::path::Path;

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
