//! Import of documents as plain text: DOCX, ODT, RTF, HTML, PDF, EPUB, Markdown, transcripts, tables.
//!
//! To add a format, write a file with one type that implements [`DocumentFormat`], and add it to [`formats`]; the
//! window, the command line and the list of formats follow. [`Reader`] reads many files at once, each in a separate
//! process, so that a malicious file can only harm its own reading.

mod child;
mod cleaning;
mod docx;
mod epub;
mod format;
mod html;
mod markdown;
#[cfg(test)]
mod mutation;
mod odt;
mod office;
mod other_format;
pub mod pages;
mod pdf;
mod plain;
mod reading;
mod rtf;
mod serving;
mod table;
mod transcript;
mod wire;
mod workbook;
mod writer;

pub(crate) use child::{Job, Refused, run, with};
pub use child::{Limits, Task};
pub(crate) use cleaning::clean_pasted;
pub use format::{DocumentFormat, ReadError, Source};
pub(crate) use html::check_depth;
pub use other_format::OtherFormat;
pub use reading::{FileDocument, FileResult, Reader};
pub use serving::{Served, serve};
pub(crate) use serving::{deep, limit};
pub(crate) use table::all_rows;

use crate::Loss;
use demarche_model::{Anchor, Date};
use std::path::Path;

/// A document that was read but not yet added to a project, as a preview shows it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct ReadDocument {
    /// The text with LF line ends, and nothing that is not in the file.
    pub text: String,
    /// The title stated in the file.
    pub title: Option<String>,
    /// The date stated in the file.
    pub date: Option<Date>,
    /// The author stated in the file.
    pub author: Option<String>,
    /// The source stated in the file: an address, a publisher.
    pub source: Option<String>,
    /// Pages, headings and times, in the order of the text.
    pub anchors: Vec<Anchor>,
    /// Content that was left out: pictures, page headers, comments.
    pub dropped: Vec<Loss>,
    /// The encoding of the file, such as `UTF-8`.
    pub encoding: String,
}

/// Returns all formats of documents; the first is used for files that have none of the others.
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

/// Returns the format with this name.
pub fn format(name: &str) -> Option<&'static dyn DocumentFormat> {
    formats().iter().copied().find(|format| format.info().name == name)
}

/// Returns the format that a reading process serves under this name: also one that users can't choose.
fn format_named(name: &str) -> Option<&'static dyn DocumentFormat> {
    if name == workbook::NAME { Some(&workbook::Workbook) } else { format(name) }
}

/// Returns the format of a file: by its first bytes if they are unambiguous, then by its ending, otherwise plain text.
pub fn format_of(path: &Path, head: &[u8]) -> &'static dyn DocumentFormat {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    let sure = surely(head);
    let by_ending = || formats().iter().find(|f| f.endings().contains(&&*ending) && f.fits(head));
    sure.or_else(|| by_ending().copied()).unwrap_or(&plain::Plain)
}

/// Returns the format that a file can only have by its first bytes.
fn surely(head: &[u8]) -> Option<&'static dyn DocumentFormat> {
    formats().iter().copied().find(|format| format.is_sure(head))
}

/// Returns the format of a file that is recognised and not read. A file that is surely of a format of documents has none,
/// whatever its ending.
pub(crate) fn other_format_of(path: &Path, head: &[u8]) -> Option<OtherFormat> {
    if surely(head).is_some() { None } else { OtherFormat::of(path, head) }
}
