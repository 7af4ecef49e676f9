//! Words for [`CodebookLoss`].

use crate::loss::CodebookLoss;
use crate::words::Noun;

impl CodebookLoss {
    /// What is lost, in the singular and in the plural.
    pub(super) fn noun(&self) -> Noun {
        let (one, many) = match self {
            Self::Attributes => ("attribute", "attributes"),
            Self::OtherAttributes => (
                "attribute that is neither yes/no nor one choice of a list",
                "attributes that are neither yes/no nor one choice of a list",
            ),
            Self::Defaults => ("default of attributes", "defaults of attributes"),
            Self::UnknownCategories => (
                "category of attributes that the codebook lacks",
                "categories of attributes that the codebook lacks",
            ),
            Self::LinkKinds => ("kind of link", "kinds of link"),
            Self::Aliases => ("old id of merged categories", "old ids of merged categories"),
            Self::Description => ("the description of the codebook", "the description of the codebook"),
            Self::Texts => ("definition, rule, example", "definitions, rules, examples"),
            Self::Codes => ("code of other schemes", "codes of other schemes"),
            Self::ForeignGuids => (
                "code of REFI-QDA that are no single GUID of another program",
                "codes of REFI-QDA that are no single GUID of another program",
            ),
            Self::Keys => ("key", "keys"),
            Self::InvisibleKeys => ("key that is no visible character", "keys that are no visible character"),
            Self::UntidyTexts => (
                "text with control characters or with white space at their ends",
                "texts with control characters or with white space at their ends",
            ),
            Self::UnnamedCategories => (
                "category without a name, which get that of their id",
                "categories without a name, which get that of their id",
            ),
            Self::DeepCategories => (
                "category that stand deeper than headings go",
                "categories that stand deeper than headings go",
            ),
            Self::MovedCategories => (
                "category that move, since those of one parent stand together",
                "categories that move, since those of one parent stand together",
            ),
            Self::BrokenLists => (
                "list with an item that is empty, has several lines, or holds ` | `",
                "lists with an item that is empty, has several lines, or holds ` | `",
            ),
            Self::UnstableDescriptions => (
                "description that will be taken apart otherwise than they were put together",
                "descriptions that will be taken apart otherwise than they were put together",
            ),
            Self::ChangedIds => (
                "id that brat can't store, or has twice, and that were changed",
                "ids that brat can't store, or has twice, and that were changed",
            ),
            Self::ChangedNames => {
                ("name that brat can't show as they are", "names that brat can't show as they are")
            }
            Self::ChangedValues => (
                "value that brat can't store and that were changed",
                "values that brat can't store and that were changed",
            ),
        };
        Noun::new(one, many)
    }
}
