//! Anchors: named positions in a document, such as the pages of a PDF, headings, or the times of a
//! transcript.

use smol_str::SmolStr;

use super::{Text, TextRange};

/// A named position in a text, on a character boundary.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Anchor {
    /// Offset in bytes.
    pub at: usize,
    /// The page, heading or time that begins there.
    pub kind: AnchorKind,
}

/// The kind and name of an anchor.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AnchorKind {
    /// A page, with the number or name printed on it, or its number from 1.
    Page(SmolStr),
    /// A heading; `level` is from 1, the highest, to 6.
    Heading {
        /// Its level.
        level: u8,
        /// Its text.
        title: String,
    },
    /// A time of a transcript, `hh:mm:ss`.
    Time(SmolStr),
}

/// The anchors of a document, sorted by offset. Anchors at the same offset keep their order. Lookups take a
/// binary search.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Anchors {
    all: Vec<Anchor>,
    /// Indices in `all` of the pages, headings and times.
    pages: Vec<u32>,
    headings: Vec<u32>,
    times: Vec<u32>,
    /// The highest level of any heading.
    top_level: u8,
}

impl Anchors {
    /// Sorts anchors by offset.
    pub fn new(mut all: Vec<Anchor>) -> Self {
        all.sort_by_key(|anchor| anchor.at);
        let mut anchors = Self::default();
        for (index, anchor) in (0..).zip(&all) {
            match anchor.kind {
                AnchorKind::Page(_) => anchors.pages.push(index),
                AnchorKind::Heading { level, .. } => {
                    let first = anchors.headings.is_empty();
                    anchors.top_level = if first { level } else { anchors.top_level.min(level) };
                    anchors.headings.push(index);
                }
                AnchorKind::Time(_) => anchors.times.push(index),
            }
        }
        anchors.all = all;
        anchors
    }

    /// All anchors, by offset.
    pub fn all(&self) -> &[Anchor] {
        &self.all
    }

    /// True if there are no anchors.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The anchors that begin in a range.
    pub fn within(&self, range: TextRange) -> &[Anchor] {
        let from = self.all.partition_point(|anchor| anchor.at < range.start);
        let to = self.all.partition_point(|anchor| anchor.at < range.end);
        self.all.get(from..to).unwrap_or_default()
    }

    /// The first anchor that is outside the text or inside a character.
    pub fn first_outside(&self, text: &Text) -> Option<&Anchor> {
        self.all.iter().find(|anchor| !text.holds(TextRange { start: anchor.at, end: anchor.at }))
    }

    /// The pages, each with its offset in bytes.
    pub fn pages(&self) -> impl ExactSizeIterator<Item = (usize, &str)> {
        self.named(&self.pages)
    }

    /// The times of a transcript, each with its offset in bytes.
    pub fn times(&self) -> impl ExactSizeIterator<Item = (usize, &str)> {
        self.named(&self.times)
    }

    /// The headings.
    pub fn headings(&self) -> impl ExactSizeIterator<Item = Heading<'_>> {
        self.headings.iter().map(|&index| self.heading(index))
    }

    /// The highest level of any heading; 0 without headings.
    pub fn top_level(&self) -> u8 {
        self.top_level
    }

    /// Number of pages that begin at or before a byte.
    pub fn pages_to(&self, byte: usize) -> usize {
        self.count_up_to(&self.pages, byte)
    }

    /// Number of times at or before a byte.
    pub fn times_to(&self, byte: usize) -> usize {
        self.count_up_to(&self.times, byte)
    }

    /// Number of headings at or before a byte: the number, from 1, of the section that contains it.
    pub fn headings_to(&self, byte: usize) -> usize {
        self.count_up_to(&self.headings, byte)
    }

    /// The page that contains a byte.
    pub fn page_at(&self, byte: usize) -> Option<&str> {
        self.last_up_to(&self.pages, byte).map(|index| self.name(index))
    }

    /// The nearest heading at or before a byte, of any level.
    pub fn heading_at(&self, byte: usize) -> Option<Heading<'_>> {
        self.last_up_to(&self.headings, byte).map(|index| self.heading(index))
    }

    /// The time of the transcript at a byte.
    pub fn time_at(&self, byte: usize) -> Option<&str> {
        self.last_up_to(&self.times, byte).map(|index| self.name(index))
    }

    /// The offset of a page by its name, ignoring case.
    pub fn page_named(&self, name: &str) -> Option<usize> {
        self.pages().find(|(_, page)| page.eq_ignore_ascii_case(name.trim())).map(|(at, _)| at)
    }

    /// Returns the location of a passage, as people cite it.
    pub fn locate(&self, passage: TextRange) -> Locator<'_> {
        let last = passage.end.saturating_sub(1).max(passage.start);
        let page = self.page_at(passage.start);
        // A passage that begins before the first page may end on one.
        let to_page = self.page_at(last).filter(|to| Some(*to) != page);
        Locator {
            page: page.or(to_page),
            to_page: page.and(to_page),
            time: self.time_at(passage.start),
            heading: self.heading_at(passage.start).map(|heading| heading.title),
        }
    }

    fn named<'a>(&'a self, indices: &'a [u32]) -> impl ExactSizeIterator<Item = (usize, &'a str)> {
        indices.iter().map(|&index| (self.offset(index), self.name(index)))
    }

    fn count_up_to(&self, indices: &[u32], byte: usize) -> usize {
        indices.partition_point(|&index| self.offset(index) <= byte)
    }

    fn last_up_to(&self, indices: &[u32], byte: usize) -> Option<u32> {
        indices.get(self.count_up_to(indices, byte).checked_sub(1)?).copied()
    }

    fn offset(&self, index: u32) -> usize {
        self.all.get(index as usize).map_or(0, |anchor| anchor.at)
    }

    fn name(&self, index: u32) -> &str {
        match self.all.get(index as usize).map(|anchor| &anchor.kind) {
            Some(AnchorKind::Page(name) | AnchorKind::Time(name)) => name,
            Some(AnchorKind::Heading { title, .. }) => title,
            None => "",
        }
    }

    fn heading(&self, index: u32) -> Heading<'_> {
        let level = match self.all.get(index as usize).map(|anchor| &anchor.kind) {
            Some(AnchorKind::Heading { level, .. }) => *level,
            _ => 1,
        };
        Heading { at: self.offset(index), level, title: self.name(index) }
    }
}

