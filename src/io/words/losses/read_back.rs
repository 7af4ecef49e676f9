//! Words for [`ReadBackLoss`].

use crate::loss::ReadBackLoss;
use crate::words::Noun;

impl ReadBackLoss {
    /// What is lost, in the singular and in the plural.
    pub(super) fn noun(&self) -> Noun {
        let (one, many) = match self {
            Self::Documents => ("document that did not come back", "documents that did not come back"),
            Self::RefusedRecords => {
                ("record that is refused when it is read", "records that are refused when it is read")
            }
            Self::Annotators => {
                ("passage whose annotator did not come back", "passages whose annotator did not come back")
            }
            Self::Attributes => ("passage with other attributes", "passages with other attributes"),
            Self::Notes => ("passage with another note", "passages with another note"),
            Self::NewPassages => {
                ("passage that were not there before", "passages that were not there before")
            }
        };
        Noun::new(one, many)
    }
}
