//! The order of passages in time, kept up to date at a cost that depends on the edit.

use foldhash::HashSet as FastSet;
use rayon::prelude::*;

use super::MovesChange;
use crate::bargain::{Passage, PassageIndex};

/// All passages from the earliest to the latest, and the place of each.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct ByTime {
    order: Vec<PassageIndex>,
    /// The place in the order, by index; meaningless for passages that are gone.
    rank: Vec<u32>,
}

impl ByTime {
    /// Sorts passages.
    pub fn of(passages: &[Passage], mut order: Vec<PassageIndex>) -> Self {
        order.par_sort_by(|a, b| passages[a.get()].order().cmp(&passages[b.get()].order()));
        let mut by_time = Self { order, rank: Vec::new() };
        by_time.rank(passages.len());
        by_time
    }

    /// Follows a change. `after` are the passages that are new or have changed.
    pub fn update(&mut self, passages: &[Passage], change: &MovesChange) {
        let key = |index: &PassageIndex| passages[index.get()].order();
        let changed: FastSet<PassageIndex> =
            change.before.iter().map(|(index, _)| *index).chain(change.after.iter().copied()).collect();
        if changed.is_empty() {
            return;
        }
        let mut added = change.after.clone();
        added.sort_by_cached_key(key);
        added.dedup();
        self.order.retain(|index| !changed.contains(index));
        // From the latest, so that no place moves.
        for index in added.iter().rev() {
            let place = self.order.partition_point(|other| key(other) < key(index));
            self.order.insert(place, *index);
        }
        self.rank(passages.len());
    }

    fn rank(&mut self, count: usize) {
        self.rank.resize(count, u32::MAX);
        for (place, index) in (0u32..).zip(&self.order) {
            self.rank[index.get()] = place;
        }
    }

    /// All passages, the earliest first.
    pub fn all(&self) -> &[PassageIndex] {
        &self.order
    }

    /// The place of a passage.
    pub fn place(&self, index: PassageIndex) -> u32 {
        self.rank[index.get()]
    }
}
