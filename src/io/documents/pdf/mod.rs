//! PDF files with a text layer. Pages and headings become anchors; headers and footers are left out.
//!
//! `glyphs` collects the glyphs of each page with their positions; `layout` turns them into rows, columns and
//! paragraphs; `edges` finds headers, footers and page numbers; `pieces`, `flow` and `words` turn the pages into one
//! text, which `write` writes together with the place of each word on its page.

mod edges;
mod file;
mod flow;
mod fonts;
mod forms;
mod glyphs;
mod labels;
mod layout;
mod losses;
mod outline;
mod pieces;
mod read;
#[cfg(test)]
mod tests;
mod text;
mod words;
mod write;

pub(super) use read::Places;

use super::office::one_line;
use super::{DocumentFormat, ReadDocument, ReadError, Source};
use crate::FormatInfo;

/// PDF.
#[derive(Debug)]
pub(super) struct Pdf;

impl DocumentFormat for Pdf {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "pdf",
            title: "PDF with a text layer",
            extension: "pdf",
            carries: "paragraphs, tables as lines, values of forms; pages, by the file’s labels or the printed numbers; headings; title, date, author",
            loses: "formatting, pictures, headers, footers, page and line numbers, comments",
        }
    }

    fn endings(&self) -> &'static [&'static str] {
        &["pdf"]
    }

    fn states_encoding(&self) -> bool {
        true
    }

    fn is_sure(&self, head: &[u8]) -> bool {
        file::signature(head).is_some()
    }

    fn read(&self, source: &Source<'_>) -> Result<Vec<ReadDocument>, ReadError> {
        let pdf = file::open(source.bytes)?;
        let (mut read, _) = read::read(&pdf)?;
        read.title = one_line(file::title(pdf.metadata()));
        read.author = one_line(file::author(pdf.metadata()));
        read.date = file::date(pdf.metadata());
        Ok(vec![read])
    }
}

/// Returns the text of a file with the places of its words.
///
/// # Errors
/// The file can't be read, or has no words.
pub(super) fn placed(bytes: &[u8]) -> Result<(String, Places), ReadError> {
    let (read, places) = read::read(&file::open(bytes)?)?;
    Ok((read.text, places))
}

/// Opens a file; what is before its signature is skipped.
///
/// # Errors
/// It is damaged or protected.
pub(super) fn open(bytes: &[u8]) -> Result<hayro_interpret::hayro_syntax::Pdf, ReadError> {
    file::open(bytes)
}
