//! The pages of a PDF as they look, and the place of each word on them. Both are read in the reading process with its
//! limits.

mod draw;
mod places;
#[cfg(test)]
mod tests;
mod wire;

use std::ops::Range;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::Reader;
use super::child::{self, Limits, Refused, Task};
use demarche_model::{Progress, Unfinished};

pub(super) use wire::{write_page, write_places};

/// Greatest width and height of a drawn page in pixels: the side of a texture that every graphics card can hold.
pub const LARGEST_SIDE_PX: u32 = 4096;
/// Least width of a drawn page in pixels.
pub const SMALLEST_WIDTH_PX: u32 = 64;
/// Time for drawing a page of any file; someone waits for it.
const TIME: Duration = Duration::from_secs(20);

/// A rectangle in points, from the upper left corner of the page as it is displayed.
#[derive(Clone, Copy, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct PageRect {
    /// The left edge.
    pub left: f32,
    /// The upper edge.
    pub top: f32,
    /// The right edge.
    pub right: f32,
    /// The lower edge.
    pub bottom: f32,
}

/// A run of a text, usually a word, and its place on a page.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct PageRun {
    /// The range in the text, in bytes.
    pub range: Range<usize>,
    /// The index of the page in the file, from 0.
    pub page: usize,
    /// The rectangle around its letters.
    pub rect: PageRect,
}

/// The text of a file as it is read now, with the places of its words. It may differ from the text of the document, which
/// an earlier version of Demarche may have read.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct PlacedText {
    /// The text.
    pub text: String,
    /// The places, in the order of the text; empty if none are known.
    pub runs: Vec<PageRun>,
}

/// A page as a picture.
#[derive(Clone, PartialEq, Debug)]
pub struct DrawnPage {
    /// The number of pages in the file.
    pub pages: usize,
    /// Width and height of the page in points.
    pub size_pt: (f32, f32),
    /// Width and height of the picture in pixels.
    pub size_px: (u32, u32),
    /// Red, green, blue and opacity of each pixel, row by row from the top. All pixels are opaque.
    pub rgba: Vec<u8>,
}

/// The reason why a page can't be drawn, and what to do.
#[derive(Clone, PartialEq, Eq, Debug, Error, Serialize, Deserialize)]
pub enum PageError {
    /// The file requires a password.
    #[error("the file is protected by a password; open the original to see its pages")]
    Protected,
    /// The file can't be parsed.
    #[error("the file is damaged; open the original in a program that can repair it")]
    Damaged,
    /// There are fewer pages in the file.
    #[error("the file has {pages} pages, and there is no page {}", .page + 1)]
    NoSuchPage {
        /// The index of the page, from 0.
        page: usize,
        /// The number of pages.
        pages: usize,
    },
    /// Its format has no pages that can be drawn.
    #[error("only pages of PDF files can be drawn; open the original to see it")]
    NoPages,
    /// The reading process ended without a result, such as at a limit of time or memory.
    #[error("{0}")]
    NotRead(String),
}

/// Returns the size in pixels of a page drawn at about this width, within the limits.
fn size_px((width_pt, height_pt): (f32, f32), width_px: u32) -> (u32, u32) {
    let largest = LARGEST_SIDE_PX as f32;
    let (width_pt, height_pt) = (width_pt.max(1.0), height_pt.max(1.0));
    let width = (width_px.max(SMALLEST_WIDTH_PX) as f32).min(largest);
    let scale = (width / width_pt).min(largest / height_pt);
    let side = |points: f32| (points * scale).floor().clamp(1.0, largest) as u32;
    (side(width_pt), side(height_pt))
}

fn unread(error: Unfinished<Refused>) -> Unfinished<PageError> {
    match error {
        Unfinished::Stopped => Unfinished::Stopped,
        Unfinished::Failed(Refused(why)) => Unfinished::Failed(PageError::NotRead(why)),
    }
}

impl Reader {
    /// Draws a page of a file, at about `width_px` pixels. `page` is an index from 0.
    ///
    /// # Errors
    /// The page can't be drawn, or the work was stopped.
    pub fn draw_page(
        &self,
        bytes: &[u8],
        page: usize,
        width_px: u32,
        progress: &dyn Progress,
    ) -> Result<DrawnPage, Unfinished<PageError>> {
        let Some(program) = self.program() else {
            return draw::page(bytes, page, width_px).map_err(Unfinished::Failed);
        };
        let task = Task::Draw { page, width_px };
        let limits = Limits { time: self.limits().time.min(TIME), ..self.limits() };
        child::ask(program, task, bytes, limits, progress, wire::drawn)
            .map_err(unread)?
            .map_err(Unfinished::Failed)
    }

    /// Reads the text of a PDF with the places of its words.
    ///
    /// # Errors
    /// The file can't be read, or the work was stopped.
    pub fn place_words(
        &self,
        bytes: &[u8],
        progress: &dyn Progress,
    ) -> Result<PlacedText, Unfinished<PageError>> {
        let Some(program) = self.program() else { return places::placed(bytes).map_err(Unfinished::Failed) };
        child::ask(program, Task::Place, bytes, self.limits(), progress, wire::placed)
            .map_err(unread)?
            .map_err(Unfinished::Failed)
    }
}
