//! A figure: shapes in the order of painting, and the cells to which they belong.

use super::cell::{Cell, CellKey, Reach};
use super::geometry::{Area, Point};
use super::shape::Shape;

/// Height of the bands by which visible shapes are found, in points.
const BAND_PT: f32 = 96.0;

/// A shape, the space that it takes, and the cell that it belongs to.
#[derive(Clone, PartialEq, Debug)]
pub struct Item {
    /// The shape.
    pub shape: Shape,
    /// The smallest rectangle that holds it.
    pub bounds: Area,
    /// Index of its cell in [`Scene::cells`].
    pub cell: Option<u32>,
}

/// A figure.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Scene {
    /// Its width in points.
    pub width_pt: f32,
    /// Its height in points.
    pub height_pt: f32,
    /// A title in a few words.
    pub title: String,
    /// What it shows, in a sentence or two, for those who can't see it.
    pub description: String,
    items: Vec<Item>,
    cells: Vec<Cell>,
    /// Indices of cells, sorted by key.
    by_key: Vec<u32>,
    /// Indices of the items in each band, from the top.
    bands: Vec<Vec<u32>>,
    /// Index of the cell that is being drawn.
    open: Option<u32>,
}

impl Scene {
    /// An empty figure of no size.
    pub(super) fn new(title: &str, description: &str) -> Self {
        Self { title: title.to_owned(), description: description.to_owned(), ..Self::default() }
    }

    /// Adds a shape on top of the others.
    pub(super) fn push(&mut self, shape: Shape) {
        let bounds = shape.bounds();
        self.items.push(Item { shape, bounds, cell: self.open });
    }

    /// Adds a cell that covers a rectangle. What `draw` adds belongs to it.
    pub(super) fn cell(&mut self, key: CellKey, label: String, bounds: Area, draw: impl FnOnce(&mut Self)) {
        self.reach(key, label, bounds, Reach::Bounds, draw);
    }

    /// Adds a cell with a given reach.
    pub(super) fn reach(
        &mut self,
        key: CellKey,
        label: String,
        bounds: Area,
        reach: Reach,
        draw: impl FnOnce(&mut Self),
    ) {
        let before = self.open.replace(self.cells.len() as u32);
        self.cells.push(Cell { key, label, bounds, reach });
        draw(self);
        self.open = before;
    }

    /// Sets the size and builds the indices, once all shapes are added.
    pub(super) fn finish(mut self, width_pt: f32, height_pt: f32) -> Self {
        (self.width_pt, self.height_pt) = (width_pt, height_pt);
        self.by_key = (0..self.cells.len() as u32).collect();
        self.by_key.sort_by_key(|&at| self.cells[at as usize].key);
        self.bands = vec![Vec::new(); band(height_pt) + 1];
        let last = self.bands.len() - 1;
        for (at, item) in self.items.iter().enumerate() {
            for band in band(item.bounds.top)..=band(item.bounds.bottom).min(last) {
                self.bands[band].push(at as u32);
            }
        }
        self
    }

    /// The shapes, in the order of painting.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// The shapes that may be seen in a part of the figure, in the order of painting.
    pub fn items_in(&self, part: Area) -> impl Iterator<Item = &Item> {
        let last = self.bands.len().saturating_sub(1);
        let bands = band(part.top)..=band(part.bottom).min(last);
        let mut found: Vec<u32> = self.bands.get(bands).into_iter().flatten().flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        let items = found.into_iter().filter_map(|at| self.items.get(at as usize));
        items.filter(move |item| item.bounds.grown(1.0).overlaps(part))
    }

    /// The parts that can be clicked, in reading order.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// The part with a key.
    pub fn cell_of(&self, key: CellKey) -> Option<&Cell> {
        let at = self.by_key.binary_search_by_key(&key, |&at| self.cells[at as usize].key).ok()?;
        self.cells.get(self.by_key[at] as usize)
    }

    /// The part at a point; of several, the last one, which is painted on top.
    pub fn hit(&self, point: Point) -> Option<&CellKey> {
        self.cells.iter().rev().find(|cell| cell.is_at(point)).map(|cell| &cell.key)
    }
}

fn band(y: f32) -> usize {
    (y / BAND_PT).max(0.0) as usize
}
