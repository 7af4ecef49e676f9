//! Words for [`DatabaseLoss`].

use crate::loss::DatabaseLoss;
use crate::words::Noun;

impl DatabaseLoss {
    /// Returns the name of the loss in the singular and the plural.
    pub(super) fn noun(&self) -> Noun {
        let (one, many) = match self {
            Self::Bytes => ("value that is no text", "values that are no text"),
            Self::Deleted => ("entry marked as deleted", "entries marked as deleted"),
            Self::Dangling => (
                "entry that refers to something that is not in the file",
                "entries that refer to something that is not in the file",
            ),
            Self::FurtherCategories => ("further category of a code", "further categories of codes"),
            Self::CaseRanges => ("place of a case within a document", "places of cases within documents"),
            Self::StoredQueries => ("stored query", "stored queries"),
            Self::References => ("reference to literature", "references to literature"),
            Self::Times => ("time that can't be read", "times that can't be read"),
            Self::NameFacts => ("type, alias or note of a name", "types, aliases and notes of names"),
            Self::SearchPatterns => ("search pattern", "search patterns"),
            Self::UnusedNames => ("name that no statement uses", "names that no statement uses"),
            Self::StrayValues => ("value of another type of statement", "values of other types of statement"),
        };
        Noun::new(one, many)
    }
}
