//! Documents: what is known of them, their text, and the layers over it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use smol_str::SmolStr;

use super::{
    Anchors, AnnotatorId, Comment, Decision, DocumentId, Layer, OtherText, Review, SpanId, Text, TextId,
    Versions,
};

/// One document of a project.
///
/// A document whose text has not been read yet has neither text nor layers; see [`Document::is_read`].
#[derive(Clone, PartialEq, Debug)]
pub struct Document {
    /// Title, date, source, origin.
    pub meta: DocumentMeta,
    /// The text, once read.
    pub text: Option<Arc<Text>>,
    /// Its pages, headings and times; they came with the text and change no more than it does. Empty until it is read.
    pub anchors: Arc<Anchors>,
    /// The texts of other versions that are in memory, by number: those before, once the document is read.
    pub other_texts: BTreeMap<u32, OtherText>,
    /// One layer per annotator who has tagged something. Never holds an empty layer.
    pub layers: BTreeMap<AnnotatorId, Arc<Layer>>,
    /// One review per reviewer who has decided something. Never holds an empty review.
    pub reviews: BTreeMap<AnnotatorId, Arc<Review>>,
    /// Annotators whose layer or review has a file that can't be read; nothing of theirs may be changed here.
    pub unreadable: BTreeSet<AnnotatorId>,
    /// Counts the changes of layers, reviews and text; never goes back, not by undo either.
    pub revision: u64,
}

impl Document {
    /// A document that has not been read yet.
    pub fn unread(meta: DocumentMeta) -> Self {
        Self {
            meta,
            text: None,
            anchors: Arc::default(),
            other_texts: BTreeMap::new(),
            layers: BTreeMap::new(),
            reviews: BTreeMap::new(),
            unreadable: BTreeSet::new(),
            revision: 0,
        }
    }

    /// A document with its text and no layer.
    pub fn new(meta: DocumentMeta, text: Arc<Text>) -> Self {
        Self { text: Some(text), ..Self::unread(meta) }
    }

    /// The document with the named places of its text.
    #[must_use]
    pub fn with_anchors(self, anchors: Arc<Anchors>) -> Self {
        Self { anchors, ..self }
    }

    /// Whether text and layers are in memory.
    pub fn is_read(&self) -> bool {
        self.text.is_some()
    }

    /// The layer of one annotator; `None` also where it is empty.
    pub fn layer(&self, annotator: &AnnotatorId) -> Option<&Arc<Layer>> {
        self.layers.get(annotator)
    }

    /// What people say of a span, by their ids.
    pub fn decisions(&self, span: SpanId) -> impl Iterator<Item = (&AnnotatorId, &Arc<Decision>)> {
        self.reviews.iter().filter_map(move |(who, review)| Some((who, review.decisions.get(&span)?)))
    }

    /// What one person says of a span.
    pub fn decision(&self, reviewer: &AnnotatorId, span: SpanId) -> Option<&Arc<Decision>> {
        self.reviews.get(reviewer)?.decisions.get(&span)
    }

    /// All comments on a span, whoever wrote them, oldest first.
    pub fn thread(&self, span: SpanId) -> Vec<&Comment> {
        let mut thread: Vec<&Comment> = self.decisions(span).flat_map(|(_, d)| &d.comments).collect();
        thread.sort_by_key(|comment| comment.at);
        thread
    }

    /// The id of the document.
    pub fn id(&self) -> &DocumentId {
        &self.meta.id
    }
}

/// What is known of a document beside its text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DocumentMeta {
    /// Its name in files.
    pub id: DocumentId,
    /// Its name for people.
    pub title: String,
    /// When it was published or said.
    pub date: Option<Date>,
    /// Who wrote or said it. Empty where that is not known.
    pub author: String,
    /// Where it is from: publisher, address, archive.
    pub source: String,
    /// What was imported.
    pub origin: Origin,
    /// Length of the text in Unicode scalar values.
    pub characters: usize,
    /// Which version of its text this is, and which there were before.
    pub versions: Versions,
}

impl DocumentMeta {
    /// The text that is shown.
    pub fn text_id(&self) -> TextId {
        TextId::new(&self.id, self.versions.current.number)
    }

    /// All versions of the text, oldest first.
    pub fn text_ids(&self) -> impl Iterator<Item = TextId> {
        let earlier = self.versions.earlier.iter().map(|text| TextId::new(&self.id, text.version.number));
        earlier.chain([self.text_id()])
    }

    /// The file that a version of the text was imported from.
    pub fn origin_of(&self, version: u32) -> Option<&Origin> {
        let earlier = || self.versions.earlier.iter().find(|text| text.version.number == version);
        if version == self.versions.current.number {
            Some(&self.origin)
        } else {
            earlier().map(|text| &text.origin)
        }
    }
}

/// The file that a document was imported from.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Origin {
    /// Its name, without folder. Empty for pasted text.
    pub file_name: String,
    /// SHA-256 of its bytes, 64 lower-case hexadecimal digits; of a file that holds several documents, of this one.
    pub sha256: String,
    /// The encoding that it was read in, such as `UTF-8`.
    pub encoding: String,
    /// Where the project keeps a copy of it: the ending of that copy's name, without the dot, such as `docx`. Empty where
    /// it keeps none. Of a file that holds several documents, such as a table, the first one has the copy.
    pub kept: SmolStr,
    /// SHA-256 of the whole file where it holds several documents, and `sha256` is that of this one; else empty.
    pub file_sha256: String,
}

impl Origin {
    /// SHA-256 of the whole file, and so of its copy.
    pub fn whole_sha256(&self) -> &str {
        if self.file_sha256.is_empty() { &self.sha256 } else { &self.file_sha256 }
    }
}

/// A calendar date, whole or in part: `2026`, `2026-03` or `2026-03-14`. Sorts in time.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Date(SmolStr);

impl Date {
    /// Reads an ISO 8601 calendar date; `None` for anything else, such as a 30 February.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let mut parts = text.split('-');
        let year = number(parts.next()?, 4)?;
        let month = parts.next().map(|m| number(m, 2)).map_or(Some(None), |m| m.map(Some))?;
        let day = parts.next().map(|d| number(d, 2)).map_or(Some(None), |d| d.map(Some))?;
        let fits = parts.next().is_none()
            && month.is_none_or(|m| (1..=12).contains(&m))
            && day.is_none_or(|d| d >= 1 && d <= days_in(year, month.unwrap_or(1)));
        fits.then(|| Self(SmolStr::new(text)))
    }

    /// The date as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn number(digits: &str, count: usize) -> Option<u32> {
    (digits.len() == count && digits.bytes().all(|b| b.is_ascii_digit())).then(|| digits.parse().ok())?
}

fn days_in(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::Date;

    #[test]
    fn only_real_dates_are_dates() {
        for good in ["2026", "2026-03", "2026-03-14", "2024-02-29", " 2026-03-14 "] {
            assert!(Date::parse(good).is_some(), "{good}");
        }
        for bad in ["", "26", "2026-3", "2026-13", "2026-02-29", "2026-03-14-1", "14.3.2026", "2026-00-01"] {
            assert!(Date::parse(bad).is_none(), "{bad}");
        }
    }
}
