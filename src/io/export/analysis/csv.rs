//! Views as tables in RFC 4180: tidy, with a row per number, and wide, as on the screen.
//!
//! Words are guarded against being run as formulas by a spreadsheet. Numbers are not rounded; an empty field is undefined or
//! not specified.

use std::io::Write;

use csv::{ErrorKind, Writer, WriterBuilder};

use super::super::exporter::broken;
use crate::IoError;
use crate::spreadsheet::guard;
use demarche_analysis::bargain::DayRange;
use demarche_analysis::views::{
    Cell, CellValue, ColumnKind, Look, MatrixCell, MatrixView, Row, Table, TimeView, View,
};

/// What every row of a tidy table says.
#[derive(Clone, Copy, Debug)]
pub struct TidyContext<'a> {
    /// The filter as text.
    pub filter: &'a str,
    /// The coder, if several were asked for.
    pub coder: Option<&'a str>,
}

/// The columns of a tidy table. One for the coder follows, if several were asked for.
const TIDY: [&str; 10] =
    ["view", "row", "column", "measure", "value", "n", "scale", "filter", "bin_start", "bin_end"];

/// A number of a view.
struct Number<'v> {
    row: &'v str,
    column: &'v str,
    measure: &'v str,
    cell: &'v Cell,
    days: Option<DayRange>,
}

/// Writes the head of a tidy table.
///
/// # Errors
/// `out` fails.
pub fn write_tidy_head(out: &mut dyn Write, coders: bool) -> Result<(), IoError> {
    let coder = coders.then_some("coder");
    record(&mut Writer::from_writer(out), TIDY.into_iter().chain(coder))
}

/// Writes the numbers of a view, a row for each. Several views can follow each other.
///
/// # Errors
/// `out` fails.
pub fn write_tidy(
    look: &Look<'_>,
    view: &View,
    context: TidyContext<'_>,
    out: &mut dyn Write,
) -> Result<(), IoError> {
    let mut writer = Writer::from_writer(out);
    let scale = look.basis.weights.scale().code();
    let mut write = |number: Number<'_>| {
        let scale = if number.measure.starts_with("score") || is_of_bin(number.measure) { scale } else { "" };
        let count = number.cell.passages.as_ref().map(|passages| passages.len().to_string());
        let day = |day: fn(DayRange) -> demarche_analysis::summary::Day| {
            number.days.map_or_else(String::new, |days| day(days).to_string())
        };
        let fields = [
            view.kind().code().to_owned(),
            guard(number.row).into_owned(),
            guard(number.column).into_owned(),
            number.measure.to_owned(),
            value_text(&number.cell.value),
            count.unwrap_or_default(),
            scale.to_owned(),
            guard(context.filter).into_owned(),
            day(|days| days.first),
            day(|days| days.last),
        ];
        record(&mut writer, fields.into_iter().chain(context.coder.map(|coder| guard(coder).into_owned())))
    };
    match view {
        View::Matrix(view) => of_matrix(look, view, &mut write),
        View::Time(view) => of_time(view, &mut write),
        View::Asks(_)
        | View::Actors(_)
        | View::Towards(_)
        | View::Codeline(_)
        | View::Movement(_)
        | View::Together(_)
        | View::Follows(_) => of_table(&view.answer().table, &mut write),
    }
}

