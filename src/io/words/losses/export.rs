//! Words for [`ExportLoss`].

use crate::loss::ExportLoss;
use crate::words::Noun;

impl ExportLoss {
    /// What is lost, in the singular and in the plural.
    pub(super) fn noun(&self) -> Noun {
        let (one, many) = match self {
            Self::UnreadDocuments => {
                ("document whose text could not be read", "documents whose text could not be read")
            }
            Self::EmptyDocuments => ("document without a passage", "documents without a passage"),
            Self::WordlessDocuments => ("document without a word", "documents without a word"),
            Self::DocumentFacts => {
                ("title, date or source of documents", "titles, dates and sources of documents")
            }
            Self::DetachedRecords => (
                "record that could not be placed in the text",
                "records that could not be placed in the text",
            ),
            Self::PassagesBeyondSheet => {
                ("passages beyond the last row of a sheet", "passages beyond the last row of a sheet")
            }
            Self::AttributeValues => ("value of attributes", "values of attributes"),
            Self::UnknownValues => (
                "attribute value that the codebook does not define",
                "attribute values that the codebook does not define",
            ),
            Self::InfiniteNumbers => ("number that is not finite", "numbers that are not finite"),
            Self::NegativeFlags => ("attribute that say no", "attributes that say no"),
            Self::Notes => ("note", "notes"),
            Self::Origins => {
                ("where passage of the consensus come from", "where passages of the consensus come from")
            }
            Self::Decisions => ("decision of reviewers", "decisions of reviewers"),
            Self::Links => ("link", "links"),
            Self::LinksFromOutside => {
                ("link from passages that were left out", "links from passages that were left out")
            }
            Self::LinksToOutside => {
                ("link to passages that are not exported", "links to passages that are not exported")
            }
            Self::LinksToOthers => (
                "link to another document, another annotator or a passage left out",
                "links to another document, another annotator or a passage left out",
            ),
            Self::LinksToOtherFiles => {
                ("link to passages of another file", "links to passages of another file")
            }
            Self::InvalidCharacters => {
                ("character that XML does not have", "characters that XML does not have")
            }
            Self::InvalidTexts => (
                "text with characters that XML does not have",
                "texts with characters that XML does not have",
            ),
            Self::GuardedFields => (
                "field that begin like a formula and got a ' in front",
                "fields that begin like a formula and got a ' in front",
            ),
            Self::CutTexts => (
                "texts longer than a cell holds, which are cut",
                "texts longer than a cell holds, which are cut",
            ),
        };
        Noun::new(one, many)
    }
}
