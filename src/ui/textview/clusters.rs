//! Matches glyphs with the characters they represent.
//!
//! epaint lays out one glyph per character in left-to-right text: a ligature or cluster is one glyph with the whole
//! advance, followed by zero-width glyphs for its other characters. Rows contain all characters, including the white
//! space at their ends. Where the shaper makes more glyphs than characters (split vowels of Indic scripts), all of
//! them carry the first character of their cluster.
//!
//! # Limitations with right-to-left text
//! egui 0.37 has no BiDi. Each run of right-to-left letters in one font is shaped as a whole and laid out from its
//! last cluster to its first, followed by empty glyphs for all its characters except the first few; the runs
//! themselves, spaces, digits and punctuation follow each other from left to right. So:
//! - a word reads correctly, but a sentence has its first word on the left;
//! - a run that is broken over two rows has its end in the first of them;
//! - brackets are not mirrored, and digits inside a word of another font appear between its parts.
//!
//! Such runs are matched cluster by cluster, from their end. A cluster is never cut: caret, selection and highlights
//! go to its outer edges. Where glyphs and characters cannot be matched, the characters remain reachable from the
//! keyboard at the end of their row, with zero width.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// The properties of a glyph that the matching needs.
#[derive(Clone, Copy, Debug)]
pub struct Glyph {
    /// The character it represents, or the first of its cluster.
    pub chr: char,
    /// Its advance in points.
    pub advance: f32,
}

/// A grapheme or cluster on a row. Offsets are in bytes from the start of the block, x in points from the left of the
/// row.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Cluster {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Left edge.
    pub left: f32,
    /// Right edge.
    pub right: f32,
    /// Whether its text runs from right to left.
    pub right_to_left: bool,
}

/// Returns whether a letter belongs to a right-to-left script.
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}'
        | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

/// Returns whether a character can be part of the ligature before it.
fn can_be_joined(c: char) -> bool {
    !c.is_whitespace()
        && !c.is_control()
        && !matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

/// Returns the clusters of every row from left to right, given the glyphs of the rows.
pub fn match_clusters(text: &str, rows: &[Vec<Glyph>]) -> Vec<Vec<Cluster>> {
    Matcher::new(text, rows).run()
}

/// Walks over glyphs and graphemes in parallel.
struct Matcher<'a> {
    text: &'a str,
    glyphs: &'a [Vec<Glyph>],
    out: Vec<Vec<Cluster>>,
    row: usize,
    at: usize,
    pen: f32,
}

impl<'a> Matcher<'a> {
    fn new(text: &'a str, glyphs: &'a [Vec<Glyph>]) -> Self {
        let out = glyphs.iter().map(|row| Vec::with_capacity(row.len())).collect();
        Self { text, glyphs, out, row: 0, at: 0, pen: 0.0 }
    }

    fn run(mut self) -> Vec<Vec<Cluster>> {
        let glyphs: usize = self.glyphs.iter().map(Vec::len).sum();
        if self.text.is_ascii() && glyphs == self.text.len() {
            self.ascii();
        } else {
            let graphemes: Vec<(usize, &str)> = self.text.grapheme_indices(true).collect();
            self.graphemes(&graphemes, glyphs == self.text.chars().count());
        }
        self.out.iter_mut().for_each(|row| spread_ligatures(row, self.text));
        self.out
    }

    /// Returns the next glyph, if any. Moves on to the next row at the end of one.
    fn peek(&mut self) -> Option<Glyph> {
        loop {
            let row = self.glyphs.get(self.row)?;
            if let Some(&glyph) = row.get(self.at) {
                return Some(glyph);
            }
            if self.row + 1 >= self.glyphs.len() {
                return None;
            }
            self.row += 1;
            self.at = 0;
            self.pen = 0.0;
        }
    }

    /// Moves past the glyph that [`Self::peek`] returned.
    fn step(&mut self, glyph: Glyph) {
        self.at += 1;
        self.pen += glyph.advance;
    }

    fn push(&mut self, row: usize, cell: Cluster) {
        if let Some(row) = self.out.get_mut(row) {
            row.push(cell);
        }
    }

