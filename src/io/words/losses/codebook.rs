//! Words for [`CodebookLoss`].

use crate::loss::CodebookLoss;
use crate::words::Noun;

const CHANGED_NAMES: (&str, &str) =
    ("name that brat can't show unchanged", "names that brat can't show unchanged");

impl CodebookLoss {
    /// Returns the name of the loss in the singular and the plural.
    pub(super) fn noun(&self) -> Noun {
        let (one, many) = match self {
            Self::Attributes => ("attribute", "attributes"),
            Self::OtherAttributes => (
                "attribute that is neither yes/no nor a single choice",
                "attributes that are neither yes/no nor a single choice",
            ),
            Self::Defaults => ("attribute default", "attribute defaults"),
            Self::UnknownCategories => (
                "category of an attribute that is not in the codebook",
                "categories of attributes that are not in the codebook",
            ),
            Self::LinkKinds => ("link kind", "link kinds"),
            Self::Meanings => ("meaning, unit or answer", "meanings, units and answers"),
            Self::Aliases => ("old id of a merged category", "old ids of merged categories"),
            Self::Description => ("codebook description", "codebook descriptions"),
            Self::Texts => ("definition, rule or example", "definitions, rules and examples"),
            Self::Codes => ("code from another scheme", "codes from other schemes"),
            Self::ForeignGuids => (
                "REFI-QDA code that is not a single GUID of another program",
                "REFI-QDA codes that are not a single GUID of another program",
            ),
            Self::Keys => ("key", "keys"),
            Self::InvisibleKeys => ("invisible key", "invisible keys"),
            Self::UntidyTexts => (
                "text with control characters or white space at its ends",
                "texts with control characters or white space at their ends",
            ),
            Self::UnnamedCategories => (
                "category without a name, named after its id",
                "categories without a name, named after their ids",
            ),
            Self::DeepCategories => (
                "category nested deeper than heading levels allow",
                "categories nested deeper than heading levels allow",
            ),
            Self::MovedCategories => (
                "category moved next to the others of its parent",
                "categories moved next to the others of their parent",
            ),
            Self::BrokenLists => (
                "list with an item that is empty, has several lines or contains “ | ”",
                "lists with an item that is empty, has several lines or contains “ | ”",
            ),
            Self::UnstableDescriptions => (
                "description that will be divided differently when read back",
                "descriptions that will be divided differently when read back",
            ),
            Self::ChangedIds => (
                "id changed because brat can't store it or has it already",
                "ids changed because brat can't store them or has them already",
            ),
            Self::ChangedNames => CHANGED_NAMES,
            Self::ChangedValues => {
                ("value changed because brat can't store it", "values changed because brat can't store them")
            }
        };
        Noun::new(one, many)
    }
}
