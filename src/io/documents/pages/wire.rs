//! The output of a reading process that was asked for a page or for places: one line of JSON, followed by the pixels.

use std::io::Write;

use serde::{Deserialize, Serialize};

use super::places::placed as place;
use super::{DrawnPage, LARGEST_SIDE_PX, PageError, PageRun, PlacedText, draw};

/// A drawn page without its pixels.
#[derive(Serialize, Deserialize, Debug)]
struct Facts {
    pages: usize,
    size_pt: (f32, f32),
    size_px: (u32, u32),
}

/// Draws a page of a file, and writes the result.
///
/// # Errors
/// The reader has closed the stream.
pub(in crate::documents) fn write_page(
    bytes: &[u8],
    page: usize,
    width_px: u32,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    write_drawn(&draw::page(bytes, page, width_px), out)
}

/// Reads the text of a file with the places of its words, and writes the result.
///
/// # Errors
/// The reader has closed the stream.
pub(in crate::documents) fn write_places(bytes: &[u8], out: &mut dyn Write) -> std::io::Result<()> {
    serde_json::to_writer(&mut *out, &place(bytes))?;
    out.flush()
}

fn write_drawn(drawn: &Result<DrawnPage, PageError>, out: &mut dyn Write) -> std::io::Result<()> {
    let facts = |page: &DrawnPage| Facts { pages: page.pages, size_pt: page.size_pt, size_px: page.size_px };
    serde_json::to_writer(&mut *out, &drawn.as_ref().map(facts))?;
    out.write_all(b"\n")?;
    if let Ok(page) = drawn {
        out.write_all(&page.rgba)?;
    }
    out.flush()
}

/// Reads a drawn page; `None` if the output is incomplete or malformed.
pub(super) fn drawn(bytes: &[u8]) -> Option<Result<DrawnPage, PageError>> {
    let end = memchr::memchr(b'\n', bytes)?;
    let facts: Result<Facts, PageError> = serde_json::from_slice(&bytes[..end]).ok()?;
    let Facts { pages, size_pt, size_px } = match facts {
        Ok(facts) => facts,
        Err(why) => return Some(Err(why)),
    };
    let rgba = bytes[end + 1..].to_vec();
    let fits = (1..=LARGEST_SIDE_PX).contains(&size_px.0) && (1..=LARGEST_SIDE_PX).contains(&size_px.1);
    let is_sized = size_pt.0 > 0.0 && size_pt.1 > 0.0 && size_pt.0.is_finite() && size_pt.1.is_finite();
    let is_whole = fits && is_sized && rgba.len() == size_px.0 as usize * size_px.1 as usize * 4;
    is_whole.then_some(Ok(DrawnPage { pages, size_pt, size_px, rgba }))
}

/// Reads a text with its places; `None` if the output is incomplete or malformed.
pub(super) fn placed(bytes: &[u8]) -> Option<Result<PlacedText, PageError>> {
    let placed: Result<PlacedText, PageError> = serde_json::from_slice(bytes).ok()?;
    let fits = |placed: &PlacedText| {
        let held = |run: &PageRun| placed.text.get(run.range.clone()).is_some();
        placed.runs.iter().all(held) && placed.runs.is_sorted_by_key(|run| run.range.start)
    };
    let is_sound = placed.as_ref().map_or(true, fits);
    is_sound.then_some(placed)
}
