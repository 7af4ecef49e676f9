//! The English of this crate: names and descriptions that the interface shows, one file per subject.
//!
//! Each text is a function of a value, so a catalogue of languages can take its place. Texts of errors stay at their
//! variants, and what files contain stays with the formats.

pub(crate) mod attributes;
mod locator;
pub(crate) mod merge;
pub(crate) mod people;
pub(crate) mod values;
