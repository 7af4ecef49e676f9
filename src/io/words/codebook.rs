//! Problems in codebooks of other programs that several formats have.

use std::fmt;

/// A codebook that can't be read at all.
pub(crate) fn unreadable(why: impl fmt::Display) -> String {
    format!("the codebook can't be read: {why}")
}

/// A colour that is not a colour. `of` is what it colours.
pub(crate) fn bad_colour(colour: &str, of: impl fmt::Display) -> String {
    format!("the colour “{colour}” of {of} is not like #D55E00")
}

/// A key that two categories or two attributes have.
pub(crate) fn key_clash(key: char, name: &str, first: &str) -> String {
    format!("the key {key} of “{name}” is already that of “{first}”")
}

/// A parent that does not exist.
pub(crate) fn unknown_parent(category: &str, parent: &str) -> String {
    format!("the parent `{parent}` of “{category}” is not a category")
}
