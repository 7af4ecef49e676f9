//! Where footnotes and endnotes are referred to.

use std::collections::BTreeMap;

/// Notes at the foot of the page.
pub(super) const FOOTNOTE: &str = "footnote";

/// Notes at the end of the document.
pub(super) const ENDNOTE: &str = "endnote";

/// Kind and id of a note, with the number that it has in the text.
pub(super) type Marks = BTreeMap<(&'static str, String), usize>;