/// A heading of a document.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Heading<'a> {
    /// Offset in bytes.
    pub at: usize,
    /// Its level, from 1 to 6.
    pub level: u8,
    /// Its text.
    pub title: &'a str,
}

/// The location of a passage in its document. Displayed as `pp. 3–4, Security guarantees`; empty if nothing
/// is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Locator<'a> {
    /// The page on which the passage begins.
    pub page: Option<&'a str>,
    /// The page on which it ends, if different.
    pub to_page: Option<&'a str>,
    /// The time at which it is said.
    pub time: Option<&'a str>,
    /// The heading above it.
    pub heading: Option<&'a str>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(at: usize, name: &str) -> Anchor {
        Anchor { at, kind: AnchorKind::Page(name.into()) }
    }

    fn heading(at: usize, level: u8, title: &str) -> Anchor {
        Anchor { at, kind: AnchorKind::Heading { level, title: title.to_owned() } }
    }

    fn anchors() -> Anchors {
        Anchors::new(vec![
            heading(20, 2, "Guarantees"),
            page(2, "iv"),
            heading(2, 1, "Talks"),
            page(30, "5"),
            page(30, "6"),
        ])
    }

    #[test]
    fn a_byte_belongs_to_the_last_page_and_heading_before_it() {
        let anchors = anchors();
        let at = |byte| (anchors.page_at(byte), anchors.heading_at(byte).map(|heading| heading.title));
        assert_eq!(at(1), (None, None));
        assert_eq!(at(2), (Some("iv"), Some("Talks")));
        assert_eq!(at(29), (Some("iv"), Some("Guarantees")));
        assert_eq!(at(30), (Some("6"), Some("Guarantees")), "page 5 is empty");
        assert_eq!(anchors.headings_to(25), 2);
        assert_eq!(anchors.page_named(" IV"), Some(2));
        assert_eq!(anchors.within(TextRange { start: 2, end: 30 }).len(), 3);
    }

    #[test]
    fn a_passage_is_cited_by_the_pages_it_covers() {
        let anchors = anchors();
        let locate = |start, end| anchors.locate(TextRange { start, end }).to_string();
        assert_eq!(locate(3, 9), "p. iv, Talks");
        assert_eq!(locate(21, 30), "p. iv, Guarantees", "it ends before the next page");
        assert_eq!(locate(21, 31), "pp. iv–6, Guarantees");
        assert_eq!(locate(0, 1), "");
        assert_eq!(locate(0, 3), "p. iv");
        let times = Anchors::new(vec![Anchor { at: 0, kind: AnchorKind::Time("00:01:02".into()) }]);
        assert_eq!(times.locate(TextRange { start: 4, end: 5 }).to_string(), "00:01:02");
    }

    #[test]
    fn an_anchor_outside_the_text_is_found() {
        let text = Text::new("a é");
        assert_eq!(Anchors::new(vec![page(0, "1"), page(4, "2")]).first_outside(&text), None);
        for bad in [3, 5] {
            assert!(Anchors::new(vec![page(bad, "1")]).first_outside(&text).is_some(), "{bad}");
        }
    }
}
