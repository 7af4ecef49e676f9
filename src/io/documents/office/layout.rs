//! Tables, text boxes and pages of word processors: rows become lines, page breaks become anchors.
//!
//! A table that only arranges paragraphs on the page is text like any other: one whose words are all in one column, and one
//! with a heading, a list or a table in its cells. The shape of a table is known at its end only, so a text with tables may
//! have to be read twice; see [`Tables::shapes`]. In the cells of all others, which become lines, the ends of paragraphs
//! become ` / `.

use crate::documents::writer::Writer;
use demarche_model::AnchorKind;

/// A kind of paragraph.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::documents) enum Block {
    Plain,
    /// A heading or an item of a list.
    Structured,
}

/// For each table of a text, in the order of their starts, whether it only arranges paragraphs.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(in crate::documents) struct Shapes(Vec<bool>);

impl Shapes {
    /// Returns whether a text has to be read again with these shapes, as there is a table in it that is none.
    pub fn matter(&self) -> bool {
        self.0.contains(&true)
    }
}

/// What has been seen of a table.
#[derive(Default, Debug)]
struct Seen {
    /// The place of the first cell in its row that has words.
    column: Option<usize>,
    has_several_columns: bool,
    has_structure: bool,
}

impl Seen {
    fn is_layout(&self) -> bool {
        self.has_structure || self.column.is_some() && !self.has_several_columns
    }
}

/// A table or a text box that has not ended.
enum Open {
    /// A table whose rows are lines.
    Rows { table: usize, cells: usize },
    /// A table that only arranges paragraphs.
    Layout { table: usize, cells: usize },
    /// A text box or a note, whose paragraphs are not in the cells around it.
    Apart,
}

/// The open tables of a text.
#[derive(Default)]
pub(in crate::documents) struct Tables {
    open: Vec<Open>,
    /// The shapes that are known from an earlier reading.
    known: Shapes,
    seen: Vec<Seen>,
}

impl Tables {
    /// Creates the tables of a text that was read before, which had these shapes; none before the first reading, in which the
    /// rows of all tables are lines.
    pub fn new(known: Shapes) -> Self {
        Self { known, ..Self::default() }
    }

    /// Returns the shapes of all tables.
    pub fn shapes(&self) -> Shapes {
        Shapes(self.seen.iter().map(Seen::is_layout).collect())
    }

    /// Returns whether the current position is in a cell of a row that becomes a line.
    pub fn are_open(&self) -> bool {
        matches!(self.open.last(), Some(Open::Rows { .. }))
    }

    /// Returns whether the current position is in a cell of a table that only arranges paragraphs.
    pub fn are_layout(&self) -> bool {
        matches!(self.open.last(), Some(Open::Layout { .. }))
    }

    /// Starts a table.
    pub fn open(&mut self, writer: &mut Writer) {
        self.edge(writer);
        self.structure();
        let table = self.seen.len();
        self.seen.push(Seen::default());
        let is_layout = self.known.0.get(table) == Some(&true);
        self.open.push(if is_layout {
            Open::Layout { table, cells: 0 }
        } else {
            Open::Rows { table, cells: 0 }
        });
    }

    /// Starts a row.
    pub fn row(&mut self) {
        if let Some(Open::Rows { cells, .. } | Open::Layout { cells, .. }) = self.open.last_mut() {
            *cells = 0;
        }
    }

    /// Starts a cell.
    pub fn cell(&mut self, writer: &mut Writer) {
        let is_nested = self.is_nested();
        match self.open.last_mut() {
            Some(Open::Rows { cells, .. }) => {
                *cells += 1;
                match (is_nested, *cells) {
                    (true, _) => writer.space(),
                    (false, 1) => {}
                    (false, _) => writer.cell(),
                }
            }
            Some(Open::Layout { cells, .. }) => {
                *cells += 1;
                writer.gap();
            }
            Some(Open::Apart) | None => {}
        }
    }

    /// Notes a paragraph, which may be in a cell; `is_filled` tells whether it has words or a number. Returns whether it is in
    /// a line; then this ends it, otherwise the caller has to.
    pub fn paragraph(&mut self, block: Block, is_filled: bool, writer: &mut Writer) -> bool {
        if let (Some(Open::Rows { table, cells } | Open::Layout { table, cells }), true) =
            (self.open.last(), is_filled)
            && let Some(seen) = self.seen.get_mut(*table)
        {
            seen.has_several_columns |= seen.column.is_some_and(|column| column != *cells);
            seen.column.get_or_insert(*cells);
            seen.has_structure |= block == Block::Structured;
        }
        let in_line = self.are_open();
        if in_line {
            writer.part();
        }
        in_line
    }

    /// Ends a row.
    pub fn end_row(&self, writer: &mut Writer) {
        match self.open.last() {
            Some(Open::Rows { .. }) if self.is_nested() => writer.part(),
            Some(Open::Rows { .. }) => writer.end_row(),
            Some(Open::Layout { .. } | Open::Apart) | None => {}
        }
    }

    /// Ends a table.
    pub fn close(&mut self, writer: &mut Writer) {
        if matches!(self.open.last(), Some(Open::Rows { .. } | Open::Layout { .. })) {
            self.open.pop();
            self.edge(writer);
        }
    }

    /// Starts a text box or a note.
    pub fn begin_apart(&mut self) {
        self.open.push(Open::Apart);
    }

    /// Ends a text box or a note, with what is still open in it.
    pub fn end_apart(&mut self) {
        while self.open.pop().is_some_and(|open| !matches!(open, Open::Apart)) {}
    }

    /// Notes that the table at the current position has more than plain paragraphs in it.
    fn structure(&mut self) {
        if let Some(Open::Rows { table, .. } | Open::Layout { table, .. }) = self.open.last()
            && let Some(seen) = self.seen.get_mut(*table)
        {
            seen.has_structure = true;
        }
    }

    /// Returns whether the current table is in a cell that becomes a part of a line.
    fn is_nested(&self) -> bool {
        let around = self.open.len().checked_sub(2).and_then(|at| self.open.get(at));
        matches!(around, Some(Open::Rows { .. }))
    }

    fn edge(&self, writer: &mut Writer) {
        if self.are_open() { writer.part() } else { writer.gap() }
    }
}

/// The number of page breaks so far, as saved by the program that last showed the document.
#[derive(Default)]
pub(in crate::documents) struct Pages(usize);

impl Pages {
    /// Starts the next page.
    pub fn next(&mut self, writer: &mut Writer) {
        self.0 += 1;
        writer.anchor(AnchorKind::Page((self.0 + 1).to_string().into()));
    }

    /// Ends the document. Without saved breaks, its pages are unknown.
    pub fn end(&self, writer: &mut Writer) {
        if self.0 > 0 {
            writer.anchor_front(AnchorKind::Page("1".into()));
        }
    }
}
