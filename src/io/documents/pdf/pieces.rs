//! The content of the pages of a PDF, in order.

use super::layout::blocks::{Block, blocks};
use super::layout::columns::{Region, regions};
use super::layout::direction::in_order;
use super::layout::frames::{Frame, is_east_asian};
use super::layout::tables::cells;
use super::layout::{Area, Group, Row, Word};
use crate::documents::office::BULLET;

/// Least length in bytes of a paragraph that certainly has several lines.
const SEVERAL_LINES: usize = 200;
/// Greatest size of a note, relative to that of the text.
const NOTE: f32 = 0.93;
/// The marks of lists without numbers.
const MARKS: [&str; 14] = ["•", "◦", "▪", "■", "‣", "·", "–", "—", "-", "*", "○", "●", "□", "➢"];

/// A page.
#[derive(Clone, Default, Debug)]
pub(super) struct Page {
    /// Its content; notes are at the end.
    pub pieces: Vec<Piece>,
    /// Headings in the outline that were not found on the page.
    pub headings: Vec<(u8, String)>,
}

/// A part of a word, on one line.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Part {
    pub text: String,
    /// Whether it follows the part before it without a space.
    pub is_glued: bool,
    /// Whether its line ends with it.
    pub ends_line: bool,
    /// The index of its page, from 0.
    pub page: usize,
    pub area: Area,
}

/// A paragraph or a table.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Piece {
    /// Its kind.
    pub kind: Kind,
    /// Its words; empty for a table.
    pub parts: Vec<Part>,
    /// The font size of most of its letters, in points.
    pub size: f32,
    /// The number of its lines.
    pub lines: usize,
}

#[derive(Clone, PartialEq, Debug)]
pub(super) enum Kind {
    /// A heading of this level.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// A list item.
    Item,
    /// A note at the foot of the page.
    Note,
    /// The rows of a table, each with its cells.
    Table(Vec<Vec<Vec<Part>>>),
}

impl Piece {
    /// Returns its text; empty for a table.
    pub fn text(&self) -> String {
        joined(&self.parts)
    }

    /// Returns whether it is a heading in the outline, with or without its number.
    pub fn is_called(&self, title: &str) -> bool {
        let bare = |text: &str| -> String {
            let text = text.trim_start_matches(|c: char| c.is_ascii_digit() || ". \t".contains(c));
            text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
        };
        let text = self.text();
        text.len() <= 300 && !bare(title).is_empty() && bare(&text) == bare(title)
    }

    /// Returns whether the next piece on the same page continues it at the top of the next column. That is only certain
    /// for a paragraph of several lines; a short one may be a separate line.
    pub fn is_broken_off(&self, next: &Self) -> bool {
        let text = self.text();
        self.kind == Kind::Paragraph && text.len() >= SEVERAL_LINES && next.goes_on_from(&text)
    }

    /// Returns whether it continues the end of the previous page, which ends in the middle of a sentence.
    pub fn goes_on_from(&self, above: &str) -> bool {
        let ended = above.trim_end().ends_with(['.', '!', '?', ':', ';', '"', '”', '»', ')', '。', '؟', '।']);
        let begins = self.parts.first().is_some_and(|part| part.text.starts_with(char::is_lowercase));
        self.kind == Kind::Paragraph && !above.trim().is_empty() && !ended && begins
    }

    /// Returns all its parts.
    pub fn all_parts(&mut self) -> Vec<&mut Vec<Part>> {
        match &mut self.kind {
            Kind::Table(rows) => rows.iter_mut().flatten().collect(),
            Kind::Heading(_) | Kind::Paragraph | Kind::Item | Kind::Note => vec![&mut self.parts],
        }
    }
}

/// Returns the text of parts.
pub(super) fn joined(parts: &[Part]) -> String {
    let mut text = String::new();
    for part in parts {
        if !text.is_empty() && !part.is_glued {
            text.push(' ');
        }
        text.push_str(&part.text);
    }
    text
}

/// Returns the content of a page from the rows of its groups, without headings and notes, which show only in the whole
/// document.
pub(super) fn pieces(groups: Vec<Group>, page: usize) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for group in groups {
        let frame = group.frame;
        for region in regions(group.rows) {
            match region {
                Region::Text(rows) => {
                    pieces.extend(blocks(rows).into_iter().map(|block| paragraph(block, &frame, page)));
                }
                Region::Table(rows, gaps) => {
                    let size = rows.first().map_or(0.0, |row| row.size);
                    let parts = |cell: Vec<Word>| parts(&[Row::of(cell)], &frame, page);
                    let row = |cells: Vec<Vec<Word>>| {
                        cells
                            .into_iter()
                            .map(|cell| if cell.is_empty() { Vec::new() } else { parts(cell) })
                            .collect()
                    };
                    let table: Vec<Vec<Vec<Part>>> = cells(&rows, &gaps).into_iter().map(row).collect();
                    let lines = table.len();
                    pieces.push(Piece { kind: Kind::Table(table), parts: Vec::new(), size, lines });
                }
            }
        }
    }
    pieces
}

