//! The English of this crate: names, explanations and reasons that the interface shows, one file per subject.
//!
//! Each text is a function of a value, so a catalogue of languages can take its place. Identifiers for scripts, such as
//! [`Measure::id`](crate::agreement::Measure::id), are not text and stay with their types.

mod agreement;
mod assignment;
mod bargain;
pub(crate) mod changes;
mod differences;
pub(crate) mod drawn;
pub(crate) mod figure;
mod filter;
mod merge;
mod mismatch;
pub(crate) mod report;
pub(crate) mod roles;
pub(crate) mod study;
pub(crate) mod views;
