//! Small multiples: panels side by side, all of one size.

use crate::figure::Area;

/// Least width of a panel, in points.
const LEAST_PT: f32 = 300.0;

/// Gap between panels, in points.
const GAP_PT: f32 = 24.0;

/// The places of panels: at most three side by side.
pub(super) struct Panels {
    columns: usize,
    top: f32,
    width_pt: f32,
    height_pt: f32,
    count: usize,
}

impl Panels {
    /// The places of some panels of a given height, below `top`.
    pub fn new(count: usize, room_pt: f32, height_pt: f32, top: f32) -> Self {
        let fitting = ((room_pt + GAP_PT) / (LEAST_PT + GAP_PT)).floor().max(1.0) as usize;
        let wished = if count > 4 { 3 } else { count.clamp(1, 2) };
        let columns = wished.min(fitting);
        let width_pt = (room_pt - GAP_PT * (columns as f32 - 1.0)) / columns as f32;
        Self { columns, top, width_pt, height_pt, count }
    }

    /// Width of a panel in a figure, in points.
    pub fn width_pt(count: usize, room_pt: f32) -> f32 {
        Self::new(count, room_pt, 0.0, 0.0).width_pt
    }

    /// The place of a panel.
    pub fn place(&self, at: usize) -> Area {
        let (row, column) = (at / self.columns, at % self.columns);
        let left = column as f32 * (self.width_pt + GAP_PT);
        Area::new(left, self.top + row as f32 * (self.height_pt + GAP_PT), self.width_pt, self.height_pt)
    }

    /// The bottom of the last row.
    pub fn bottom(&self) -> f32 {
        let rows = self.count.div_ceil(self.columns);
        self.top + rows as f32 * self.height_pt + rows.saturating_sub(1) as f32 * GAP_PT
    }
}
