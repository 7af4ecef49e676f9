//! Where the view stands in the document: a block and how far its top lies above the top of the view. So heights
//! that become known above never move the text.

use egui::Context;

use super::geometry::Geometry;
use super::sheet::Sheet;

/// Rows that may stay empty below the end of the text.
const ROWS_BELOW: f32 = 6.0;

/// Distances in points beyond which blocks are not walked one by one, but jumped over by their estimated heights.
const FAR: f32 = 20_000.0;

/// The place at the top of the view.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Anchor {
    /// The topmost block.
    pub block: usize,
    /// How far the top of that block lies above the top of the view, in points; negative below it.
    pub offset: f32,
}

impl Anchor {
    /// The top of the document.
    pub fn top(geometry: &Geometry) -> Self {
        Self { block: 0, offset: -geometry.head() }
    }

    /// Brings the anchor into the topmost visible block, and the view inside the document.
    pub fn settle(&mut self, ctx: &Context, sheet: &mut Sheet, geometry: &Geometry) {
        self.block = self.block.min(sheet.count() - 1);
        if !self.offset.is_finite() {
            self.offset = 0.0;
        }
        if self.offset < -FAR || self.offset > sheet.heights().get(self.block) + FAR {
            let position = self.position(sheet);
            self.go_to(sheet, position);
        }
        self.carry(ctx, sheet);
        let end = self.end_if_near(ctx, sheet, geometry);
        if let Some(end) = end
            && (self.block, self.offset) > (end.block, end.offset)
        {
            *self = end;
        }
        if self.block == 0 && self.offset < -geometry.head() {
            self.offset = -geometry.head();
        }
    }

    /// Moves whole blocks from the offset into the block number.
    fn carry(&mut self, ctx: &Context, sheet: &mut Sheet) {
        while self.offset < 0.0 && self.block > 0 {
            self.block -= 1;
            self.offset += sheet.height(ctx, self.block);
        }
        while self.block + 1 < sheet.count() {
            let height = sheet.height(ctx, self.block);
            if self.offset < height {
                break;
            }
            self.offset -= height;
            self.block += 1;
        }
    }

    /// The lowest place that the view may take, if it is near that.
    fn end_if_near(self, ctx: &Context, sheet: &mut Sheet, geometry: &Geometry) -> Option<Self> {
        let below = (sheet.metrics().row_height() * ROWS_BELOW).min(geometry.view.height() * 0.4);
        let needed = geometry.view.height() - below;
        let left = sheet.heights().total() - sheet.heights().before(self.block) - f64::from(self.offset);
        if left > f64::from(needed) * 2.0 {
            return None;
        }
        let mut end = Self { block: sheet.count(), offset: 0.0 };
        let mut found = 0.0;
        while end.block > 0 && found < needed {
            end.block -= 1;
            found += sheet.height(ctx, end.block);
        }
        end.offset = found - needed;
        if end.offset < 0.0 || (end.block == 0 && end.offset < geometry.head() - below) {
            return Some(Self::top(geometry));
        }
        Some(end)
    }

    /// How far a place lies below the top of the view, in points. `None` if it is more than a view away.
    pub fn y_of(self, ctx: &Context, sheet: &mut Sheet, place: (usize, f32), reach: f32) -> Option<f32> {
        let (block, y) = place;
        let mut top = -self.offset;
        if block >= self.block {
            for above in self.block..block {
                if top > 2.0 * reach {
                    return None;
                }
                top += sheet.height(ctx, above);
            }
        } else {
            for above in (block..self.block).rev() {
                if top < -reach {
                    return None;
                }
                top -= sheet.height(ctx, above);
            }
        }
        Some(top + y)
    }

    /// The block at a height below the top of the view, and how far below its own top that is.
    pub fn locate(self, ctx: &Context, sheet: &mut Sheet, y: f32) -> (usize, f32) {
        let mut place = Self { block: self.block, offset: self.offset + y };
        place.carry(ctx, sheet);
        (place.block, place.offset)
    }

    /// Places the view so that `place` lies `y` points below its top.
    pub fn show_at(&mut self, place: (usize, f32), y: f32) {
        *self = Self { block: place.0, offset: place.1 - y };
    }

    /// How far the top of the view lies below the top of the document, in points, as far as heights are known.
    pub fn position(self, sheet: &Sheet) -> f64 {
        sheet.heights().before(self.block) + f64::from(self.offset)
    }

    /// Places the view at a distance from the top of the document, in points.
    pub fn go_to(&mut self, sheet: &Sheet, position: f64) {
        let (block, offset) = sheet.heights().find(position);
        *self = Self { block, offset: if position < 0.0 { position as f32 } else { offset as f32 } };
    }
}
