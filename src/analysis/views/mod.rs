//! The views of the Analyse screen: pure functions from moves to an [`Answer`].
//!
//! Every view answers with a sentence, a table and notes for its caption. Every number holds the passages that it counts, so
//! that a click on it can show them.

mod answer;
mod axis;
mod duplicates;
mod kind;
mod look;
mod rules;
mod sizes;
mod table;

pub use answer::{Answer, Caption, Missing, Part, Sentence};
pub use axis::{Axis, Group, GroupKey};
pub use kind::Kind;
pub use look::{Basis, Look};
pub use rules::{Collectives, Duplicates, Persons, Rules};
pub use sizes::Sizes;
pub use table::{Cell, CellValue, Column, ColumnKind, Row, Table};
