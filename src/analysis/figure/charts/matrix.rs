//! The overview matrix: bars by role in each cell, and counts below each row.

use super::grid::{Frame, Grid, Heading, PAD_PT};
use super::legend::{Series, legend};
use crate::figure::{Anchor, Area, CellKey, Face, Ink, Scene, Stroke, width_pt};
use crate::words::figure as words;

/// Height of a row without its counts, in points.
const ROW_PT: f32 = 44.0;

/// Height of the line of counts below a row, in points.
const NOTES_PT: f32 = 18.0;

/// Greatest height of a bar, in points.
const BAR_PT: f32 = 28.0;

/// Least and greatest width of a bar with the gap after it, in points.
const SLOT_PT: [f32; 2] = [8.0, 15.0];

/// Gap between bars, in points.
const GAP_PT: f32 = 1.5;

/// A matrix whose cells count moves by role.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct BarMatrix {
    /// A title in a few words.
    pub title: String,
    /// What it shows, in a sentence.
    pub description: String,
    /// What the rows are.
    pub row_title: String,
    /// What the columns are.
    pub column_title: String,
    /// The roles or categories that have a bar.
    pub series: Vec<Series>,
    /// The headings of the columns.
    pub columns: Vec<Heading>,
    /// The rows.
    pub rows: Vec<BarRow>,
    /// The totals of the columns; as the passages are counted, not as the rows add up.
    pub column_totals: Vec<usize>,
    /// The total of all cells.
    pub total: usize,
}

/// A row of the matrix.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct BarRow {
    /// Its heading.
    pub heading: Heading,
    /// A cell for each column.
    pub cells: Vec<BarCell>,
    /// Its total.
    pub total: usize,
    /// Counts below the row, such as `open 6`.
    pub notes: Vec<String>,
}

/// A cell of the matrix.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct BarCell {
    /// A bar for each series.
    pub parts: Vec<BarPart>,
    /// Number of moves.
    pub total: usize,
}

/// A bar.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct BarPart {
    /// Number of moves.
    pub count: usize,
    /// Number of them that are conditional.
    pub conditional: usize,
}

impl BarMatrix {
    /// Draws the matrix, which is wider than `width_pt` if its columns need more.
    pub fn scene(&self, width_pt: f32) -> Scene {
        let mut scene = Scene::new(&self.title, &self.description);
        let (chart, frame) = Chart::new(self, width_pt);
        let parts = || self.rows.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.parts);
        let conditional = parts().any(|part| part.conditional > 0);
        let top = legend(&mut scene, &self.series, conditional, PAD_PT, width_pt - PAD_PT, 0.0);
        let grid = frame.draw(&mut scene, top);
        let mut y = grid.top;
        for (at, row) in self.rows.iter().enumerate() {
            y = chart.row(&mut scene, &grid, at, row, y);
            grid.rule(&mut scene, y);
        }
        let y = chart.totals(&mut scene, &grid, y);
        scene.finish(grid.right.max(width_pt), y)
    }
}

/// The measures that all cells share.
struct Chart<'a> {
    matrix: &'a BarMatrix,
    /// The greatest count of a bar.
    most: usize,
    /// Width of a bar with the gap after it.
    slot_pt: f32,
}

impl<'a> Chart<'a> {
    /// The measures, and the frame, whose columns are as wide as their bars and numbers.
    fn new(matrix: &'a BarMatrix, room_pt: f32) -> (Self, Frame<'a>) {
        let cells = || matrix.rows.iter().flat_map(|row| &row.cells);
        let most = cells().flat_map(|cell| &cell.parts).map(|part| part.count).max().unwrap_or(0).max(1);
        let totals = matrix.column_totals.iter().chain([&matrix.total]).copied();
        let greatest = cells().map(|cell| cell.total).chain(totals).max().unwrap_or(0);
        let number_pt = width_pt(&words::count(greatest), Face::STRONG);
        let words = matrix.columns.iter().map(Heading::word_pt).fold(0.0, f32::max);
        let mut frame = Frame {
            row_title: &matrix.row_title,
            column_title: &matrix.column_title,
            rows: matrix.rows.iter().map(|row| &row.heading).collect(),
            columns: matrix.columns.iter().collect(),
            column_pt: 0.0,
            total_pt: number_pt.max(width_pt(words::TOTAL, Face::SMALL)) + 3.0 * PAD_PT,
            at_start: false,
        };
        let room = (room_pt - frame.head_pt() - frame.total_pt) / matrix.columns.len().max(1) as f32;
        let (beside, bars) = (number_pt + 4.0 * PAD_PT, matrix.series.len().max(1) as f32);
        let slot_pt = ((room - beside) / bars).clamp(SLOT_PT[0], SLOT_PT[1]);
        frame.column_pt = (slot_pt * bars + beside).max(words + 3.0 * PAD_PT);
        (Self { matrix, most, slot_pt }, frame)
    }

