//! Which glyph stands for which characters.
//!
//! epaint lays out one glyph per character in left-to-right text: a ligature or a cluster is one glyph with the whole
//! advance, followed by glyphs of no width for its other characters. Rows hold all characters, white space at their
//! ends included. Where a shaper makes more glyphs than characters (split vowels of Indic scripts), all of them carry
//! the first character of their cluster.
//!
//! # What does not work with right-to-left text
//! egui 0.37 has no BiDi. Each stretch of right-to-left letters in one font is shaped as a whole and put down from its
//! last cluster to its first, followed by empty glyphs for all its characters but the first few; the stretches
//! themselves, spaces, digits and punctuation follow each other from left to right. So:
//! - a word reads right, but a sentence has its first word at the left;
//! - a stretch that is broken over two rows has its end in the first of them;
//! - brackets are not mirrored, and digits inside a word of another font stand between its parts.
//!
//! Here such stretches are matched cluster by cluster from their end. A cluster is never cut: caret, selection and
//! highlights go to its outer edges. Where glyphs and characters cannot be matched, the characters stay reachable
//! from the keyboard at the end of their row, without a width of their own.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// A glyph as the matching needs it.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    /// The character that it stands for, or the first of its cluster.
    pub chr: char,
    /// How far it moves the pen, in points.
    pub advance: f32,
}

/// A grapheme or cluster on a row; offsets in bytes from the start of the block, x in points from the left of the row.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Cell {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Left edge.
    pub left: f32,
    /// Right edge.
    pub right: f32,
    /// Whether its text is read from right to left.
    pub right_to_left: bool,
}

/// Whether a letter belongs to a script that is written from right to left.
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}'
        | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

/// Whether a character may get a part of the ligature before it.
fn can_be_joined(c: char) -> bool {
    !c.is_whitespace()
        && !c.is_control()
        && !matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

/// The cells of every row, from left to right, given the glyphs of the rows.
pub fn match_cells(text: &str, rows: &[Vec<Mark>]) -> Vec<Vec<Cell>> {
    Matcher::new(text, rows).run()
}

/// Walks over glyphs and graphemes together.
struct Matcher<'a> {
    text: &'a str,
    marks: &'a [Vec<Mark>],
    out: Vec<Vec<Cell>>,
    row: usize,
    at: usize,
    pen: f32,
}

impl<'a> Matcher<'a> {
    fn new(text: &'a str, marks: &'a [Vec<Mark>]) -> Self {
        let out = marks.iter().map(|row| Vec::with_capacity(row.len())).collect();
        Self { text, marks, out, row: 0, at: 0, pen: 0.0 }
    }

    fn run(mut self) -> Vec<Vec<Cell>> {
        let glyphs: usize = self.marks.iter().map(Vec::len).sum();
        if self.text.is_ascii() && glyphs == self.text.len() {
            self.ascii();
        } else {
            let graphemes: Vec<(usize, &str)> = self.text.grapheme_indices(true).collect();
            self.graphemes(&graphemes, glyphs == self.text.chars().count());
        }
        self.out.iter_mut().for_each(|row| spread_ligatures(row, self.text));
        self.out
    }

    /// The next glyph, if there is any; goes on to the next row where one ends.
    fn peek(&mut self) -> Option<Mark> {
        loop {
            let row = self.marks.get(self.row)?;
            if let Some(&mark) = row.get(self.at) {
                return Some(mark);
            }
            if self.row + 1 >= self.marks.len() {
                return None;
            }
            self.row += 1;
            self.at = 0;
            self.pen = 0.0;
        }
    }

    /// Moves past the glyph that [`Self::peek`] has shown.
    fn step(&mut self, mark: Mark) {
        self.at += 1;
        self.pen += mark.advance;
    }

    fn push(&mut self, row: usize, cell: Cell) {
        if let Some(row) = self.out.get_mut(row) {
            row.push(cell);
        }
    }

    /// One glyph, one byte, one character.
    fn ascii(&mut self) {
        for start in 0..self.text.len() {
            let Some(mark) = self.peek() else { break };
            let (row, left) = (self.row, self.pen);
            self.step(mark);
            let right = self.pen;
            self.push(row, Cell { start, end: start + 1, left, right, right_to_left: false });
        }
    }

