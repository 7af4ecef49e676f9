//! The table of contents of a document: its headings; where it has none its pages, or the times of a transcript.

use demarche_model::{Anchors, Document, Heading, TextRange};

use crate::Session;

/// Characters of a page's first words that its entry shows at most.
const WORDS: usize = 80;

/// The contents of a document. Entries are made one by one, so that only those in sight cost anything.
#[derive(Clone, Copy)]
pub struct Outline<'a> {
    document: &'a Document,
    by: By,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Headings,
    Pages,
    Times,
}

/// A line of the contents.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OutlineEntry {
    /// The byte that it leads to.
    pub at: usize,
    /// How far it stands in, from 0.
    pub depth: usize,
    /// The heading; of a page or a time its name.
    pub title: String,
    /// First words of the page, or of what is said; empty for a heading.
    pub words: String,
    /// The page on which a heading stands; empty where that is not known.
    pub page: String,
}

impl<'a> Outline<'a> {
    /// The contents of a document; `None` where it has neither headings nor pages nor times.
    pub fn of(document: &'a Document) -> Option<Self> {
        let anchors = &document.anchors;
        let by = if anchors.headings().len() > 0 {
            By::Headings
        } else if anchors.pages().len() > 0 {
            By::Pages
        } else if anchors.times().len() > 0 {
            By::Times
        } else {
            return None;
        };
        Some(Self { document, by })
    }

    fn anchors(&self) -> &'a Anchors {
        &self.document.anchors
    }

    /// How many entries there are; at least one.
    pub fn len(&self) -> usize {
        match self.by {
            By::Headings => self.anchors().headings().len(),
            By::Pages => self.anchors().pages().len(),
            By::Times => self.anchors().times().len(),
        }
    }

    /// Never: a document with nothing to list has no contents.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What the entries are: `headings`, `pages` or `times`.
    pub fn noun(&self) -> &'static str {
        match self.by {
            By::Headings => "heading",
            By::Pages => "page",
            By::Times => "time",
        }
    }

    /// An entry.
    pub fn entry(&self, index: usize) -> Option<OutlineEntry> {
        match self.by {
            By::Headings => self.anchors().headings().nth(index).map(|heading| self.heading(heading)),
            By::Pages => {
                let (at, page) = self.anchors().pages().nth(index)?;
                Some(self.place(at, format!("p. {page}"), self.anchors().pages().nth(index + 1)))
            }
            By::Times => {
                let (at, time) = self.anchors().times().nth(index)?;
                Some(self.place(at, time.to_owned(), self.anchors().times().nth(index + 1)))
            }
        }
    }

    /// The number of the entry that a byte stands under; `None` before the first.
    pub fn at(&self, byte: usize) -> Option<usize> {
        let before = match self.by {
            By::Headings => self.anchors().headings_to(byte),
            By::Pages => self.anchors().pages_to(byte),
            By::Times => self.anchors().times_to(byte),
        };
        before.checked_sub(1)
    }

    fn heading(&self, heading: Heading<'_>) -> OutlineEntry {
        let page = self.anchors().page_at(heading.at).unwrap_or_default().to_owned();
        let depth = usize::from(heading.level.saturating_sub(self.anchors().top_level()));
        OutlineEntry { at: heading.at, depth, title: heading.title.to_owned(), words: String::new(), page }
    }

    fn place(&self, at: usize, title: String, next: Option<(usize, &str)>) -> OutlineEntry {
        let end = next.map_or(usize::MAX, |(next, _)| next);
        let words = self.document.text.as_ref().map(|text| first_words(text.as_str(), at, end));
        OutlineEntry { at, depth: 0, title, words: words.unwrap_or_default(), page: String::new() }
    }
}

/// The first words of a stretch, on one line.
fn first_words(text: &str, from: usize, to: usize) -> String {
    // Looks at no more than it may show, with room for white space at the front.
    let to = text.floor_char_boundary(to.min(from.saturating_add(WORDS * 8)).min(text.len()));
    let mut words = String::new();
    for word in text.get(from..to).unwrap_or_default().split_whitespace() {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
        if words.len() > WORDS {
            break;
        }
    }
    words
}

impl Session {
    /// The contents of the document that is shown.
    pub fn outline(&self) -> Option<Outline<'_>> {
        self.document().and_then(|document| Outline::of(document))
    }

    /// Shows a place of the document that is shown, with the caret there.
    pub fn go_to_offset(&mut self, at: usize) {
        if let Some(document) = self.view.document().cloned() {
            self.go_to_range(&document, TextRange { start: at, end: at });
        }
    }
}
