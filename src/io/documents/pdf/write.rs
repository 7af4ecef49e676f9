//! Writing of pages as one text, with the place of each word on its page.

use std::ops::Range;

use super::layout::Area;
use super::pieces::{Kind, Page, Part, Piece};
use crate::documents::writer::Writer;
use demarche_model::AnchorKind;

/// A run of the text and its place on a page.
#[derive(Clone, PartialEq, Debug)]
pub struct Place {
    /// The range in the text, in bytes. A word that is divided between lines has two places.
    pub range: Range<usize>,
    /// The index of the page, from 0.
    pub page: usize,
    /// The rectangle around its glyphs, in points from the upper left corner of the page as it is displayed.
    pub area: Area,
}

/// Writes pages; a paragraph may continue on the next page. Returns the words in their order, for [`places`].
pub(super) fn write(writer: &mut Writer, pages: &[Page], names: &[String]) -> Vec<Part> {
    let mut pen = Pen { writer, names, begun: 0, written: Vec::new() };
    for (at, page) in pages.iter().enumerate() {
        pen.begin(at);
        for (level, title) in &page.headings {
            pen.writer.anchor(AnchorKind::Heading { level: *level, title: title.clone() });
        }
        page.pieces.iter().for_each(|piece| pen.piece(piece));
    }
    pen.writer.end();
    pen.written
}

struct Pen<'w, 'p> {
    writer: &'w mut Writer,
    names: &'p [String],
    /// The number of pages that have begun.
    begun: usize,
    written: Vec<Part>,
}

impl Pen<'_, '_> {
    /// Adds the anchors of all pages up to this one, if they are missing.
    fn begin(&mut self, page: usize) {
        while self.begun <= page {
            if let Some(name) = self.names.get(self.begun) {
                self.writer.anchor(AnchorKind::Page(name.as_str().into()));
            }
            self.begun += 1;
        }
    }

    fn piece(&mut self, piece: &Piece) {
        match &piece.kind {
            Kind::Heading(level) => {
                self.writer.end();
                self.parts(&piece.parts);
                self.writer.end_heading(*level);
            }
            Kind::Item => {
                self.parts(&piece.parts);
                self.writer.end_line();
            }
            Kind::Table(rows) => {
                self.writer.gap();
                for row in rows {
                    for (place, cell) in row.iter().enumerate() {
                        if place > 0 {
                            self.writer.cell();
                        }
                        self.parts(cell);
                    }
                    self.writer.end_line();
                }
                self.writer.gap();
            }
            Kind::Paragraph | Kind::Note => {
                self.parts(&piece.parts);
                self.writer.end();
            }
        }
    }

    fn parts(&mut self, parts: &[Part]) {
        for (at, part) in parts.iter().enumerate() {
            if at > 0 && !part.is_glued {
                self.writer.space();
            }
            self.begin(part.page);
            self.writer.push(&part.text);
            self.written.push(part.clone());
        }
    }
}

/// Returns the places of written words in the finished text, which differs from them in white space only.
pub(super) fn places(text: &str, written: &[Part]) -> Vec<Place> {
    let mut at = 0;
    let mut places = Vec::with_capacity(written.len());
    for part in written {
        let letters = part.text.chars().filter(|c| !is_left_out(*c));
        let mut range: Option<Range<usize>> = None;
        for letter in letters {
            let rest = text.get(at..).unwrap_or_default();
            let skipped: usize =
                rest.chars().take_while(|c| is_left_out(*c) && *c != letter).map(char::len_utf8).sum();
            if !rest.get(skipped..).unwrap_or_default().starts_with(letter) {
                // The text is not what was written.
                return places;
            }
            let from = at + skipped;
            at = from + letter.len_utf8();
            range = Some(range.map_or(from, |range| range.start)..at);
        }
        places.extend(range.map(|range| Place { range, page: part.page, area: part.area }));
    }
    places
}

/// Returns whether a character may be changed or left out by the writer.
fn is_left_out(c: char) -> bool {
    c.is_whitespace() || c.is_control() || c == '\u{feff}'
}
