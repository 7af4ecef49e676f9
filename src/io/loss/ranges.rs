//! Ranges of passages that an export can't express.

use serde::{Deserialize, Serialize};

/// Ranges of passages that an export can't express.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RangeLoss {
    BlankPassages,
    /// Ranges without a token.
    PartsWithoutWords,
    /// Ranges over tokens that belong to another passage.
    OverlappingParts,
    /// Passages that become one for each of their ranges.
    SplitPassages,
    /// Passages with several ranges that only Demarche reads as one.
    DividedPassages,
    /// Passages with several ranges whose place covers the gaps between them.
    CoveredGaps,
    MovedPassages,
    TrimmedPassages,
    PassagesOverLineEnds,
    OffTokenRanges,
    /// Ranges that Prodigy loads and does not display.
    HiddenRanges,
    /// Blank lines between sentences that are left out, since they would divide a passage.
    InnerSentenceEnds,
}

impl RangeLoss {
    /// Returns whether a passage with such a loss does not come back as it was when an export is read.
    pub(super) fn changes_passage(&self) -> bool {
        match self {
            Self::BlankPassages
            | Self::PartsWithoutWords
            | Self::OverlappingParts
            | Self::SplitPassages
            | Self::CoveredGaps
            | Self::MovedPassages
            | Self::TrimmedPassages
            | Self::PassagesOverLineEnds
            | Self::OffTokenRanges => true,
            Self::DividedPassages | Self::HiddenRanges | Self::InnerSentenceEnds => false,
        }
    }
}
