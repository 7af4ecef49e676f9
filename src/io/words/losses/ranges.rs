//! Words for [`RangeLoss`].

use crate::loss::RangeLoss;
use crate::words::Noun;

impl RangeLoss {
    /// Returns the name of the loss in the singular and the plural.
    pub(super) fn noun(&self) -> Noun {
        let (one, many) = match self {
            Self::BlankPassages => ("passage that is only white space", "passages that are only white space"),
            Self::PartsWithoutWords => ("part of a passage without words", "parts of passages without words"),
            Self::OverlappingParts => {
                ("part of a passage that overlaps another", "parts of passages that overlap others")
            }
            Self::SplitPassages => (
                "passage with several parts, each exported as its own passage",
                "passages with several parts, each exported as its own passage",
            ),
            Self::CoveredGaps => (
                "passage with several parts, whose place covers the gaps between them",
                "passages with several parts, whose places cover the gaps between them",
            ),
            Self::DividedPassages => (
                "passage with several parts, each a passage of its own in other programs",
                "passages with several parts, each a passage of its own in other programs",
            ),
            Self::MovedPassages => ("passage moved to word boundaries", "passages moved to word boundaries"),
            Self::TrimmedPassages => (
                "passage trimmed of white space at its ends",
                "passages trimmed of white space at their ends",
            ),
            Self::PassagesOverLineEnds => {
                ("passage trimmed or divided at line breaks", "passages trimmed or divided at line breaks")
            }
            Self::OffTokenRanges => (
                "range that does not start and end with a token",
                "ranges that do not start and end with a token",
            ),
            Self::HiddenRanges => (
                "range that does not start and end with a token, so Prodigy can't show it",
                "ranges that do not start and end with a token, so Prodigy can't show them",
            ),
            Self::InnerSentenceEnds => ("sentence end inside a passage", "sentence ends inside passages"),
        };
        Noun::new(one, many)
    }
}
