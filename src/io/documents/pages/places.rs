//! The places of the words of a PDF.

use super::{PageError, PageRect, PageRun, PlacedText};
use crate::documents::{DocumentFormat as _, ReadError, pdf};

/// Reads the text of a PDF with the places of its words.
pub(in crate::documents) fn placed(bytes: &[u8]) -> Result<PlacedText, PageError> {
    if !pdf::Pdf.is_sure(bytes) {
        return Err(PageError::NoPages);
    }
    let (text, places) = pdf::placed(bytes).map_err(refusal)?;
    let runs = places.places.into_iter().map(|place| {
        let area = place.area;
        let rect = PageRect { left: area.left, top: area.top, right: area.right, bottom: area.bottom };
        PageRun { range: place.range, page: place.page, rect }
    });
    Ok(PlacedText { text, runs: runs.collect() })
}

/// Returns the reason for which a file can't be shown.
pub(super) fn refusal(error: ReadError) -> PageError {
    match error {
        ReadError::Protected => PageError::Protected,
        ReadError::Damaged(_) => PageError::Damaged,
        other => PageError::NotRead(other.to_string()),
    }
}
