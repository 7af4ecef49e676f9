//! The ranges of a span.

use std::cmp::Ordering;
use std::fmt;

use crate::text_range::TextRange;
use smallvec::SmallVec;

use crate::Text;

/// The ranges of a span: at least one, none empty, sorted, neither overlapping nor adjacent.
///
/// # Examples
///
/// Ranges are sorted, and merged where they overlap or touch:
///
/// ```
/// use demarche_model::{Ranges, TextRange};
///
/// let given = [TextRange::new(9, 12), TextRange::new(0, 4), TextRange::new(3, 7)];
/// let ranges = Ranges::new(given).unwrap();
/// // (0, 7) (9, 12): [0123456]78[9ab]
/// assert_eq!(ranges.iter().collect::<Vec<_>>(), [TextRange::new(0, 7), TextRange::new(9, 12)]);
/// assert_eq!(Ranges::one(TextRange::new(5, 5)), None);
/// ```
///
/// A passage may have gaps:
///
/// ```
/// use demarche_model::{Ranges, Text, TextRange};
///
/// let text = Text::new("We will, if need be, suspend talks.");
/// // (3, 7) (21, 28): We [will], if need be, [suspend] talks.
/// let ranges = Ranges::new([TextRange::new(3, 7), TextRange::new(21, 28)]).unwrap();
/// assert_eq!(ranges.quote(&text), "will suspend");
/// assert_eq!(ranges.cover(), TextRange::new(3, 28));
/// assert!(!ranges.overlaps(TextRange::new(8, 20)));
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Ranges(Stored);

/// One range in a few bytes, since nearly all spans have one, in a text of less than four gigabytes.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Stored {
    One {
        start: u32,
        end: u32,
    },
    /// Any others. A single range that would fit into [`Stored::One`] is never stored here, so that equal ranges have one form.
    Any(Box<[TextRange]>),
}

impl Stored {
    fn of(ranges: &[TextRange]) -> Self {
        if let [TextRange { start, end }] = *ranges
            && let (Ok(start), Ok(end)) = (u32::try_from(start), u32::try_from(end))
        {
            return Self::One { start, end };
        }
        Self::Any(ranges.into())
    }
}

impl Ranges {
    /// Sorts ranges and merges those that overlap or touch. `None` if all of them are empty.
    pub fn new(ranges: impl IntoIterator<Item = TextRange>) -> Option<Self> {
        let mut sorted: SmallVec<[TextRange; 4]> = ranges.into_iter().filter(|r| !r.is_empty()).collect();
        sorted.sort_unstable();
        let mut out: SmallVec<[TextRange; 4]> = SmallVec::new();
        for range in sorted {
            match out.last_mut() {
                Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                _ => out.push(range),
            }
        }
        (!out.is_empty()).then(|| Self(Stored::of(&out)))
    }

    /// A single range. `None` if it is empty.
    pub fn one(range: TextRange) -> Option<Self> {
        Self::new([range])
    }

    /// First byte of the first range.
    pub fn start(&self) -> usize {
        self.cover().start
    }

    /// One past the last byte of the last range.
    pub fn end(&self) -> usize {
        self.cover().end
    }

    /// The range from the first byte to the last, including gaps.
    pub fn cover(&self) -> TextRange {
        match &self.0 {
            Stored::One { start, end } => one(*start, *end),
            Stored::Any(ranges) => TextRange { start: ranges[0].start, end: ranges[ranges.len() - 1].end },
        }
    }

    /// The ranges in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = TextRange> + ExactSizeIterator + '_ {
        (0..self.count()).map(|index| match &self.0 {
            Stored::One { start, end } => one(*start, *end),
            Stored::Any(ranges) => ranges[index],
        })
    }

    /// Number of ranges, at least one.
    pub fn count(&self) -> usize {
        match &self.0 {
            Stored::One { .. } => 1,
            Stored::Any(ranges) => ranges.len(),
        }
    }

    /// The text of the ranges, joined by a space, as in brat.
    pub fn quote(&self, text: &Text) -> String {
        let parts: Vec<&str> = self.iter().map(|range| text.slice(range)).collect();
        parts.join(" ")
    }

    /// Converts ranges in bytes of `text` to characters.
    pub fn to_characters(&self, text: &Text) -> Option<Self> {
        Self::new(self.iter().map(|range| TextRange {
            start: text.char_offset(range.start),
            end: text.char_offset(range.end),
        }))
    }

    /// Converts ranges in characters of `text` to bytes. `None` if they are outside the text.
    pub fn to_bytes(&self, text: &Text) -> Option<Self> {
        let bytes = |range: TextRange| {
            Some(TextRange { start: text.byte_offset(range.start)?, end: text.byte_offset(range.end)? })
        };
        Self::new(self.iter().map(bytes).collect::<Option<Vec<_>>>()?)
    }

    /// True if any of the ranges shares a byte with `range`.
    pub fn overlaps(&self, range: TextRange) -> bool {
        self.iter().any(|r| r.overlaps(range))
    }
}

impl PartialOrd for Ranges {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ranges {
    fn cmp(&self, other: &Self) -> Ordering {
        self.iter().cmp(other.iter())
    }
}

impl fmt::Debug for Ranges {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

fn one(start: u32, end: u32) -> TextRange {
    TextRange { start: start as usize, end: end as usize }
}

#[cfg(test)]
mod tests {
    use super::Ranges;
    use crate::text_range::TextRange;

    #[test]
    fn ranges_are_sorted_joined_and_never_empty() {
        let r = |a, b| TextRange::new(a, b);
        let check = |given: &[TextRange], expect: &[TextRange]| {
            let got = Ranges::new(given.iter().copied()).map(|r| r.iter().collect::<Vec<_>>());
            assert_eq!(got.unwrap_or_default(), expect);
        };
        check(&[], &[]);
        check(&[r(3, 3)], &[]);
        check(&[r(8, 9), r(1, 3)], &[r(1, 3), r(8, 9)]);
        check(&[r(1, 4), r(2, 3), r(4, 6), r(9, 7)], &[r(1, 6), r(7, 9)]);
    }
}
