//! Positions of the characters of a block: hit testing, caret and rectangles. Glyphs and characters are matched in
//! [`super::clusters`], which also says what does not work with right-to-left text.

use egui::Galley;

use super::clusters::{Cluster, Glyph, match_clusters};
use demarche_model::TextRange;

/// One row of a block.
#[derive(Clone, PartialEq, Debug, Default)]
struct Row {
    /// From left to right.
    clusters: Vec<Cluster>,
    start: usize,
    end: usize,
    /// The end without the white space at which the row breaks.
    trimmed_end: usize,
    right_to_left: bool,
}

/// The positions of the characters of one block. Kept across frames, unlike the galley it was made from.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct BlockMap {
    rows: Vec<Row>,
    len: usize,
    row_height: f32,
    /// Baseline of a row, in points below its top.
    baseline: f32,
}

/// A horizontal segment of one row, in points from the top left of the block.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct RowSegment {
    /// The index of the row.
    pub row: usize,
    /// Left edge.
    pub left: f32,
    /// Right edge.
    pub right: f32,
}

impl BlockMap {
    /// Builds the map from a galley that shows `text` and nothing else.
    pub fn new(text: &str, galley: &Galley, row_height: f32) -> Self {
        let rows: Vec<Vec<Glyph>> = galley
            .rows
            .iter()
            .map(|row| row.glyphs.iter().map(|g| Glyph { chr: g.chr, advance: g.advance_width }).collect())
            .collect();
        let first = galley.rows.iter().find_map(|row| row.glyphs.first());
        let baseline = first.map_or(row_height * 0.7, |glyph| glyph.pos.y);
        Self::from_glyphs(text, &rows, row_height, baseline)
    }

    /// Builds the map from the glyphs of the rows.
    pub fn from_glyphs(text: &str, rows: &[Vec<Glyph>], row_height: f32, baseline: f32) -> Self {
        let mut clusters = match_clusters(text, rows);
        let last = clusters.len().saturating_sub(1);
        let mut out = Vec::with_capacity(clusters.len());
        let mut at = 0;
        for (index, clusters) in clusters.drain(..).enumerate() {
            let row = Row::new(clusters, at, text, index == last);
            at = at.max(row.end);
            out.push(row);
        }
        if out.is_empty() {
            out.push(Row::default());
        }
        Self { rows: out, len: text.len(), row_height, baseline }
    }

    /// Returns the number of rows, at least one.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// Returns the height of all rows in points.
    pub fn height(&self) -> f32 {
        self.rows.len() as f32 * self.row_height
    }

    /// Returns the height of one row in points.
    pub fn row_height(&self) -> f32 {
        self.row_height
    }

    /// Returns the baseline of a row, in points below its top.
    pub fn baseline(&self) -> f32 {
        self.baseline
    }

    /// Returns the row at `y` points below the block's top, clamped.
    pub fn row_at(&self, y: f32) -> usize {
        let row = (y / self.row_height.max(1.0)).floor().max(0.0) as usize;
        row.min(self.rows.len().saturating_sub(1))
    }

    /// Returns the offset between two clusters that is nearest to `x` on a row.
    pub fn hit_test(&self, row: usize, x: f32) -> usize {
        let Some(row) = self.rows.get(row) else { return self.len };
        let at = row.clusters.partition_point(|cluster| cluster.right <= x);
        let Some(cluster) = row.clusters.get(at) else {
            // Beyond the end: before the space at which the row breaks, where the caret is visible.
            return row
                .clusters
                .last()
                .map_or(row.start, |c| if c.right_to_left { c.start } else { row.trimmed_end });
        };
        let left_half = x < (cluster.left + cluster.right) / 2.0;
        let offset = if left_half == cluster.right_to_left { cluster.end } else { cluster.start };
        if row.right_to_left { offset } else { offset.min(row.trimmed_end.max(row.start)) }
    }

    /// Returns the first byte of the cluster under a point, if there is one.
    pub fn byte_at(&self, row: usize, x: f32) -> Option<usize> {
        let row = self.rows.get(row)?;
        let cluster = row.clusters.get(row.clusters.partition_point(|cluster| cluster.right <= x))?;
        (x >= cluster.left).then_some(cluster.start)
    }

