//! A range of a text.

/// A half-open range `start..end` of a document's text, in bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct TextRange {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl TextRange {
    /// The range between two offsets, in either order.
    pub fn new(a: usize, b: usize) -> Self {
        Self { start: a.min(b), end: a.max(b) }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// True if the range contains no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// True if both contain a common byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// True if the range contains the byte at `offset`.
    pub fn contains(self, offset: usize) -> bool {
        self.start <= offset && offset < self.end
    }

    /// The common part, if there is one.
    pub fn intersect(self, other: Self) -> Option<Self> {
        let (start, end) = (self.start.max(other.start), self.end.min(other.end));
        (start < end).then_some(Self { start, end })
    }
}

/// Returns the smallest range that covers both.
pub(super) fn cover(a: Option<TextRange>, b: Option<TextRange>) -> TextRange {
    match (a, b) {
        (Some(a), Some(b)) => TextRange { start: a.start.min(b.start), end: a.end.max(b.end) },
        (a, b) => a.or(b).unwrap_or_default(),
    }
}
