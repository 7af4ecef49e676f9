//! Conversion of offsets in a file into offsets in the stored text, which has LF line ends and no byte order mark.

use crate::annotations::{Counting, LineEnds, Unit};

/// The text of a file with LF line ends, and the mapping of its characters.
pub(in crate::annotations) struct Offsets {
    unit: Unit,
    /// Indices of the characters that were removed, ascending.
    removed: Vec<usize>,
    /// Indices of the original characters with two UTF-16 units, ascending; empty if offsets are in characters.
    wide: Vec<usize>,
}

impl Offsets {
    /// Turns CR LF and CR into LF, and removes a byte order mark.
    pub fn new(original: String, Counting { unit, line_ends }: Counting) -> (String, Self) {
        let original = match line_ends {
            LineEnds::AsWritten => original,
            LineEnds::One => normal(original).0,
            LineEnds::Two => normal(original).0.replace('\n', "\r\n"),
        };
        let wide = match unit {
            Unit::Characters => Vec::new(),
            Unit::Utf16 => {
                let wide = original.chars().enumerate().filter(|(_, c)| c.len_utf16() == 2);
                wide.map(|(at, _)| at).collect()
            }
        };
        let (text, removed) = normal(original);
        (text, Self { unit, removed, wide })
    }

    /// Converts an offset in the file into characters of the text. `None` before the start or inside a character.
    pub fn character(&self, offset: i64) -> Option<usize> {
        let offset = usize::try_from(offset).ok()?;
        let original = match self.unit {
            Unit::Characters => offset,
            Unit::Utf16 => self.of_utf16(offset)?,
        };
        Some(original - self.removed.partition_point(|&removed| removed < original))
    }

    fn of_utf16(&self, offset: usize) -> Option<usize> {
        // The k-th wide character starts k units after its index in characters.
        let mut low = 0;
        let mut high = self.wide.len();
        while low < high {
            let middle = low + (high - low) / 2;
            if self.wide[middle] + middle < offset { low = middle + 1 } else { high = middle }
        }
        let inside = low > 0 && self.wide[low - 1] + low == offset;
        (!inside).then(|| offset - low)
    }
}

/// Returns a text with LF line ends and no byte order mark, and the characters that were removed.
pub(super) fn normal(original: String) -> (String, Vec<usize>) {
    if !original.contains('\r') && !original.starts_with('\u{feff}') {
        return (original, Vec::new());
    }
    let mut text = String::with_capacity(original.len());
    let mut removed = Vec::new();
    let mut characters = original.chars().enumerate().peekable();
    while let Some((at, c)) = characters.next() {
        match c {
            '\u{feff}' if at == 0 => removed.push(at),
            '\r' if characters.peek().is_some_and(|(_, next)| *next == '\n') => removed.push(at),
            '\r' => text.push('\n'),
            other => text.push(other),
        }
    }
    (text, removed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_follow_the_line_ends() {
        let original = "\u{feff}a\r\nb\rc\r\n";
        let (text, offsets) = Offsets::new(original.to_owned(), Counting::default());
        assert_eq!(text, "a\nb\nc\n");
        for (at, c) in original.chars().enumerate().filter(|(_, c)| c.is_alphabetic()) {
            assert_eq!(text.chars().nth(offsets.character(at as i64).unwrap()), Some(c));
        }
        let end = offsets.character(original.chars().count() as i64);
        assert_eq!(end, Some(text.chars().count()));
        assert_eq!(offsets.character(-1), None);
    }

    #[test]
    fn units_of_utf16_become_characters() {
        let original = "👩a\r\n👧👧b";
        let (text, offsets) = Offsets::new(original.to_owned(), Unit::Utf16.into());
        let mut unit = 0;
        let mut kept = 0;
        for c in original.chars() {
            if c != '\r' {
                assert_eq!(offsets.character(unit), Some(kept), "{c:?}");
                kept += 1;
            }
            if c.len_utf16() == 2 {
                assert_eq!(offsets.character(unit + 1), None, "inside {c:?}");
            }
            unit += c.len_utf16() as i64;
        }
        assert_eq!(offsets.character(unit), Some(text.chars().count()));
    }

    #[test]
    fn line_ends_count_as_one_or_as_two() {
        let one = Counting { line_ends: LineEnds::One, ..Counting::default() };
        let two = Counting { line_ends: LineEnds::Two, unit: Unit::Utf16 };
        for original in ["\u{feff}👩a\r\nb\nc", "👩a\nb\nc", "👩a\rb\r\nc"] {
            let (text, offsets) = Offsets::new(original.to_owned(), one);
            assert_eq!(text, "👩a\nb\nc");
            assert_eq!([1, 3, 5, 6].map(|at| offsets.character(at)), [1, 3, 5, 6].map(Some), "{original:?}");
            let (text, offsets) = Offsets::new(original.to_owned(), two);
            assert_eq!(text, "👩a\nb\nc");
            assert_eq!([2, 5, 8, 9].map(|at| offsets.character(at)), [1, 3, 5, 6].map(Some), "{original:?}");
        }
    }
}
