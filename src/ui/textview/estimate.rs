//! Heights of blocks that have not been shown yet, on a worker where that takes long.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use egui::{Context, FontFamily, FontId};

use super::blocks::Blocks;
use super::heights::Heights;
use super::wrap::{self, Advances, Column, Measure};
use crate::theme::{READING, size};
use demarche_model::Text;

/// Texts up to this many bytes are measured at once: that takes less than a millisecond.
const AT_ONCE: usize = 200 * 1024;

/// What the height of a block depends on, apart from its text.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Metrics {
    /// Size of the text in points.
    pub size: f32,
    /// Width at which it wraps, in points.
    pub wrap: f32,
    /// Pixels per point.
    pub scale: f32,
}

impl Metrics {
    /// The face and size of the text.
    pub fn font(&self) -> FontId {
        FontId::new(self.size, FontFamily::Name(READING.into()))
    }

    /// Height of a row in points: a whole number of pixels.
    pub fn row_height(&self) -> f32 {
        let scale = self.scale.max(0.1);
        ((self.size * size::LINE_HEIGHT * scale).round() / scale).max(1.0)
    }

    /// Height in points of a row of a block that holds nothing but white space.
    pub fn blank_height(&self) -> f32 {
        self.row_height() / 2.0
    }

    /// Space after a paragraph in points.
    pub fn gap(&self) -> f32 {
        self.row_height() / 2.0
    }

    /// Height of a block in points, with the space after it.
    pub fn block_height(&self, rows: u32, blank: bool, ends_paragraph: bool) -> f32 {
        if blank {
            return self.blank_height();
        }
        rows as f32 * self.row_height() + if ends_paragraph { self.gap() } else { 0.0 }
    }
}

/// Whether a block is shown as a blank line.
pub fn is_blank(text: &str) -> bool {
    text.len() < 64 && text.trim().is_empty()
}

/// Heights from lengths alone. O(blocks), a millisecond for 100,000.
pub fn at_a_glance(text: &Text, blocks: &Blocks, metrics: &Metrics, mean_advance: f32) -> Heights {
    let per_byte = mean_advance * text.characters() as f32 / text.len().max(1) as f32;
    let heights = (0..blocks.count())
        .map(|index| {
            let range = blocks.range(index);
            let rows = wrap::rows_at_a_glance(range.len(), per_byte, metrics.wrap);
            metrics.block_height(rows, range.is_empty(), blocks.ends_paragraph(index))
        })
        .collect();
    Heights::new(heights)
}

/// What has been measured: the heights of all blocks, and the advances met on the way.
pub struct Measured {
    /// Height of each block.
    pub heights: Heights,
    /// Advances for the next time.
    pub advances: Advances,
}

/// A measurement that a worker is busy with. Dropping it stops the worker.
#[derive(Debug)]
pub struct Measuring {
    stop: Arc<AtomicBool>,
    answer: Receiver<Measured>,
}

impl Drop for Measuring {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

impl Measuring {
    /// What was measured, once it is there. `Err` where the worker has ended without an answer.
    pub fn answer(&self) -> Result<Option<Measured>, ()> {
        match self.answer.try_recv() {
            Ok(measured) => Ok(Some(measured)),
            Err(TryRecvError::Empty) => Ok(None),
            Err(TryRecvError::Disconnected) => Err(()),
        }
    }
}

/// Whether a text is short enough to be measured at once.
pub fn is_short(text: &Text) -> bool {
    text.len() <= AT_ONCE
}

/// Measures all blocks at once. `advances` are those that are known of this face and size.
pub fn now(ctx: &Context, text: &Text, blocks: &Blocks, metrics: &Metrics, advances: Advances) -> Measured {
    let never = AtomicBool::new(false);
    let measured = all(ctx, text, blocks, metrics, advances, &never);
    measured.unwrap_or_else(|| Measured { heights: Heights::default(), advances: Advances::default() })
}

/// Sets a worker to measure all blocks; it asks for a repaint when it is done. `None` where no worker can be had.
pub fn later(
    ctx: &Context,
    text: &Arc<Text>,
    blocks: &Arc<Blocks>,
    metrics: Metrics,
    advances: Advances,
) -> Option<Measuring> {
    let stop = Arc::new(AtomicBool::new(false));
    let (send, answer) = channel();
    let (ctx, text, blocks, cancelled) = (ctx.clone(), text.clone(), blocks.clone(), stop.clone());
    let work = move || {
        if let Some(measured) = all(&ctx, &text, &blocks, &metrics, advances, &cancelled)
            && send.send(measured).is_ok()
        {
            ctx.request_repaint();
        }
    };
    std::thread::Builder::new().name("measure text".to_owned()).spawn(work).ok()?;
    Some(Measuring { stop, answer })
}

fn all(
    ctx: &Context,
    text: &Text,
    blocks: &Blocks,
    metrics: &Metrics,
    mut advances: Advances,
    stop: &AtomicBool,
) -> Option<Measured> {
    let mut fonts = Fonts { ctx, font: metrics.font() };
    // epaint allows half a point more than it is told.
    let column = Column { width: metrics.wrap + 0.5, scale: metrics.scale };
    let mut heights = Vec::with_capacity(blocks.count());
    for index in 0..blocks.count() {
        if index % 256 == 0 && stop.load(Ordering::Relaxed) {
            return None;
        }
        let block = text.slice(blocks.range(index));
        let rows = wrap::rows(block, column, &mut advances, &mut fonts);
        heights.push(metrics.block_height(rows, is_blank(block), blocks.ends_paragraph(index)));
    }
    Some(Measured { heights: Heights::new(heights), advances })
}

/// Measures with egui's fonts. Takes the context's lock for each measurement.
pub struct Fonts<'a> {
    /// The context that has the fonts.
    pub ctx: &'a Context,
    /// Face and size.
    pub font: FontId,
}

impl Measure for Fonts<'_> {
    fn one(&mut self, c: char) -> f32 {
        self.ctx.fonts_mut(|fonts| fonts.glyph_width(&self.font, c))
    }

    fn two(&mut self, a: char, b: char) -> f32 {
        let text: String = [a, b].into_iter().collect();
        let colour = egui::Color32::PLACEHOLDER;
        let galley = self.ctx.fonts_mut(|fonts| fonts.layout_no_wrap(text, self.font.clone(), colour));
        let glyphs = galley.rows.iter().flat_map(|row| &row.glyphs);
        glyphs.map(|glyph| glyph.advance_width).sum()
    }
}
