//! The table of contents of a document: its headings or, without headings, its pages or the times of a transcript.

use demarche_model::{Anchors, Document, Heading, TextRange};

use crate::Session;
use crate::words::reading::{self as words, ContentsOf};

/// Maximum length of a page's first words in its entry, in bytes.
const FIRST_WORDS: usize = 80;

/// The table of contents of a document. Entries are made one by one, so that only visible ones cost anything.
#[derive(Clone, Copy)]
pub struct Outline<'a> {
    document: &'a Document,
    of: ContentsOf,
}

/// A line of the table of contents.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OutlineEntry {
    /// The offset that it leads to, in bytes.
    pub at: usize,
    /// The depth of indentation, from 0.
    pub depth: usize,
    /// The heading, or the name of the page or time.
    pub title: String,
    /// The first words after a page or time; empty for a heading.
    pub words: String,
    /// The page of a heading; empty if unknown.
    pub page: String,
}

impl<'a> Outline<'a> {
    /// Creates the outline of a document; `None` if it has no headings, pages or times.
    pub fn new(document: &'a Document) -> Option<Self> {
        let anchors = &document.anchors;
        let of = if anchors.headings().len() > 0 {
            ContentsOf::Headings
        } else if anchors.pages().len() > 0 {
            ContentsOf::Pages
        } else if anchors.times().len() > 0 {
            ContentsOf::Times
        } else {
            return None;
        };
        Some(Self { document, of })
    }

    fn anchors(&self) -> &'a Anchors {
        &self.document.anchors
    }

    /// The number of entries; at least one.
    pub fn len(&self) -> usize {
        match self.of {
            ContentsOf::Headings => self.anchors().headings().len(),
            ContentsOf::Pages => self.anchors().pages().len(),
            ContentsOf::Times => self.anchors().times().len(),
        }
    }

    /// Returns `false`: a document with nothing to list has no table of contents.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The noun for an entry: `heading`, `page` or `time`.
    pub fn noun(&self) -> &'static str {
        words::entry(self.of)
    }

    /// The entry at an index.
    pub fn entry(&self, index: usize) -> Option<OutlineEntry> {
        match self.of {
            ContentsOf::Headings => self.anchors().headings().nth(index).map(|heading| self.heading(heading)),
            ContentsOf::Pages => {
                let (at, page) = self.anchors().pages().nth(index)?;
                Some(self.anchor_entry(at, words::page(page), self.anchors().pages().nth(index + 1)))
            }
            ContentsOf::Times => {
                let (at, time) = self.anchors().times().nth(index)?;
                Some(self.anchor_entry(at, time.to_owned(), self.anchors().times().nth(index + 1)))
            }
        }
    }

    /// The index of the entry that an offset belongs to; `None` before the first.
    pub fn at(&self, byte: usize) -> Option<usize> {
        let before = match self.of {
            ContentsOf::Headings => self.anchors().headings_to(byte),
            ContentsOf::Pages => self.anchors().pages_to(byte),
            ContentsOf::Times => self.anchors().times_to(byte),
        };
        before.checked_sub(1)
    }

    fn heading(&self, heading: Heading<'_>) -> OutlineEntry {
        let page = self.anchors().page_at(heading.at).unwrap_or_default().to_owned();
        let depth = usize::from(heading.level.saturating_sub(self.anchors().top_level()));
        OutlineEntry { at: heading.at, depth, title: heading.title.to_owned(), words: String::new(), page }
    }

    fn anchor_entry(&self, at: usize, title: String, next: Option<(usize, &str)>) -> OutlineEntry {
        let end = next.map_or(usize::MAX, |(next, _)| next);
        let words = self.document.text.as_ref().map(|text| first_words(text.as_str(), at, end));
        OutlineEntry { at, depth: 0, title, words: words.unwrap_or_default(), page: String::new() }
    }
}

/// The first words of a range, on one line.
fn first_words(text: &str, from: usize, to: usize) -> String {
    // Looks only at as much as it may show, with room for white space at the front.
    let to = text.floor_char_boundary(to.min(from.saturating_add(FIRST_WORDS * 8)).min(text.len()));
    let mut words = String::new();
    for word in text.get(from..to).unwrap_or_default().split_whitespace() {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
        if words.len() > FIRST_WORDS {
            break;
        }
    }
    words
}

impl Session {
    /// The table of contents of the open document.
    pub fn outline(&self) -> Option<Outline<'_>> {
        self.document().and_then(|document| Outline::new(document))
    }

    /// Moves the caret to an offset of the open document, and scrolls there.
    pub fn go_to_offset(&mut self, at: usize) {
        if let Some(document) = self.view.document().cloned() {
            self.go_to_range(&document, TextRange { start: at, end: at });
        }
    }
}
