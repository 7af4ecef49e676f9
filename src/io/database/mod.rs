//! Projects that other programs keep in SQLite: their tables, read from a copy in a separate process with limits.
//!
//! Only the tables and columns of a [`Layout`] are read, and only if they are real tables: a view, a virtual table or a
//! computed column could make reading them run SQL of the file's author. The rows come back over a pipe, see [`wire`], and
//! become drafts in `crate::annotations`.

mod child;
mod html;
mod layouts;
mod open;
mod taguette;
mod wire;

use thiserror::Error;

pub use child::serve;
pub(crate) use child::{ReadTables, read};
pub(crate) use layouts::{DNA, Layout, QUALCODER, RQDA, TAGUETTE};

use crate::Loss;

/// The first bytes of every database.
pub(crate) const MAGIC: &[u8] = b"SQLite format 3\0";

/// The reason why a database is not read.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub(crate) enum DatabaseFault {
    /// Something that SQLite reports.
    #[error(
        "the database is damaged or not SQLite ({0}); open it in the program that created it, and save it again"
    )]
    Damaged(String),
    /// A table that every project of the program has.
    #[error("this is not a project of {program}: it has no table `{table}`")]
    NoTable { program: &'static str, table: &'static str },
    /// A view or a virtual table with the name of a table.
    #[error(
        "`{0}` is not a table; Demarche reads only tables, so export the project from the program that created it"
    )]
    NotATable(String),
    /// Computed values.
    #[error("the column `{column}` of `{table}` is computed; Demarche reads only stored values")]
    Computed { table: String, column: String },
    /// Too many or too large values.
    #[error("the database has more than {cells} million values or {megabytes} MB in its tables")]
    TooLarge { cells: u64, megabytes: u64 },
    /// Elements of a page in it are nested too deeply.
    #[error("a document in the database can't be read: {0}")]
    Page(String),
    /// Changes beside the file.
    #[error(
        "there are changes in `{0}` that are not in the file yet; close the project in the program that created it, then import it again"
    )]
    Unsaved(String),
    /// The copy can't be made.
    #[error("the database can't be copied to a temporary folder: {0}")]
    NotCopied(String),
    /// The way in which the process ended.
    #[error("{0}")]
    Refused(String),
}

/// A value of a row.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) enum Cell {
    /// Nothing, or bytes that are no text.
    #[default]
    Null,
    /// A whole number.
    Integer(i64),
    /// Another number.
    Real(f64),
    /// Text.
    Text(String),
}

/// A table: those of the wanted columns that it has.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct Table {
    /// Its name in the layout; empty if the database does not have it.
    pub name: String,
    /// The names of the columns, as in the layout.
    pub columns: Vec<String>,
    /// The rows, in the order of the table.
    pub rows: Vec<Vec<Cell>>,
}

/// The tables of a database.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct Tables {
    /// Those that it has.
    pub tables: Vec<Table>,
    /// The encoding of texts that are not UTF-8, if there are any.
    pub encoding: Option<String>,
    /// Replaced characters and values that are no text.
    pub losses: Vec<Loss>,
}

impl Tables {
    /// Returns the rows of a table; none if the database does not have it.
    pub fn rows<'a>(&'a self, table: &str) -> impl Iterator<Item = Row<'a>> + use<'a> {
        let found = self.tables.iter().find(|found| found.name == table);
        found.into_iter().flat_map(|table| table.rows.iter().map(move |cells| Row { table, cells }))
    }

    /// Returns the number of rows of a table.
    pub fn count(&self, table: &str) -> usize {
        self.tables.iter().find(|found| found.name == table).map_or(0, |table| table.rows.len())
    }
}

/// A row of a table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'a> {
    table: &'a Table,
    cells: &'a [Cell],
}

impl<'a> Row<'a> {
    fn cell(&self, column: &str) -> Option<&'a Cell> {
        let at = self.table.columns.iter().position(|name| name == column)?;
        self.cells.get(at)
    }

    /// Returns a text, trimmed; `None` if it is missing or empty. A number is written as one.
    pub fn text(&self, column: &str) -> Option<String> {
        let text = match self.cell(column)? {
            Cell::Null => return None,
            Cell::Integer(number) => number.to_string(),
            Cell::Real(number) => number.to_string(),
            Cell::Text(text) => text.trim().to_owned(),
        };
        (!text.is_empty()).then_some(text)
    }

    /// Returns a text as it is; `None` if it is missing or no text.
    pub fn verbatim(&self, column: &str) -> Option<&'a str> {
        match self.cell(column)? {
            Cell::Text(text) => Some(text),
            Cell::Null | Cell::Integer(_) | Cell::Real(_) => None,
        }
    }

    /// Returns a whole number, also one that was stored as a text or with a fraction of zero.
    pub fn integer(&self, column: &str) -> Option<i64> {
        match self.cell(column)? {
            Cell::Null => None,
            Cell::Integer(number) => Some(*number),
            // A float with a whole value up to 2⁵³ is exact.
            Cell::Real(number) if number.fract() == 0.0 && number.abs() < 9e15 => Some(*number as i64),
            Cell::Real(_) => None,
            Cell::Text(text) => text.trim().parse().ok(),
        }
    }
}
