//! Names of the kinds of difference between annotators.

use crate::differences::DifferenceKind;

impl DifferenceKind {
    /// Its name in the interface.
    pub fn name(self) -> &'static str {
        match self {
            Self::Missed => "Missed",
            Self::Category => "Category",
            Self::Bounds => "Bounds",
            Self::Attribute => "Attribute",
        }
    }

    /// An explanation in one sentence.
    pub fn help(self) -> &'static str {
        match self {
            Self::Missed => "One annotator has tagged a passage that another has left untagged.",
            Self::Category => "The same or overlapping words are tagged with different categories.",
            Self::Bounds => "The category is the same, but the passage begins or ends elsewhere.",
            Self::Attribute => "Category and words are the same, but the attributes differ.",
        }
    }
}
