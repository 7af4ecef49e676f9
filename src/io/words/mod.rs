//! English of this crate, one file per subject, as functions of values: a catalogue of another language can take its
//! place. Texts of errors are at their variants.

pub(crate) mod codebook;
pub(crate) mod import;
mod losses;
pub(crate) mod project;
pub(crate) mod remarks;

use std::borrow::Cow;

/// A count with its noun: "1 link", "2 links".
pub(crate) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// A thing that is counted, in the singular and in the plural.
struct Noun {
    one: Cow<'static, str>,
    many: Cow<'static, str>,
}

impl Noun {
    fn new(one: &'static str, many: &'static str) -> Self {
        Self { one: one.into(), many: many.into() }
    }

    /// The form that goes with a count.
    fn of(self, count: usize) -> Cow<'static, str> {
        if count == 1 { self.one } else { self.many }
    }
}
