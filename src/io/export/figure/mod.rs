//! Figures as files: SVG with text as text, and PNG.

mod glyphs;
mod png;
mod svg;
mod system_fonts;

#[cfg(test)]
mod random;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;

/// Space around a figure, in points.
const MARGIN_PT: f32 = 12.0;

pub use png::{PictureError, Pixels, to_pixels, to_png};
pub use svg::{to_printed_svg, to_svg};
