//! The passages behind a number.

use smallvec::SmallVec;

use super::PassageIndex;

/// The passages behind a number, each once. Most numbers of a table have one or a few.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct PassageSet(SmallVec<[PassageIndex; 4]>);

impl PassageSet {
    /// A set of some passages, which are copied at once if they are in order.
    pub(crate) fn of_slice(passages: &[PassageIndex]) -> Self {
        if passages.is_sorted_by(|one, other| one < other) {
            return Self(SmallVec::from_slice(passages));
        }
        passages.iter().copied().collect()
    }

    /// Number of passages.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// True if there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The passages, by index. [`Moves::in_order`](super::Moves::in_order) sorts them by time.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = PassageIndex> + '_ {
        self.0.iter().copied()
    }

    /// True if a passage is among them.
    pub fn contains(&self, passage: PassageIndex) -> bool {
        self.0.binary_search(&passage).is_ok()
    }
}

impl FromIterator<PassageIndex> for PassageSet {
    fn from_iter<I: IntoIterator<Item = PassageIndex>>(passages: I) -> Self {
        let mut all: SmallVec<[PassageIndex; 4]> = passages.into_iter().collect();
        // Most are collected in order.
        if !all.is_sorted_by(|one, other| one < other) {
            all.sort_unstable();
            all.dedup();
        }
        Self(all)
    }
}

impl Extend<PassageIndex> for PassageSet {
    fn extend<I: IntoIterator<Item = PassageIndex>>(&mut self, passages: I) {
        let known = std::mem::take(&mut self.0);
        *self = known.into_iter().chain(passages).collect();
    }
}
