//! The English of the UIMA type system.

pub(crate) const DOCUMENT: &str = "Metadata of the document.";
pub(crate) const PASSAGE: &str = "A tagged passage; several ranges are in `ranges`, in UTF-16 units.";
pub(crate) const LINK: &str = "A directed relation between two passages, from Governor to Dependent.";
