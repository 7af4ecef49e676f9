//! Latest words: what each actor last demanded, offered or conceded on each issue.

use super::grid::{Frame, Grid, Heading, PAD_PT};
use super::legend::{Series, legend};
use crate::figure::{Anchor, Area, CellKey, Face, Ink, Scene, wrap};
use crate::words::figure as words;

/// Least width of a column, in points.
const LEAST_PT: f32 = 170.0;

/// Greatest width of a column, in points.
const MOST_PT: f32 = 260.0;

/// Height of a line, in points.
const LINE_PT: f32 = 14.5;

/// Most lines of words in a cell.
const LINES: usize = 4;

/// A matrix of words.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct LatestWords {
    /// A title in a few words.
    pub title: String,
    /// What it shows, in a sentence.
    pub description: String,
    /// What the rows are.
    pub row_title: String,
    /// What the columns are.
    pub column_title: String,
    /// The roles whose words are shown.
    pub series: Vec<Series>,
    /// The headings of the columns.
    pub columns: Vec<Heading>,
    /// The rows: a heading, and a cell for each column.
    pub rows: Vec<(Heading, Vec<Option<Latest>>)>,
}

/// The latest passage of an actor on an issue.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Latest {
    /// Index of its role in the series.
    pub series: usize,
    /// True if it is conditional.
    pub conditional: bool,
    /// Its date.
    pub date: String,
    /// Its first words.
    pub words: String,
    /// What came before: `+7 earlier`.
    pub earlier: String,
}

impl LatestWords {
    /// Draws the matrix, which is wider than `width_pt` if its columns need more.
    pub fn scene(&self, width_pt: f32) -> Scene {
        let mut scene = Scene::new(&self.title, &self.description);
        let shown = self.rows.iter().flat_map(|(_, cells)| cells).flatten();
        let conditional = shown.into_iter().any(|latest| latest.conditional);
        let top = legend(&mut scene, &self.series, conditional, PAD_PT, width_pt - PAD_PT, 0.0);
        let (grid, column_pt) = self.grid(&mut scene, width_pt, top);
        let mut y = grid.top;
        for (at, (heading, cells)) in self.rows.iter().enumerate() {
            let lines =
                |cell: &Option<Latest>| cell.as_ref().map_or(0, |latest| latest.lines(column_pt).len());
            let most = cells.iter().map(lines).max().unwrap_or(0);
            let height = (most as f32 + 1.0) * LINE_PT + 14.0;
            self.row(&mut scene, &grid, at, heading, cells, Area::new(0.0, y, column_pt, height));
            y += height;
            grid.rule(&mut scene, y);
        }
        scene.finish(grid.right.max(width_pt), y + 2.0)
    }

    fn grid(&self, scene: &mut Scene, room_pt: f32, top: f32) -> (Grid, f32) {
        let mut frame = Frame {
            row_title: &self.row_title,
            column_title: &self.column_title,
            rows: self.rows.iter().map(|(heading, _)| heading).collect(),
            columns: self.columns.iter().collect(),
            column_pt: LEAST_PT,
            total_pt: 0.0,
            at_start: true,
        };
        let room = (room_pt - frame.head_pt()) / self.columns.len().max(1) as f32;
        frame.column_pt = room.clamp(LEAST_PT, MOST_PT);
        (frame.draw(scene, top), frame.column_pt)
    }

    /// Adds a row; `place` has its top and height, and the width of a column.
    fn row(
        &self,
        scene: &mut Scene,
        grid: &Grid,
        at: usize,
        heading: &Heading,
        cells: &[Option<Latest>],
        place: Area,
    ) {
        let (top, height) = (place.top, place.height());
        let first = top + 7.0 + LINE_PT / 2.0;
        grid.row_head(scene, at, heading, grid.head(top, height), first);
        for (column, (cell, of)) in cells.iter().zip(&self.columns).enumerate() {
            let area = grid.cell(column, top, height);
            let key = CellKey::Cell { row: at as u32, column: column as u32 };
            let label = words::cell(&heading.name, &of.name, &self.label(cell.as_ref()));
            scene.cell(key, label, area, |scene| match cell {
                Some(latest) => self.cell(scene, latest, area, first),
                None => scene.text(area.left, first, Anchor::Start, Face::BODY, Ink::Faint, "–"),
            });
        }
    }

    fn cell(&self, scene: &mut Scene, latest: &Latest, area: Area, first: f32) {
        if let Some(series) = self.series.get(latest.series) {
            series.bar(scene, Area::new(area.left, first - 5.0, 10.0, 10.0), latest.conditional);
        }
        let (left, right) = (area.left + 15.0, area.right - 2.0 * PAD_PT);
        scene.text(left, first, Anchor::Start, Face::SMALL, Ink::Weak, latest.date.as_str());
        scene.text(right, first, Anchor::End, Face::TINY, Ink::Weak, latest.earlier.as_str());
        for (at, line) in latest.lines(area.width()).into_iter().enumerate() {
            let y = first + (at as f32 + 1.0) * LINE_PT;
            scene.text(area.left, y, Anchor::Start, Face::SMALL, Ink::Text, line);
        }
    }

    fn label(&self, latest: Option<&Latest>) -> String {
        let Some(latest) = latest else { return "–".to_owned() };
        let role = self.series.get(latest.series).map_or("", |series| series.name.as_str());
        [role, latest.date.as_str(), latest.words.as_str(), latest.earlier.as_str()].join("\n")
    }
}

impl Latest {
    /// Its words in a column of some width.
    fn lines(&self, column_pt: f32) -> Vec<String> {
        wrap(&self.words, Face::SMALL, column_pt - 2.0 * PAD_PT, LINES)
    }
}
