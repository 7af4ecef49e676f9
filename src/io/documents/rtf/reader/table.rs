//! Tables of an RTF, which are rows of paragraphs: `\intbl` puts a paragraph into one, `\cell` and `\row` end cells and rows.

use super::Reader;

/// Greatest depth of nested tables; deeper ones are read as part of the table around them.
const DEPTH: usize = 10;

/// The current row of a table.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Row {
    has_started: bool,
    /// Whether the current cell has started.
    in_cell: bool,
}

impl Reader {
    /// Opens and closes tables, so that the next words are as deep in them as their paragraph.
    pub(super) fn place(&mut self) {
        let paragraph = self.flow.paragraph;
        // A row goes on until it says so, even if a paragraph does not say that it is in a table.
        let in_row = self.flow.rows.first().is_some_and(|row| row.has_started && !row.in_cell);
        let depth = match (paragraph.in_table || in_row, paragraph.depth) {
            (false, _) => 0,
            (true, depth) => depth.clamp(1, DEPTH),
        };
        self.close_tables(depth);
        while self.flow.rows.len() < depth {
            self.start_cell();
            self.tables.open(&mut self.flow.writer);
            self.flow.rows.push(Row::default());
        }
        self.start_cell();
    }

    /// Starts the row and the cell that the next words are in.
    fn start_cell(&mut self) {
        let Some(row) = self.flow.rows.last_mut() else { return };
        if !row.has_started {
            self.tables.row();
        }
        if !row.in_cell {
            self.tables.cell(&mut self.flow.writer);
        }
        *row = Row { has_started: true, in_cell: true };
    }

    /// Ends a cell of the outermost table, or of one in it.
    pub(super) fn end_cell(&mut self, is_nested: bool) {
        if !self.flows() || self.now.deleted {
            return;
        }
        let depth = if is_nested { self.flow.paragraph.depth.clamp(2, DEPTH) } else { 1 };
        if self.flow.rows.len() > depth {
            self.close_tables(depth);
        }
        let declared = std::mem::replace(&mut self.flow.paragraph.in_table, true);
        let deep = std::mem::replace(&mut self.flow.paragraph.depth, depth);
        self.place();
        self.end_paragraph();
        (self.flow.paragraph.in_table, self.flow.paragraph.depth) = (declared, deep);
        self.flow.rows.last_mut().into_iter().for_each(|row| row.in_cell = false);
    }

    /// Ends a row of the outermost table, or of one in it.
    pub(super) fn end_row(&mut self, is_nested: bool) {
        if !self.flows() || self.now.deleted {
            return;
        }
        let depth = if is_nested { self.flow.rows.len().max(2) } else { 1 };
        self.close_tables(depth);
        if self.flow.rows.len() == depth {
            self.tables.end_row(&mut self.flow.writer);
            self.flow.rows.last_mut().into_iter().for_each(|row| *row = Row::default());
        }
    }

    /// Closes all tables but the outermost `left` ones.
    pub(super) fn close_tables(&mut self, left: usize) {
        while self.flow.rows.len() > left {
            self.tables.end_row(&mut self.flow.writer);
            self.flow.rows.pop();
            self.tables.close(&mut self.flow.writer);
        }
    }
}
