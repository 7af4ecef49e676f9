//! Names of measures, units and subjects, and the reasons why a figure or an interval is missing.

use std::fmt;

use demarche_model::Codebook;

use crate::agreement::{FigureTable, Measure, NoInterval, Rows, Subject, Undefined, Unit};

impl Measure {
    /// Its name in the interface, including the variant.
    pub fn name(self) -> &'static str {
        match self {
            Self::F1Exact => "F1, exact",
            Self::F1Overlap => "F1, overlap",
            Self::Precision => "Precision",
            Self::Recall => "Recall",
            Self::LinkEnds => "Both ends tagged",
            Self::LinkF1 => "F1 of links",
            Self::AlphaU => "α_U (2004), per document",
            Self::AlphaUJoined => "α_U (2004), joined",
            Self::UAlpha => "|uα (2016)",
            Self::JointUAlpha => "uα (2016)",
            Self::CuAlpha => "cuα (2016)",
            Self::SUAlpha => "(s)uα (2016)",
            Self::AlphaNominal => "Krippendorff's α",
            Self::AlphaMasi => "α of sets (MASI)",
            Self::AlphaJaccard => "α of sets (Jaccard)",
            Self::MacroMean => "Mean α",
            Self::CohenKappa => "Cohen's κ",
            Self::FleissKappa => "Fleiss' κ",
            Self::GwetAc1 => "Gwet's AC1",
            Self::BrennanPrediger => "Brennan–Prediger κ_n",
            Self::Percent => "Agreement",
            Self::Presence => "Agreement on presence",
        }
    }

    /// Its name where there is little room.
    pub fn short_name(self) -> &'static str {
        match self {
            Self::F1Exact => "F1 exact",
            Self::F1Overlap => "F1 overlap",
            Self::Precision => "Precision",
            Self::Recall => "Recall",
            Self::LinkEnds => "Both ends",
            Self::LinkF1 => "F1 of links",
            Self::AlphaU => "α_U, each",
            Self::AlphaUJoined => "α_U, joined",
            Self::UAlpha => "|uα",
            Self::JointUAlpha => "uα",
            Self::CuAlpha => "cuα",
            Self::SUAlpha => "(s)uα",
            Self::AlphaNominal => "α",
            Self::AlphaMasi => "α (MASI)",
            Self::AlphaJaccard => "α (Jaccard)",
            Self::MacroMean => "Mean α",
            Self::CohenKappa => "Cohen's κ",
            Self::FleissKappa => "Fleiss' κ",
            Self::GwetAc1 => "AC1",
            Self::BrennanPrediger => "κ_n",
            Self::Percent => "Agreement",
            Self::Presence => "Presence",
        }
    }

    /// An explanation in two sentences.
    pub fn help(self) -> &'static str {
        match self {
            Self::F1Exact => F1_EXACT,
            Self::F1Overlap => F1_OVERLAP,
            Self::Precision => PRECISION,
            Self::Recall => RECALL,
            Self::LinkEnds => LINK_ENDS,
            Self::LinkF1 => LINK_F1,
            Self::AlphaU => ALPHA_U,
            Self::AlphaUJoined => ALPHA_U_JOINED,
            Self::UAlpha => U_ALPHA,
            Self::JointUAlpha => JOINT_U_ALPHA,
            Self::CuAlpha => CU_ALPHA,
            Self::SUAlpha => S_U_ALPHA,
            Self::AlphaNominal => ALPHA_NOMINAL,
            Self::AlphaMasi => ALPHA_MASI,
            Self::AlphaJaccard => ALPHA_JACCARD,
            Self::MacroMean => MACRO_MEAN,
            Self::CohenKappa => COHEN_KAPPA,
            Self::FleissKappa => FLEISS_KAPPA,
            Self::GwetAc1 => GWET_AC1,
            Self::BrennanPrediger => BRENNAN_PREDIGER,
            Self::Percent => PERCENT,
            Self::Presence => PRESENCE,
        }
    }
}

// The explanations of measures.

const F1_EXACT: &str = "The share of the passages of two annotators that both have tagged with the same category and identical \
     bounds, which is also Holsti's coefficient of reliability. 1 means that they have tagged the same \
     passages, 0 that they have none in common; chance is not deducted.";

