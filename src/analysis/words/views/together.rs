//! Co-occurrence.

use std::sync::Arc;

use super::count;
use crate::bargain::PassageSet;
use crate::views::{Sentence, TogetherUnit};

pub(crate) const A: &str = "Category";
pub(crate) const B: &str = "With";
pub(crate) const PAIRS: &str = "Pairs";
pub(crate) const PLACES: &str = "Stretches";
pub(crate) const UNITS_A: &str = "Units with the first";
pub(crate) const UNITS_B: &str = "Units with the second";
pub(crate) const UNITS_BOTH: &str = "Units with both";
pub(crate) const JACCARD: &str = "Jaccard";
pub(crate) const PHI: &str = "φ";
pub(crate) const EXPECTED: &str = "Expected";

impl TogetherUnit {
    /// Its name in the interface.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Inside => "inside",
            Self::Overlapping => "overlapping",
            Self::Near => "near",
            Self::Sentence => "same sentence",
            Self::Paragraph => "same paragraph",
            Self::Document => "same document",
        }
    }
}

/// The sentence about the pair that is found most often.
pub(crate) fn most(a: &str, b: &str, pairs: usize, places: usize, passages: Arc<PassageSet>) -> Sentence {
    Sentence::plain(format!("{a} and {b} are together most often: "))
        .passages(count(pairs, "pair"), passages)
        .words(format!(" in {}.", count(places, "stretch")))
}

/// When passages are together.
pub(crate) fn unit(unit: TogetherUnit, near_words: usize) -> Sentence {
    Sentence::plain(match unit {
        TogetherUnit::Exact => "together: passages with the same ranges".to_owned(),
        TogetherUnit::Inside => "together: the first wholly inside the second".to_owned(),
        TogetherUnit::Overlapping => "together: passages that share a character".to_owned(),
        TogetherUnit::Near => {
            format!("together: passages with at most {} between them", count(near_words, "word"))
        }
        TogetherUnit::Sentence => "together: passages that share a sentence".to_owned(),
        TogetherUnit::Paragraph => "together: passages that share a paragraph".to_owned(),
        TogetherUnit::Document => "together: passages of one document".to_owned(),
    })
}

/// How many units there are.
pub(crate) fn units(units: usize) -> Sentence {
    Sentence::plain(format!("{}, with passages or without", count(units, "unit")))
}