    fn graphemes(&mut self, graphemes: &[(usize, &str)], one_to_one: bool) {
        let first = |at: usize| graphemes.get(at).and_then(|(_, g)| g.chars().next());
        let mut at = 0;
        while let Some(&(start, grapheme)) = graphemes.get(at) {
            if first(at).is_some_and(is_right_to_left) {
                let length =
                    graphemes.iter().skip(at).take_while(|(_, g)| g.starts_with(is_right_to_left)).count();
                self.right_to_left(graphemes.get(at..at + length).unwrap_or_default());
                at += length;
            } else {
                self.left_to_right(start, grapheme, first(at + 1), one_to_one);
                at += 1;
            }
        }
    }

    /// A glyph per character; more of them only where they repeat the first character of the cluster.
    fn left_to_right(&mut self, start: usize, grapheme: &str, next: Option<char>, one_to_one: bool) {
        self.peek();
        let (row, left) = (self.row, self.pen);
        let mut right = left;
        for _ in grapheme.chars() {
            let Some(mark) = self.peek() else { break };
            self.step(mark);
            right = if self.row == row { self.pen } else { right };
        }
        let first = grapheme.chars().next();
        if !one_to_one && next != first {
            while let Some(mark) = self.peek().filter(|m| Some(m.chr) == first) {
                self.step(mark);
                right = if self.row == row { self.pen } else { right };
            }
        }
        self.push(row, Cell { start, end: start + grapheme.len(), left, right, right_to_left: false });
    }

    /// A stretch that the shaper has put down from its end, then the empty glyphs that epaint puts after it.
    fn right_to_left(&mut self, stretch: &[(usize, &str)]) {
        let mut beyond = stretch.len();
        let mut taken = 0;
        while beyond > 0 {
            let Some(mark) = self.peek() else { break };
            let head = stretch.get(..beyond).unwrap_or_default();
            let Some(found) = head.iter().rposition(|(_, g)| g.starts_with(mark.chr)) else { break };
            taken = self.cluster(stretch, found..beyond);
            beyond = found;
        }
        // Clusters for which no glyph was found stay reachable, without a width.
        let (row, left) = (self.row, self.pen);
        for &(start, grapheme) in stretch.get(..beyond).unwrap_or_default() {
            self.push(
                row,
                Cell { start, end: start + grapheme.len(), left, right: left, right_to_left: true },
            );
        }
        for c in stretch.iter().flat_map(|(_, g)| g.chars()).skip(taken) {
            let Some(mark) = self.peek().filter(|m| m.chr == c && m.advance == 0.0) else { break };
            self.step(mark);
        }
    }

    /// The graphemes `which` of a stretch are one cluster: takes its glyphs, returns how many.
    fn cluster(&mut self, stretch: &[(usize, &str)], which: Range<usize>) -> usize {
        let graphemes = stretch.get(which).unwrap_or_default();
        let (Some(&(start, first)), Some(&(last, end))) = (graphemes.first(), graphemes.last()) else {
            return 0;
        };
        let characters: usize = graphemes.iter().map(|(_, g)| g.chars().count()).sum();
        let (row, left) = (self.row, self.pen);
        let mut right = left;
        let mut taken = 0;
        while taken < characters {
            let Some(mark) = self.peek().filter(|m| first.starts_with(m.chr)) else { break };
            if taken > 0 && right > left && mark.advance > 0.0 {
                break;
            }
            self.step(mark);
            right = if self.row == row { self.pen } else { right };
            taken += 1;
        }
        self.push(row, Cell { start, end: last + end.len(), left, right, right_to_left: true });
        taken
    }
}

/// Gives the graphemes of a ligature equal parts of its width.
fn spread_ligatures(row: &mut [Cell], text: &str) {
    let joins = |cell: &Cell| {
        let first = text.get(cell.start..).and_then(|t| t.chars().next());
        cell.right - cell.left <= 0.0 && !cell.right_to_left && first.is_some_and(can_be_joined)
    };
    let mut at = 0;
    while at < row.len() {
        let rest = row.get(at + 1..).unwrap_or_default();
        let joined = rest.iter().take_while(|cell| joins(cell)).count();
        let part = row.get_mut(at..=at + joined).unwrap_or_default();
        if let Some(&Cell { left, right, right_to_left: false, .. }) = part.first()
            && joined > 0
            && right > left
        {
            let width = (right - left) / (joined + 1) as f32;
            for (i, cell) in part.iter_mut().enumerate() {
                cell.left = left + width * i as f32;
                cell.right = left + width * (i + 1) as f32;
            }
        }
        at += joined + 1;
    }
}
