//! An interval index of the ranges of spans.

use std::cmp::Reverse;
use std::ops::Range;
use std::sync::Arc;

use super::{SpanId, TextRange};

/// Number of entries in a new leaf. A leaf with twice as many is split.
const LEAF_ENTRIES: usize = 256;

/// Number of entries in a cell of a leaf.
const CELL_ENTRIES: usize = 16;

/// One range of a span. A span of several ranges has several entries.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct IndexEntry {
    /// The range, in bytes.
    pub range: TextRange,
    /// The span it belongs to.
    pub span: SpanId,
}

impl IndexEntry {
    fn key(&self) -> (usize, Reverse<usize>, SpanId) {
        (self.range.start, Reverse(self.range.end), self.span)
    }
}

/// An interval index: ranges sorted by start, then longest first, then span id, in leaves that know the
/// greatest end of their entries.
///
/// A query skips every leaf, and every cell of a leaf, whose greatest end is before the range, so a span over
/// the whole document costs no more than any other. A change affects one leaf. A clone shares all leaves that
/// are not changed later, so tagging can go on at no cost while a clone is being saved.
///
/// # Examples
///
/// A hit test returns the outermost span first:
///
/// ```
/// use demarche_model::{IndexEntry, SpanId, SpanIndex, TextRange};
/// use uuid::Uuid;
///
/// let entry = |id, start, end| IndexEntry {
///     range: TextRange::new(start, end),
///     span: SpanId(Uuid::from_u128(id)),
/// };
/// // (0, 20)   1 [--------------------)
/// // (4, 10)   2     [------)
/// // (12, 16)  3             [----)
/// let index = SpanIndex::new(vec![entry(3, 12, 16), entry(2, 4, 10), entry(1, 0, 20)]);
/// assert_eq!(index.at(5).collect::<Vec<_>>(), [entry(1, 0, 20), entry(2, 4, 10)]);
/// assert_eq!(index.overlapping(TextRange::new(10, 13)).count(), 2);
/// ```
///
/// The index follows edits without being rebuilt:
///
/// ```
/// # use demarche_model::{IndexEntry, SpanId, SpanIndex, TextRange};
/// # use uuid::Uuid;
/// # let entry = |id, start, end| IndexEntry {
/// #     range: TextRange::new(start, end),
/// #     span: SpanId(Uuid::from_u128(id)),
/// # };
/// let mut index = SpanIndex::new(vec![entry(1, 0, 20)]);
/// index.insert(entry(2, 4, 10));
/// index.remove(entry(1, 0, 20));
/// assert_eq!(index, SpanIndex::new(vec![entry(2, 4, 10)]));
/// ```
#[derive(Clone, Debug, Default)]
pub struct SpanIndex {
    leaves: Vec<Arc<Leaf>>,
    /// One per leaf.
    bounds: Vec<LeafBound>,
}

/// Entries; never empty.
#[derive(Clone, Debug)]
struct Leaf {
    entries: Vec<IndexEntry>,
    /// The greatest end of every [`CELL_ENTRIES`] entries.
    max_ends: Vec<usize>,
}

/// What a query needs to know about a leaf.
#[derive(Clone, Copy, Debug)]
struct LeafBound {
    /// Number of entries in this leaf and those before it.
    end: usize,
    /// The greatest end of the leaf's entries, in bytes.
    max_end: usize,
}

impl Leaf {
    fn new(entries: Vec<IndexEntry>) -> Arc<Self> {
        let mut leaf = Self { entries, max_ends: Vec::new() };
        leaf.refresh();
        Arc::new(leaf)
    }

    fn refresh(&mut self) {
        let max_end = |cell: &[IndexEntry]| cell.iter().map(|entry| entry.range.end).max().unwrap_or(0);
        self.max_ends.clear();
        self.max_ends.extend(self.entries.chunks(CELL_ENTRIES).map(max_end));
    }

    /// The position of an entry, or the position at which to insert it.
    fn position(&self, entry: &IndexEntry) -> usize {
        self.entries.partition_point(|other| other.key() < entry.key())
    }
}

impl PartialEq for SpanIndex {
    fn eq(&self, other: &Self) -> bool {
        self.entries().iter().eq(other.entries().iter())
    }
}

impl SpanIndex {
    /// Builds the index from entries in any order.
    pub fn new(mut entries: Vec<IndexEntry>) -> Self {
        entries.sort_unstable_by_key(IndexEntry::key);
        let leaves = entries.chunks(LEAF_ENTRIES).map(|leaf| Leaf::new(leaf.to_vec())).collect();
        let mut index = Self { leaves, bounds: Vec::new() };
        index.refresh_bounds(0);
        index
    }

