//! The value of a figure, or the reason why it has none.

use std::fmt;

/// The value of a measure, or the reason why it is undefined.
pub type FigureValue = Result<f64, Undefined>;

/// The reason why a measure has no value.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Undefined {
    /// Fewer than two annotators are compared.
    TooFewAnnotators,
    /// No document has been worked on by enough of the annotators.
    NoDocument,
    /// No document has been worked on by all of the annotators.
    NoDocumentOfAll,
    /// The documents contain nothing to compare.
    NoUnit,
    /// None of the annotators has used the category.
    NothingTagged,
    /// All units have the same label.
    OneLabel,
    /// An annotator has put several categories on one unit.
    SeveralLabels,
    /// No passages of the two annotators match, so there are no attributes to compare.
    NoMatch,
    /// The attribute is free text.
    FreeText,
}

impl fmt::Display for Undefined {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooFewAnnotators => "agreement takes two annotators at least",
            Self::NoDocument => "no document has been worked on by two of these annotators",
            Self::NoDocumentOfAll => "no document has been worked on by all of these annotators",
            Self::NoUnit => "the documents hold nothing to compare",
            Self::NothingTagged => "none of these annotators has tagged anything so",
            Self::OneLabel => {
                "all units have the same label, so that chance alone would agree as well; the formula divides by zero"
            }
            Self::SeveralLabels => {
                "somebody has put several categories on one unit, and a single one would have to be picked; see the \
                 figures per category"
            }
            Self::NoMatch => "no passage of one matches a passage of the other in category and place",
            Self::FreeText => "two people seldom choose the same words in free text; there is no figure for it",
        })
    }
}

/// The reason why a figure has no interval.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum NoInterval {
    /// No interval was requested.
    NotDrawn,
    /// The figure itself is undefined.
    NoFigure,
    /// There are fewer than [`super::MIN_DOCUMENTS`] documents.
    TooFewDocuments,
    /// The figure is undefined in more than a tenth of the draws.
    OftenUndefined,
}

impl fmt::Display for NoInterval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotDrawn => "not computed",
            Self::NoFigure => "there is no figure",
            Self::TooFewDocuments => "too few for an interval: it needs ten documents",
            Self::OftenUndefined => {
                "too rare for an interval: it is undefined in more than a tenth of the draws"
            }
        })
    }
}
