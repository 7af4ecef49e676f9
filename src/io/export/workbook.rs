//! What all workbooks have in common.

use std::io;
use std::path::PathBuf;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use crate::{FileTask, IoError};

/// The most UTF-16 units that a cell of Excel holds.
const CELL: usize = 32_767;

/// Level of compression. Higher levels take longer and save little.
const LEVEL: u8 = 3;

/// Creates a workbook with a title.
///
/// # Errors
/// The writer of workbooks refuses its date.
pub(super) fn titled(title: &str) -> Result<Workbook, IoError> {
    let mut book = Workbook::new();
    book.set_zip_compression_level(LEVEL);
    // With the time of the export, no two files would be the same.
    let moment = ExcelDateTime::from_ymd(2000, 1, 1).map_err(failed)?;
    book.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&moment));
    Ok(book)
}

/// Returns the beginning of a text that fits a cell.
pub(super) fn held(text: &str) -> &str {
    if text.len() <= CELL {
        return text;
    }
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > CELL
    });
    end.map_or(text, |(at, _)| &text[..at])
}

/// Converts an error of the writer of workbooks.
pub(super) fn failed(error: XlsxError) -> IoError {
    IoError::System { task: FileTask::MakeWorkbook, path: PathBuf::new(), source: io::Error::other(error) }
}
