//! How Demarche looks: one place for colours, sizes, faces.

mod fonts;
mod tokens;

pub use fonts::{READING, STRONG, install_fonts};
pub use tokens::{Tokens, size, space};
