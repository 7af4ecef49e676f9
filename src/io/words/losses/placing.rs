//! Words for [`PlacingLoss`].

use crate::loss::PlacingLoss;
use crate::words::Noun;

impl PlacingLoss {
    /// Returns the name of the loss in the singular and the plural.
    pub(super) fn noun(&self) -> Noun {
        let (one, many) = match self {
            Self::WrongValues => (
                "value that does not fit its attribute, kept as a text",
                "values that do not fit their attributes, kept as texts",
            ),
            Self::LeftOutPassages => {
                ("passage of a category that was left out", "passages of categories that were left out")
            }
            Self::LeftOutLinks => (
                "link that was left out, with its kind or its passage",
                "links that were left out, with their kinds or their passages",
            ),
            Self::LeftOutValues => (
                "value of an attribute, actor or issue that was left out",
                "values of attributes, actors or issues that were left out",
            ),
            Self::AmbiguousPassages => {
                ("passage whose words are at several places", "passages whose words are at several places")
            }
            Self::LooseMemos => (
                "memo without an author, or on something that was not imported",
                "memos without authors, or on something that was not imported",
            ),
        };
        Noun::new(one, many)
    }
}
