//! Counts what a format could not carry.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::Loss;

/// Counts what a format could not carry.
#[derive(Default)]
pub(crate) struct Losses(BTreeMap<Cow<'static, str>, usize>);

impl Losses {
    /// Notes that something was carried after all.
    pub(super) fn carried(&mut self, what: &str) {
        self.0.remove(what);
    }

    /// Notes that something was lost `count` times.
    pub fn add(&mut self, what: &'static str, count: usize) {
        self.note(Cow::Borrowed(what), count);
    }

    /// Notes what was lost elsewhere.
    pub fn extend(&mut self, losses: impl IntoIterator<Item = Loss>) {
        losses.into_iter().for_each(|loss| self.note(Cow::Owned(loss.what), loss.count));
    }

    fn note(&mut self, what: Cow<'static, str>, count: usize) {
        if count > 0 {
            *self.0.entry(what).or_default() += count;
        }
    }

    /// Adds what was counted elsewhere.
    pub fn join(&mut self, other: Self) {
        other.0.into_iter().for_each(|(what, count)| self.note(what, count));
    }

    /// The report, by name.
    pub fn report(self) -> Vec<Loss> {
        self.0.into_iter().map(|(what, count)| Loss { what: what.into_owned(), count }).collect()
    }
}
