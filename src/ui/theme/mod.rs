//! The theme: colours, sizes, fonts and icons.

mod fonts;
pub mod icons;
mod installed;
mod style;
mod tokens;

pub use fonts::{READING, ReadingFont, STRONG, font_generation, install_fonts, install_fonts_with, strong};
pub use installed::{installed_families, installed_font};
pub use style::install_style;
pub use tokens::{Tokens, size, space};
