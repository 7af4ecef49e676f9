//! Words for [`ReadBackLoss`].

use crate::loss::ReadBackLoss;
use crate::words::Noun;

impl ReadBackLoss {
    /// Returns the name of the loss in the singular and the plural.
    pub(super) fn noun(&self) -> Noun {
        let (one, many) = match self {
            Self::Documents => ("document that did not come back", "documents that did not come back"),
            Self::RefusedRecords => ("record refused on reading back", "records refused on reading back"),
            Self::Annotators => ("passage with a different annotator", "passages with different annotators"),
            Self::Attributes => ("passage with different attributes", "passages with different attributes"),
            Self::Notes => ("passage with a different note", "passages with a different note"),
            Self::ValueKinds => (
                "number or flag that an empty project reads as words",
                "numbers or flags that an empty project reads as words",
            ),
            Self::NewPassages => ("passage that was not there before", "passages that were not there before"),
            Self::JoinedPassages => {
                ("passage that became equal to another one", "passages that became equal to other ones")
            }
        };
        Noun::new(one, many)
    }
}