    /// All entries in order.
    pub fn entries(&self) -> IndexEntries<'_> {
        IndexEntries(self)
    }

    /// Adds an entry. Costs one leaf.
    pub fn insert(&mut self, entry: IndexEntry) {
        let at = self.leaf_for(&entry).min(self.leaves.len().saturating_sub(1));
        match self.leaves.get_mut(at).map(Arc::make_mut) {
            None => self.leaves.push(Leaf::new(vec![entry])),
            Some(leaf) => {
                leaf.entries.insert(leaf.position(&entry), entry);
                let rest =
                    (leaf.entries.len() >= 2 * LEAF_ENTRIES).then(|| leaf.entries.split_off(LEAF_ENTRIES));
                leaf.refresh();
                self.leaves.splice(at + 1..at + 1, rest.map(Leaf::new));
            }
        }
        self.refresh_bounds(at);
    }

    /// Removes an entry if it exists.
    pub fn remove(&mut self, entry: IndexEntry) {
        let at = self.leaf_for(&entry);
        let Some(leaf) = self.leaves.get_mut(at) else { return };
        let position = leaf.position(&entry);
        if leaf.entries.get(position) != Some(&entry) {
            return;
        }
        if leaf.entries.len() == 1 {
            self.leaves.remove(at);
        } else {
            let leaf = Arc::make_mut(leaf);
            leaf.entries.remove(position);
            leaf.refresh();
        }
        self.refresh_bounds(at);
    }

    /// Removes and adds many entries in one pass.
    pub fn replace(&mut self, removed: &[IndexEntry], added: &[IndexEntry]) {
        let mut removed = removed.to_vec();
        removed.sort_unstable_by_key(IndexEntry::key);
        let stays =
            |entry: &&IndexEntry| removed.binary_search_by_key(&entry.key(), IndexEntry::key).is_err();
        let entries = self.entries().iter().filter(stays).chain(added).copied().collect();
        *self = Self::new(entries);
    }

    /// Returns the entries that share a byte with `range`, in order.
    pub fn overlapping(&self, range: TextRange) -> Overlapping<'_> {
        Overlapping { index: self, leaf: 0, at: 0, range }
    }

    /// Returns the entries that contain the byte at `offset`, in order: the outermost first.
    pub fn at(&self, offset: usize) -> Overlapping<'_> {
        self.overlapping(TextRange { start: offset, end: offset + 1 })
    }

    /// Returns the position of the first entry that starts at or after `offset`.
    pub fn first_from(&self, offset: usize) -> usize {
        let before = |entry: &IndexEntry| entry.range.start < offset;
        let leaf = self.leaves.partition_point(|leaf| leaf.entries.first().is_some_and(before));
        let Some(leaf) = leaf.checked_sub(1) else { return 0 };
        self.entries_before(leaf) + self.leaves[leaf].entries.partition_point(before)
    }

    /// The leaf of an entry, or the leaf to insert it into; one past the last leaf if it comes after all
    /// entries.
    fn leaf_for(&self, entry: &IndexEntry) -> usize {
        let before = |other: &IndexEntry| other.key() < entry.key();
        self.leaves.partition_point(|leaf| leaf.entries.last().is_some_and(before))
    }

    /// Number of entries before a leaf.
    fn entries_before(&self, leaf: usize) -> usize {
        if leaf == 0 { 0 } else { self.bounds[leaf - 1].end }
    }

    /// Recomputes the bounds of the leaves from `from` on.
    fn refresh_bounds(&mut self, from: usize) {
        self.bounds.truncate(from);
        let mut end = self.bounds.last().map_or(0, |bound| bound.end);
        for leaf in &self.leaves[self.bounds.len()..] {
            end += leaf.entries.len();
            self.bounds.push(LeafBound { end, max_end: leaf.max_ends.iter().copied().max().unwrap_or(0) });
        }
    }
}

/// The entries of an index, in order.
#[derive(Clone, Copy)]
pub struct IndexEntries<'a>(&'a SpanIndex);

impl<'a> IndexEntries<'a> {
    /// Number of entries.
    pub fn len(self) -> usize {
        self.0.bounds.last().map_or(0, |bound| bound.end)
    }

    /// True if there are no entries.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The entry at a position.
    pub fn get(self, position: usize) -> Option<&'a IndexEntry> {
        let leaf = self.0.bounds.partition_point(|bound| bound.end <= position);
        self.0.leaves.get(leaf)?.entries.get(position - self.0.entries_before(leaf))
    }

    /// Iterates over all entries.
    pub fn iter(self) -> impl DoubleEndedIterator<Item = &'a IndexEntry> {
        self.0.leaves.iter().flat_map(|leaf| &leaf.entries)
    }

    /// Iterates over the entries at these positions.
    pub fn range(self, positions: Range<usize>) -> impl DoubleEndedIterator<Item = &'a IndexEntry> {
        let first = self.0.bounds.partition_point(|bound| bound.end <= positions.start);
        let last = self.0.bounds.partition_point(|bound| bound.end < positions.end);
        let leaves = self.0.leaves.iter().enumerate().take(last + 1).skip(first);
        leaves.flat_map(move |(number, leaf)| {
            let start = self.0.entries_before(number);
            let from = positions.start.saturating_sub(start).min(leaf.entries.len());
            let to = positions.end.saturating_sub(start).min(leaf.entries.len());
            leaf.entries[from.min(to)..to].iter()
        })
    }
}

