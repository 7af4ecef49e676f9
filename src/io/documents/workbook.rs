//! Workbooks (XLSX), which are read for the tables of labelled passages in them. They are no documents, but are as risky to
//! parse, and so are read in the same way, in a separate process.
//!
//! Each sheet is a document whose title is the name of the sheet. A line of its text is a row: a JSON array of its number,
//! from 1, and its cells up to the last that is not empty. A cell is a string, a number, a boolean or null, `{"date": …}`
//! with a date or time in ISO 8601, or `{"error": …}` with the code of a formula that failed.
//! Source: ECMA-376, part 1, section 18.

use std::io::{Cursor, Read};

use calamine::{Cell, DataRef, ExcelDateTime, Reader, Xlsx, XlsxError};
use serde_json::{Value, json};
use zip::ZipArchive;

use super::{DocumentFormat, ReadDocument, ReadError, Source};
use crate::archive::Archive;
use crate::{FormatInfo, limits};

/// The name of the format, which users can't choose for documents.
pub(super) const NAME: &str = "workbook";

/// Greatest number of cells that are read of a workbook.
const CELLS: u64 = 20_000_000;
/// Greatest number of a column: that of Excel.
const COLUMNS: u32 = 16_384;

/// Workbooks.
#[derive(Debug)]
pub(super) struct Workbook;

impl DocumentFormat for Workbook {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: NAME,
            title: "Workbook",
            extension: "xlsx",
            carries: "the cells of each sheet",
            loses: "formulas, formats, comments, pictures",
        }
    }

    fn endings(&self) -> &'static [&'static str] {
        &["xlsx", "xlsm"]
    }

    fn states_encoding(&self) -> bool {
        true
    }

    fn holds_several(&self) -> bool {
        true
    }

    fn read(&self, source: &Source<'_>) -> Result<Vec<ReadDocument>, ReadError> {
        if source.bytes.starts_with(b"\xD0\xCF\x11\xE0") {
            return Err(ReadError::Protected);
        }
        check_size(source.bytes)?;
        let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(source.bytes)).map_err(broken)?;
        let (mut left, mut bytes) = (CELLS, 0);
        let mut sheets = Vec::new();
        for name in book.sheet_names() {
            // A sheet of a chart has no cells.
            let Ok(text) = sheet(&mut book, &name, &mut left, &mut bytes)? else { continue };
            sheets.push(ReadDocument { text, title: Some(name), ..ReadDocument::default() });
        }
        Ok(sheets)
    }
}

/// Refuses a workbook whose parts state that they unpack to too much, and one whose shared texts do.
fn check_size(bytes: &[u8]) -> Result<(), ReadError> {
    let mut archive = Archive::open(bytes).map_err(broken)?;
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    let mut all = 0_u64;
    for at in 0..zip.len() {
        all = all.saturating_add(zip.by_index_raw(at).map_err(broken)?.size());
    }
    if all > limits::WORKBOOK {
        return Err(ReadError::TooManyCells(CELLS));
    }
    // The reader keeps the shared texts, so the size that they state does not suffice.
    let shared = archive.names().iter().position(|name| name.ends_with("sharedStrings.xml"));
    shared.map_or(Ok(()), |at| archive.read(at).map(drop).map_err(broken))
}

