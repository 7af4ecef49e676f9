//! The frame that matrices share: headings of rows and columns, lines, totals.

use crate::figure::{Anchor, Area, CellKey, Face, Ink, Point, Scene, Stroke, shorten, width_pt, wrap};
use crate::words::figure as words;

/// Greatest width of the headings of rows, in points.
const HEAD_PT: f32 = 190.0;

/// Indentation of a heading below another one, in points.
const INDENT_PT: f32 = 12.0;

/// Most lines of the heading of a column.
const HEAD_LINES: usize = 3;

/// Height of a line of a column's heading, in points.
const LINE_PT: f32 = 13.5;

/// Distance between text and the edge of its cell, in points.
pub(super) const PAD_PT: f32 = 8.0;

/// The face of headings of columns.
const COLUMN: Face = Face::SMALL;

/// The heading of a row or column.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Heading {
    /// Its name.
    pub name: String,
    /// How many headings are above it, as issues below issues.
    pub indent: u8,
    /// Shown weakly: *not specified*.
    pub weak: bool,
}

impl Heading {
    /// A heading at the top level.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// The heading of what has no value.
    pub fn weak(name: impl Into<String>) -> Self {
        Self { name: name.into(), weak: true, ..Self::default() }
    }

    fn ink(&self) -> Ink {
        if self.weak { Ink::Weak } else { Ink::Text }
    }

    /// Width that the name needs in the column of headings.
    fn width_pt(&self) -> f32 {
        width_pt(&self.name, Face::BODY) + f32::from(self.indent) * INDENT_PT
    }

    /// Width of its longest word, up to a limit, for the columns of a matrix.
    pub(super) fn word_pt(&self) -> f32 {
        let words = self.name.split_whitespace().map(|word| width_pt(word, COLUMN));
        words.fold(0.0, f32::max).min(96.0)
    }
}

/// What a matrix has around its cells.
pub(super) struct Frame<'a> {
    /// What the rows are.
    pub row_title: &'a str,
    /// What the columns are.
    pub column_title: &'a str,
    /// The headings of the rows.
    pub rows: Vec<&'a Heading>,
    /// The headings of the columns.
    pub columns: Vec<&'a Heading>,
    /// Width of a column.
    pub column_pt: f32,
    /// Width of the column of totals; none if 0.
    pub total_pt: f32,
    /// Aligns the headings of columns left, like text, instead of right, like numbers.
    pub at_start: bool,
}

/// Where the cells of a matrix are.
pub(super) struct Grid {
    /// The left edge of the first column.
    pub left: f32,
    /// The right edge, with totals.
    pub right: f32,
    /// The top edge of the first row.
    pub top: f32,
    column_pt: f32,
    columns: usize,
}

