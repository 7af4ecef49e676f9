//! English of this crate, one file per subject, as functions of values: a catalogue of another language can take its
//! place. Texts of errors are at their variants.

mod losses;

use std::borrow::Cow;

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
