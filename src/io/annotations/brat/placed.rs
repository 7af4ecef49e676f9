//! A text under standoff: which offsets its passages have, found out by their words.

use crate::annotations::Unit;
use crate::export::brat::{is_break, rejoin};
use crate::words::remarks::Counting;
use demarche_model::{Text, TextRange};

/// A passage as the file has it: ranges and words.
pub(super) struct Passage<'a> {
    pub ranges: Vec<(i64, i64)>,
    /// The words, if there are any.
    pub words: Option<&'a str>,
}

/// A text with the unit that offsets into it have.
pub(super) struct Placed {
    text: Text,
    unit: Unit,
    /// The character that each unit is of, where offsets are of UTF-16.
    characters: Vec<usize>,
}

impl Placed {
    /// The reading of a text that most passages fit: as brat counts, else without the CR of line ends, or in UTF-16, as
    /// tools on the web count. With what was found where it is not the first.
    pub fn fitting(original: String, passages: &[Passage<'_>]) -> (Self, Option<Counting>) {
        let plain = Self::new(original, Unit::Characters);
        let misses = plain.misses(passages);
        let text = plain.text.as_str();
        let ends = text.contains('\r') || text.starts_with('\u{feff}');
        let wide = text.chars().any(|c| c.len_utf16() == 2);
        if misses == 0 || !ends && !wide {
            return (plain, None);
        }
        let unix = || text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
        let mut others = Vec::new();
        if ends {
            others.push((Self::new(unix(), Unit::Characters), Counting::LineEnds));
        }
        if wide {
            others.push((Self::new(text.to_owned(), Unit::Utf16), Counting::Utf16));
        }
        if ends && wide {
            others.push((Self::new(unix(), Unit::Utf16), Counting::Utf16AndLineEnds));
        }
        let best = others.into_iter().min_by_key(|(other, _)| other.misses(passages));
        match best.filter(|(other, _)| other.misses(passages) < misses) {
            Some((other, counting)) => (other, Some(counting)),
            None => (plain, None),
        }
    }

    fn new(text: String, unit: Unit) -> Self {
        let characters = match unit {
            Unit::Characters => Vec::new(),
            Unit::Utf16 => {
                let units =
                    text.chars().enumerate().flat_map(|(at, c)| std::iter::repeat_n(at, c.len_utf16()));
                units.chain([text.chars().count()]).collect()
            }
        };
        Self { text: Text::new(text), unit, characters }
    }

    fn misses(&self, passages: &[Passage<'_>]) -> usize {
        passages.iter().filter(|passage| !self.fits(passage)).count()
    }

    /// Whether the words of a passage stand at its ranges, if it has any. Line ends may have become blanks, old versions
    /// of brat joined pieces with nothing between them, and what follows after white space is no part of the words.
    pub fn fits(&self, passage: &Passage<'_>) -> bool {
        let Some(words) = passage.words else { return true };
        let Some(parts) = self.parts(&passage.ranges) else { return false };
        let mut left = words;
        for (at, part) in parts.iter().enumerate() {
            if at > 0 {
                left = left.strip_prefix(' ').unwrap_or(left);
            }
            let part = self.text.slice(*part);
            let flat = || part.replace(is_break, " ");
            let Some(rest) = left.strip_prefix(part).or_else(|| left.strip_prefix(&*flat())) else {
                return false;
            };
            left = rest;
        }
        left.is_empty() || left.starts_with(char::is_whitespace)
    }

    /// The ranges of a passage with those made one that line ends alone part.
    pub fn joined(&self, ranges: &[(i64, i64)]) -> Option<Vec<TextRange>> {
        let mut parts = self.parts(ranges)?;
        parts.sort_unstable();
        Some(rejoin(&parts, self.text.as_str()))
    }

    /// The ranges as bytes; `None` if one does not lie in the text.
    fn parts(&self, ranges: &[(i64, i64)]) -> Option<Vec<TextRange>> {
        let part = |&(start, end): &(i64, i64)| {
            let (start, end) = (self.byte(start)?, self.byte(end)?);
            (start <= end).then_some(TextRange { start, end })
        };
        ranges.iter().map(part).collect()
    }

    fn byte(&self, offset: i64) -> Option<usize> {
        let offset = usize::try_from(offset).ok()?;
        let character = match self.unit {
            Unit::Characters => offset,
            Unit::Utf16 => {
                let inside = offset > 0 && self.characters.get(offset - 1) == self.characters.get(offset);
                *self.characters.get(offset).filter(|_| !inside)?
            }
        };
        self.text.byte_offset(character)
    }

    /// An offset of the file for a byte.
    pub fn offset(&self, byte: usize) -> i64 {
        let character = self.text.char_offset(byte);
        let offset = match self.unit {
            Unit::Characters => character,
            Unit::Utf16 => self.characters.partition_point(|at| *at < character),
        };
        i64::try_from(offset).unwrap_or(i64::MAX)
    }

    /// The text, and what offsets into it count.
    pub fn into_text(self) -> (String, Unit) {
        (self.text.as_str().to_owned(), self.unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, ranges: &[(i64, i64)], words: &str, fits: bool, counting: Option<Counting>) {
        let passages = [Passage { ranges: ranges.to_vec(), words: Some(words) }];
        let (placed, found) = Placed::fitting(text.to_owned(), &passages);
        assert_eq!(placed.fits(&passages[0]), fits, "{text:?} {words:?}");
        assert_eq!(found, counting, "{text:?} {words:?}");
    }

    #[test]
    fn the_words_decide_what_offsets_count() {
        check("one two", &[(4, 7)], "two", true, None);
        check("one two", &[(4, 7)], "two \tmore", true, None);
        check("one two", &[(4, 7)], "twofold", false, None);
        check("one two", &[(0, 3), (4, 7)], "onetwo", true, None);
        check("one\ntwo", &[(0, 7)], "one two", true, None);
        check("👩 a\r\nb", &[(2, 3), (5, 6)], "a b", true, None);
        check("👩 a\r\nb", &[(4, 5)], "b", true, Some(Counting::LineEnds));
        check("👩 a\r\nb", &[(3, 4)], "a", true, Some(Counting::Utf16));
        check("👩 a\r\nb", &[(3, 4), (5, 6)], "a b", true, Some(Counting::Utf16AndLineEnds));
        check("👩 a\r\nb", &[(3, 4)], "x", false, None);
    }

    #[test]
    fn bytes_become_offsets_again() {
        for unit in [Unit::Characters, Unit::Utf16] {
            let placed = Placed::new("a👩b👧".to_owned(), unit);
            let starts = placed.text.as_str().char_indices().map(|(at, _)| at).chain([placed.text.len()]);
            for byte in starts {
                assert_eq!(placed.byte(placed.offset(byte)), Some(byte));
            }
        }
    }
}
