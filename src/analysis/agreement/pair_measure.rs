//! The measures by which coders are compared pair by pair on the Board.

use super::{Measure, Unit};

/// A measure of the agreement of two coders over all categories.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum PairMeasure {
    /// F1 of passages, those that merely overlap counted half.
    #[default]
    F1Overlap,
    /// F1 of passages with identical bounds.
    F1Exact,
    /// α of the sets of categories on sentences, with MASI distance.
    AlphaMasi,
    /// Cohen's κ of sentences, undefined if somebody has put two categories on one.
    CohenKappa,
}

impl PairMeasure {
    /// All measures.
    pub const ALL: [Self; 4] = [Self::F1Overlap, Self::F1Exact, Self::AlphaMasi, Self::CohenKappa];

    /// The measure.
    pub fn measure(self) -> Measure {
        match self {
            Self::F1Overlap => Measure::F1Overlap,
            Self::F1Exact => Measure::F1Exact,
            Self::AlphaMasi => Measure::AlphaMasi,
            Self::CohenKappa => Measure::CohenKappa,
        }
    }

    /// The unit that it counts.
    pub fn unit(self) -> Unit {
        match self {
            Self::F1Overlap | Self::F1Exact => Unit::Span,
            Self::AlphaMasi | Self::CohenKappa => Unit::Sentence,
        }
    }
}
