//! Tables and pages of word processors: rows become lines, page breaks become anchors.

use crate::documents::writer::Writer;
use demarche_model::AnchorKind;

/// The open tables, each with the number of cells in its current row. A nested table is text of its cell.
#[derive(Default)]
pub(in crate::documents) struct Tables(Vec<usize>);

impl Tables {
    /// Returns whether the current position is in a table.
    pub fn are_open(&self) -> bool {
        !self.0.is_empty()
    }

    /// Starts a table.
    pub fn open(&mut self, writer: &mut Writer) {
        self.edge(writer);
        self.0.push(0);
    }

    /// Starts a row.
    pub fn row(&mut self) {
        self.0.last_mut().into_iter().for_each(|cells| *cells = 0);
    }

    /// Starts a cell.
    pub fn cell(&mut self, writer: &mut Writer) {
        let is_first = self.0.last_mut().is_none_or(|cells| {
            *cells += 1;
            *cells == 1
        });
        match self.0.len() {
            1 if !is_first => writer.cell(),
            _ => writer.space(),
        }
    }

    /// Ends a row.
    pub fn end_row(&self, writer: &mut Writer) {
        if self.0.len() == 1 {
            writer.end_line();
        }
    }

    /// Ends a table.
    pub fn close(&mut self, writer: &mut Writer) {
        self.0.pop();
        self.edge(writer);
    }

    fn edge(&self, writer: &mut Writer) {
        if self.0.is_empty() { writer.gap() } else { writer.space() }
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
