//! Where the characters of a block stand: hit-testing, caret and rectangles. Glyphs and characters are matched in
//! [`super::matching`], which also says what does not work with right-to-left text.

use egui::Galley;

use super::matching::{Cell, Mark, match_cells};
use demarche_model::TextRange;

/// One row of a block.
#[derive(Clone, PartialEq, Debug, Default)]
struct Row {
    /// From left to right.
    cells: Vec<Cell>,
    start: usize,
    end: usize,
    /// Where the white space at the end of a row begins that goes on below; the end of other rows.
    inked: usize,
    right_to_left: bool,
}

/// The rows of one block. Kept across frames, unlike the galley it was made from.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct BlockMap {
    rows: Vec<Row>,
    len: usize,
    row_height: f32,
    /// Baseline of a row, in points below its top.
    baseline: f32,
}

/// A stretch of one row, in points from the top left of the block.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Stretch {
    /// Position of the row.
    pub row: usize,
    /// Left edge.
    pub left: f32,
    /// Right edge.
    pub right: f32,
}

impl BlockMap {
    /// Reads the rows of a galley that shows `text` and nothing else.
    pub fn new(text: &str, galley: &Galley, row_height: f32) -> Self {
        let rows: Vec<Vec<Mark>> = galley
            .rows
            .iter()
            .map(|row| row.glyphs.iter().map(|g| Mark { chr: g.chr, advance: g.advance_width }).collect())
            .collect();
        let first = galley.rows.iter().find_map(|row| row.glyphs.first());
        let baseline = first.map_or(row_height * 0.7, |glyph| glyph.pos.y);
        Self::from_marks(text, &rows, row_height, baseline)
    }

    /// Matches glyphs and characters.
    pub fn from_marks(text: &str, rows: &[Vec<Mark>], row_height: f32, baseline: f32) -> Self {
        let mut cells = match_cells(text, rows);
        let last = cells.len().saturating_sub(1);
        let mut out = Vec::with_capacity(cells.len());
        let mut at = 0;
        for (index, cells) in cells.drain(..).enumerate() {
            let row = Row::new(cells, at, text, index == last);
            at = at.max(row.end);
            out.push(row);
        }
        if out.is_empty() {
            out.push(Row::default());
        }
        Self { rows: out, len: text.len(), row_height, baseline }
    }

    /// How many rows there are; at least one.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// Height of all rows in points.
    pub fn height(&self) -> f32 {
        self.rows.len() as f32 * self.row_height
    }

    /// Height of one row in points.
    pub fn row_height(&self) -> f32 {
        self.row_height
    }

    /// Baseline of a row, in points below its top.
    pub fn baseline(&self) -> f32 {
        self.baseline
    }

    /// The row at a height below the block's top, clamped.
    pub fn row_at(&self, y: f32) -> usize {
        let row = (y / self.row_height.max(1.0)).floor().max(0.0) as usize;
        row.min(self.rows.len().saturating_sub(1))
    }

    /// The place between two clusters that is nearest to `x` on a row.
    pub fn hit(&self, row: usize, x: f32) -> usize {
        let Some(row) = self.rows.get(row) else { return self.len };
        let at = row.cells.partition_point(|cell| cell.right <= x);
        let Some(cell) = row.cells.get(at) else {
            // Beyond the end: before the space at which the row breaks, where the caret can be seen.
            return row.cells.last().map_or(row.start, |c| if c.right_to_left { c.start } else { row.inked });
        };
        let left_half = x < (cell.left + cell.right) / 2.0;
        let offset = if left_half == cell.right_to_left { cell.end } else { cell.start };
        if row.right_to_left { offset } else { offset.min(row.inked.max(row.start)) }
    }

    /// The byte whose cluster lies under a point, if any does.
    pub fn byte_at(&self, row: usize, x: f32) -> Option<usize> {
        let row = self.rows.get(row)?;
        let cell = row.cells.get(row.cells.partition_point(|cell| cell.right <= x))?;
        (x >= cell.left).then_some(cell.start)
    }

