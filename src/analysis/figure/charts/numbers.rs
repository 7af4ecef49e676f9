//! Matrices of numbers: counts and shares, actors by actors, co-occurrence, transitions with shaded residuals.

use super::grid::{Frame, Grid, Heading, PAD_PT, mark};
use crate::figure::{Anchor, Area, CellKey, Face, Fill, Ink, Scene, width_pt};
use crate::words::figure as words;

/// Height of a row whose cells have one line, in points.
const ROW_PT: f32 = 26.0;

/// Height of a second line, in points.
const DETAIL_PT: f32 = 13.0;

/// Greatest width of a column, in points.
const COLUMN_PT: f32 = 130.0;

/// The strongest shade, on which text is still legible.
const STRONGEST: f32 = 0.42;

/// What the shades of a matrix mean.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Shading {
    /// No shades.
    None,
    /// The greater, the darker.
    Amount,
    /// Orange below zero, blue above, in full strength at this distance from zero, with ▼ and ▲.
    Signed(f64),
}

/// A matrix of numbers.
#[derive(Clone, PartialEq, Debug)]
pub struct NumberMatrix {
    /// A title in a few words.
    pub title: String,
    /// What it shows, in a sentence.
    pub description: String,
    /// What the rows are.
    pub row_title: String,
    /// What the columns are.
    pub column_title: String,
    /// What shades mean.
    pub shading: Shading,
    /// The headings of the columns.
    pub columns: Vec<Heading>,
    /// The rows.
    pub rows: Vec<NumberRow>,
    /// The totals of the columns and the total of all; none if empty.
    pub totals: Vec<String>,
}

/// A row of the matrix.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct NumberRow {
    /// Its heading.
    pub heading: Heading,
    /// A cell for each column.
    pub cells: Vec<NumberCell>,
    /// Its total; none if empty.
    pub total: String,
}

/// A cell of the matrix.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct NumberCell {
    /// What it shows; nothing for a cell without a value.
    pub text: String,
    /// A second, smaller line, such as `z 3.89` or `few`.
    pub detail: String,
    /// What decides the shade.
    pub value: Option<f64>,
    /// Too small to say anything: grey, without a shade.
    pub few: bool,
    /// Stands out: framed.
    pub marked: bool,
}

impl NumberMatrix {
    /// Draws the matrix, which is wider than `width_pt` if its columns need more.
    pub fn scene(&self, width_pt: f32) -> Scene {
        let mut scene = Scene::new(&self.title, &self.description);
        let chart = Chart::new(self);
        let grid = chart.frame(width_pt).draw(&mut scene, 0.0);
        let mut y = grid.top;
        for (at, row) in self.rows.iter().enumerate() {
            chart.row(&mut scene, &grid, at, row, y);
            y += chart.row_pt;
            grid.rule(&mut scene, y);
        }
        if !self.totals.is_empty() {
            chart.totals(&mut scene, &grid, y);
            y += ROW_PT;
        }
        scene.finish(grid.right.max(width_pt), y + 2.0)
    }

    fn cells(&self) -> impl Iterator<Item = &NumberCell> {
        self.rows.iter().flat_map(|row| &row.cells)
    }
}

/// The measures that all cells share.
struct Chart<'a> {
    matrix: &'a NumberMatrix,
    row_pt: f32,
    /// The greatest value, which has the strongest shade.
    most: f64,
}

impl<'a> Chart<'a> {
    fn new(matrix: &'a NumberMatrix) -> Self {
        let values = matrix.cells().filter_map(|cell| cell.value).map(f64::abs);
        let most = match matrix.shading {
            Shading::None | Shading::Amount => values.filter(|value| value.is_finite()).fold(0.0, f64::max),
            Shading::Signed(most) => most,
        };
        let detailed = matrix.cells().any(|cell| !cell.detail.is_empty());
        Self { matrix, row_pt: if detailed { ROW_PT + DETAIL_PT } else { ROW_PT }, most }
    }

