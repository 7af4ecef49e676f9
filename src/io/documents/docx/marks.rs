//! References to footnotes and endnotes.

use std::collections::BTreeMap;

/// The element of footnotes.
pub(super) const FOOTNOTE: &str = "footnote";

/// The element of endnotes.
pub(super) const ENDNOTE: &str = "endnote";

/// The number of each note in the text, by its kind and id.
pub(super) type Marks = BTreeMap<(&'static str, String), usize>;
