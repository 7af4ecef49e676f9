//! RTF, as written by Word and LibreOffice.

mod charset;
mod reader;
mod state;
#[cfg(test)]
mod tests;
mod tokens;

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
            carries: "paragraphs with their numbers, tables as lines, notes at the end; headings; title, date, author",
            loses: "formatting, pictures, page headers and footers, comments, text boxes, deletions",
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
        if !self.is_sure(source.bytes) {
            return Err(match crate::decode::decode(source.bytes, None) {
                Err(error) => error.into(),
                Ok(_) => ReadError::Damaged(r"it does not begin with {\rtf".to_owned()),
            });
        }
        reader::read(source.bytes, source.encoding).map(|read| vec![read])
    }
}
