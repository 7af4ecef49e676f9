//! RTF, as written by Word and LibreOffice.

mod charset;
#[cfg(test)]
mod kinds;
mod reader;
mod state;
#[cfg(test)]
mod tests;
mod tokens;

use super::html::Html;
use super::{DocumentFormat, ReadDocument, ReadError, Source};
use crate::FormatInfo;

/// RTF.
#[derive(Debug)]
pub(super) struct Rtf;

impl DocumentFormat for Rtf {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "rtf",
            title: "Rich Text Format",
            extension: "rtf",
            carries: "paragraphs with their numbers, text boxes, tables as lines, notes at the end; headings; title, date, author",
            loses: "formatting, pictures, page headers and footers, comments, deletions, addresses of links",
        }
    }

    fn endings(&self) -> &'static [&'static str] {
        // Many `.doc` files are RTF; others are recognised when they are read as text.
        &["rtf", "doc"]
    }

    fn states_encoding(&self) -> bool {
        true
    }

    fn is_sure(&self, head: &[u8]) -> bool {
        head.trim_ascii_start().starts_with(br"{\rtf")
    }

    fn read(&self, source: &Source<'_>) -> Result<Vec<ReadDocument>, ReadError> {
        // Servers that offer `.doc` files often send pages, which Word opens as well.
        if Html.is_sure(source.bytes) {
            return Html.read(source);
        }
        if !self.is_sure(source.bytes) {
            return Err(match crate::decode::decode(source.bytes, source.encoding) {
                Err(error) => error.into(),
                Ok(_) => ReadError::NoRtf,
            });
        }
        reader::read(source.bytes, source.encoding).map(|read| vec![read])
    }
}
