//! Tables and pages of word processors: rows become lines, breaks become places.

use crate::documents::writer::Writer;
use demarche_model::AnchorKind;

/// The tables that are open, each with the cells so far in its row. One that stands in a cell is words of that cell.
#[derive(Default)]
pub(in crate::documents) struct Tables(Vec<usize>);

impl Tables {
    /// Whether what is written now stands in a table.
    pub fn are_open(&self) -> bool {
        !self.0.is_empty()
    }

    /// A table begins.
    pub fn open(&mut self, writer: &mut Writer) {
        self.edge(writer);
        self.0.push(0);
    }

    /// A row begins.
    pub fn row(&mut self) {
        self.0.last_mut().into_iter().for_each(|cells| *cells = 0);
    }

    /// A cell begins.
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

    /// A row ends.
    pub fn end_row(&self, writer: &mut Writer) {
        if self.0.len() == 1 {
            writer.end_line();
        }
    }

    /// A table ends.
    pub fn close(&mut self, writer: &mut Writer) {
        self.0.pop();
        self.edge(writer);
    }

    fn edge(&self, writer: &mut Writer) {
        if self.0.is_empty() { writer.gap() } else { writer.space() }
    }
}

/// The breaks of pages so far, as a program noted them when it showed the document last.
#[derive(Default)]
pub(in crate::documents) struct Pages(usize);

impl Pages {
    /// The next page begins here.
    pub fn next(&mut self, writer: &mut Writer) {
        self.0 += 1;
        writer.anchor(AnchorKind::Page((self.0 + 1).to_string().into()));
    }

    /// The document ends. Without a break nothing was noted, and there may be pages that nobody knows of.
    pub fn end(&self, writer: &mut Writer) {
        if self.0 > 0 {
            writer.anchor_front(AnchorKind::Page("1".into()));
        }
    }
}