type Write1<'w> = &'w mut dyn FnMut(Number<'_>) -> Result<(), IoError>;

/// The cells of the matrix, without its totals.
fn of_matrix(look: &Look<'_>, view: &MatrixView, write: Write1<'_>) -> Result<(), IoError> {
    let cell = |cell: &MatrixCell| view.cell(look, cell);
    for (row, cells) in view.rows.iter().zip(&view.cells) {
        for (column, of_column) in view.columns.iter().zip(cells) {
            write(Number {
                row: &row.title,
                column: &column.title,
                measure: view.options.measure.code(),
                cell: &cell(of_column),
                days: None,
            })?;
        }
    }
    Ok(())
}

/// True for the scores of a bin.
fn is_of_bin(measure: &str) -> bool {
    ["mean", "sum", "low", "high"].contains(&measure)
}

/// The bars of each bin, its score, and the score of each line.
fn of_time(view: &TimeView, write: Write1<'_>) -> Result<(), IoError> {
    let table = &view.answer().table;
    let first_line = table.columns.len() - view.lines.len();
    for (bin, row) in view.rows().zip(&table.rows) {
        for (at, (column, cell)) in table.columns.iter().zip(&row.cells).enumerate().skip(1) {
            let is_bar = at > 1 && at < 2 + view.series.len();
            let (name, measure) = match at {
                _ if is_bar => (column.title.as_str(), view.options.measure.code()),
                _ if at >= first_line => (column.title.as_str(), view.options.score.code()),
                _ => ("", column.name.as_str()),
            };
            write(Number { row: &bin.label, column: name, measure, cell, days: bin.days })?;
        }
    }
    Ok(())
}

/// The numbers of a table. The texts before its first number name the row and the column.
fn of_table(table: &Table, write: Write1<'_>) -> Result<(), IoError> {
    let is_text = |at: &usize| table.columns[*at].kind == ColumnKind::Text;
    let keys = (0..table.columns.len()).take_while(is_text).count();
    for row in &table.rows {
        let key = |at: usize| if at < keys { text_of(row, at) } else { "" };
        for (column, cell) in table.columns.iter().zip(&row.cells).skip(keys) {
            if column.kind == ColumnKind::Number {
                write(Number { row: key(0), column: key(1), measure: &column.name, cell, days: None })?;
            }
        }
    }
    Ok(())
}

fn text_of(row: &Row, at: usize) -> &str {
    match row.cells.get(at).map(|cell| &cell.value) {
        Some(CellValue::Text(text)) => text,
        Some(CellValue::None | CellValue::Count(_) | CellValue::Number(_)) | None => "",
    }
}

/// Writes a table as on the screen; `coder` adds a column at the end.
///
/// # Errors
/// `out` fails.
pub fn write_wide(
    table: &Table,
    coder: Option<&str>,
    with_head: bool,
    out: &mut dyn Write,
) -> Result<(), IoError> {
    let mut writer = Writer::from_writer(out);
    if with_head {
        let names = table.columns.iter().map(|column| guard(column.heading()).into_owned());
        record(&mut writer, names.chain(coder.map(|_| "coder".to_owned())))?;
    }
    for row in &table.rows {
        let fields = row.cells.iter().map(|cell| guarded_text(&cell.value));
        record(&mut writer, fields.chain(coder.map(|coder| guard(coder).into_owned())))?;
    }
    Ok(())
}

/// Tables as on the screen, separated by tabs, to be pasted into a document or spreadsheet. Several tables have a last column
/// with the coder.
///
/// # Errors
/// A text can't be written, which does not happen in memory.
pub fn tab_separated(tables: &[(Option<&str>, &Table)]) -> Result<Vec<u8>, IoError> {
    let mut writer = WriterBuilder::new().delimiter(b'\t').from_writer(Vec::new());
    for (at, (coder, table)) in tables.iter().enumerate() {
        let coder = coder.map(|coder| guard(coder).into_owned());
        if at == 0 {
            let titles = table.columns.iter().map(|column| guard(&column.title).into_owned());
            record(&mut writer, titles.chain(coder.as_ref().map(|_| "coder".to_owned())))?;
        }
        for row in &table.rows {
            let fields = row.cells.iter().map(|cell| guarded_text(&cell.value));
            record(&mut writer, fields.chain(coder.clone()))?;
        }
    }
    writer.into_inner().map_err(|error| broken(error.into_error()))
}

fn guarded_text(value: &CellValue) -> String {
    match value {
        CellValue::Text(text) => guard(text).into_owned(),
        CellValue::None | CellValue::Count(_) | CellValue::Number(_) => value_text(value),
    }
}

/// A value as a field, without a guard.
fn value_text(value: &CellValue) -> String {
    match value {
        CellValue::None => String::new(),
        CellValue::Text(text) => text.to_string(),
        CellValue::Count(count) => count.to_string(),
        CellValue::Number(number) => number.to_string(),
    }
}

/// Writes a record.
pub(super) fn record<W: Write>(
    writer: &mut Writer<W>,
    fields: impl IntoIterator<Item = impl AsRef<[u8]>>,
) -> Result<(), IoError> {
    writer.write_record(fields).map_err(|error| match error.into_kind() {
        ErrorKind::Io(error) => broken(error),
        other => broken(std::io::Error::other(format!("{other:?}"))),
    })?;
    writer.flush().map_err(broken)
}
