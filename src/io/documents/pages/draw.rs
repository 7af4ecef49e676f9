//! Drawing of a page.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};

use super::places::refusal;
use super::{DrawnPage, PageError, size_px};
use crate::documents::{DocumentFormat as _, pdf};

/// Draws a page on white.
pub(super) fn page(bytes: &[u8], index: usize, width_px: u32) -> Result<DrawnPage, PageError> {
    if !pdf::Pdf.is_sure(bytes) {
        return Err(PageError::NoPages);
    }
    let pdf = pdf::open(bytes).map_err(refusal)?;
    let pages = pdf.pages();
    let page = pages.get(index).ok_or(PageError::NoSuchPage { page: index, pages: pages.len() })?;
    let size_pt = page.render_dimensions();
    let (width, height) = size_px(size_pt, width_px);
    // Half a pixel more, since the renderer rounds down.
    let scale = |pixels: u32, points: f32| (pixels as f32 + 0.5) / points;
    let settings = PixmapSettings {
        x_scale: scale(width, size_pt.0),
        y_scale: scale(height, size_pt.1),
        bg_color: WHITE,
    };
    let drawn = render(
        page,
        &RenderCache::new(),
        &InterpreterSettings::default(),
        &RenderSettings::default(),
        &settings,
    );
    let size_px = (u32::from(drawn.width()), u32::from(drawn.height()));
    Ok(DrawnPage { pages: pages.len(), size_pt, size_px, rgba: drawn.data_as_u8_slice().to_vec() })
}
