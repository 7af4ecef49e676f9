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

    /// Its name in the interface, including the variant.
    pub fn name(self) -> &'static str {
        match self {
            Self::F1Exact => "F1, exact",
            Self::F1Overlap => "F1, overlap",
            Self::AlphaU => "Krippendorff's α_U (2004)",
            Self::AlphaNominal => "Krippendorff's α",
            Self::CohenKappa => "Cohen's κ",
            Self::FleissKappa => "Fleiss' κ",
            Self::Percent => "Agreement",
        }
    }

    /// An explanation in two sentences.
    pub fn help(self) -> &'static str {
        match self {
            Self::F1Exact => {
                "Of all passages that the two have tagged, the share that both have tagged with the same category and the \
                 very same bounds. 1 means that every passage of one is a passage of the other, 0 that none is; chance is \
                 not taken off."
            }
            Self::F1Overlap => {
                "As the exact F1, but two passages of one category that overlap without having the same bounds count half. \
                 The distance between the two figures says how much of the disagreement is about bounds alone; chance is \
                 not taken off."
            }
            Self::AlphaU => {
                "How well the annotators agree on where passages of a category begin and end in the running text, \
                 measured in characters against what chance would give. 1 means the same passages with the same bounds, 0 \
                 no better than passages thrown onto the text at random."
            }
            Self::AlphaNominal => {
                "How well any number of annotators agree unit by unit, against what chance would give; whoever has not \
                 worked on a document is missing there and does not count as finding nothing. 1 is perfect, 0 is chance; \
                 many journals ask for 0.8 and take 0.667 for tentative conclusions."
            }
            Self::CohenKappa => {
                "How well two annotators agree unit by unit beyond what chance would give, if each went on using the \
                 categories as often as now. 1 is perfect, 0 is chance, and below 0 they agree less often than by chance."
            }
            Self::FleissKappa => {
                "How well several annotators agree unit by unit beyond chance, as if any of them might have labelled any \
                 unit; only documents that all of them have worked on count. 1 is perfect, 0 is chance; for two \
                 annotators it is Scott's π."
            }
            Self::Percent => {
                "The share of units that two annotators have labelled alike; of more than two, the mean over all pairs. \
                 It is easily read but flatters rare categories, since leaving a unit untagged is agreement, too."
            }
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

    /// Its name in the interface.
    pub fn name(self) -> &'static str {
        match self {
            Self::Span => "Passages",
            Self::Token => "Tokens",
            Self::Sentence => "Sentences",
            Self::Character => "Characters",
        }
    }

    /// A sentence on what is compared.
    pub fn help(self) -> &'static str {
        match self {
            Self::Span => {
                "Passages of two annotators are matched one to one: the same bounds first, then by overlap."
            }
            Self::Token => {
                "Every word and mark is a unit; it carries each category that an annotator has tagged it with."
            }
            Self::Sentence => {
                "Every sentence is a unit; it carries each category that an annotator has tagged a part of it with."
            }
            Self::Character => {
                "The documents are one continuum of characters with passages and gaps between them."
            }
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}