const F1_OVERLAP: &str = "Like the exact F1, but two passages of one category that overlap with different bounds get half credit; \
     passages are paired one to one, in the way that gives the highest figure. The gap between the two \
     figures shows how much of the disagreement is about bounds alone; chance is not deducted.";

const PRECISION: &str = "The share of an annotator's passages that the consensus has with the same category and identical \
     bounds. 1 means that the consensus kept them all as they were.";

const RECALL: &str = "The share of the passages of the consensus that an annotator had tagged with the same category and \
     identical bounds. 1 means that the annotator found them all.";

const ALPHA_NOMINAL: &str = "How well any number of annotators agree unit by unit, compared with chance; an annotator who has not \
     worked on a document is missing there and does not count as having found nothing. 1 is perfect, 0 is \
     chance; many journals ask for 0.8 and accept 0.667 for tentative conclusions.";

const ALPHA_MASI: &str = "Krippendorff's α over all categories where a unit may have several: each annotator gives a unit the set \
     of its categories, and two sets differ by their MASI distance, from 0 (the same) to 1 (nothing in \
     common), with credit for one containing the other. With one category per unit at most, it is \
     Krippendorff's α.";

const ALPHA_JACCARD: &str = "Krippendorff's α over all categories where a unit may have several: each annotator gives a unit the set \
     of its categories, and two sets differ by the share of their categories that is in only one of them. \
     With one category per unit at most, it is Krippendorff's α.";

const MACRO_MEAN: &str = "The mean of Krippendorff's α over the categories, each of which counts the same however rare it is. \
     Categories without a figure of their own are left out.";

const COHEN_KAPPA: &str = "How well two annotators agree unit by unit beyond chance, given how often each of them uses each \
     category. 1 is perfect, 0 is chance, and below 0 they agree less often than by chance.";

const FLEISS_KAPPA: &str = "How well several annotators agree unit by unit beyond chance, as if any of them might have labelled any \
     unit; only documents that all of them have worked on count. 1 is perfect, 0 is chance; for two \
     annotators it is Scott's π.";

const GWET_AC1: &str = "How well two or more annotators agree unit by unit beyond chance, where chance is the lower the more \
     uneven the categories are. Unlike κ, it stays high if a category is rare and nearly everyone leaves it out; \
     1 is perfect, 0 is chance.";

const BRENNAN_PREDIGER: &str = "How well two or more annotators agree unit by unit beyond chance, where chance is one in the number of \
     categories (one in two for a single category). It does not depend on how often each category is used; 1 \
     is perfect, 0 is chance.";

const PERCENT: &str = "The share of units that two annotators have labelled alike; for more than two, the mean over all pairs. \
     It is easy to read but flatters rare categories, since leaving a unit untagged counts as agreement too.";

const PRESENCE: &str = "The share of the documents in which two annotators have both used the category somewhere, or neither \
     has; for more than two, the mean over all pairs. Where in the document it is does not matter, and chance \
     is not deducted.";

const LINK_ENDS: &str = "The share of the links of two annotators whose two ends the other has tagged with the same categories, too. \
    Only those could have been drawn alike; the rest is disagreement on passages.";

const LINK_F1: &str = "The share of the links of two annotators that both have drawn: the same kind, in the same direction, between \
    passages that match in category and overlap. Which demands count as agreed rests on the links that answer; chance \
    is not deducted.";

const ALPHA_U: &str = "Krippendorff's α_U: how well the annotators agree on where passages of a category begin and end, measured \
    in characters and compared with chance. Each document is a continuum of its own. Overlapping passages of one \
    annotator count as one, and each range of a passage by itself; a passage that another annotator splits lowers \
    the figure more than one that ends elsewhere.";

const ALPHA_U_JOINED: &str = "Like α_U per document, but the documents are joined to one continuum in the order of the project, as other \
    programs do: an untagged stretch goes on from one document to the next. There is no interval, since documents \
    drawn at random have other neighbours.";

const U_ALPHA: &str = "|uα: whether the annotators have tagged the same text, whatever the category (in the row of a category: text \
    with that category). 1 means the same text, 0 no better than passages of these lengths placed at random. The \
    documents are one joined continuum; overlapping passages of one annotator count as one, and each range of a \
    passage by itself.";

