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
    Memos,
    /// Memos on what is not exported.
    OrphanMemos,
    /// Sets of documents.
    Sets,
    Notes,
    /// The passages that a passage of the consensus was settled from.
    Origins,
    Decisions,
    /// Members, parties of persons, observers, and issues below others.
    Relations,
    Links,
    LinksFromOutside,
    LinksToOutside,
    LinksToOthers,
    LinksToOtherFiles,
    InvalidCharacters,
    InvalidTexts,
    GuardedFields,
    CutTexts,
    /// Quotes that are shortened or left out, since those of the document would be far longer than its text.
    LongQuotes,
}

impl ExportLoss {
    /// Returns whether such a loss is in the attributes, the note or the links of a passage.
    pub(super) fn changes_field(&self) -> bool {
        match self {
            Self::AttributeValues
            | Self::UnknownValues
            | Self::InfiniteNumbers
            | Self::NegativeFlags
            | Self::Notes
            | Self::Links
            | Self::LinksFromOutside
            | Self::LinksToOutside
            | Self::LinksToOthers
            | Self::LinksToOtherFiles
            | Self::InvalidCharacters => true,
            Self::UnreadDocuments
            | Self::EmptyDocuments
            | Self::WordlessDocuments
            | Self::DocumentFacts
            | Self::DetachedRecords
            | Self::PassagesBeyondSheet
            | Self::Memos
            | Self::OrphanMemos
            | Self::Sets
            | Self::Origins
            | Self::Decisions
            | Self::Relations
            | Self::InvalidTexts
            | Self::GuardedFields
            | Self::CutTexts
            | Self::LongQuotes => false,
        }
    }
}
