//! Tables of numbers, each with the passages behind it.

use std::sync::Arc;

use smol_str::SmolStr;

use crate::bargain::PassageSet;

/// A table.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Table {
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows. Each has a cell for every column.
    pub rows: Vec<Row>,
}

/// A column.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Column {
    /// Its name in data, such as `delay_days`.
    pub name: String,
    /// Its heading.
    pub title: String,
    /// The kind of its values.
    pub kind: ColumnKind,
}

/// The kind of values of a column.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ColumnKind {
    /// Texts, aligned left.
    Text,
    /// Numbers, aligned right.
    Number,
}

/// A row.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Row {
    /// The group to which it belongs, such as `Estmark → Norvania`; rows of a group follow each other.
    pub group: Option<SmolStr>,
    /// A cell for each column.
    pub cells: Vec<Cell>,
}

/// A cell.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Cell {
    /// Its value.
    pub value: CellValue,
    /// The passages that it counts, or about which it says something.
    pub passages: Option<Arc<PassageSet>>,
}

/// The value of a cell.
#[derive(Clone, PartialEq, Debug, Default)]
pub enum CellValue {
    /// Nothing: not specified, or undefined.
    #[default]
    None,
    /// A text.
    Text(SmolStr),
    /// A count.
    Count(usize),
    /// A number, unrounded.
    Number(f64),
}

impl Column {
    /// Its heading in files: its name in data, or its title if it has none.
    pub fn heading(&self) -> &str {
        if self.name.is_empty() { &self.title } else { &self.name }
    }
}

impl Cell {
    /// A cell with a text and no passages.
    pub fn text(text: impl Into<SmolStr>) -> Self {
        Self { value: CellValue::Text(text.into()), passages: None }
    }

    /// A cell that counts these passages.
    pub fn count(passages: impl Into<Arc<PassageSet>>) -> Self {
        let passages = passages.into();
        Self { value: CellValue::Count(passages.len()), passages: Some(passages) }
    }

    /// A cell with a number computed from these passages; `None` if it is undefined.
    pub fn number(number: Option<f64>, passages: impl Into<Arc<PassageSet>>) -> Self {
        Self { value: number.map_or(CellValue::None, CellValue::Number), passages: Some(passages.into()) }
    }
}