    fn frame(&self, room_pt: f32) -> Frame<'a> {
        let matrix = self.matrix;
        let width = |cell: &NumberCell| {
            let sign = if self.sign(cell).is_empty() { 0.0 } else { 12.0 };
            (width_pt(&cell.text, Face::STRONG) + sign).max(width_pt(&cell.detail, Face::TINY))
        };
        let numbers = matrix.cells().map(width).fold(0.0, f32::max);
        let totals = matrix.totals.iter().chain(matrix.rows.iter().map(|row| &row.total));
        let total = totals.map(|total| width_pt(total, Face::STRONG)).fold(0.0, f32::max);
        let words = matrix.columns.iter().map(Heading::word_pt).fold(0.0, f32::max);
        let least = numbers.max(words).max(if matrix.totals.is_empty() { 0.0 } else { total }) + 2.0 * PAD_PT;
        let has_totals = matrix.rows.iter().any(|row| !row.total.is_empty());
        let mut frame = Frame {
            row_title: &matrix.row_title,
            column_title: &matrix.column_title,
            rows: matrix.rows.iter().map(|row| &row.heading).collect(),
            columns: matrix.columns.iter().collect(),
            column_pt: least,
            total_pt: if has_totals {
                total.max(width_pt(words::TOTAL, Face::SMALL)) + 2.0 * PAD_PT
            } else {
                0.0
            },
            at_start: false,
        };
        let room = (room_pt - frame.head_pt() - frame.total_pt) / matrix.columns.len().max(1) as f32;
        frame.column_pt = room.min(COLUMN_PT).max(least);
        frame
    }

    fn row(&self, scene: &mut Scene, grid: &Grid, at: usize, row: &NumberRow, top: f32) {
        let middle = top + ROW_PT / 2.0;
        grid.row_head(scene, at, &row.heading, grid.head(top, self.row_pt), middle);
        for (column, (cell, heading)) in row.cells.iter().zip(&self.matrix.columns).enumerate() {
            let area = grid.cell(column, top, self.row_pt);
            let key = CellKey::Cell { row: at as u32, column: column as u32 };
            scene.cell(key, label(&row.heading, heading, cell), area, |scene| self.cell(scene, cell, area));
        }
        if !row.total.is_empty() {
            let area = grid.total(top, self.row_pt);
            let label = words::value(&row.heading.name, &row.total);
            scene.cell(CellKey::RowTotal(at as u32), label, area, |scene| {
                grid.number(scene, area, middle, Face::STRONG, Ink::Text, &row.total);
            });
        }
    }

    fn cell(&self, scene: &mut Scene, cell: &NumberCell, area: Area) {
        let middle = area.top + ROW_PT / 2.0;
        if let Some(ink) = self.shade(cell) {
            let inner = Area {
                left: area.left + 1.0,
                right: area.right - 1.0,
                top: area.top + 1.0,
                bottom: area.bottom - 1.0,
            };
            scene.block(inner, 2.0, Fill::plain(ink));
        }
        if cell.marked {
            mark(scene, area);
        }
        if cell.text.is_empty() {
            return scene.text(area.right - PAD_PT, middle, Anchor::End, Face::BODY, Ink::Faint, "·");
        }
        let ink = if cell.few { Ink::Weak } else { Ink::Text };
        let face = if cell.marked { Face::STRONG } else { Face::BODY };
        scene.text(area.right - PAD_PT, middle, Anchor::End, face, ink, cell.text.as_str());
        let sign = self.sign(cell);
        if !sign.is_empty() {
            let x = area.right - PAD_PT - width_pt(&cell.text, face) - 4.0;
            scene.text(x, middle, Anchor::End, Face::TINY, ink, sign);
        }
        let below = middle + DETAIL_PT + 1.0;
        let ink = if self.shade(cell).is_some() { Ink::Text } else { Ink::Weak };
        scene.text(area.right - PAD_PT, below, Anchor::End, Face::TINY, ink, cell.detail.as_str());
    }

    fn shade(&self, cell: &NumberCell) -> Option<Ink> {
        let value = cell.value.filter(|value| value.is_finite() && !cell.few)?;
        let share =
            if self.most > 0.0 { ((value / self.most) as f32).clamp(-1.0, 1.0) * STRONGEST } else { 0.0 };
        match self.matrix.shading {
            Shading::None => None,
            Shading::Amount => (share > 0.0).then_some(Ink::Amount(share)),
            Shading::Signed(_) => (share != 0.0).then(|| Ink::of_score(share)),
        }
    }

    /// The arrow that says which side of zero a value is on.
    fn sign(&self, cell: &NumberCell) -> &'static str {
        match (self.matrix.shading, cell.value) {
            (Shading::Signed(_), Some(value)) if value > 0.0 => "▲",
            (Shading::Signed(_), Some(value)) if value < 0.0 => "▼",
            (Shading::Signed(_) | Shading::Amount | Shading::None, _) => "",
        }
    }

    fn totals(&self, scene: &mut Scene, grid: &Grid, top: f32) {
        let middle = top + ROW_PT / 2.0;
        scene.text(PAD_PT, middle, Anchor::Start, Face::SMALL, Ink::Weak, words::TOTAL);
        for (column, (total, heading)) in self.matrix.totals.iter().zip(&self.matrix.columns).enumerate() {
            let area = grid.cell(column, top, ROW_PT);
            let label = words::value(&heading.name, total);
            scene.cell(CellKey::ColumnTotal(column as u32), label, area, |scene| {
                grid.number(scene, area, middle, Face::STRONG, Ink::Text, total);
            });
        }
        if let Some(total) = self.matrix.totals.get(self.matrix.columns.len()) {
            let area = grid.total(top, ROW_PT);
            scene.cell(CellKey::Total, words::all(total), area, |scene| {
                grid.number(scene, area, middle, Face::STRONG, Ink::Text, total);
            });
        }
    }
}

