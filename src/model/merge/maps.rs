//! Merges of sets, and of the entries of maps.

use std::collections::{BTreeMap, BTreeSet};

use super::{RecordMerge, Side, three_way};

/// The entries of three maps by key.
pub(super) fn entries<K: Ord, T>(sides: [&BTreeMap<K, T>; 3]) -> impl Iterator<Item = (&K, [Option<&T>; 3])> {
    let keys: BTreeSet<&K> = sides.iter().flat_map(|side| side.keys()).collect();
    keys.into_iter().map(move |key| (key, sides.map(|side| side.get(key))))
}

/// Merges a value that both sides may have changed as a whole.
pub(super) fn merge_whole<T: PartialEq + Clone, F: Clone>(
    [base, ours, theirs]: [Option<&T>; 3],
    field: F,
) -> RecordMerge<T, F> {
    three_way(base, ours, theirs, |_, ours, theirs, prefer| match prefer {
        Side::Ours => (ours.clone(), vec![field.clone()]),
        Side::Theirs => (theirs.clone(), vec![field.clone()]),
    })
}

/// What both sides have, and what one of them has added.
pub(super) fn merge_sets<T: Ord + Clone>(
    base: Option<&BTreeSet<T>>,
    ours: &BTreeSet<T>,
    theirs: &BTreeSet<T>,
) -> BTreeSet<T> {
    let is_kept = |entry: &&T| {
        let is_known = base.is_some_and(|base| base.contains(*entry));
        !is_known || (ours.contains(*entry) && theirs.contains(*entry))
    };
    ours.union(theirs).filter(is_kept).cloned().collect()
}
