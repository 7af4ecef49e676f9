//! Words for [`ReadBackLoss`].

use crate::loss::ReadBackLoss;
use crate::words::Noun;

impl ReadBackLoss {
    /// What is lost, in the singular and in the plural.
    pub(super) fn noun(&self) -> Noun {
        let (one, many) = match self {
            Self::Documents => ("document that did not come back", "documents that did not come back"),
            Self::RefusedRecords => ("record refused on reading back", "records refused on reading back"),
            Self::Annotators => ("passage with a different annotator", "passages with different annotators"),
            Self::Attributes => ("passage with different attributes", "passages with different attributes"),
            Self::Notes => ("passage with a different note", "passages with a different note"),
            Self::NewPassages => ("passage that was not there before", "passages that were not there before"),
        };
        Noun::new(one, many)
    }
}
