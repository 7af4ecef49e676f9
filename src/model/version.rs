//! The versions of a document's text. A text never changes: when a document gets another one, that is its next version,
//! and the earlier ones stay, since the layers of others may still count their offsets in them.

use std::sync::Arc;

use super::{Anchors, AnnotatorId, DocumentId, Origin, Ranges, Stamp, Text};

/// One version of a document's text.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct TextId {
    /// The document.
    pub document: DocumentId,
    /// The number of the version, from 1.
    pub version: u32,
}

impl TextId {
    /// The version number `version` of a document's text.
    pub fn new(document: &DocumentId, version: u32) -> Self {
        Self { document: document.clone(), version }
    }
}

/// Which versions a document's text has had.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Versions {
    /// The one that is shown.
    pub current: TextVersion,
    /// Those before, oldest first.
    pub earlier: Vec<EarlierText>,
}

/// The number of a version, and who made it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TextVersion {
    /// From 1, the text that was imported first.
    pub number: u32,
    /// When the document got it, and who gave it. `None` for the first.
    pub made: Option<(Stamp, AnnotatorId)>,
}

impl Default for TextVersion {
    fn default() -> Self {
        Self { number: 1, made: None }
    }
}

/// A text that a document had before.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EarlierText {
    /// Its number, and who made it.
    pub version: TextVersion,
    /// The file that it was imported from.
    pub origin: Origin,
    /// Its length in Unicode scalar values.
    pub characters: usize,
}

/// A text that is not the current one, with its pages, headings and times.
#[derive(Clone, PartialEq, Debug)]
pub struct OtherText {
    /// The text.
    pub text: Arc<Text>,
    /// Its anchors.
    pub anchors: Arc<Anchors>,
}

/// Where a passage of another version may be in a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FuzzyMatch {
    /// The place, in bytes.
    pub ranges: Ranges,
    /// How alike the words are (and, where they stand elsewhere, their surroundings), in percent; 100 where the words are
    /// the same, and only their place is in doubt or their spacing is another one.
    pub percent: u8,
}
