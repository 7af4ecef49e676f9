//! The views of the Analyse screen: pure functions from moves to an [`Answer`].
//!
//! Every view answers with a sentence, a table and notes for its caption. Every number holds the passages that it counts, so
//! that a click on it can show them.

mod answer;
mod table;

pub use answer::{Answer, Caption, Missing, Part, Sentence};
pub use table::{Cell, CellValue, Column, ColumnKind, Row, Table};
