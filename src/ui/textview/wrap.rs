//! Counts the rows that a block will take, without laying it out.
//!
//! The greedy wrap follows the rules of epaint's `line_break` and its rounding of glyphs to pixels. It knows the
//! advance of every character and the kerning of pairs, but neither ligatures of more than two characters nor
//! joining, so it is wrong for a few blocks in a thousand.

use std::collections::HashMap;

/// Measures text in the document's font, in points.
pub trait Measure {
    /// Returns the advance of a single character.
    fn advance(&mut self, c: char) -> f32;
    /// Returns the advance of two characters together, kerned or joined.
    fn pair_advance(&mut self, a: char, b: char) -> f32;
}

/// A cache of advances and kerning, filled on demand.
#[derive(Clone)]
pub struct Advances {
    /// Indexed by the character times 128 plus the one that follows it; NaN if not measured yet.
    ascii: Vec<f32>,
    pairs: HashMap<(char, char), f32>,
    other: HashMap<char, f32>,
}

impl Default for Advances {
    fn default() -> Self {
        Self { ascii: vec![f32::NAN; 128 * 128], pairs: HashMap::new(), other: HashMap::new() }
    }
}

impl Advances {
    /// Returns the advance of `c` before `next`.
    fn before(&mut self, c: char, next: Option<char>, measure: &mut impl Measure) -> f32 {
        let next = next.filter(|&next| is_kerned(next));
        match next {
            Some(next) if c.is_ascii() && next.is_ascii() => {
                let cell = c as usize * 128 + next as usize;
                let known = self.ascii.get(cell).copied().unwrap_or(f32::NAN);
                if !known.is_nan() {
                    return known;
                }
                let advance = self.kerned(c, next, measure);
                if let Some(cell) = self.ascii.get_mut(cell) {
                    *cell = advance;
                }
                advance
            }
            Some(next) if is_kerned(c) => match self.pairs.get(&(c, next)) {
                Some(&advance) => advance,
                None => {
                    let advance = self.kerned(c, next, measure);
                    self.pairs.insert((c, next), advance);
                    advance
                }
            },
            _ => self.alone(c, measure),
        }
    }

    fn kerned(&mut self, c: char, next: char, measure: &mut impl Measure) -> f32 {
        if c == '\t' {
            return self.alone(c, measure);
        }
        measure.pair_advance(c, next) - self.alone(next, measure)
    }

    fn alone(&mut self, c: char, measure: &mut impl Measure) -> f32 {
        let c = representative(c);
        if let Some(&advance) = self.other.get(&c) {
            return advance;
        }
        let advance = if c == '\t' { 4.0 * measure.advance(' ') } else { measure.advance(c) };
        self.other.insert(c, advance);
        advance
    }
}

/// Returns whether a character may be kerned: Latin letters, digits, punctuation.
fn is_kerned(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{A0}'..='\u{24F}' | '\u{2010}'..='\u{2026}')
}

/// Returns the character to measure instead of `c`. All characters of the large scripts have the same width, so that
/// measuring one of them is enough and loads a single glyph.
fn representative(c: char) -> char {
    match c {
        '\u{AC00}'..='\u{D7A3}' => '가',
        '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}' => '一',
        '\u{3041}'..='\u{30FF}' => 'あ',
        '\u{1F300}'..='\u{1FAFF}' => '\u{1F600}',
        _ => c,
    }
}

/// Positions where a row may break, each with its index and the x after it; see epaint's `RowBreakCandidates`.
#[derive(Default, Clone, Copy)]
struct BreakCandidates {
    word: Option<(usize, f32)>,
    dash: Option<(usize, f32)>,
    punctuation: Option<(usize, f32)>,
    any: Option<(usize, f32)>,
}

impl BreakCandidates {
    fn best(&self) -> Option<(usize, f32)> {
        self.word.or(self.dash).or(self.punctuation).or(self.any)
    }

