//! Control words of paragraphs and lines.

use super::Reader;
use crate::documents::office::Block;
use crate::documents::rtf::state::Paragraph;
use crate::loss::DocumentLoss;

impl Reader {
    /// Handles control words of paragraphs, lines and tables.
    pub(super) fn layout(&mut self, word: &str, value: i32) {
        match word {
            "par" | "sect" | "page" | "column" => self.end_paragraph(),
            "line" if self.tables.are_open() => self.push(" "),
            "line" => self.push("\n"),
            "pard" => self.flow.paragraph = Paragraph::default(),
            "intbl" => self.flow.paragraph.in_table = true,
            "itap" => self.flow.paragraph.depth = usize::try_from(value).unwrap_or_default(),
            "cell" => self.end_cell(false),
            "nestcell" => self.end_cell(true),
            "row" => self.end_row(false),
            "nestrow" => self.end_row(true),
            _ => self.character(word),
        }
    }

    pub(super) fn end_paragraph(&mut self) {
        if !self.flows() || self.now.deleted {
            return;
        }
        if self.flow.writer.paragraph().is_empty() && self.flow.rows.is_empty() && self.flow.boxes.is_empty()
        {
            self.flow.paragraph.is_item = false;
            return self.flow.writer.end();
        }
        let style = self.styles.get(&self.flow.paragraph.style);
        let name = style.map_or("", |style| style.name.trim());
        let named = match name {
            "title" => Some(0),
            name => name
                .strip_prefix("heading ")
                .and_then(|level| level.parse::<i32>().ok())
                .map(|level| level - 1),
        };
        let outline = self.flow.paragraph.outline.or(style.and_then(|style| style.outline)).or(named);
        let level =
            outline.filter(|level| (0..9).contains(level)).and_then(|level| u8::try_from(level + 1).ok());
        let is_item = std::mem::take(&mut self.flow.paragraph.is_item);
        let is_contents = name.strip_prefix("toc ").is_some_and(|level| level.parse::<u8>().is_ok());
        // A number without words is that of a row.
        let has_words = std::mem::take(&mut self.flow.has_words);
        let block = if has_words && (level.is_some() || is_item) { Block::Structured } else { Block::Plain };
        let writer = &mut self.flow.writer;
        let in_line = self.tables.paragraph(block, has_words || is_item, writer);
        if in_line {
        } else if is_contents {
            writer.forget();
            writer.drop(DocumentLoss::ContentsLines, 1);
        } else if let Some(level) = level {
            writer.end_heading(level);
        } else if is_item {
            writer.end_line();
        } else {
            writer.end();
        }
        for text in std::mem::take(&mut self.flow.boxes) {
            if in_line { writer.append_in_cell(text) } else { writer.append(text) }
        }
    }
}