fn paragraph(block: Block, frame: &Frame, page: usize) -> Piece {
    let mut sizes: Vec<f32> = block.rows.iter().map(|row| row.size).collect();
    sizes.sort_by(f32::total_cmp);
    let size = sizes.get(sizes.len() / 2).copied().unwrap_or_default();
    let mut parts = parts(&block.rows, frame, page);
    if let Some(mark) = parts.first_mut().filter(|mark| block.is_item && MARKS.contains(&mark.text.as_str()))
    {
        mark.text = BULLET.trim_end().to_owned();
    }
    let kind = if block.is_item { Kind::Item } else { Kind::Paragraph };
    Piece { kind, parts, size, lines: block.rows.len() }
}

fn parts(rows: &[Row], frame: &Frame, page: usize) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for row in rows {
        let mut words = row.words.clone();
        in_order(&mut words);
        let count = words.len();
        for (at, word) in words.into_iter().enumerate() {
            let area = Area {
                left: word.left,
                top: word.base - word.size * 0.8,
                right: word.right,
                bottom: word.base + word.size * 0.2,
            };
            let is_glued = if at > 0 {
                word.is_glued
            } else {
                // Lines of a script without spaces.
                let is_wide = |c: Option<char>| c.is_some_and(is_east_asian);
                parts.last().is_some_and(|last| is_wide(last.text.chars().last()))
                    && is_wide(word.text.chars().next())
            };
            let text = word.text.to_string();
            parts.push(Part { text, is_glued, ends_line: at + 1 == count, page, area: frame.area(area) });
        }
    }
    parts
}

/// Finds headings, by their sizes, and notes, which are moved to the end of their page.
pub(super) fn classify(pages: &mut [Page]) {
    let Some(body) = body(pages) else { return };
    let mut sizes: Vec<f32> = Vec::new();
    let is_heading = |piece: &Piece| {
        let text = piece.text();
        matches!(piece.kind, Kind::Paragraph | Kind::Item)
            && piece.size >= body * 1.15
            && piece.lines <= 4
            && text.len() <= 250
            && text.chars().filter(|c| c.is_alphabetic()).count() >= 2
    };
    for piece in pages.iter().flat_map(|page| &page.pieces).filter(|piece| is_heading(piece)) {
        if !sizes.iter().any(|size| (size - piece.size).abs() < body * 0.05) {
            sizes.push(piece.size);
        }
    }
    sizes.sort_by(|one, other| other.total_cmp(one));
    for page in pages {
        for piece in &mut page.pieces {
            if is_heading(piece) {
                let level =
                    sizes.iter().position(|size| (size - piece.size).abs() < body * 0.05).unwrap_or(0);
                piece.kind = Kind::Heading(u8::try_from(level + 1).unwrap_or(6).min(6));
            }
        }
        find_notes(&mut page.pieces, body);
    }
}

/// Returns the font size of most letters.
fn body(pages: &[Page]) -> Option<f32> {
    let mut counts: std::collections::BTreeMap<i32, usize> = std::collections::BTreeMap::new();
    for piece in pages.iter().flat_map(|page| &page.pieces) {
        let letters: usize = piece.parts.iter().map(|part| part.text.len()).sum();
        *counts.entry((piece.size * 4.0).round() as i32).or_default() += letters;
    }
    let most = counts.into_iter().max_by_key(|(_, count)| *count)?;
    (most.1 > 0).then_some(most.0 as f32 / 4.0)
}

/// Finds the notes at the foot of a page: from the first small paragraph with a number or mark, all that are small and
/// below.
fn find_notes(pieces: &mut Vec<Piece>, body: f32) {
    let bottom = |piece: &Piece| piece.parts.iter().map(|part| part.area.bottom).fold(0.0, f32::max);
    let lowest = pieces.iter().filter(|piece| piece.size > body * NOTE).map(bottom).fold(0.0, f32::max);
    let top = |piece: &Piece| piece.parts.iter().map(|part| part.area.top).fold(f32::INFINITY, f32::min);
    let mut is_open = false;
    for piece in pieces.iter_mut() {
        let is_small = piece.size <= body * NOTE && matches!(piece.kind, Kind::Paragraph | Kind::Item);
        let is_marked = piece.parts.first().is_some_and(|part| {
            let mark = part.text.trim_matches(['[', ']', '(', ')', '.']);
            part.text.starts_with(['*', '†', '‡'])
                || (1..=3).contains(&mark.len()) && mark.bytes().all(|byte| byte.is_ascii_digit())
        });
        is_open = is_small && top(piece) >= lowest - body && (is_open || is_marked);
        if is_open {
            piece.kind = Kind::Note;
        }
    }
    let (notes, text): (Vec<Piece>, Vec<Piece>) =
        pieces.drain(..).partition(|piece| piece.kind == Kind::Note);
    pieces.extend(text.into_iter().chain(notes));
}