/// Returns the rows of a sheet; an inner error if the sheet has none.
fn sheet(
    book: &mut Xlsx<impl Read + std::io::Seek>,
    name: &str,
    left: &mut u64,
    bytes: &mut usize,
) -> Result<Result<String, XlsxError>, ReadError> {
    let mut cells = match book.worksheet_cells_reader(name) {
        Ok(cells) => cells,
        Err(error @ XlsxError::NotAWorksheet(_)) => return Ok(Err(error)),
        Err(error) => return Err(broken(error)),
    };
    let (mut text, mut row): (String, Option<(u32, Vec<Value>)>) = (String::new(), None);
    while let Some(cell) = cells.next_cell().map_err(broken)? {
        let (at, column) = cell.get_position();
        let value = value(&cell);
        if value.is_null() || column >= COLUMNS {
            continue;
        }
        // Filling a row up to its last cell takes memory, too.
        if row.as_ref().is_none_or(|(number, _)| *number != at) {
            flush(row.take(), &mut text);
            row = Some((at, Vec::new()));
        }
        let Some((_, values)) = &mut row else { continue };
        let column = column as usize;
        let new = (column + 1).saturating_sub(values.len()) as u64;
        *left = left.checked_sub(new.max(1)).ok_or(ReadError::TooManyCells(CELLS))?;
        if column >= values.len() {
            values.resize(column + 1, Value::Null);
        }
        *bytes += value.as_str().map_or(16, str::len);
        if *bytes as u64 > limits::TEXT {
            return Err(ReadError::TooManyCells(CELLS));
        }
        values[column] = value;
    }
    flush(row, &mut text);
    Ok(Ok(text))
}

fn flush(row: Option<(u32, Vec<Value>)>, text: &mut String) {
    if let Some((number, mut values)) = row {
        values.insert(0, json!(u64::from(number) + 1));
        text.push_str(&Value::Array(values).to_string());
        text.push('\n');
    }
}

fn value(cell: &Cell<DataRef<'_>>) -> Value {
    match cell.get_value() {
        DataRef::Empty => Value::Null,
        DataRef::Int(number) => json!(number),
        DataRef::Float(number) => json!(number),
        DataRef::String(text) => json!(text),
        DataRef::SharedString(text) => json!(text),
        DataRef::Bool(flag) => json!(flag),
        DataRef::DateTime(time) => json!({ "date": iso(time) }),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => json!({ "date": text }),
        DataRef::Error(error) => json!({ "error": error.to_string() }),
    }
}

/// Returns a date of a spreadsheet in ISO 8601, with its time if it has one.
fn iso(time: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    match (hour, minute, second) {
        (0, 0, 0) => date,
        _ => format!("{date}T{hour:02}:{minute:02}:{second:02}"),
    }
}

fn broken(error: impl std::fmt::Display) -> ReadError {
    ReadError::Damaged(error.to_string())
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::{ExcelDateTime as Moment, Format, Workbook as Book};

    use super::*;

    fn read(bytes: &[u8]) -> Result<Vec<ReadDocument>, ReadError> {
        Workbook.read(&Source { name: "a.xlsx", bytes, encoding: None })
    }

    #[test]
    fn the_cells_of_all_sheets_are_read_with_their_kinds() {
        let mut book = Book::new();
        let sheet = book.add_worksheet().set_name("One").unwrap();
        sheet.write(0, 0, "a\n\"b\" \u{1f469}\u{b}").unwrap();
        sheet.write(2, 1, 2.5).unwrap();
        sheet.write(2, 3, true).unwrap();
        let date = Format::new().set_num_format("yyyy-mm-dd");
        sheet.write_with_format(3, 0, Moment::from_ymd(2026, 3, 14).unwrap(), &date).unwrap();
        book.add_worksheet().set_name("Two").unwrap().write(0, 0, 7).unwrap();
        let sheets = read(&book.save_to_buffer().unwrap()).unwrap();
        let titles: Vec<_> = sheets.iter().map(|sheet| sheet.title.as_deref().unwrap()).collect();
        assert_eq!(titles, ["One", "Two"]);
        let rows: Vec<Value> =
            sheets[0].text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let expected = [
            json!([1, "a\n\"b\" \u{1f469}\u{b}"]),
            json!([3, null, 2.5, null, true]),
            json!([4, { "date": "2026-03-14" }]),
        ];
        assert_eq!(rows, expected);
        assert_eq!(sheets[1].text, "[1,7.0]\n");
    }

    #[test]
    fn what_is_no_workbook_is_refused() {
        assert!(matches!(read(b"PK\x03\x04"), Err(ReadError::Damaged(_))));
        assert!(matches!(read(b"\xD0\xCF\x11\xE0"), Err(ReadError::Protected)));
    }
}
