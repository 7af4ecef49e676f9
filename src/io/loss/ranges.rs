//! Places of passages that an export can't express.

use serde::{Deserialize, Serialize};

/// Places of passages that an export can't express.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RangeLoss {
    BlankPassages,
    /// Ranges without a token.
    PartsWithoutWords,
    /// Ranges over tokens that another passage has already.
    OverlappingParts,
    /// Passages that become one for each of their ranges.
    SplitPassages,
    /// Passages of several ranges that only Demarche reads as one.
    DividedPassages,
    MovedPassages,
    TrimmedPassages,
    PassagesOverLineEnds,
    OffTokenRanges,
    /// Ranges that Prodigy loads and does not display.
    HiddenRanges,
    InnerSentenceEnds,
}
