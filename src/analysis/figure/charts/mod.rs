//! The charts of the Analyse screen, each a function from plain data to a scene.

mod legend;
mod pen;

pub use legend::Series;
