//! The widths of the columns of a table.

use egui::{FontId, Ui};

use crate::theme::{size, space};
use crate::words::analyse as words;
use demarche_analysis::views::{Cell, ColumnKind, Table};

/// Narrowest and widest column of texts, in points.
const TEXT_PT: [f32; 2] = [60.0, 320.0];
/// Widest column of texts that stays as it is, such as dates, in points.
const SHORT_PT: f32 = 100.0;
/// What a column of texts, the first column, and a heading of numbers keep if there is not enough room, in points.
const LEAST_PT: f32 = 88.0;
const FIRST_PT: f32 = 150.0;
/// What a column of passages keeps, which say nothing in a few letters.
const PASSAGE_PT: f32 = 160.0;
const HEADING_PT: f32 = 150.0;
/// Narrowest column of numbers, in points.
const NUMBER_PT: f32 = 52.0;
/// Number of rows that decide how wide a column is.
const MEASURED: usize = 60;

/// The decimals of each column: as many as its numbers need.
pub(super) fn decimals(table: &Table) -> Vec<usize> {
    let of_column = |column: usize| {
        let cells = table.rows.iter().filter_map(|row| row.cells.get(column));
        cells.map(|cell| words::decimals(&cell.value)).max().unwrap_or(0)
    };
    (0..table.columns.len()).map(of_column).collect()
}

/// The widths of all columns. If space runs out, columns shrink towards their minimum width.
pub(super) fn widths(ui: &Ui, table: &Table, decimals: &[usize], room: f32) -> Vec<f32> {
    let (mut least, mut wanted): (Vec<f32>, Vec<f32>) =
        (0..table.columns.len()).map(|column| width(ui, table, decimals, column)).unzip();
    let total = |widths: &[f32]| widths.iter().sum::<f32>();
    let (short, long) = (total(&least), total(&wanted));
    if long <= room || long <= short {
        return wanted;
    }
    // All columns give way by the same share of what they can.
    let share = ((long - room) / (long - short)).clamp(0.0, 1.0);
    for (width, least) in wanted.iter_mut().zip(least.drain(..)) {
        *width -= (*width - least) * share;
    }
    wanted
}

/// The least width of a column, and the width that shows everything.
fn width(ui: &Ui, table: &Table, decimals: &[usize], column: usize) -> (f32, f32) {
    let measure = |text: String, size| {
        let font = FontId::proportional(size);
        ui.painter().layout_no_wrap(text, font, egui::Color32::PLACEHOLDER).size().x + 2.0 * space::S + 2.0
    };
    let def = &table.columns[column];
    let head = measure(def.title.clone(), size::SMALL) + space::M;
    let cells = table.rows.iter().take(MEASURED).filter_map(|row| row.cells.get(column));
    let text = |cell: &Cell| words::value_with(&cell.value, decimals[column]);
    let widest = cells.map(|cell| measure(text(cell), size::INTERFACE)).fold(0.0, f32::max);
    match def.kind {
        ColumnKind::Text => {
            let wanted = widest.max(head).clamp(TEXT_PT[0], TEXT_PT[1]);
            let least = match column {
                0 => FIRST_PT,
                _ if wanted == TEXT_PT[1] => PASSAGE_PT,
                _ if wanted <= SHORT_PT => wanted,
                _ => LEAST_PT,
            };
            (wanted.min(least), wanted)
        }
        ColumnKind::Number => {
            let least = widest.max(NUMBER_PT);
            (least.max(head.min(HEADING_PT)), least.max(head))
        }
    }
}
