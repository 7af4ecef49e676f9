//! Things of a project that an export leaves out or changes.

use serde::{Deserialize, Serialize};

/// Things of a project that an export leaves out or changes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExportLoss {
    UnreadDocuments,
    EmptyDocuments,
    WordlessDocuments,
    DocumentFacts,
    DetachedRecords,
    PassagesBeyondSheet,
    AttributeValues,
    UnknownValues,
    /// Infinities and not-a-number.
    InfiniteNumbers,
    NegativeFlags,
    Notes,
    /// The passages that a passage of the consensus was settled from.
    Origins,
    Decisions,
    Links,
    LinksFromOutside,
    LinksToOutside,
    LinksToOthers,
    LinksToOtherFiles,
    InvalidCharacters,
    InvalidTexts,
    GuardedFields,
    CutTexts,
}