fn label(row: &Heading, column: &Heading, cell: &NumberCell) -> String {
    let mut label = words::cell(&row.name, &column.name, if cell.text.is_empty() { "–" } else { &cell.text });
    if !cell.detail.is_empty() {
        label.push('\n');
        label.push_str(&cell.detail);
    }
    label
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(size: usize) -> NumberMatrix {
        let cell = |at: usize| NumberCell {
            text: (at % 97).to_string(),
            value: Some((at % 97) as f64),
            ..NumberCell::default()
        };
        let row = |row: usize| NumberRow {
            heading: Heading::new(format!("row {row}")),
            cells: (0..size).map(|column| cell(row * size + column)).collect(),
            total: String::new(),
        };
        NumberMatrix {
            title: String::new(),
            description: String::new(),
            row_title: String::new(),
            column_title: String::new(),
            shading: Shading::Amount,
            columns: (0..size).map(|column| Heading::new(format!("column {column}"))).collect(),
            rows: (0..size).map(row).collect(),
            totals: Vec::new(),
        }
    }

    #[test]
    fn a_cell_of_a_large_matrix_has_as_many_shapes_as_one_of_a_small_matrix() {
        let [small, large] = [20, 200].map(|size| {
            let scene = square(size).scene(1000.0);
            assert_eq!(scene.cells().len(), size * size + size + size);
            scene.items().len() as f64 / (size * size) as f64
        });
        assert!(large <= small, "{large} shapes a cell, {small} in the small one");
    }

    #[test]
    fn only_visible_shapes_are_painted() {
        let scene = square(100).scene(1000.0);
        let part = Area::new(0.0, 0.0, 500.0, 300.0);
        let seen = scene.items_in(part).count();
        assert!(seen > 100 && seen < scene.items().len() / 10, "{seen} of {}", scene.items().len());
        assert!(scene.items_in(part).all(|item| item.bounds.grown(1.0).overlaps(part)));
    }
}
