//! Figures of the Analyse screen as plain shapes, so that window, SVG and PNG show the same.
//!
//! A chart is a function from plain data to a [`Scene`]. A scene holds shapes whose colours are roles ([`Ink`]), which a
//! [`Palette`] resolves at the end. What a reader can click is a [`Cell`] with a [`CellKey`]; keys are indices into the
//! data of the chart, so that the caller finds the passages behind them.
//!
//! Widths of text come from the metrics of Inter, the bundled typeface of figures. A scene therefore depends on nothing
//! but its data, and is equal on two machines.

mod axis;
mod cell;
pub mod charts;
mod dates;
mod geometry;
mod hatch;
mod ink;
mod metrics;
mod scene;
mod shape;
mod text;
mod walk;

pub use cell::{Cell, CellKey};
pub use geometry::{Area, Point};
pub use hatch::{Hatch, Mark};
pub use ink::{Body, Fill, Ink, Palette, Rgba, Texture};
pub use scene::{Item, Scene};
pub use shape::{Anchor, Dash, Shape, Stroke, TextMark};
pub use text::{Face, TextSize, shorten, width_pt, wrap};
pub use walk::Direction;