impl Frame<'_> {
    /// Width of the headings of rows.
    pub fn head_pt(&self) -> f32 {
        let names = self.rows.iter().map(|heading| heading.width_pt());
        let widest = names.chain([width_pt(self.row_title, COLUMN)]).fold(40.0, f32::max);
        widest.min(HEAD_PT) + 2.0 * PAD_PT
    }

    /// Adds the headings of columns below `top`.
    pub fn draw(&self, scene: &mut Scene, top: f32) -> Grid {
        let left = self.head_pt();
        let limit = self.column_pt - PAD_PT;
        let lines = |heading: &&Heading| wrap(&heading.name, COLUMN, limit, HEAD_LINES);
        let heads: Vec<Vec<String>> = self.columns.iter().map(lines).collect();
        let most = heads.iter().map(Vec::len).max().unwrap_or(0).max(1);
        let title_pt = if self.column_title.is_empty() { 0.0 } else { LINE_PT + 4.0 };
        let bottom = top + title_pt + most as f32 * LINE_PT + 6.0;
        let right = left + self.columns.len() as f32 * self.column_pt + self.total_pt;
        let grid = Grid { left, right, top: bottom, column_pt: self.column_pt, columns: self.columns.len() };
        let first_line = top + LINE_PT / 2.0;
        scene.text(left, first_line, Anchor::Start, Face::TINY, Ink::Weak, self.column_title);
        scene.text(
            PAD_PT,
            bottom - 6.0 - LINE_PT / 2.0,
            Anchor::Start,
            Face::TINY,
            Ink::Weak,
            self.row_title,
        );
        for (column, (heading, lines)) in self.columns.iter().zip(&heads).enumerate() {
            let area = Area { bottom, ..grid.cell(column, top + title_pt, bottom - top - title_pt) };
            scene.cell(CellKey::Column(column as u32), heading.name.clone(), area, |scene| {
                self.head_lines(scene, area, lines, heading.ink());
            });
        }
        if self.total_pt > 0.0 {
            let y = bottom - 6.0 - LINE_PT / 2.0;
            scene.text(right - PAD_PT, y, Anchor::End, COLUMN, Ink::Weak, words::TOTAL);
        }
        scene.level(0.0, right, bottom, Stroke::new(Ink::Faint, 1.0));
        grid
    }

    /// Adds the lines of a column's heading, the last one at the bottom.
    fn head_lines(&self, scene: &mut Scene, area: Area, lines: &[String], ink: Ink) {
        let (x, anchor) =
            if self.at_start { (area.left, Anchor::Start) } else { (area.right - PAD_PT, Anchor::End) };
        for (up, line) in lines.iter().rev().enumerate() {
            let y = area.bottom - 6.0 - LINE_PT * (up as f32 + 0.5);
            scene.text(x, y, anchor, COLUMN, ink, line.as_str());
        }
    }
}

impl Grid {
    /// The cell of a column in a row with a top and a height.
    pub fn cell(&self, column: usize, top: f32, height: f32) -> Area {
        Area::new(self.left + column as f32 * self.column_pt, top, self.column_pt, height)
    }

    /// The cell of a row's total.
    pub fn total(&self, top: f32, height: f32) -> Area {
        let left = self.left + self.columns as f32 * self.column_pt;
        Area::new(left, top, self.right - left, height)
    }

    /// Adds the heading of a row; `middle` is the middle of its text.
    pub fn row_head(&self, scene: &mut Scene, row: usize, heading: &Heading, area: Area, middle: f32) {
        scene.cell(CellKey::Row(row as u32), heading.name.clone(), area, |scene| {
            let x = PAD_PT + f32::from(heading.indent) * INDENT_PT;
            let text = shorten(&heading.name, Face::BODY, area.right - PAD_PT - x);
            scene.text(x, middle, Anchor::Start, Face::BODY, heading.ink(), text);
        });
    }

    /// The space for the heading of a row.
    pub fn head(&self, top: f32, height: f32) -> Area {
        Area::new(0.0, top, self.left, height)
    }

    /// Adds a line between two rows.
    pub fn rule(&self, scene: &mut Scene, y: f32) {
        scene.level(0.0, self.right, y, Stroke::new(Ink::Line, 1.0));
    }

    /// Adds a number, aligned right in a cell and centred on `y`.
    pub fn number(&self, scene: &mut Scene, area: Area, y: f32, face: Face, ink: Ink, text: &str) {
        scene.text(area.right - PAD_PT, y, Anchor::End, face, ink, text);
    }
}

/// Adds the mark of a cell that stands out: a frame with a corner.
pub(super) fn mark(scene: &mut Scene, area: Area) {
    let inner = area.grown(-2.0);
    scene.frame(inner, 2.0, Stroke::new(Ink::Text, 1.4));
    let corner = Point::new(inner.right, inner.top);
    let points = vec![corner, corner.moved(-7.0, 0.0), corner.moved(0.0, 7.0)];
    scene.push(crate::figure::Shape::Polygon { points, fill: crate::figure::Fill::plain(Ink::Text) });
}
