//! The measures of agreement and the units they count.

use std::fmt;

/// A measure of agreement. Its formula and reference are in the module of its name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Measure {
    /// Share of passages that both annotators have tagged with identical bounds; see [`super::span_f1`].
    F1Exact,
    /// The same, with overlapping passages counted half; see [`super::span_f1`].
    F1Overlap,
    /// Krippendorff's α_U for unitized continua, in the variant of 2004; see [`super::alpha_u`].
    AlphaU,
    /// Krippendorff's α for nominal values; see [`super::alpha_nominal`].
    AlphaNominal,
    /// Cohen's κ of two annotators; see [`super::cohen`].
    CohenKappa,
    /// Fleiss' κ of two or more annotators; see [`super::fleiss`].
    FleissKappa,
    /// Share of units on which two annotators agree; see [`super::percent`].
    Percent,
}

impl Measure {
    /// All measures, in the order of tables.
    pub const ALL: [Self; 7] = [
        Self::F1Exact,
        Self::F1Overlap,
        Self::AlphaU,
        Self::AlphaNominal,
        Self::CohenKappa,
        Self::FleissKappa,
        Self::Percent,
    ];

    /// Its identifier in JSON and CSV.
    pub fn id(self) -> &'static str {
        match self {
            Self::F1Exact => "f1_exact",
            Self::F1Overlap => "f1_overlap",
            Self::AlphaU => "alpha_u",
            Self::AlphaNominal => "alpha_nominal",
            Self::CohenKappa => "cohen_kappa",
            Self::FleissKappa => "fleiss_kappa",
            Self::Percent => "percent",
        }
    }
}

/// The unit that a figure counts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Unit {
    /// Passages.
    Span,
    /// Words and punctuation marks.
    Token,
    /// Sentences.
    Sentence,
    /// Characters of the running text.
    Character,
}

impl Unit {
    /// All units, in the order of tables.
    pub const ALL: [Self; 4] = [Self::Span, Self::Character, Self::Sentence, Self::Token];

    /// Its identifier in JSON and CSV.
    pub fn id(self) -> &'static str {
        match self {
            Self::Span => "span",
            Self::Token => "token",
            Self::Sentence => "sentence",
            Self::Character => "character",
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}
