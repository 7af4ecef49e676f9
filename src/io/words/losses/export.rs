//! Words for [`ExportLoss`].

use crate::loss::ExportLoss;
use crate::words::Noun;

impl ExportLoss {
    /// Returns the name of the loss in the singular and the plural.
    pub(super) fn noun(&self) -> Noun {
        let (one, many) = match self {
            Self::UnreadDocuments => {
                ("document whose text could not be read", "documents whose text could not be read")
            }
            Self::EmptyDocuments => ("document without passages", "documents without passages"),
            Self::WordlessDocuments => ("document without words", "documents without words"),
            Self::DocumentFacts => (
                "document without its title, date and source",
                "documents without their titles, dates and sources",
            ),
            Self::DetachedRecords => (
                "record that could not be placed in the text",
                "records that could not be placed in the text",
            ),
            Self::PassagesBeyondSheet => {
                ("passage beyond the last row of a sheet", "passages beyond the last row of a sheet")
            }
            Self::AttributeValues => ("attribute value", "attribute values"),
            Self::UnknownValues => (
                "attribute value without a definition in the codebook",
                "attribute values without a definition in the codebook",
            ),
            Self::InfiniteNumbers => ("number that is not finite", "numbers that are not finite"),
            Self::NegativeFlags => ("attribute set to “no”", "attributes set to “no”"),
            Self::Notes => ("note", "notes"),
            Self::Memos => ("memo", "memos"),
            Self::OrphanMemos => ("memo without its subject", "memos without their subjects"),
            Self::Sets => ("set of documents", "sets of documents"),
            Self::Origins => ("origin of a consensus passage", "origins of consensus passages"),
            Self::Decisions => ("review decision", "review decisions"),
            Self::Relations => ("relation between actors or issues", "relations between actors or issues"),
            Self::Links => ("link", "links"),
            Self::LinksFromOutside => LINKS_FROM_OUTSIDE,
            Self::LinksToOutside => LINKS_TO_OUTSIDE,
            Self::LinksToOthers => LINKS_TO_OTHERS,
            Self::LinksToOtherFiles => LINKS_TO_OTHER_FILES,
            Self::InvalidCharacters => {
                ("character that the format can't store", "characters that the format can't store")
            }
            Self::InvalidTexts => (
                "text with characters that XML does not allow, replaced by U+FFFD",
                "texts with characters that XML does not allow, replaced by U+FFFD",
            ),
            Self::GuardedFields => (
                "field that starts like a formula, now with ' in front",
                "fields that start like formulas, now with ' in front",
            ),
            Self::CutTexts => ("text cut to fit a cell", "texts cut to fit a cell"),
            Self::LongQuotes => ("long quote shortened or left out", "long quotes shortened or left out"),
        };
        Noun::new(one, many)
    }
}

type Pair = (&'static str, &'static str);

const LINKS_FROM_OUTSIDE: Pair =
    ("link from a passage that is not exported", "links from passages that are not exported");
const LINKS_TO_OUTSIDE: Pair =
    ("link to a passage that is not exported", "links to passages that are not exported");
const LINKS_TO_OTHERS: Pair = (
    "link to another document, another annotator or a passage that is not exported",
    "links to another document, another annotator or a passage that is not exported",
);
const LINKS_TO_OTHER_FILES: Pair = ("link to a passage in another file", "links to passages in other files");
