//! Words for [`RangeLoss`].

use crate::loss::RangeLoss;
use crate::words::Noun;

impl RangeLoss {
    /// What is lost, in the singular and in the plural.
    pub(super) fn noun(&self) -> Noun {
        let (one, many) = match self {
            Self::BlankPassages => {
                ("passage of nothing but white space", "passages of nothing but white space")
            }
            Self::PartsWithoutWords => {
                ("passage, or piece of them, without a word", "passages, or pieces of them, without a word")
            }
            Self::OverlappingParts => (
                "passage, or piece of them, that lie over another",
                "passages, or pieces of them, that lie over another",
            ),
            Self::SplitPassages => (
                "passage of several ranges, each of which became a passage",
                "passages of several ranges, each of which became a passage",
            ),
            Self::DividedPassages => (
                "passage of several ranges, each of which other programs see as a passage",
                "passages of several ranges, each of which other programs see as a passage",
            ),
            Self::MovedPassages => {
                ("passages moved to the bounds of words", "passages moved to the bounds of words")
            }
            Self::TrimmedPassages => (
                "passage without the white space that they begin or end with",
                "passages without the white space that they begin or end with",
            ),
            Self::PassagesOverLineEnds => (
                "passage without the line ends that they begin or end with, or part",
                "passages without the line ends that they begin or end with, or part",
            ),
            Self::OffTokenRanges => (
                "range that does not begin and end with a token",
                "ranges that do not begin and end with a token",
            ),
            Self::HiddenRanges => (
                "range that does not begin and end with a word, which Prodigy can't show on its tokens",
                "ranges that do not begin and end with a word, which Prodigy can't show on its tokens",
            ),
            Self::InnerSentenceEnds => {
                ("end of sentences inside passages", "ends of sentences inside passages")
            }
        };
        Noun::new(one, many)
    }
}
