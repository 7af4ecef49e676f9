//! The cells of a table, whether it is CSV, TSV or a workbook.

use serde_json::Value;

use crate::IoError;
use crate::annotations::importer::Input;
use crate::annotations::refusal::FileFault;
use crate::documents::{Reader, all_rows};

/// The first bytes of a workbook.
const ZIP: &[u8] = b"PK\x03\x04";

/// A table.
#[derive(Debug, Default)]
pub(super) struct Grid {
    /// The rows that are not empty.
    pub rows: Vec<GridRow>,
}

/// A row with its number, from 1.
#[derive(Clone, Debug, Default)]
pub(super) struct GridRow {
    pub number: usize,
    cells: Vec<String>,
}

impl GridRow {
    /// Returns the words in a cell; empty if the row is too short.
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }

    /// Returns all cells.
    pub fn cells(&self) -> &[String] {
        &self.cells
    }
}

/// Returns whether a file is a workbook.
pub(super) fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(ZIP)
}

/// Reads the tables of a file.
///
/// # Errors
/// It is a workbook that can't be read.
pub(super) fn grids(input: &Input<'_>) -> Result<Vec<Grid>, IoError> {
    if !is_workbook(&input.bytes) {
        return Ok(vec![of_text(&String::from_utf8_lossy(&input.bytes))]);
    }
    let here = Reader::in_process();
    let reader = input.reader.unwrap_or(&here);
    let name = input.path.file_name().unwrap_or_default().to_string_lossy();
    let sheets = reader
        .sheets(&name, &input.bytes)
        .map_err(|why| IoError::Problem(input.refused(None, FileFault::Closed { what: "workbook", why })))?;
    let grid =
        |sheet: crate::documents::ReadDocument| Grid { rows: sheet.text.lines().filter_map(row).collect() };
    Ok(sheets.into_iter().map(grid).collect())
}

/// Returns the table in a text.
pub(super) fn of_text(text: &str) -> Grid {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
    let rows = all_rows(&text).into_iter().map(|row| GridRow { number: row.number, cells: row.cells });
    Grid { rows: rows.collect() }
}

/// Reads a row of a sheet, as the reading process writes it.
fn row(line: &str) -> Option<GridRow> {
    let mut values: Vec<Value> = serde_json::from_str(line).ok()?;
    let number = usize::try_from(values.first()?.as_u64()?).ok()?;
    let cells = values.drain(1..).map(words).collect();
    Some(GridRow { number, cells })
}

/// Returns the words of a cell. The code of a formula that failed is kept, so that it is refused where it is used.
fn words(cell: Value) -> String {
    match cell {
        Value::Null => String::new(),
        Value::String(text) => text,
        Value::Bool(flag) => flag.to_string(),
        Value::Number(number) => {
            number.as_f64().map_or_else(|| number.to_string(), |number| number.to_string())
        }
        Value::Object(fields) => {
            fields.values().next().and_then(Value::as_str).unwrap_or_default().to_owned()
        }
        Value::Array(_) => String::new(),
    }
}
