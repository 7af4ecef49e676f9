//! Versions of a document's text. A text never changes: a new text of a document is its next version. Earlier
//! versions are kept, since the layers of other annotators may still refer to them.

use std::sync::Arc;

use super::{Anchors, AnnotatorId, DocumentId, Origin, Ranges, Stamp, Text};

/// One version of a document's text.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct TextId {
    /// The document.
    pub document: DocumentId,
    /// Number of the version, from 1.
    pub version: u32,
}

impl TextId {
    /// Version `version` of a document's text.
    pub fn new(document: &DocumentId, version: u32) -> Self {
        Self { document: document.clone(), version }
    }
}

/// The versions of a document's text.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Versions {
    /// The current version.
    pub current: TextVersion,
    /// Earlier versions, oldest first.
    pub earlier: Vec<EarlierText>,
}

impl Versions {
    /// A first version with this SHA-256 of its text.
    pub fn first(sha256: String) -> Self {
        Self { current: TextVersion { sha256, ..TextVersion::default() }, earlier: Vec::new() }
    }

    /// All versions, the current one last.
    pub fn all(&self) -> impl Iterator<Item = &TextVersion> {
        self.earlier.iter().map(|text| &text.version).chain([&self.current])
    }

    /// True if both are the same versions. A checksum that only one of them knows is no difference.
    pub fn are_same_texts(&self, other: &Self) -> bool {
        let is_same = |(a, b): (&TextVersion, &TextVersion)| {
            let sums = [&a.sha256, &b.sha256];
            let same_sum = sums[0] == sums[1] || sums.iter().any(|sum| sum.is_empty());
            (a.number, &a.made) == (b.number, &b.made) && same_sum
        };
        self.earlier.len() == other.earlier.len() && self.all().zip(other.all()).all(is_same)
    }

    /// All versions, the current one last, to be changed.
    pub fn all_mut(&mut self) -> impl Iterator<Item = &mut TextVersion> {
        self.earlier.iter_mut().map(|text| &mut text.version).chain([&mut self.current])
    }
}

/// The number of a version, and its author.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TextVersion {
    /// From 1, the text that was imported first.
    pub number: u32,
    /// When the version was added, and by whom; `None` for the first.
    pub made: Option<(Stamp, AnnotatorId)>,
    /// SHA-256 of the stored text, as 64 lower-case hexadecimal digits; empty if unknown.
    pub sha256: String,
}

impl Default for TextVersion {
    fn default() -> Self {
        Self { number: 1, made: None, sha256: String::new() }
    }
}

/// An earlier text of a document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EarlierText {
    /// Its number and author.
    pub version: TextVersion,
    /// The file it was imported from.
    pub origin: Origin,
    /// Length in Unicode scalar values.
    pub characters: usize,
}

/// A text other than the current one, with its anchors.
#[derive(Clone, PartialEq, Debug)]
pub struct OtherText {
    /// The text.
    pub text: Arc<Text>,
    /// Its anchors.
    pub anchors: Arc<Anchors>,
}

/// The most similar passage found in another version of a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FuzzyMatch {
    /// Its ranges, in bytes.
    pub ranges: Ranges,
    /// Similarity of the words (and of the surroundings, if the passage has moved) in percent. 100 if the
    /// words are the same and only their position is in doubt, or only their spacing differs.
    pub percent: u8,
}
