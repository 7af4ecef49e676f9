//! Things of a project in a database that a Demarche project can't hold.

use serde::{Deserialize, Serialize};

/// Things of a project in a database that a Demarche project can't hold. Those that projects in REFI-QDA have as well are
/// [`QdaLoss`](super::QdaLoss).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DatabaseLoss {
    /// Values that are neither text nor number.
    Bytes,
    /// Entries that the program has marked as deleted.
    Deleted,
    /// Entries that refer to a document, code or case which is not there.
    Dangling,
    /// Codes and documents that are in more than one category.
    FurtherCategories,
    /// The places of cases in documents.
    CaseRanges,
    StoredQueries,
    References,
    /// Times that can't be read.
    Times,
    /// Types, aliases and notes of the names that statements use.
    NameFacts,
    SearchPatterns,
    /// Names that no statement uses.
    UnusedNames,
    /// Values of a variable that the type of the statement does not have.
    StrayValues,
}
