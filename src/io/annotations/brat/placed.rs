//! A text with standoff annotations: what the offsets count, detected from the quotes of passages.

use crate::annotations::Counting;
use crate::annotations::placing::{Offsets, readings};
use crate::export::brat::{is_break, rejoin};
use demarche_model::{Text, TextRange};

/// A passage in the file: ranges and quote.
pub(super) struct Passage<'a> {
    pub ranges: Vec<(i64, i64)>,
    /// The quote, if there is one.
    pub words: Option<&'a str>,
}

/// A text with the mapping of its offsets.
pub(super) struct Placed {
    text: Text,
    offsets: Offsets,
}

impl Placed {
    /// Returns the reading of a text that fits most passages, by default as brat counts.
    pub fn fitting(original: &str, passages: &[Passage<'_>]) -> (Self, Counting) {
        let plain = Self::new(original, Counting::default());
        let misses = plain.misses(passages);
        if misses == 0 {
            return (plain, Counting::default());
        }
        let others = readings(original, Counting::default()).into_iter().skip(1);
        let others = others.map(|counting| (Self::new(original, counting), counting));
        let others = others.map(|(placed, counting)| (placed.misses(passages), placed, counting));
        match others.min_by_key(|(misses, ..)| *misses).filter(|(fewer, ..)| *fewer < misses) {
            Some((_, placed, counting)) => (placed, counting),
            None => (plain, Counting::default()),
        }
    }

    fn new(original: &str, counting: Counting) -> Self {
        let (text, offsets) = Offsets::new(original.to_owned(), counting);
        Self { text: Text::new(text), offsets }
    }

    fn misses(&self, passages: &[Passage<'_>]) -> usize {
        passages.iter().filter(|passage| !self.fits(passage)).count()
    }

    /// Returns whether the quote of a passage, if it has one, is at its ranges. Line ends may have become blanks, old versions
    /// of brat joined fragments without a separator, and what follows after white space is not part of the quote.
    pub fn fits(&self, passage: &Passage<'_>) -> bool {
        let Some(words) = passage.words else { return true };
        let Some(parts) = self.parts(&passage.ranges) else { return false };
        let mut left = words;
        for (at, part) in parts.iter().enumerate() {
            if at > 0 {
                left = left.strip_prefix(' ').unwrap_or(left);
            }
            let Some(rest) = after(left, self.text.slice(*part)) else { return false };
            left = rest;
        }
        left.is_empty() || left.starts_with(char::is_whitespace)
    }

    /// Returns the offsets of the ranges of a passage, joining those that are separated by line ends only.
    pub fn joined(&self, ranges: &[(i64, i64)]) -> Option<Vec<(i64, i64)>> {
        let parts = self.parts(ranges)?;
        let offset_of = |byte: usize, end: fn(&TextRange) -> usize, of: fn(&(i64, i64)) -> i64| {
            parts.iter().position(|part| end(part) == byte).map(|at| of(&ranges[at]))
        };
        let mut sorted = parts.clone();
        sorted.sort_unstable();
        let joined = rejoin(&sorted, self.text.as_str()).into_iter();
        let offsets = joined.map(|range| {
            let start = offset_of(range.start, |part| part.start, |range| range.0)?;
            Some((start, offset_of(range.end, |part| part.end, |range| range.1)?))
        });
        offsets.collect()
    }

    /// Returns the ranges in bytes; `None` if one is outside the text.
    fn parts(&self, ranges: &[(i64, i64)]) -> Option<Vec<TextRange>> {
        let byte = |offset: i64| self.text.byte_offset(self.offsets.character(offset)?);
        let part = |&(start, end): &(i64, i64)| {
            let (start, end) = (byte(start)?, byte(end)?);
            (start <= end).then_some(TextRange { start, end })
        };
        ranges.iter().map(part).collect()
    }
}

/// Returns what is left of a quote after a part of the text, whose line ends may be blanks in it, each as one or, for CR LF,
/// as two.
fn after<'q>(quote: &'q str, part: &str) -> Option<&'q str> {
    if let Some(rest) = quote.strip_prefix(part) {
        return Some(rest);
    }
    let mut left = quote;
    for c in part.chars() {
        left = match c {
            c if is_break(c) => {
                let two = ["\r\n", "  "].iter().find_map(|two| left.strip_prefix(two));
                two.or_else(|| left.strip_prefix([' ', c]))?
            }
            c => left.strip_prefix(c)?,
        };
    }
    Some(left)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotations::{LineEnds, Unit};

    fn check(text: &str, ranges: &[(i64, i64)], words: &str, fits: bool, counting: Counting) {
        let passages = [Passage { ranges: ranges.to_vec(), words: Some(words) }];
        let (placed, found) = Placed::fitting(text, &passages);
        assert_eq!(placed.fits(&passages[0]), fits, "{text:?} {words:?}");
        assert_eq!(found, counting, "{text:?} {words:?}");
    }

    #[test]
    fn the_words_decide_what_offsets_count() {
        let brat = Counting::default();
        let of = |unit, line_ends| Counting { unit, line_ends };
        check("one two", &[(4, 7)], "two", true, brat);
        check("one two", &[(4, 7)], "two \tmore", true, brat);
        check("one two", &[(4, 7)], "twofold", false, brat);
        check("one two", &[(0, 3), (4, 7)], "onetwo", true, brat);
        check("one\ntwo", &[(0, 7)], "one two", true, brat);
        check("one\r\ntwo", &[(0, 8)], "one  two", true, brat);
        check("👩 a\r\nb", &[(2, 3), (5, 6)], "a b", true, brat);
        check("👩 a\r\nb", &[(4, 5)], "b", true, of(Unit::Characters, LineEnds::One));
        check("👩 a\r\nb", &[(3, 4)], "a", true, of(Unit::Utf16, LineEnds::AsWritten));
        check("👩 a\r\nb", &[(3, 4), (5, 6)], "a b", true, of(Unit::Utf16, LineEnds::One));
        check("a\nb", &[(3, 4)], "b", true, of(Unit::Characters, LineEnds::Two));
        check("👩 a\r\nb", &[(3, 4)], "x", false, brat);
    }

    #[test]
    fn parts_that_a_line_end_divides_are_joined_with_the_offsets_of_the_file() {
        let ranges = [(9, 12), (0, 3), (5, 8)];
        let (placed, _) = Placed::fitting("one\r\ntwo six", &[]);
        assert_eq!(placed.joined(&ranges), Some(vec![(0, 8), (9, 12)]));
    }
}
