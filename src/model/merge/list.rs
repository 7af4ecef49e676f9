//! Merges ordered lists of records with ids.

use std::collections::{BTreeMap, BTreeSet};

use super::{RecordMerge, Side, three_way};

/// A list to be merged record by record.
pub(super) struct ThreeWayList<'a, T> {
    /// The common base.
    pub base: &'a [T],
    /// Ours.
    pub ours: &'a [T],
    /// Theirs.
    pub theirs: &'a [T],
}

impl<T: PartialEq + Clone> ThreeWayList<'_, T> {
    /// Merges them: an outcome per id, in the order of the merged list.
    pub fn merge<K: Ord + Clone, F>(
        &self,
        id: impl Fn(&T) -> &K,
        join: impl Fn(Option<&T>, &T, &T, Side) -> (T, Vec<F>),
    ) -> Vec<(K, RecordMerge<T, F>)> {
        let by_id = |list| index(list, &id);
        let (base, ours, theirs) = (by_id(self.base), by_id(self.ours), by_id(self.theirs));
        let order = |list: &[T]| list.iter().map(|item| id(item).clone()).collect::<Vec<K>>();
        let order = merged_order(&order(self.base), &order(self.ours), &order(self.theirs));
        let outcome = |key: &K| {
            let item = |side: &BTreeMap<&K, usize>, list: &'_ [T]| {
                side.get(key).and_then(|&at| list.get(at).cloned())
            };
            let (b, o, t) = (item(&base, self.base), item(&ours, self.ours), item(&theirs, self.theirs));
            three_way(b.as_ref(), o.as_ref(), t.as_ref(), &join)
        };
        order.into_iter().map(|key| (key.clone(), outcome(&key))).collect()
    }
}

fn index<'a, T, K: Ord>(list: &'a [T], id: &impl Fn(&T) -> &K) -> BTreeMap<&'a K, usize> {
    list.iter().enumerate().map(|(at, item)| (id(item), at)).collect()
}

/// Merges the order of everything that either side has. The side that has moved something determines it, or
/// ours if both have. An addition comes after its predecessor on its side, and additions of both sides at the
/// same position are sorted by id, so that the merge is symmetric.
fn merged_order<K: Ord + Clone>(base: &[K], ours: &[K], theirs: &[K]) -> Vec<K> {
    let set = |list: &[K]| list.iter().cloned().collect::<BTreeSet<K>>();
    let (known, in_ours) = (set(base), set(ours));
    let among =
        |list: &[K], other: &BTreeSet<K>| list.iter().filter(|key| other.contains(key)).cloned().collect();
    let (now, before): (Vec<K>, Vec<K>) = (among(ours, &known), among(base, &in_ours));
    let (first, second) = if now == before { (theirs, ours) } else { (ours, theirs) };
    let mut skeleton: Vec<K> = among(first, &known);
    // Records of the base that only the other side still has.
    let have = set(first);
    for (at, key) in second.iter().enumerate().filter(|(_, key)| known.contains(key) && !have.contains(key)) {
        let before = second.iter().take(at).rev().find_map(|b| skeleton.iter().position(|s| s == b));
        skeleton.insert(before.map_or(0, |before| before + 1), key.clone());
    }
    let placed = set(&skeleton);
    let (mine, other) = (additions_after(ours, &placed), additions_after(theirs, &placed));
    let mut out = Vec::new();
    let mut seen = BTreeSet::new();
    for anchor in std::iter::once(None).chain(skeleton.into_iter().map(Some)) {
        let mut added = [mine.get(&anchor), other.get(&anchor)];
        added.sort();
        for key in anchor.iter().chain(added.into_iter().flatten().flatten()) {
            if seen.insert(key.clone()) {
                out.push(key.clone());
            }
        }
    }
    out
}

/// Groups what a side has added by its predecessor.
fn additions_after<K: Ord + Clone>(list: &[K], placed: &BTreeSet<K>) -> BTreeMap<Option<K>, Vec<K>> {
    let mut additions: BTreeMap<Option<K>, Vec<K>> = BTreeMap::new();
    let mut anchor = None;
    for key in list {
        if placed.contains(key) {
            anchor = Some(key.clone());
        } else {
            additions.entry(anchor.clone()).or_default().push(key.clone());
        }
    }
    additions
}
