//! What the benches are made of: seeded input, a window without a screen, and a table.

pub mod generate;
pub mod measure;
pub mod versions;
pub mod window;
