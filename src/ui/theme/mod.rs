//! The theme: colours, sizes, fonts and icons.

mod fonts;
pub mod icons;
mod style;
mod tokens;

pub use fonts::{READING, STRONG, install_fonts, strong};
pub use style::install_style;
pub use tokens::{Tokens, size, space};
