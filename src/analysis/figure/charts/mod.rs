//! The charts of the Analyse screen, each a function from plain data to a scene.

mod grid;
pub mod latest;
mod legend;
pub mod matrix;
pub mod numbers;
mod pen;

pub use grid::Heading;
pub use legend::Series;