    /// Returns the row and x of the caret before `offset`. At a row break the caret is on the row below.
    pub fn caret(&self, offset: usize) -> (usize, f32) {
        let row = self.row_of(offset);
        let Some(clusters) = self.rows.get(row).map(|r| &r.clusters) else { return (0, 0.0) };
        let leading = |cluster: &Cluster| if cluster.right_to_left { cluster.right } else { cluster.left };
        let inside = |cluster: &&Cluster| cluster.start <= offset && offset < cluster.end;
        if let Some(cluster) = clusters.iter().find(inside) {
            return (row, leading(cluster));
        }
        let trailing = |cluster: &Cluster| if cluster.right_to_left { cluster.left } else { cluster.right };
        (
            row,
            clusters
                .iter()
                .filter(|cluster| cluster.end <= offset)
                .max_by_key(|c| c.end)
                .map_or(0.0, trailing),
        )
    }

    /// Returns the row of the caret before `offset`.
    pub fn row_of(&self, offset: usize) -> usize {
        let last = self.rows.len().saturating_sub(1);
        if self.rows.iter().any(|row| row.right_to_left) {
            let holds = |row: &Row| row.clusters.iter().any(|c| c.start <= offset && offset < c.end);
            return self.rows.iter().position(holds).unwrap_or(last);
        }
        self.rows.partition_point(|row| row.start <= offset).saturating_sub(1).min(last)
    }

    /// Returns the first and the last offset at which the caret is on a row.
    pub fn row_bounds(&self, row: usize) -> (usize, usize) {
        let Some(found) = self.rows.get(row) else { return (self.len, self.len) };
        if row + 1 == self.rows.len() || found.trimmed_end < found.end {
            return (found.start, found.trimmed_end);
        }
        // The row breaks inside a word: its end is the start of the next row.
        (found.start, found.clusters.iter().map(|cluster| cluster.start).max().unwrap_or(found.start))
    }

    /// Calls `each` with the segments that `range` (bytes from the start of the block) covers, row by row. White
    /// space at which a row breaks is left out.
    pub fn segments(&self, range: TextRange, mut each: impl FnMut(RowSegment)) {
        let first = if self.rows.iter().any(|row| row.right_to_left) {
            0
        } else {
            self.rows.partition_point(|row| row.end <= range.start)
        };
        for (index, row) in self.rows.iter().enumerate().skip(first) {
            if row.start >= range.end && !row.right_to_left {
                break;
            }
            row.segments(range, |left, right| each(RowSegment { row: index, left, right }));
        }
    }
}

impl Row {
    fn new(clusters: Vec<Cluster>, at: usize, text: &str, last: bool) -> Self {
        let start = clusters.iter().map(|cluster| cluster.start).min().unwrap_or(at);
        let end = clusters.iter().map(|cluster| cluster.end).max().unwrap_or(at);
        let set_colour = text.get(start..end).unwrap_or_default().trim_end().len();
        let right_to_left = clusters.iter().any(|cluster| cluster.right_to_left);
        let trimmed_end = if last || set_colour == 0 || right_to_left { end } else { start + set_colour };
        Self { clusters, start, end, trimmed_end, right_to_left }
    }

    fn segments(&self, range: TextRange, mut each: impl FnMut(f32, f32)) {
        let end = range.end.min(self.trimmed_end);
        let covered = |cluster: &&Cluster| cluster.start < end && range.start < cluster.end;
        if !self.right_to_left {
            let first = self.clusters.partition_point(|cluster| cluster.end <= range.start);
            let beyond = self.clusters.partition_point(|cluster| cluster.start < end);
            let last = beyond.checked_sub(1).and_then(|last| self.clusters.get(last));
            if let (Some(first), Some(last)) = (self.clusters.get(first), last)
                && first.left < last.right
            {
                each(first.left, last.right);
            }
            return;
        }
        let mut open: Option<(f32, f32)> = None;
        for cluster in self.clusters.iter().filter(covered) {
            match &mut open {
                Some((_, right)) if (cluster.left - *right).abs() < 0.01 => *right = cluster.right,
                _ => {
                    if let Some((left, right)) = open.replace((cluster.left, cluster.right)) {
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
#[path = "block_map_tests.rs"]
mod tests;
