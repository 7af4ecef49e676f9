//! Walking from cell to cell with the arrow keys.

use super::cell::{Cell, CellKey};
use super::scene::Scene;

/// The direction of an arrow key.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Direction {
    /// To the left.
    Left,
    /// To the right.
    Right,
    /// Up.
    Up,
    /// Down.
    Down,
}

/// How much more a step to the side counts than one ahead.
const ASIDE: f32 = 3.0;

impl Scene {
    /// The first cell in reading order.
    pub fn first_cell(&self) -> Option<CellKey> {
        self.cells().first().map(|cell| cell.key)
    }

    /// The cell that an arrow key leads to: the nearest one in its direction, where steps to the side count more.
    pub fn neighbour(&self, of: CellKey, direction: Direction) -> Option<CellKey> {
        let from = self.cell_of(of)?;
        let distance = |cell: &Cell| distance(from, cell, direction);
        let candidates = self.cells().iter().filter(|cell| cell.key != of);
        let near = candidates.filter_map(|cell| Some((distance(cell)?, cell.key)));
        near.min_by(|one, other| one.0.total_cmp(&other.0)).map(|(_, key)| key)
    }
}

/// Distance to a cell that is ahead; `None` for one that is not.
fn distance(from: &Cell, to: &Cell, direction: Direction) -> Option<f32> {
    let (start, end) = (from.centre(), to.centre());
    let (right, down) = (end.x - start.x, end.y - start.y);
    let (ahead, aside) = match direction {
        Direction::Left => (-right, down),
        Direction::Right => (right, down),
        Direction::Up => (-down, right),
        Direction::Down => (down, right),
    };
    // Cells in the same row or column are only a little to the side, if their sizes differ.
    let slack = match direction {
        Direction::Left | Direction::Right => {
            overlap(from.bounds.top, from.bounds.bottom, to.bounds.top, to.bounds.bottom)
        }
        Direction::Up | Direction::Down => {
            overlap(from.bounds.left, from.bounds.right, to.bounds.left, to.bounds.right)
        }
    };
    let aside = if slack { aside.abs() * 0.1 } else { aside.abs() * ASIDE };
    (ahead > 0.5).then_some(ahead + aside)
}

/// True if two stretches share more than an end.
fn overlap(from: f32, to: f32, other_from: f32, other_to: f32) -> bool {
    from < other_to && other_from < to
}
