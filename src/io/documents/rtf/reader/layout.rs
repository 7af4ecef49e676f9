//! Control words of paragraphs, lines and tables.

use super::Reader;
use crate::documents::rtf::state::{Destination, Paragraph};
use crate::loss::DocumentLoss;

impl Reader {
    /// Handles control words of paragraphs, lines and tables.
    pub(super) fn layout(&mut self, word: &str) {
        match word {
            "par" | "sect" | "page" | "column" => self.end_paragraph(),
            "line" if self.paragraph.in_table => self.push(" "),
            "line" => self.push("\n"),
            "pard" => self.paragraph = Paragraph::default(),
            "intbl" => {
                self.paragraph.in_table = true;
                if !self.in_rows && self.writer.paragraph().is_empty() {
                    self.writer.gap();
                    self.in_rows = true;
                }
            }
            "cell" if self.now.destination == Destination::Text => self.writer.cell(),
            "nestcell" => self.push(" "),
            "row" if self.now.destination == Destination::Text => self.writer.end_line(),
            _ => self.character(word),
        }
    }

    pub(super) fn end_paragraph(&mut self) {
        if self.now.destination == Destination::Note {
            return self.note.end();
        }
        if self.now.destination != Destination::Text || self.now.deleted {
            return;
        }
        let style = self.styles.get(&self.paragraph.style);
        let name = style.map_or("", |style| style.name.trim());
        let named = match name {
            "title" => Some(0),
            name => name
                .strip_prefix("heading ")
                .and_then(|level| level.parse::<i32>().ok())
                .map(|level| level - 1),
        };
        let outline = self.paragraph.outline.or(style.and_then(|style| style.outline)).or(named);
        let level =
            outline.filter(|level| (0..9).contains(level)).and_then(|level| u8::try_from(level + 1).ok());
        let after_rows =
            self.in_rows && !self.paragraph.in_table && !self.writer.paragraph().trim().is_empty();
        if self.paragraph.in_table {
            self.writer.space();
        } else if name.strip_prefix("toc ").is_some_and(|level| level.parse::<u8>().is_ok()) {
            self.writer.forget();
            self.writer.drop(DocumentLoss::ContentsLines, 1);
        } else if let Some(level) = level {
            self.writer.end_heading(level);
        } else if self.paragraph.is_item && !after_rows {
            self.writer.end_line();
        } else {
            self.writer.end();
        }
        self.in_rows &= !after_rows;
        self.paragraph.is_item = false;
    }
}
