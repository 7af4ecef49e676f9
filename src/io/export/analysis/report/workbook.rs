//! A report as a workbook: the method, then a sheet for each table and figure. Numbers stay numbers.

use rayon::prelude::*;
use rust_xlsxwriter::{Format, FormatAlign, Image, Worksheet, XlsxError};

use super::shown::shown;
use crate::IoError;
use crate::export::figure::{PictureError, to_png};
use crate::export::workbook::{failed, titled};
use crate::spreadsheet::held;
use crate::words::export::analysis_report as words;
use demarche_analysis::figure::Palette;
use demarche_analysis::report::{Column, ColumnKind, LineKind, Part, Report, Table, Value};

/// Width of columns of texts and of numbers, in characters.
const WIDTHS: [f64; 2] = [28.0, 11.0];

/// Height of a row in pixels, for the place below pictures.
const ROW_PX: f32 = 20.0;

/// A workbook with a report.
///
/// # Errors
/// A sheet would be too large.
pub(super) fn bytes(report: &Report) -> Result<Vec<u8>, IoError> {
    let mut book = titled(&report.title)?;
    book.push_worksheet(method(report).map_err(failed)?);
    // Pictures take most of the time.
    let pictures: Vec<Vec<Picture>> = report.parts.par_iter().map(pictures).collect();
    for (part, pictures) in report.parts.iter().zip(&pictures) {
        book.push_worksheet(sheet(part, pictures).map_err(failed)?);
    }
    book.save_to_buffer().map_err(failed)
}

/// A figure as a PNG, or why it has none.
type Picture = Result<Vec<u8>, PictureError>;

fn pictures(part: &Part) -> Vec<Picture> {
    part.scenes.iter().map(|scene| to_png(scene, &Palette::PRINT)).collect()
}

fn method(report: &Report) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(words::METHOD)?.set_column_width(0, WIDTHS[0])?.set_column_width(1, 100.0)?;
    let bold = Format::new().set_bold().set_align(FormatAlign::Top);
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.write_string_with_format(0, 0, held(&report.title), &bold)?;
    let contents = report.parts.iter().map(|part| (part.number.as_str(), part.title.as_str()));
    let entries = report.facts.iter().chain(&report.method).map(|(name, text)| (*name, text.as_str()));
    let sources = report.sources.iter().map(|source| (words::SOURCES, *source));
    for (row, (name, text)) in (2..).zip(entries.chain(contents).chain(sources)) {
        sheet.write_string_with_format(row, 0, held(name), &bold)?;
        sheet.write_string_with_format(row, 1, held(text), &wrapped)?;
    }
    Ok(sheet)
}

/// The sheet of a part: its title, its table, its notes, then its pictures.
fn sheet(part: &Part, pictures: &[Picture]) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(&part.number)?;
    let bold = Format::new().set_bold();
    sheet.write_string_with_format(0, 0, held(&format!("{}. {}", part.number, part.title)), &bold)?;
    let mut row = 1;
    if !part.sentence.is_empty() {
        sheet.write_string(row, 0, held(&part.sentence))?;
        row += 1;
    }
    if let Some(table) = &part.table {
        row = write_table(&mut sheet, table, row + 1)?;
    }
    for note in &part.notes {
        sheet.write_string(row + 1, 0, held(note))?;
        row += 1;
    }
    for (scene, picture) in part.scenes.iter().zip(pictures) {
        match picture {
            Ok(picture) => {
                // Pictures have two pixels per point.
                let image = Image::new_from_buffer(picture)?.set_scale_width(0.5).set_scale_height(0.5);
                sheet.insert_image(row + 2, 0, &image)?;
                row += (scene.height_pt / ROW_PX).ceil() as u32 + 3;
            }
            Err(why) => {
                sheet.write_string(row + 2, 0, held(&why.to_string()))?;
                row += 2;
            }
        }
    }
    Ok(sheet)
}

/// Writes a table and returns the row after it.
fn write_table(sheet: &mut Worksheet, table: &Table, top: u32) -> Result<u32, XlsxError> {
    let bold = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
    let mut place = 0;
    let mut places = Vec::with_capacity(table.columns.len());
    for column in &table.columns {
        places.push(place);
        for suffix in suffixes(column) {
            let title = [column.title.as_str(), suffix].concat();
            sheet.write_string_with_format(top, place, held(&title), &bold)?;
            let width = if column.kind == ColumnKind::Text { WIDTHS[0] } else { WIDTHS[1] };
            sheet.set_column_width(place, width)?;
            place += 1;
        }
    }
    let mut row = top + 1;
    let formats = [Format::new().set_text_wrap().set_align(FormatAlign::Top), bold];
    for line in &table.lines {
        let format = &formats[usize::from(line.kind == LineKind::Total)];
        for (value, place) in line.values.iter().zip(&places) {
            write_value(sheet, (row, *place), value, format)?;
        }
        row += 1;
    }
    Ok(row)
}

/// What the headings of a column's sheet columns end with.
fn suffixes(column: &Column) -> &'static [&'static str] {
    match column.kind {
        ColumnKind::Text | ColumnKind::Short | ColumnKind::Number => &[""],
        ColumnKind::Share => &[words::N, words::PERCENT],
        ColumnKind::Interval => &["", words::LOW, words::HIGH],
        ColumnKind::Range => &[words::LEAST, words::GREATEST],
    }
}

fn write_value(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    value: &Value,
    format: &Format,
) -> Result<(), XlsxError> {
    let mut numbers: Vec<Option<f64>> = Vec::new();
    match value {
        Value::None => {}
        Value::Text(_) | Value::Quote { .. } => {
            sheet.write_string_with_format(row, column, held(&shown(value)), format)?;
        }
        Value::Count(count) => numbers.push(Some(*count as f64)),
        Value::Number(number) => numbers.push(Some(*number)),
        Value::Share { count, .. } => numbers.extend([Some(*count as f64), value.percent()]),
        Value::Interval { value, bounds } | Value::Figure { value, bounds } => {
            numbers.extend([Some(*value), bounds.map(|(low, _)| low), bounds.map(|(_, high)| high)]);
        }
        Value::Range { low, high } => numbers.extend([Some(*low as f64), Some(*high as f64)]),
    }
    for (column, number) in (column..).zip(numbers) {
        if let Some(number) = number {
            sheet.write_number_with_format(row, column, number, format)?;
        }
    }
    Ok(())
}
