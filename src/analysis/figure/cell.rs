//! The parts of a figure that can be clicked.

use std::fmt;

use super::geometry::{Area, Point, distance_to_line};

/// Distance up to which a click on a thin line counts, in points.
const REACH: f32 = 5.0;

/// What a part of a figure stands for: indices into the data from which the chart was built.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum CellKey {
    /// The heading of a row, document, or panel.
    Row(u32),
    /// The heading of a column.
    Column(u32),
    /// A cell of a matrix.
    Cell {
        /// Index of the row.
        row: u32,
        /// Index of the column.
        column: u32,
    },
    /// The total of a row.
    RowTotal(u32),
    /// The total of a column.
    ColumnTotal(u32),
    /// The total of a matrix.
    Total,
    /// A count below a row.
    Note {
        /// Index of the row.
        row: u32,
        /// Index of the count.
        note: u32,
    },
    /// A segment of a bar.
    Bar {
        /// Index of the panel.
        panel: u32,
        /// Index of the bin.
        bin: u32,
        /// Index of the series.
        part: u32,
    },
    /// The score of a bin.
    Score {
        /// Index of the panel.
        panel: u32,
        /// Index of the bin.
        bin: u32,
    },
    /// A bin as a whole: its label on the axis.
    Bin {
        /// Index of the panel.
        panel: u32,
        /// Index of the bin.
        bin: u32,
    },
    /// An event of the calendar.
    Event {
        /// Index of the panel.
        panel: u32,
        /// Index of the event.
        event: u32,
    },
    /// A node of a network.
    Node(u32),
    /// An edge of a network.
    Edge(u32),
    /// A passage within a document.
    Place {
        /// Index of the document.
        line: u32,
        /// Index of the passage among those of the document.
        place: u32,
    },
    /// The share of a category in the portrait of a document.
    Share {
        /// Index of the document.
        line: u32,
        /// Index of the category.
        part: u32,
    },
    /// A step of an actor.
    Step {
        /// Index of the panel.
        panel: u32,
        /// Index of the actor's line.
        line: u32,
        /// Index of the step.
        step: u32,
    },
    /// A demand or offer of an actor.
    Ask {
        /// Index of the panel.
        panel: u32,
        /// Index of the actor's line.
        line: u32,
        /// Index of the demand or offer.
        ask: u32,
    },
}

impl fmt::Display for CellKey {
    /// Formats as an identifier that is unique in a figure, such as `cell-2-5`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Row(row) => write!(f, "row-{row}"),
            Self::Column(column) => write!(f, "column-{column}"),
            Self::Cell { row, column } => write!(f, "cell-{row}-{column}"),
            Self::RowTotal(row) => write!(f, "row-total-{row}"),
            Self::ColumnTotal(column) => write!(f, "column-total-{column}"),
            Self::Total => write!(f, "total"),
            Self::Note { row, note } => write!(f, "note-{row}-{note}"),
            Self::Bar { panel, bin, part } => write!(f, "bar-{panel}-{bin}-{part}"),
            Self::Score { panel, bin } => write!(f, "score-{panel}-{bin}"),
            Self::Bin { panel, bin } => write!(f, "bin-{panel}-{bin}"),
            Self::Event { panel, event } => write!(f, "event-{panel}-{event}"),
            Self::Node(node) => write!(f, "node-{node}"),
            Self::Edge(edge) => write!(f, "edge-{edge}"),
            Self::Place { line, place } => write!(f, "place-{line}-{place}"),
            Self::Share { line, part } => write!(f, "share-{line}-{part}"),
            Self::Step { panel, line, step } => write!(f, "step-{panel}-{line}-{step}"),
            Self::Ask { panel, line, ask } => write!(f, "ask-{panel}-{line}-{ask}"),
        }
    }
}

/// A part of a figure that can be clicked and reached with the keyboard.
#[derive(Clone, PartialEq, Debug)]
pub struct Cell {
    /// What it stands for.
    pub key: CellKey,
    /// What a screen reader says and a tooltip shows, in lines.
    pub label: String,
    /// The rectangle that holds it.
    pub bounds: Area,
    pub(super) reach: Reach,
}

/// Where a click means a cell.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Reach {
    /// In the rectangle that holds it.
    Bounds,
    /// Near a line.
    Along(Vec<Point>),
    /// In one of several rectangles.
    Parts(Vec<Area>),
}

impl Cell {
    /// The point in its middle, on its line if it has one.
    pub fn centre(&self) -> Point {
        let on_it = match &self.reach {
            Reach::Bounds => None,
            Reach::Along(path) => path.get(path.len() / 2).copied(),
            Reach::Parts(parts) => parts.get(parts.len() / 2).map(|part| part.centre()),
        };
        on_it.unwrap_or_else(|| self.bounds.centre())
    }

    /// The line along which it runs; empty for a cell that is no line.
    pub fn path(&self) -> &[Point] {
        match &self.reach {
            Reach::Along(path) => path,
            Reach::Bounds | Reach::Parts(_) => &[],
        }
    }

    /// True if a click at a point means this part.
    pub(super) fn is_at(&self, point: Point) -> bool {
        if !self.bounds.grown(REACH).contains(point) {
            return false;
        }
        match &self.reach {
            Reach::Bounds => self.bounds.contains(point),
            Reach::Along(path) => {
                path.windows(2).any(|pair| distance_to_line(point, pair[0], pair[1]) <= REACH)
            }
            Reach::Parts(parts) => parts.iter().any(|part| part.contains(point)),
        }
    }
}