/// Iterator over the entries that overlap a range; see [`SpanIndex::overlapping`].
pub struct Overlapping<'a> {
    index: &'a SpanIndex,
    leaf: usize,
    /// Position within the leaf.
    at: usize,
    range: TextRange,
}

impl Iterator for Overlapping<'_> {
    type Item = IndexEntry;

    fn next(&mut self) -> Option<IndexEntry> {
        let after = self.range.start;
        loop {
            let bounds = self.index.bounds.get(self.leaf..)?;
            if self.at == 0 {
                self.leaf += bounds.iter().position(|bound| bound.max_end > after)?;
            }
            let leaf = self.index.leaves.get(self.leaf)?;
            while let Some(entry) = leaf.entries.get(self.at) {
                if entry.range.start >= self.range.end {
                    return None;
                }
                if self.at.is_multiple_of(CELL_ENTRIES) && leaf.max_ends[self.at / CELL_ENTRIES] <= after {
                    self.at += CELL_ENTRIES;
                    continue;
                }
                self.at += 1;
                if entry.range.end > after {
                    return Some(*entry);
                }
            }
            self.leaf += 1;
            self.at = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn entry(start: usize, len: usize, id: u128) -> IndexEntry {
        IndexEntry { range: TextRange { start, end: start + len }, span: SpanId(Uuid::from_u128(id)) }
    }

    fn naive(entries: &[IndexEntry], range: TextRange) -> Vec<IndexEntry> {
        let mut all: Vec<IndexEntry> = entries.iter().copied().filter(|e| e.range.overlaps(range)).collect();
        all.sort_by_key(IndexEntry::key);
        all
    }

    #[test]
    fn the_outermost_comes_first() {
        let index = SpanIndex::new(vec![entry(5, 3, 1), entry(5, 9, 2), entry(0, 40, 3)]);
        let order: Vec<u128> = index.at(6).map(|e| e.span.0.as_u128()).collect();
        assert_eq!(order, [3, 2, 1]);
    }

    proptest! {
        #[test]
        fn edited_indexes_agree_with_a_scan(
            start in prop::collection::vec((0..5000usize, 1..400usize), 0..700),
            edits in prop::collection::vec((any::<bool>(), 0..5000usize, 1..3000usize), 0..40),
            queries in prop::collection::vec((0..5200usize, 1..600usize), 1..20),
        ) {
            let mut entries: Vec<IndexEntry> =
                start.iter().enumerate().map(|(i, &(s, l))| entry(s, l, i as u128)).collect();
            let mut index = SpanIndex::new(entries.clone());
            for (i, &(add, s, l)) in edits.iter().enumerate() {
                if add || entries.is_empty() {
                    let new = entry(s, l, 10_000 + i as u128);
                    entries.push(new);
                    index.insert(new);
                } else {
                    let old = entries.swap_remove(s % entries.len());
                    index.remove(old);
                }
            }
            let fresh = SpanIndex::new(entries.clone());
            prop_assert_eq!(&index, &fresh);
            for &(s, l) in &queries {
                let (from, to) = (index.first_from(s), index.first_from(s + l));
                prop_assert_eq!((from, to), (fresh.first_from(s), fresh.first_from(s + l)));
                let all: Vec<&IndexEntry> = fresh.entries().iter().collect();
                prop_assert_eq!(index.entries().range(from..to).collect::<Vec<_>>(), &all[from..to]);
                prop_assert_eq!(index.entries().get(from), all.get(from).copied());
            }
            for &(s, l) in &queries {
                let range = TextRange { start: s, end: s + l };
                prop_assert_eq!(index.overlapping(range).collect::<Vec<_>>(), naive(&entries, range));
            }
        }

        #[test]
        fn bulk_replacement_agrees_with_single_edits(
            start in prop::collection::vec((0..500usize, 1..40usize), 1..200),
            added in prop::collection::vec((0..500usize, 1..40usize), 0..50),
        ) {
            let entries: Vec<IndexEntry> = start.iter().enumerate().map(|(i, &(s, l))| entry(s, l, i as u128)).collect();
            let added: Vec<IndexEntry> =
                added.iter().enumerate().map(|(i, &(s, l))| entry(s, l, 1000 + i as u128)).collect();
            let removed = &entries[..entries.len() / 2];
            let mut at_once = SpanIndex::new(entries.clone());
            at_once.replace(removed, &added);
            let mut one_by_one = SpanIndex::new(entries.clone());
            removed.iter().for_each(|&e| one_by_one.remove(e));
            added.iter().for_each(|&e| one_by_one.insert(e));
            prop_assert_eq!(at_once, one_by_one);
        }
    }
}
