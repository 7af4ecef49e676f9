//! The charts of the Analyse screen, each a function from plain data to a scene.

pub mod codeline;
mod events;
mod grid;
pub mod latest;
mod legend;
pub mod matrix;
pub mod movement;
pub mod network;
pub mod numbers;
mod panels;
mod pen;
pub mod timeline;
mod value_axis;

pub use grid::Heading;
pub use legend::Series;
