//! Places in a document that have a name: the pages of a PDF, headings, the times of a transcript.

use smol_str::SmolStr;

/// A named place in a text. A document's anchors are sorted by place, and lie on character boundaries.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Anchor {
    /// The byte at which it begins.
    pub at: usize,
    /// What begins there.
    pub kind: AnchorKind,
}

/// What begins at an anchor.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AnchorKind {
    /// A page, by the number or name that is printed on it, or else its number from 1.
    Page(SmolStr),
    /// A heading; `level` from 1, the highest, to 6.
    Heading {
        /// How deep it stands.
        level: u8,
        /// What it says.
        title: String,
    },
    /// A time of a transcript, `hh:mm:ss`.
    Time(SmolStr),
}
