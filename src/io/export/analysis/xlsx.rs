//! A view as a workbook: its table, with bars behind the numbers, and its notes.

use std::io::Write;

use rust_xlsxwriter::{ConditionalFormatDataBar, Format, Worksheet, XlsxError};

use super::super::exporter::broken;
use super::super::workbook::{failed, titled};
use crate::IoError;
use crate::spreadsheet::held;
use demarche_analysis::views::{Answer, CellValue, ColumnKind};

/// Writes the workbooks' only sheet: the table of a view, then its notes.
///
/// # Errors
/// `out` fails, or the table is too large for a sheet.
pub fn write_sheet(
    title: &str,
    answers: &[(Option<String>, &Answer)],
    out: &mut dyn Write,
) -> Result<(), IoError> {
    let mut book = titled(title)?;
    for (number, (coder, answer)) in answers.iter().enumerate() {
        let name = coder.as_ref().map_or_else(|| title.to_owned(), |coder| format!("{title} {coder}"));
        book.push_worksheet(sheet(&sheet_name(&name, number), answer).map_err(failed)?);
    }
    out.write_all(&book.save_to_buffer().map_err(failed)?).map_err(broken)
}

fn sheet(name: &str, answer: &Answer) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(name)?;
    let bold = Format::new().set_bold();
    let table = &answer.table;
    for (at, column) in (0..).zip(&table.columns) {
        sheet.write_string_with_format(0, at, held(&column.title), &bold)?;
    }
    for (row, cells) in (1..).zip(table.rows.iter().map(|row| &row.cells)) {
        for (at, cell) in (0..).zip(cells) {
            match &cell.value {
                CellValue::None => {}
                CellValue::Text(text) => drop(sheet.write_string(row, at, held(text))?),
                CellValue::Count(count) => drop(sheet.write_number(row, at, *count as f64)?),
                CellValue::Number(number) => drop(sheet.write_number(row, at, *number)?),
            }
        }
    }
    let rows = u32::try_from(table.rows.len()).unwrap_or(u32::MAX);
    for (at, column) in (0..).zip(&table.columns) {
        if column.kind == ColumnKind::Number && rows > 0 {
            sheet.add_conditional_format(1, at, rows, at, &ConditionalFormatDataBar::new())?;
        }
    }
    let notes = std::iter::once(&answer.sentence).chain(&answer.caption.0).map(|note| note.text());
    for (row, note) in (rows.saturating_add(2)..).zip(notes) {
        sheet.write_string(row, 0, held(&note))?;
    }
    sheet.set_freeze_panes(1, 1)?;
    Ok(sheet)
}

/// A name that a sheet can have: at most 31 characters, and none that Excel forbids.
fn sheet_name(name: &str, number: usize) -> String {
    let allowed = |c: char| if "[]:*?/\\'".contains(c) { ' ' } else { c };
    let short: String = name.chars().map(allowed).take(27).collect();
    if number == 0 { short } else { format!("{short} {}", number + 1) }
}
