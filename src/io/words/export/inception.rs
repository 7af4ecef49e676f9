//! The English in the description of layers for INCEpTION.

pub(crate) const CATEGORY: &str = "The category of the passage.";
pub(crate) const NOTE: &str = "The note on the passage.";
pub(crate) const KIND: &str = "The kind of link.";
pub(crate) const CATEGORIES: &str = "Categories";
pub(crate) const KINDS: &str = "Kinds of links";
/// Follows the name of a tag set, so that it doesn't replace one that the project has.
pub(crate) const TAG_SET: &str = "Demarche";