    /// Row and x of the caret before `offset`. Where a row breaks, the caret stands on the row below.
    pub fn caret(&self, offset: usize) -> (usize, f32) {
        let row = self.row_of(offset);
        let Some(cells) = self.rows.get(row).map(|r| &r.cells) else { return (0, 0.0) };
        let leading = |cell: &Cell| if cell.right_to_left { cell.right } else { cell.left };
        let inside = |cell: &&Cell| cell.start <= offset && offset < cell.end;
        if let Some(cell) = cells.iter().find(inside) {
            return (row, leading(cell));
        }
        let trailing = |cell: &Cell| if cell.right_to_left { cell.left } else { cell.right };
        (row, cells.iter().filter(|cell| cell.end <= offset).max_by_key(|c| c.end).map_or(0.0, trailing))
    }

    /// The row on which the caret before `offset` stands.
    pub fn row_of(&self, offset: usize) -> usize {
        let last = self.rows.len().saturating_sub(1);
        if self.rows.iter().any(|row| row.right_to_left) {
            let holds = |row: &Row| row.cells.iter().any(|c| c.start <= offset && offset < c.end);
            return self.rows.iter().position(holds).unwrap_or(last);
        }
        self.rows.partition_point(|row| row.start <= offset).saturating_sub(1).min(last)
    }

    /// First place on a row, and the last at which the caret still stands on it.
    pub fn row_bounds(&self, row: usize) -> (usize, usize) {
        let Some(found) = self.rows.get(row) else { return (self.len, self.len) };
        if row + 1 == self.rows.len() || found.inked < found.end {
            return (found.start, found.inked);
        }
        // The row breaks inside a word: its end is the start of the next row.
        (found.start, found.cells.iter().map(|cell| cell.start).max().unwrap_or(found.start))
    }

    /// The stretches that `range` (bytes from the start of the block) covers, row by row. White space at which a row
    /// breaks is left out.
    pub fn stretches(&self, range: TextRange, mut each: impl FnMut(Stretch)) {
        let first = if self.rows.iter().any(|row| row.right_to_left) {
            0
        } else {
            self.rows.partition_point(|row| row.end <= range.start)
        };
        for (index, row) in self.rows.iter().enumerate().skip(first) {
            if row.start >= range.end && !row.right_to_left {
                break;
            }
            row.stretches(range, |left, right| each(Stretch { row: index, left, right }));
        }
    }
}

impl Row {
    fn new(cells: Vec<Cell>, at: usize, text: &str, last: bool) -> Self {
        let start = cells.iter().map(|cell| cell.start).min().unwrap_or(at);
        let end = cells.iter().map(|cell| cell.end).max().unwrap_or(at);
        let ink = text.get(start..end).unwrap_or_default().trim_end().len();
        let right_to_left = cells.iter().any(|cell| cell.right_to_left);
        let inked = if last || ink == 0 || right_to_left { end } else { start + ink };
        Self { cells, start, end, inked, right_to_left }
    }

    fn stretches(&self, range: TextRange, mut each: impl FnMut(f32, f32)) {
        let end = range.end.min(self.inked);
        let covered = |cell: &&Cell| cell.start < end && range.start < cell.end;
        if !self.right_to_left {
            let first = self.cells.partition_point(|cell| cell.end <= range.start);
            let beyond = self.cells.partition_point(|cell| cell.start < end);
            let last = beyond.checked_sub(1).and_then(|last| self.cells.get(last));
            if let (Some(first), Some(last)) = (self.cells.get(first), last)
                && first.left < last.right
            {
                each(first.left, last.right);
            }
            return;
        }
        let mut open: Option<(f32, f32)> = None;
        for cell in self.cells.iter().filter(covered) {
            match &mut open {
                Some((_, right)) if (cell.left - *right).abs() < 0.01 => *right = cell.right,
                _ => {
                    if let Some((left, right)) = open.replace((cell.left, cell.right)) {
                        each(left, right);
                    }
                }
            }
        }
        if let Some((left, right)) = open {
            each(left, right);
        }
    }
}

#[cfg(test)]
#[path = "rowmap_tests.rs"]
mod tests;
