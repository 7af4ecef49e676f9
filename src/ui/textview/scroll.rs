//! The scroll position: a block, and the distance of its top above the top of the view. Because it is anchored at a
//! block, better heights above never move the text.

use egui::Context;

use super::geometry::Geometry;
use super::laid_out::LaidOutText;

/// Rows that may remain empty below the end of the text.
const ROWS_BELOW: f32 = 6.0;

/// Distance in points beyond which blocks are skipped by their estimated heights instead of laid out one by one.
const FAR: f32 = 20_000.0;

/// A point in the document: a block, and a height below its top in points.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Point {
    /// The block.
    pub block: usize,
    /// The distance below its top, in points.
    pub y: f32,
}

/// The position at the top of the view.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct ScrollAnchor {
    /// The topmost block.
    pub block: usize,
    /// The distance of that block's top above the top of the view, in points; negative if it is below.
    pub offset: f32,
}

impl ScrollAnchor {
    /// Returns the top of the document.
    pub fn top(geometry: &Geometry) -> Self {
        Self { block: 0, offset: -geometry.top_padding() }
    }

    /// Moves the anchor into the topmost visible block, and keeps the view inside the document.
    pub fn clamp(&mut self, ctx: &Context, laid_out: &mut LaidOutText, geometry: &Geometry) {
        self.block = self.block.min(laid_out.block_count() - 1);
        if !self.offset.is_finite() {
            self.offset = 0.0;
        }
        if self.offset < -FAR || self.offset > laid_out.heights().get(self.block) + FAR {
            let position = self.position(laid_out);
            self.jump_to(laid_out, position);
        }
        self.carry(ctx, laid_out);
        let end = self.end_if_near(ctx, laid_out, geometry);
        if let Some(end) = end
            && (self.block, self.offset) > (end.block, end.offset)
        {
            *self = end;
        }
        if self.block == 0 && self.offset < -geometry.top_padding() {
            self.offset = -geometry.top_padding();
        }
    }

    /// Moves whole blocks from the offset into the block index.
    fn carry(&mut self, ctx: &Context, laid_out: &mut LaidOutText) {
        while self.offset < 0.0 && self.block > 0 {
            self.block -= 1;
            self.offset += laid_out.height(ctx, self.block);
        }
        while self.block + 1 < laid_out.block_count() {
            let height = laid_out.height(ctx, self.block);
            if self.offset < height {
                break;
            }
            self.offset -= height;
            self.block += 1;
        }
    }

    /// Returns the lowest position the view may take, if it is near that.
    fn end_if_near(self, ctx: &Context, laid_out: &mut LaidOutText, geometry: &Geometry) -> Option<Self> {
        let below = (laid_out.metrics().row_height() * ROWS_BELOW).min(geometry.view.height() * 0.4);
        let needed = geometry.view.height() - below;
        let left =
            laid_out.heights().total() - laid_out.heights().before(self.block) - f64::from(self.offset);
        if left > f64::from(needed) * 2.0 {
            return None;
        }
        let mut end = Self { block: laid_out.block_count(), offset: 0.0 };
        let mut found = 0.0;
        while end.block > 0 && found < needed {
            end.block -= 1;
            found += laid_out.height(ctx, end.block);
        }
        end.offset = found - needed;
        if end.offset < 0.0 || (end.block == 0 && end.offset < geometry.top_padding() - below) {
            return Some(Self::top(geometry));
        }
        Some(end)
    }

    /// Returns the distance of `point` below the top of the view, in points. `None` if it is more than `reach` away.
    pub fn y_of(self, ctx: &Context, laid_out: &mut LaidOutText, point: Point, reach: f32) -> Option<f32> {
        let Point { block, y } = point;
        let mut top = -self.offset;
        if block >= self.block {
            for above in self.block..block {
                if top > 2.0 * reach {
                    return None;
                }
                top += laid_out.height(ctx, above);
            }
        } else {
            for above in (block..self.block).rev() {
                if top < -reach {
                    return None;
                }
                top -= laid_out.height(ctx, above);
            }
        }
        Some(top + y)
    }

    /// Returns the point at `y` points below the top of the view.
    pub fn locate(self, ctx: &Context, laid_out: &mut LaidOutText, y: f32) -> Point {
        let mut anchor = Self { block: self.block, offset: self.offset + y };
        anchor.carry(ctx, laid_out);
        Point { block: anchor.block, y: anchor.offset }
    }

    /// Scrolls so that `point` is `y` points below the top of the view.
    pub fn scroll_to(&mut self, point: Point, y: f32) {
        *self = Self { block: point.block, offset: point.y - y };
    }

    /// Returns the distance of the top of the view below the top of the document, in points, by the heights known so
    /// far.
    pub fn position(self, laid_out: &LaidOutText) -> f64 {
        laid_out.heights().before(self.block) + f64::from(self.offset)
    }

    /// Scrolls to a distance from the top of the document, in points.
    pub fn jump_to(&mut self, laid_out: &LaidOutText, position: f64) {
        let (block, offset) = laid_out.heights().find(position);
        *self = Self { block, offset: if position < 0.0 { position as f32 } else { offset as f32 } };
    }
}
