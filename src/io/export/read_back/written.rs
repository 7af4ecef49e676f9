//! Texts and ranges as a format writes them.

use std::borrow::Cow;

use crate::xml::is_held;
use demarche_model::{Ranges, TextRange};

/// How a format writes texts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// To the byte.
    Verbatim,
    /// With `U+FFFD` for each character that XML does not allow.
    ForXml,
}

impl Written {
    /// Returns a text as it is written.
    pub fn text(self, text: &str) -> Cow<'_, str> {
        match self {
            Self::ForXml if text.chars().any(|c| !is_held(c)) => {
                text.replace(|c| !is_held(c), "\u{fffd}").into()
            }
            Self::ForXml | Self::Verbatim => text.into(),
        }
    }

    /// Returns how the offsets of a text change when it is written.
    pub fn shifts(self, text: &str) -> Shifts {
        let replaced = text.char_indices().filter(|(_, c)| self == Self::ForXml && !is_held(*c));
        let mut extra = 0;
        let replaced = replaced.map(|(at, c)| {
            extra += char::REPLACEMENT_CHARACTER.len_utf8() - c.len_utf8();
            (at, extra)
        });
        Shifts(if self == Self::Verbatim { Vec::new() } else { replaced.collect() })
    }
}

/// The byte offsets of replaced characters in a text, each with the number of bytes by which what follows it moves.
#[derive(Default)]
pub(super) struct Shifts(Vec<(usize, usize)>);

impl Shifts {
    /// Returns the ranges of a passage in the text as it is written.
    pub fn ranges<'a>(&self, ranges: &'a Ranges) -> Cow<'a, Ranges> {
        if self.0.is_empty() {
            return Cow::Borrowed(ranges);
        }
        let moved = |at: usize| {
            let before = self.0.partition_point(|(replaced, _)| *replaced < at);
            at + before.checked_sub(1).map_or(0, |last| self.0[last].1)
        };
        let there = ranges.iter().map(|range| TextRange { start: moved(range.start), end: moved(range.end) });
        Ranges::new(there).map_or(Cow::Borrowed(ranges), Cow::Owned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use demarche_model::Text;

    #[test]
    fn ranges_move_with_replaced_characters() {
        let text = Text::new("a\u{b}b\u{c}한 end\n");
        let written = Text::new(&*Written::ForXml.text(text.as_str()));
        assert_eq!(written.as_str(), "a\u{fffd}b\u{fffd}한 end\n");
        for word in ["a", "\u{b}b", "한", "end"] {
            let start = text.as_str().find(word).unwrap();
            let ranges = Ranges::one(TextRange { start, end: start + word.len() }).unwrap();
            let shifts = Written::ForXml.shifts(text.as_str());
            let there = shifts.ranges(&ranges);
            assert_eq!(written.slice(there.cover()), Written::ForXml.text(word));
            assert_eq!(*Written::Verbatim.shifts(text.as_str()).ranges(&ranges), ranges);
        }
    }
}
