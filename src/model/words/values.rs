//! Attribute values in words.

/// A flag in words.
pub(crate) fn flag(flag: bool) -> &'static str {
    if flag { "yes" } else { "no" }
}
