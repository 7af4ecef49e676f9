//! The measures of agreement and the units they count.

use std::fmt;

/// A measure of agreement. Its formula and reference are in the module of its name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Measure {
    /// Share of passages that both annotators have tagged with identical bounds; see [`super::span_f1`].
    F1Exact,
    /// The same, with overlapping passages counted half; see [`super::span_f1`].
    F1Overlap,
    /// Share of links whose two ends both have tagged; see [`super::links`].
    LinkEnds,
    /// Share of links that both have drawn; see [`super::links`].
    LinkF1,
    /// Share of an annotator's passages that are in the consensus with identical bounds; see [`super::span_f1`].
    Precision,
    /// Share of the passages of the consensus that an annotator has tagged with identical bounds.
    Recall,
    /// Krippendorff's α_U for unitized continua, in the variant of 2004; see [`super::alpha_u`].
    AlphaU,
    /// The same on one continuum of all documents.
    AlphaUJoined,
    /// `|uα` of 2016: whether text is tagged at all; see [`super::u_alpha`].
    UAlpha,
    /// `uα` of 2016: passages and their categories together; see [`super::u_alpha`].
    JointUAlpha,
    /// `cuα` of 2016: the categories of text that both have tagged; see [`super::u_alpha`].
    CuAlpha,
    /// `(s)uα` of 2016: one category on text that both have tagged; see [`super::u_alpha`].
    SUAlpha,
    /// Krippendorff's α for nominal values; see [`super::alpha_nominal`].
    AlphaNominal,
    /// Krippendorff's α for sets of categories, with MASI distance; see [`super::set_valued`].
    AlphaMasi,
    /// The same, with Jaccard distance; see [`super::set_valued`].
    AlphaJaccard,
    /// The mean of Krippendorff's α over the categories that have one.
    MacroMean,
    /// Cohen's κ of two annotators; see [`super::cohen`].
    CohenKappa,
    /// Fleiss' κ of two or more annotators; see [`super::fleiss`].
    FleissKappa,
    /// Gwet's AC1 of two or more annotators; see [`super::gwet`].
    GwetAc1,
    /// Brennan & Prediger's κ_n of two or more annotators; see [`super::brennan_prediger`].
    BrennanPrediger,
    /// Share of units on which two annotators agree; see [`super::percent`].
    Percent,
    /// Share of the documents in which two annotators have both used a category, or neither has.
    Presence,
}

impl Measure {
    /// All measures, in the order of tables.
    pub const ALL: [Self; 22] = [
        Self::F1Exact,
        Self::F1Overlap,
        Self::Precision,
        Self::Recall,
        Self::LinkEnds,
        Self::LinkF1,
        Self::AlphaU,
        Self::AlphaUJoined,
        Self::UAlpha,
        Self::JointUAlpha,
        Self::CuAlpha,
        Self::SUAlpha,
        Self::AlphaNominal,
        Self::AlphaMasi,
        Self::AlphaJaccard,
        Self::MacroMean,
        Self::CohenKappa,
        Self::FleissKappa,
        Self::GwetAc1,
        Self::BrennanPrediger,
        Self::Percent,
        Self::Presence,
    ];

    /// The measures of the running text, in the order of tables.
    pub const UNITIZING: [Self; 6] =
        [Self::AlphaU, Self::AlphaUJoined, Self::UAlpha, Self::JointUAlpha, Self::CuAlpha, Self::SUAlpha];

    /// The continuum it is computed on, if it is one of the running text.
    pub fn continuum(self) -> Option<Continuum> {
        match self {
            Self::AlphaU => Some(Continuum::PerDocument),
            Self::AlphaUJoined | Self::UAlpha | Self::JointUAlpha | Self::CuAlpha | Self::SUAlpha => {
                Some(Continuum::Joined)
            }
            Self::F1Exact
            | Self::F1Overlap
            | Self::Precision
            | Self::Recall
            | Self::LinkEnds
            | Self::LinkF1
            | Self::AlphaNominal
            | Self::AlphaMasi
            | Self::AlphaJaccard
            | Self::MacroMean
            | Self::CohenKappa
            | Self::FleissKappa
            | Self::GwetAc1
            | Self::BrennanPrediger
            | Self::Percent
            | Self::Presence => None,
        }
    }

    /// Its identifier in JSON and CSV. The two variants of α_U share one, and differ in [`Measure::continuum`].
    pub fn id(self) -> &'static str {
        match self {
            Self::F1Exact => "f1_exact",
            Self::F1Overlap => "f1_overlap",
            Self::Precision => "precision",
            Self::Recall => "recall",
            Self::LinkEnds => "link_ends",
            Self::LinkF1 => "link_f1",
            Self::AlphaU | Self::AlphaUJoined => "alpha_u",
            Self::UAlpha => "u_alpha",
            Self::JointUAlpha => "joint_u_alpha",
            Self::CuAlpha => "cu_alpha",
            Self::SUAlpha => "s_u_alpha",
            Self::AlphaNominal => "alpha_nominal",
            Self::AlphaMasi => "alpha_masi",
            Self::AlphaJaccard => "alpha_jaccard",
            Self::MacroMean => "macro_mean",
            Self::CohenKappa => "cohen_kappa",
            Self::FleissKappa => "fleiss_kappa",
            Self::GwetAc1 => "gwet_ac1",
            Self::BrennanPrediger => "brennan_prediger",
            Self::Percent => "percent",
            Self::Presence => "presence",
        }
    }
}

/// The running text that a measure is computed on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Continuum {
    /// Gaps between passages end where a document ends.
    PerDocument,
    /// The documents follow one another in the order of the project, and gaps go on from one to the next.
    Joined,
}

impl Continuum {
    /// Its identifier in JSON and CSV.
    pub fn id(self) -> &'static str {
        match self {
            Self::PerDocument => "per_document",
            Self::Joined => "joined",
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
    /// Whole documents.
    Document,
}

impl Unit {
    /// All units, in the order of tables.
    pub const ALL: [Self; 5] = [Self::Span, Self::Character, Self::Sentence, Self::Token, Self::Document];

    /// The units that carry categories, one by one.
    pub(super) const LABELLED: [Self; 3] = [Self::Sentence, Self::Token, Self::Document];

    /// Its identifier in JSON and CSV.
    pub fn id(self) -> &'static str {
        match self {
            Self::Span => "span",
            Self::Token => "token",
            Self::Sentence => "sentence",
            Self::Character => "character",
            Self::Document => "document",
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}
