//! Texts side by side.

/// The title of an earlier version: `Press briefing (version 1)`.
pub(crate) fn version(title: &str, number: u32) -> String {
    format!("{title} (version {number})")
}

pub(crate) fn words_have_changed() -> &'static str {
    "These words are not in the current text, to which all passages belong. Select words that have stayed the same, or tag \
     the current text"
}

pub(crate) fn bounds_have_changed() -> &'static str {
    "The boundary can’t be moved there: these words are not in the current text"
}
