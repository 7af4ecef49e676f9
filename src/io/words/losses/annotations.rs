//! Words for [`AnnotationLoss`].

use crate::loss::AnnotationLoss;
use crate::words::Noun;

const UNJOINED_LINKS: (&str, &str) =
    ("link that does not join two passages", "links that do not join two passages");

impl AnnotationLoss {
    /// Returns the name of the loss in the singular and the plural.
    pub(super) fn noun(&self) -> Noun {
        let (one, many) = match self {
            Self::Equivalences => ("equivalence", "equivalences"),
            Self::SharedTriggers => {
                ("event that shares its trigger with another", "events that share their trigger with another")
            }
            Self::RelationAttributes => ("attribute of a relation", "attributes of relations"),
            Self::RelationNotes => ("note on a relation", "notes on relations"),
            Self::RepeatedAttributes => {
                ("repeated attribute of a passage", "repeated attributes of passages")
            }
            Self::ConfigurationLines => (
                "setting in annotation.conf (import it as a codebook to see which)",
                "settings in annotation.conf (import it as a codebook to see which)",
            ),
            Self::ExternalTexts => ("text stored outside the file", "texts stored outside the file"),
            Self::EmptyAnnotations => ("annotation that covers no words", "annotations that cover no words"),
            Self::ReferenceFeatures => {
                ("feature that refers to another structure", "features that refer to other structures")
            }
            Self::LooseStructures => {
                ("structure that belongs to no text", "structures that belong to no text")
            }
            Self::LanguageAnalyses => (
                "token, sentence or other linguistic annotation",
                "tokens, sentences and other linguistic annotations",
            ),
            Self::UnjoinedLinks => UNJOINED_LINKS,
            Self::TwoWayLinks => (
                "two-way relation, imported as a one-way link",
                "two-way relations, imported as one-way links",
            ),
            Self::UndirectedLinks => (
                "link without a direction, imported with one",
                "links without a direction, imported with one",
            ),
            Self::RelationFeatures => ("feature of a relation", "features of relations"),
            Self::Grammar => ("part-of-speech, lemma or syntax tag", "part-of-speech, lemma and syntax tags"),
            Self::Chains => ("coreference chain entry", "coreference chain entries"),
            Self::Slots => ("slot", "slots"),
            Self::OtherColumns => (
                "value in a column other than the first and last",
                "values in columns other than the first and last",
            ),
            Self::UnreadColumns => ("column that is not read", "columns that are not read"),
            Self::UnjoinedEnds => (
                "entity of which only the beginning or the end is in the file",
                "entities of which only the beginnings or the ends are in the file",
            ),
            Self::OtherFiles => (
                "file in an archive that holds no labelled passages",
                "files in archives that hold no labelled passages",
            ),
            Self::AnchorsOutside => {
                ("page or heading outside the text", "pages and headings outside the text")
            }
        };
        Noun::new(one, many)
    }
}
