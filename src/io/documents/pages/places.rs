//! The places of the words of a PDF.

use super::{PageError, PlacedText};
use crate::documents::{DocumentFormat as _, ReadError, Source, pdf};

/// Reads the text of a PDF with the places of its words.
pub(in crate::documents) fn placed(bytes: &[u8]) -> Result<PlacedText, PageError> {
    if !pdf::Pdf.is_sure(bytes) {
        return Err(PageError::NoPages);
    }
    let read = pdf::Pdf.read(&Source { name: "", bytes, encoding: None });
    let text = read.map_err(refusal)?.into_iter().next().unwrap_or_default().text;
    // The reader of PDF files does not tell the places of words.
    Ok(PlacedText { text, runs: Vec::new() })
}

fn refusal(error: ReadError) -> PageError {
    match error {
        ReadError::Protected => PageError::Protected,
        ReadError::Damaged(_) => PageError::Damaged,
        other @ (ReadError::NoText(_)
        | ReadError::TooDeep(_)
        | ReadError::Empty(_)
        | ReadError::OldWord
        | ReadError::NoTextColumn) => PageError::NotRead(other.to_string()),
    }
}