    fn forget_up_to(&mut self, index: usize) {
        for candidate in [&mut self.word, &mut self.dash, &mut self.punctuation, &mut self.any] {
            if candidate.is_some_and(|(i, _)| i <= index) {
                *candidate = None;
            }
        }
    }

    fn add(&mut self, at: (usize, f32), c: char, next: Option<char>) {
        let space = c.is_whitespace() && c != '\u{A0}';
        if space || (is_cjk(c) && next.is_none_or(may_start_row)) {
            self.word = Some(at);
        } else if c == '-' {
            self.dash = Some(at);
        } else if c.is_ascii_punctuation() {
            self.punctuation = Some(at);
        } else if next.is_some_and(is_cjk) {
            self.word = Some(at);
        }
        self.any = Some(at);
    }
}

/// The column that text wraps in.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Column {
    /// Its width in points.
    pub width: f32,
    /// Pixels per point.
    pub scale: f32,
}

/// Returns the number of rows that a text without line ends takes, at least one.
pub fn count_rows(text: &str, column: Column, advances: &mut Advances, measure: &mut impl Measure) -> u32 {
    let scale = column.scale.max(0.1);
    let to_pixel = |x: f32| (x * scale + 0.125).floor() / scale;
    let mut rows = 1;
    let mut pen = 0.0;
    let mut row_start = 0.0;
    let mut candidates = BreakCandidates::default();
    let mut chars = text.chars().peekable();
    let mut index = 0;
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        let advance = advances.before(c, next, measure);
        let right = to_pixel(pen) + advance;
        pen += advance;
        if right - row_start > column.width
            && let Some((last, after)) = candidates.best()
        {
            rows += 1;
            row_start = to_pixel(after);
            candidates.forget_up_to(last);
        }
        candidates.add((index, pen), c, next);
        index += 1;
    }
    rows
}

/// Returns the number of rows estimated from the number of bytes alone, for the first frame of a document.
pub fn rough_row_count(bytes: usize, width_per_byte: f32, width: f32) -> u32 {
    // Rows are not filled to the end, because words wrap as a whole.
    let filled = (width * 0.955).max(1.0);
    ((bytes as f32 * width_per_byte / filled).ceil() as u32).max(1)
}

fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{2B740}'..='\u{2B81F}' | '\u{3040}'..='\u{30FF}')
}

fn may_start_row(c: char) -> bool {
    const NEVER_FIRST: &str = ")]｝〕〉》」』】〙〗〟'\"｠»ヽヾーァィゥェォッャュョヮヵヶぁぃぅぇぉっゃゅょゎゕゖㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ々〻‐゠–〜?!‼⁇⁈⁉・、:;,。.！％），．：；？］”’…";
    !NEVER_FIRST.contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Ten;

    impl Measure for Ten {
        fn advance(&mut self, _: char) -> f32 {
            10.0
        }

        fn pair_advance(&mut self, a: char, b: char) -> f32 {
            if (a, b) == ('A', 'V') { 15.0 } else { 20.0 }
        }
    }

    #[test]
    fn rows_break_where_epaint_breaks() {
        let check = |text: &str, width: f32, expect: u32| {
            let column = Column { width, scale: 1.0 };
            let rows = count_rows(text, column, &mut Advances::default(), &mut Ten);
            assert_eq!(rows, expect, "{text:?} at {width}");
        };
        check("", 100.0, 1);
        check("aaaa bbbb", 100.0, 1);
        check("aaaa bbbb", 80.0, 2);
        check("aaaa bbbb cccc", 50.0, 3);
        // A word that is too long breaks anywhere.
        check("aaaaaaaaaaaaaaaaaaaa", 50.0, 4);
        check("aaa-bbb", 50.0, 2);
        check("漢字漢字漢字漢字漢字", 50.0, 2);
        check("aaaa", 0.0, 4);
        check("AVAVAV", 45.0, 1);
    }

    #[test]
    fn the_rough_estimate_is_at_least_one_row() {
        assert_eq!(rough_row_count(0, 8.0, 500.0), 1);
        assert_eq!(rough_row_count(100, 8.0, 0.0), 800);
    }
}
