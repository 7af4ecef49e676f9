//! The content of the pages of a PDF, in order.

use unpdf::model::ListStyle;
use unpdf::{Block, Document, Paragraph, Table};

use crate::documents::office::BULLET;

/// Least length in bytes of a paragraph that certainly has several lines.
const SEVERAL_LINES: usize = 200;

/// A page.
#[derive(Clone, Default, Debug)]
pub(super) struct Page {
    /// Its number in the file, from 1.
    pub number: u32,
    /// Its content.
    pub pieces: Vec<Piece>,
    /// Headings in the outline that were not found on the page.
    pub headings: Vec<(u8, String)>,
    /// The number of removed headers, footers and page numbers.
    pub removed: usize,
}

/// A paragraph or a table.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Piece {
    /// Its kind.
    pub kind: Kind,
    /// Its text; empty for a table.
    pub text: String,
}

#[derive(Clone, PartialEq, Debug)]
pub(super) enum Kind {
    /// A heading of this level.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// A list item.
    Item,
    /// The rows of a table.
    Table(Vec<Vec<String>>),
}

impl Piece {
    /// Returns whether it is a heading in the outline, with or without its number.
    pub fn is_called(&self, title: &str) -> bool {
        let bare = |text: &str| -> String {
            let text = text.trim_start_matches(|c: char| c.is_ascii_digit() || ". \t".contains(c));
            text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
        };
        self.text.len() <= 300 && !bare(title).is_empty() && bare(&self.text) == bare(title)
    }

    /// Returns whether the next piece on the same page continues it at the top of the next column. That is only certain
    /// for a paragraph of several lines; a short one may be a separate line.
    pub fn is_broken_off(&self, next: &Self) -> bool {
        self.kind == Kind::Paragraph && self.text.len() >= SEVERAL_LINES && next.goes_on_from(&self.text)
    }

    /// Returns whether it continues the end of the previous page, which ends in the middle of a sentence.
    pub fn goes_on_from(&self, above: &str) -> bool {
        let ended = above.trim_end().ends_with(['.', '!', '?', ':', ';', '"', '”', '»', ')', '。', '؟', '।']);
        let begins = self.text.trim_start().starts_with(|c: char| c.is_lowercase());
        self.kind == Kind::Paragraph && !above.trim().is_empty() && !ended && begins
    }
}

/// Returns the pages of a file.
pub(super) fn pages(document: &Document) -> Vec<Page> {
    let page = |page: &unpdf::Page| {
        let pieces = page.elements.iter().filter_map(piece).collect();
        Page { number: page.number, pieces, ..Page::default() }
    };
    document.pages.iter().map(page).collect()
}

fn piece(block: &Block) -> Option<Piece> {
    let (kind, text) = match block {
        Block::Paragraph(paragraph) => paragraph_of(paragraph),
        Block::Table(table) => (Kind::Table(rows(table)), String::new()),
        Block::Code { content } | Block::Raw { content } => (Kind::Paragraph, content.clone()),
        _ => return None,
    };
    let is_table = matches!(kind, Kind::Table(_));
    (is_table || !text.trim().is_empty()).then_some(Piece { kind, text })
}

fn paragraph_of(paragraph: &Paragraph) -> (Kind, String) {
    let text = paragraph.plain_text();
    if let Some(level) = paragraph.style.heading_level {
        return (Kind::Heading(level), text);
    }
    match paragraph.style.list_info.as_ref().map(|info| &info.style) {
        Some(ListStyle::Unordered { marker }) => {
            let words = text.strip_prefix(&format!("{marker} ")).unwrap_or(&text);
            (Kind::Item, format!("{BULLET}{words}"))
        }
        Some(_) => (Kind::Item, text),
        None => (Kind::Paragraph, text),
    }
}

fn rows(table: &Table) -> Vec<Vec<String>> {
    let cell = |cell: &unpdf::TableCell| cell.plain_text().split_whitespace().collect::<Vec<_>>().join(" ");
    table.rows.iter().map(|row| row.cells.iter().map(cell).collect()).collect()
}