const JOINT_U_ALPHA: &str = "uα: passages and categories together; each character has a category or none. Text to which an annotator has \
    given several categories is left out. The documents are one joined continuum.";

const CU_ALPHA: &str = "cuα: whether the annotators have given text the same category, where at least two of them have tagged it; \
    text that only one has tagged does not count, nor text to which one has given several. The documents are one joined continuum.";

const S_U_ALPHA: &str = "(s)uα: like cuα for a single category against all others, on text that at least two annotators have tagged. \
    It shows which category lowers cuα. The documents are one joined continuum.";

impl Unit {
    /// Its name in the interface.
    pub fn name(self) -> &'static str {
        match self {
            Self::Span => "Passages",
            Self::Token => "Tokens",
            Self::Sentence => "Sentences",
            Self::Character => "Characters",
            Self::Document => "Documents",
        }
    }

    /// A sentence on what is compared.
    pub fn help(self) -> &'static str {
        match self {
            Self::Span => {
                "Passages of two annotators are matched one to one: identical bounds first, then by overlap."
            }
            Self::Token => {
                "Every word and punctuation mark is a unit; it carries each category of a passage that touches it."
            }
            Self::Sentence => {
                "Every sentence is a unit; it carries each category of a passage that touches it, even by a single \
                 character."
            }
            Self::Character => {
                "Passages and the gaps between them. The columns say whether the documents are taken one by one or joined."
            }
            Self::Document => {
                "Every document is a unit; it carries each category that an annotator has used anywhere in it."
            }
        }
    }
}

impl Subject {
    /// Its name in the interface.
    pub fn name(&self, codebook: &Codebook) -> String {
        match self {
            Self::Overall => "All categories".to_owned(),
            Self::Category(id) => codebook.name_of(id).to_owned(),
            Self::Link(id) => codebook.link_kind(id).map_or_else(|| id.to_string(), |kind| kind.name.clone()),
            Self::Attribute(id) => codebook.attribute(id).map_or_else(|| id.to_string(), |a| a.name.clone()),
        }
    }
}

impl Rows {
    /// The name of a row in the interface.
    pub fn name_of(self, subject: &Subject, codebook: &Codebook) -> String {
        match (self, subject) {
            (Self::Links, Subject::Overall) => "All links".to_owned(),
            _ => subject.name(codebook),
        }
    }
}

impl FigureTable<'_> {
    /// The heading of the rows.
    pub fn title(&self) -> &'static str {
        match self.rows_are {
            Rows::Categories => self.unit.name(),
            Rows::Attributes => "Attributes of passages tagged alike",
            Rows::Links => "Links",
        }
    }
}

impl fmt::Display for Undefined {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooFewAnnotators => "agreement takes at least two annotators",
            Self::NoDocument => "no document has been worked on by two of these annotators",
            Self::NoDocumentOfAll => "no document has been worked on by all of these annotators",
            Self::NoUnit => "the documents contain nothing to compare",
            Self::NothingTagged => "none of these annotators has tagged anything with it",
            Self::OneLabel => {
                "all units have the same label, so they would agree by chance alone; the formula divides by zero"
            }
            Self::SeveralLabels => {
                "an annotator has put several categories on one unit, and a figure over all of them needs a single one; \
                 see the figures per category"
            }
            Self::NothingLinked => "neither has drawn such a link between passages that are compared",
            Self::NothingShared => "no two of these annotators have tagged the same text",
            Self::NeverFilledIn => "nobody has filled in this attribute on these passages",
            Self::NotFilledInByBoth => "on no passage have both annotators filled in this attribute",
            Self::NoMatch => "no passages of the two annotators match in category and position",
            Self::FreeText => "there is no figure for free text, in which two people seldom choose the same words",
        })
    }
}

impl fmt::Display for NoInterval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotDrawn => "not computed",
            Self::NoFigure => "there is no figure",
            Self::TooFewDocuments => "too few documents for an interval: at least ten are needed",
            Self::JoinedDocuments => "documents drawn at random don't have the same neighbours",
            Self::OftenUndefined => {
                "too rare for an interval: the figure is undefined in more than a tenth of the draws"
            }
        })
    }
}
