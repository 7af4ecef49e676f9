//! Scrolling two texts together: what a view tells another one when it is scrolled, and how the other one follows.
//!
//! The place at which two texts are held level is a line of the view: the first one at the start of a text, the last one
//! at its end. So both texts begin and end together, however long they are.

use egui::Context;

use super::geometry::Geometry;
use super::laid_out::LaidOutText;
use super::scroll::Point;
use super::{TextView, point_of};

/// Least distance that counts as scrolling, in points.
const LEAST: f64 = 0.25;

/// The place to which a text was scrolled.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Scrolled {
    /// The distance that it was scrolled, in points; negative towards the start.
    pub by: f32,
    /// The line at which texts are held level, as a part of the height of the view.
    pub line: f32,
    /// The first byte in that line.
    pub byte: usize,
    /// The paragraphs before that line, as a part of all.
    pub part: f64,
}

/// How a text follows another one.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Follow {
    /// It is scrolled by as many points.
    By(f32),
    /// This byte gets into this line, given as a part of the height of the view.
    Byte { byte: usize, line: f32 },
    /// This part of the paragraphs gets above this line.
    Part { part: f64, line: f32 },
}

impl TextView {
    /// Returns where the text was scrolled to in the last frame, unless it has followed another one.
    pub fn scrolled(&self) -> Option<Scrolled> {
        self.scrolled
    }

    /// Scrolls the text in the next frame because another one was scrolled.
    pub fn follow(&mut self, to: Follow) {
        self.follow = Some(to);
    }

    /// Scrolls as another text was.
    pub(super) fn carry_out_follow(
        &mut self,
        ctx: &Context,
        laid_out: &mut LaidOutText,
        geometry: &Geometry,
    ) {
        let Some(follow) = self.follow.take() else { return };
        self.pinned_top = None;
        let height = geometry.view.height();
        match follow {
            Follow::By(points) => self.anchor.offset += points,
            Follow::Byte { byte, line } => {
                let point = point_of(ctx, laid_out, byte);
                self.anchor.scroll_to(point, height * line);
            }
            Follow::Part { part, line } => {
                let blocks = part.clamp(0.0, 1.0) * laid_out.block_count() as f64;
                let block = (blocks as usize).min(laid_out.block_count() - 1);
                let inside = (blocks - block as f64).clamp(0.0, 1.0) as f32;
                let y = inside * laid_out.height(ctx, block);
                self.anchor.scroll_to(Point { block, y }, height * line);
            }
        }
        self.anchor.clamp(ctx, laid_out, geometry);
        self.settled = self.anchor;
    }

    /// Notes whether the text was scrolled since the frame before, other than by following.
    pub(super) fn note_scrolling(&mut self, ctx: &Context, laid_out: &mut LaidOutText, geometry: &Geometry) {
        let position = self.anchor.position(laid_out);
        let by = position - self.settled.position(laid_out);
        self.settled = self.anchor;
        self.scrolled = None;
        if !by.is_finite() || by.abs() < LEAST {
            return;
        }
        let (first, last) = Self::travel(laid_out, geometry);
        let line = ((position - first) / (last - first).max(1.0)).clamp(0.0, 1.0) as f32;
        let Point { block, y } = self.anchor.locate(ctx, laid_out, line * geometry.view.height());
        let map = laid_out.map(ctx, block);
        let byte = laid_out.block_range(block).start + map.row_bounds(map.row_at(y)).0;
        let inside = (y / laid_out.height(ctx, block).max(1.0)).clamp(0.0, 1.0);
        let part = (block as f64 + f64::from(inside)) / laid_out.block_count() as f64;
        self.scrolled = Some(Scrolled { by: by as f32, line, byte, part });
    }
}
