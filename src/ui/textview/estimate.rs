//! Heights of blocks that have not been laid out yet, computed on a worker thread for long texts.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use egui::{Context, FontFamily, FontId};

use super::blocks::Blocks;
use super::heights::Heights;
use super::wrap::{self, Advances, Column, Measure};
use crate::theme::READING;
use demarche_model::Text;

/// Texts up to this many bytes are measured on the UI thread, which takes less than a millisecond.
const SHORT_BYTES: usize = 200 * 1024;

/// The values that the height of a block depends on, apart from its text. Lengths are in points.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Metrics {
    /// Font size.
    pub size: f32,
    /// Width at which the text wraps.
    pub wrap: f32,
    /// Pixels per point.
    pub scale: f32,
    /// Height of a row, as a multiple of the font size.
    pub line_height: f32,
    /// Number of the installed fonts; see [`crate::theme::font_generation`].
    pub fonts: u32,
}

impl Metrics {
    /// Returns the font of the text.
    pub fn font(&self) -> FontId {
        FontId::new(self.size, FontFamily::Name(READING.into()))
    }

    /// Returns the height of a row: a whole number of pixels.
    pub fn row_height(&self) -> f32 {
        let scale = self.scale.max(0.1);
        ((self.size * self.line_height * scale).round() / scale).max(1.0)
    }

    /// Returns the height of a row of a block that contains only white space.
    pub fn blank_height(&self) -> f32 {
        self.row_height() / 2.0
    }

    /// Returns the space after a paragraph.
    pub fn gap(&self) -> f32 {
        self.row_height() / 2.0
    }

    /// Returns the height of a block, including the space after it.
    pub fn block_height(&self, rows: u32, blank: bool, ends_paragraph: bool) -> f32 {
        if blank {
            return self.blank_height();
        }
        rows as f32 * self.row_height() + if ends_paragraph { self.gap() } else { 0.0 }
    }
}

/// Returns whether a block is shown as a blank line.
pub fn is_blank(text: &str) -> bool {
    text.len() < 64 && text.trim().is_empty()
}

/// Returns heights estimated from the lengths of the blocks alone. O(blocks), a millisecond for 100,000.
pub fn rough_heights(text: &Text, blocks: &Blocks, metrics: &Metrics, mean_advance: f32) -> Heights {
    let per_byte = mean_advance * text.characters() as f32 / text.len().max(1) as f32;
    let heights = (0..blocks.count())
        .map(|index| {
            let range = blocks.range(index);
            let rows = wrap::rough_row_count(range.len(), per_byte, metrics.wrap);
            metrics.block_height(rows, range.is_empty(), blocks.ends_paragraph(index))
        })
        .collect();
    Heights::new(heights)
}

/// The result of measuring a text.
pub struct Measured {
    /// The heights of all blocks.
    pub heights: Heights,
    /// The glyph advances measured on the way, for the next time.
    pub advances: Advances,
}

/// A measurement that is running on a worker thread. Dropping it stops the worker.
#[derive(Debug)]
pub struct PendingMeasurement {
    stop: Arc<AtomicBool>,
    answer: Receiver<Measured>,
}

impl Drop for PendingMeasurement {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

impl PendingMeasurement {
    /// Returns the result once it is available, or `Err` if the worker has ended without one.
    pub fn answer(&self) -> Result<Option<Measured>, ()> {
        match self.answer.try_recv() {
            Ok(measured) => Ok(Some(measured)),
            Err(TryRecvError::Empty) => Ok(None),
            Err(TryRecvError::Disconnected) => Err(()),
        }
    }
}

/// Returns whether a text is short enough to be measured on the UI thread.
pub fn is_short(text: &Text) -> bool {
    text.len() <= SHORT_BYTES
}

/// Measures all blocks now. `advances` are those already known for this font.
pub fn measure_now(
    ctx: &Context,
    text: &Text,
    blocks: &Blocks,
    metrics: &Metrics,
    advances: Advances,
) -> Measured {
    let never = AtomicBool::new(false);
    let measured = measure_all(ctx, text, blocks, metrics, advances, &never);
    measured.unwrap_or_else(|| Measured { heights: Heights::default(), advances: Advances::default() })
}

/// Starts a worker that measures all blocks and requests a repaint when it is done. Returns `None` if no thread can
/// be started.
pub fn measure_in_background(
    ctx: &Context,
    text: &Arc<Text>,
    blocks: &Arc<Blocks>,
    metrics: Metrics,
    advances: Advances,
) -> Option<PendingMeasurement> {
    let stop = Arc::new(AtomicBool::new(false));
    let (send, answer) = channel();
    let (ctx, text, blocks, cancelled) = (ctx.clone(), text.clone(), blocks.clone(), stop.clone());
    let work = move || {
        if let Some(measured) = measure_all(&ctx, &text, &blocks, &metrics, advances, &cancelled)
            && send.send(measured).is_ok()
        {
            ctx.request_repaint();
        }
    };
    std::thread::Builder::new().name("measure text".to_owned()).spawn(work).ok()?;
    Some(PendingMeasurement { stop, answer })
}

fn measure_all(
    ctx: &Context,
    text: &Text,
    blocks: &Blocks,
    metrics: &Metrics,
    mut advances: Advances,
    stop: &AtomicBool,
) -> Option<Measured> {
    let mut fonts = Fonts { ctx, font: metrics.font() };
    // epaint allows half a point more than the wrap width.
    let column = Column { width: metrics.wrap + 0.5, scale: metrics.scale };
    let mut heights = Vec::with_capacity(blocks.count());
    for index in 0..blocks.count() {
        if index % 256 == 0 && stop.load(Ordering::Relaxed) {
            return None;
        }
        let block = text.slice(blocks.range(index));
        let rows = wrap::count_rows(block, column, &mut advances, &mut fonts);
        heights.push(metrics.block_height(rows, is_blank(block), blocks.ends_paragraph(index)));
    }
    Some(Measured { heights: Heights::new(heights), advances })
}

/// Measures with egui's fonts. Takes the context's lock for each measurement.
pub struct Fonts<'a> {
    /// The context that holds the fonts.
    pub ctx: &'a Context,
    /// Family and size.
    pub font: FontId,
}

impl Measure for Fonts<'_> {
    fn advance(&mut self, c: char) -> f32 {
        self.ctx.fonts_mut(|fonts| fonts.glyph_width(&self.font, c))
    }

    fn pair_advance(&mut self, a: char, b: char) -> f32 {
        let text: String = [a, b].into_iter().collect();
        let colour = egui::Color32::PLACEHOLDER;
        let galley = self.ctx.fonts_mut(|fonts| fonts.layout_no_wrap(text, self.font.clone(), colour));
        let glyphs = galley.rows.iter().flat_map(|row| &row.glyphs);
        glyphs.map(|glyph| glyph.advance_width).sum()
    }
}