    /// Matches a text in which every glyph is one byte and one character.
    fn ascii(&mut self) {
        for start in 0..self.text.len() {
            let Some(glyph) = self.peek() else { break };
            let (row, left) = (self.row, self.pen);
            self.step(glyph);
            let right = self.pen;
            self.push(row, Cluster { start, end: start + 1, left, right, right_to_left: false });
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

    /// Matches a glyph per character; more glyphs only if they repeat the first character of the cluster.
    fn left_to_right(&mut self, start: usize, grapheme: &str, next: Option<char>, one_to_one: bool) {
        self.peek();
        let (row, left) = (self.row, self.pen);
        let mut right = left;
        for _ in grapheme.chars() {
            let Some(glyph) = self.peek() else { break };
            self.step(glyph);
            right = if self.row == row { self.pen } else { right };
        }
        let first = grapheme.chars().next();
        if !one_to_one && next != first {
            while let Some(glyph) = self.peek().filter(|m| Some(m.chr) == first) {
                self.step(glyph);
                right = if self.row == row { self.pen } else { right };
            }
        }
        self.push(row, Cluster { start, end: start + grapheme.len(), left, right, right_to_left: false });
    }

    /// Matches a run that the shaper has laid out from its end, and the empty glyphs that epaint puts after it.
    fn right_to_left(&mut self, run: &[(usize, &str)]) {
        let mut beyond = run.len();
        let mut taken = 0;
        while beyond > 0 {
            let Some(glyph) = self.peek() else { break };
            let head = run.get(..beyond).unwrap_or_default();
            let Some(found) = head.iter().rposition(|(_, g)| g.starts_with(glyph.chr)) else { break };
            taken = self.cluster(run, found..beyond);
            beyond = found;
        }
        // Clusters without a glyph remain reachable, with zero width.
        let (row, left) = (self.row, self.pen);
        for &(start, grapheme) in run.get(..beyond).unwrap_or_default() {
            self.push(
                row,
                Cluster { start, end: start + grapheme.len(), left, right: left, right_to_left: true },
            );
        }
        for c in run.iter().flat_map(|(_, g)| g.chars()).skip(taken) {
            let Some(glyph) = self.peek().filter(|m| m.chr == c && m.advance == 0.0) else { break };
            self.step(glyph);
        }
    }

    /// Consumes the glyphs of the graphemes `which` of a run, which form one cluster. Returns their number.
    fn cluster(&mut self, run: &[(usize, &str)], which: Range<usize>) -> usize {
        let graphemes = run.get(which).unwrap_or_default();
        let (Some(&(start, first)), Some(&(last, end))) = (graphemes.first(), graphemes.last()) else {
            return 0;
        };
        let characters: usize = graphemes.iter().map(|(_, g)| g.chars().count()).sum();
        let (row, left) = (self.row, self.pen);
        let mut right = left;
        let mut taken = 0;
        while taken < characters {
            let Some(glyph) = self.peek().filter(|m| first.starts_with(m.chr)) else { break };
            if taken > 0 && right > left && glyph.advance > 0.0 {
                break;
            }
            self.step(glyph);
            right = if self.row == row { self.pen } else { right };
            taken += 1;
        }
        self.push(row, Cluster { start, end: last + end.len(), left, right, right_to_left: true });
        taken
    }
}

/// Divides the width of each ligature equally among its graphemes.
fn spread_ligatures(row: &mut [Cluster], text: &str) {
    let joins = |cell: &Cluster| {
        let first = text.get(cell.start..).and_then(|t| t.chars().next());
        cell.right - cell.left <= 0.0 && !cell.right_to_left && first.is_some_and(can_be_joined)
    };
    let mut at = 0;
    while at < row.len() {
        let rest = row.get(at + 1..).unwrap_or_default();
        let joined = rest.iter().take_while(|cell| joins(cell)).count();
        let part = row.get_mut(at..=at + joined).unwrap_or_default();
        if let Some(&Cluster { left, right, right_to_left: false, .. }) = part.first()
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