    fn bars_pt(&self) -> f32 {
        self.matrix.series.len() as f32 * self.slot_pt
    }

    /// Adds a row below `top`, and returns its bottom.
    fn row(&self, scene: &mut Scene, grid: &Grid, at: usize, row: &BarRow, top: f32) -> f32 {
        let base = top + ROW_PT - 7.0;
        let middle = base - 6.0;
        grid.row_head(scene, at, &row.heading, grid.head(top, ROW_PT), middle);
        for (column, cell) in row.cells.iter().enumerate() {
            let area = grid.cell(column, top, ROW_PT);
            let key = CellKey::Cell { row: at as u32, column: column as u32 };
            scene.cell(key, self.label(row, column, cell), area, |scene| {
                self.bars(scene, cell, area, base);
                let ink = if cell.total == 0 { Ink::Faint } else { Ink::Text };
                grid.number(scene, area, middle, Face::BODY, ink, &words::count(cell.total));
            });
        }
        let total = words::count(row.total);
        let area = grid.total(top, ROW_PT);
        scene.cell(CellKey::RowTotal(at as u32), words::value(&row.heading.name, &total), area, |scene| {
            grid.number(scene, area, middle, Face::STRONG, Ink::Text, &total);
        });
        if row.notes.is_empty() { top + ROW_PT } else { self.notes(scene, at, row, top + ROW_PT) }
    }

    /// Adds the bars of a cell, on a line.
    fn bars(&self, scene: &mut Scene, cell: &BarCell, area: Area, base: f32) {
        if cell.total == 0 {
            return;
        }
        let left = area.left + 2.0 * PAD_PT;
        scene.level(left, left + self.bars_pt() - GAP_PT, base + 0.5, Stroke::new(Ink::Faint, 0.8));
        for (at, (part, series)) in cell.parts.iter().zip(&self.matrix.series).enumerate() {
            let height = |count: usize| count as f32 / self.most as f32 * BAR_PT;
            let x = left + at as f32 * self.slot_pt;
            let firm = part.count - part.conditional.min(part.count);
            let bar = |from: usize, to: usize| Area {
                left: x,
                right: x + self.slot_pt - GAP_PT,
                top: base - height(to),
                bottom: base - height(from),
            };
            if firm > 0 {
                series.bar(scene, bar(0, firm), false);
            }
            if firm < part.count {
                series.bar(scene, bar(firm, part.count), true);
            }
        }
    }

    /// Adds the counts below a row, one after the other.
    fn notes(&self, scene: &mut Scene, at: usize, row: &BarRow, top: f32) -> f32 {
        let middle = top + NOTES_PT / 2.0 - 5.0;
        let mut x = PAD_PT + 12.0;
        for (note, text) in row.notes.iter().enumerate() {
            if note > 0 {
                scene.text(x, middle, Anchor::Start, Face::SMALL, Ink::Faint, "·");
                x += width_pt("·", Face::SMALL) + 6.0;
            }
            let width = width_pt(text, Face::SMALL);
            let area = Area::new(x - 2.0, middle - 8.0, width + 4.0, 16.0);
            let key = CellKey::Note { row: at as u32, note: note as u32 };
            scene.cell(key, words::value(&row.heading.name, text), area, |scene| {
                scene.text(x, middle, Anchor::Start, Face::SMALL, Ink::Weak, text.as_str());
            });
            x += width + 6.0;
        }
        top + NOTES_PT
    }

    fn totals(&self, scene: &mut Scene, grid: &Grid, top: f32) -> f32 {
        const HEIGHT: f32 = 30.0;
        let middle = top + HEIGHT / 2.0;
        scene.text(PAD_PT, middle, Anchor::Start, Face::SMALL, Ink::Weak, words::TOTAL);
        for (column, (heading, &total)) in
            self.matrix.columns.iter().zip(&self.matrix.column_totals).enumerate()
        {
            let (area, total) = (grid.cell(column, top, HEIGHT), words::count(total));
            let label = words::value(&heading.name, &total);
            scene.cell(CellKey::ColumnTotal(column as u32), label, area, |scene| {
                grid.number(scene, area, middle, Face::STRONG, Ink::Text, &total);
            });
        }
        let (area, total) = (grid.total(top, HEIGHT), words::count(self.matrix.total));
        scene.cell(CellKey::Total, words::all(&total), area, |scene| {
            grid.number(scene, area, middle, Face::STRONG, Ink::Text, &total);
        });
        top + HEIGHT
    }

    /// A cell in words: its total, and a line for each role.
    fn label(&self, row: &BarRow, column: usize, cell: &BarCell) -> String {
        let column = self.matrix.columns.get(column).map_or("", |heading| heading.name.as_str());
        let mut label = words::cell(&row.heading.name, column, &words::count(cell.total));
        for (part, series) in cell.parts.iter().zip(&self.matrix.series).filter(|(part, _)| part.count > 0) {
            label.push('\n');
            label.push_str(&words::part(&series.name, part.count, part.conditional));
        }
        label
    }
}
