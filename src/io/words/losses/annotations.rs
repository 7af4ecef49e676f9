//! Words for [`AnnotationLoss`].

use crate::loss::AnnotationLoss;
use crate::words::Noun;

impl AnnotationLoss {
    /// What is lost, in the singular and in the plural.
    pub(super) fn noun(&self) -> Noun {
        let (one, many) = match self {
            Self::Equivalences => ("equivalence", "equivalences"),
            Self::SharedTriggers => (
                "event that share their trigger with another",
                "events that share their trigger with another",
            ),
            Self::RelationAttributes => ("attribute of relations", "attributes of relations"),
            Self::RelationNotes => ("notes on relation", "notes on relations"),
            Self::RepeatedAttributes => {
                ("attribute that a passage has twice", "attributes that a passage has twice")
            }
            Self::ConfigurationLines => (
                "setting of annotation.conf; import it as a codebook to see which",
                "settings of annotation.conf; import it as a codebook to see which",
            ),
            Self::ExternalTexts => ("text that stand elsewhere", "texts that stand elsewhere"),
            Self::EmptyAnnotations => ("annotation that mark no words", "annotations that mark no words"),
            Self::ReferenceFeatures => {
                ("feature that refer to other things", "features that refer to other things")
            }
            Self::LooseStructures => ("structure that lies over no text", "structures that lie over no text"),
            Self::LanguageAnalyses => (
                "token, sentence or other analyse of language",
                "tokens, sentences and other analyses of language",
            ),
            Self::UnjoinedLinks => (
                "relations between other things than passage",
                "relations between other things than passages",
            ),
            Self::TwoWayLinks => (
                "relation in both directions, which became links in one",
                "relations in both directions, which became links in one",
            ),
            Self::UndirectedLinks => (
                "link without a direction, which now have one",
                "links without a direction, which now have one",
            ),
            Self::RelationFeatures => ("feature of relations", "features of relations"),
            Self::Grammar => ("part of speech, lemmas and syntax", "parts of speech, lemmas and syntax"),
            Self::Chains => ("chain", "chains"),
            Self::Slots => ("slot", "slots"),
            Self::OtherColumns => (
                "value in other columns than the first and last",
                "values in other columns than the first and last",
            ),
            Self::AnchorsOutside => (
                "page or heading that lies outside of the text",
                "pages and headings that lie outside of the text",
            ),
        };
        Noun::new(one, many)
    }
}
