//! What all workbooks have in common.

use std::io;
use std::path::{Path, PathBuf};

use quick_xml::events::Event;
use quick_xml::reader::Reader;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use crate::archive::Archive;
use crate::disk::outside;
use crate::limits;
use crate::{FileTask, IoError};

/// Greatest number of rows in a sheet, including the header.
pub(super) const ROWS: u32 = 1_048_576;

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

/// Converts an error of the writer of workbooks.
pub(super) fn failed(error: XlsxError) -> IoError {
    IoError::System { task: FileTask::MakeWorkbook, path: PathBuf::new(), source: io::Error::other(error) }
}

/// Counts the rows of the first sheet of a workbook, including the header.
///
/// # Errors
/// The file can't be read, or is no workbook.
pub(super) fn rows_of_first_sheet(path: &Path) -> Result<usize, IoError> {
    let bytes = outside::read(path, limits::EXPORT).map_err(IoError::outside(FileTask::ReadExport, path))?;
    count_rows(&bytes).map_err(IoError::system(FileTask::ReadWorkbook, path))
}

fn count_rows(bytes: &[u8]) -> io::Result<usize> {
    let mut archive = Archive::open(bytes).map_err(io::Error::other)?;
    let at = archive.names().iter().position(|name| name == "xl/worksheets/sheet1.xml");
    let at = at.ok_or_else(|| io::Error::other("it has no sheet"))?;
    let sheet = archive.read(at).map_err(io::Error::other)?;
    let sheet = String::from_utf8(sheet).map_err(io::Error::other)?;
    let mut reader = Reader::from_str(&sheet);
    let mut rows = 0;
    loop {
        match reader.read_event().map_err(io::Error::other)? {
            Event::Start(element) | Event::Empty(element) if element.name().as_ref() == b"row" => rows += 1,
            Event::Eof => return Ok(rows),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_a_workbook_has_rows() {
        assert!(super::count_rows(b"no workbook").is_err());
    }
}
