//! Things of a codebook that a format can't hold.

use serde::{Deserialize, Serialize};

/// Things of a codebook that a format can't hold.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CodebookLoss {
    Attributes,
    /// Attributes of kinds that brat does not have.
    OtherAttributes,
    Defaults,
    /// Categories to which an attribute applies, but which do not exist.
    UnknownCategories,
    LinkKinds,
    /// Meanings and units of attributes, and statements that a kind of link answers.
    Meanings,
    Aliases,
    /// The text about the codebook as a whole.
    Description,
    Texts,
    Codes,
    /// Codes of the scheme REFI-QDA that can't become the GUID of a category.
    ForeignGuids,
    Keys,
    InvisibleKeys,
    UntidyTexts,
    UnnamedCategories,
    DeepCategories,
    MovedCategories,
    BrokenLists,
    /// Descriptions whose parts can't be told apart when they are read back.
    UnstableDescriptions,
    ChangedIds,
    ChangedNames,
    ChangedValues,
}
