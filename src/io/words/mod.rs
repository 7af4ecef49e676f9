//! The English of this crate as functions of values, one file per subject, so that a catalogue of languages can take its
//! place later. Texts of errors are at their variants.

pub(crate) mod analysis_notes;
pub(crate) mod brat;
pub(crate) mod check;
pub(crate) mod codebook;
pub(crate) mod codebook_page;
pub(crate) mod conflicts;
pub(crate) mod databases;
pub(crate) mod disk;
pub(crate) mod documents;
pub(crate) mod export;
pub(crate) mod import;
mod losses;
mod names;
mod other_formats;
pub(crate) mod owners;
pub(crate) mod people;
pub(crate) mod project;
pub(crate) mod quotes;
pub(crate) mod recognise;
pub(crate) mod relations;
pub(crate) mod remarks;
pub(crate) mod rounds;
pub(crate) mod twins;

use std::borrow::Cow;

/// Returns a count with its noun: "1 link", "2 links".
pub(crate) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// A countable noun in the singular and the plural.
struct Noun {
    one: Cow<'static, str>,
    many: Cow<'static, str>,
}

impl Noun {
    fn new(one: &'static str, many: &'static str) -> Self {
        Self { one: one.into(), many: many.into() }
    }

    /// Returns the form for a count.
    fn of(self, count: usize) -> Cow<'static, str> {
        if count == 1 { self.one } else { self.many }
    }
}
