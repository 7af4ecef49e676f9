//! Finds the spans that lie in a stretch of text, in the order in which people read them.

use std::cmp::Reverse;

use super::{SpanId, TextRange};

/// Entries under one cell of the level above.
const FAN_OUT: usize = 16;

/// One range of one span. A span of several ranges has several entries.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Entry {
    /// The range, in bytes.
    pub range: TextRange,
    /// The span it belongs to.
    pub span: SpanId,
}

impl Entry {
    fn key(&self) -> (usize, Reverse<usize>, SpanId) {
        (self.range.start, Reverse(self.range.end), self.span)
    }
}

/// Ranges sorted by start, then longest first, then span id, with levels of the greatest end above them: cell `i` of
/// `levels[0]` is the greatest end among entries `16 i ..= 16 i + 15`, and so on upwards.
///
/// A query skips every cell whose greatest end lies before the stretch, so that one span over the whole document
/// costs no more than any other.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct SpanIndex {
    entries: Vec<Entry>,
    levels: Vec<Vec<usize>>,
}

impl SpanIndex {
    /// Builds the index from entries in any order.
    pub fn new(mut entries: Vec<Entry>) -> Self {
        entries.sort_unstable_by_key(Entry::key);
        let mut index = Self { entries, levels: Vec::new() };
        index.rebuild_levels(0);
        index
    }

    /// All entries in order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Adds an entry. O(n) moves of memory, no search.
    pub fn insert(&mut self, entry: Entry) {
        let at = self.entries.partition_point(|e| e.key() < entry.key());
        self.entries.insert(at, entry);
        self.rebuild_levels(at);
    }

    /// Removes an entry, if it is there.
    pub fn remove(&mut self, entry: Entry) {
        let at = self.entries.partition_point(|e| e.key() < entry.key());
        if self.entries.get(at) == Some(&entry) {
            self.entries.remove(at);
            self.rebuild_levels(at);
        }
    }

    /// Removes and adds many entries in one pass.
    pub fn replace(&mut self, removed: &[Entry], added: &[Entry]) {
        let mut removed = removed.to_vec();
        removed.sort_unstable_by_key(Entry::key);
        self.entries.retain(|e| removed.binary_search_by_key(&e.key(), Entry::key).is_err());
        self.entries.extend_from_slice(added);
        self.entries.sort_by_key(Entry::key);
        self.rebuild_levels(0);
    }

    /// Entries that share a byte with `range`, in order.
    pub fn overlapping(&self, range: TextRange) -> Overlapping<'_> {
        let stop = self.entries.partition_point(|e| e.range.start < range.end);
        Overlapping { index: self, at: 0, stop, after: range.start }
    }

    /// Entries that hold the byte at `offset`, in order: the outermost first.
    pub fn at(&self, offset: usize) -> Overlapping<'_> {
        self.overlapping(TextRange { start: offset, end: offset + 1 })
    }

    /// Position of the first entry that starts at or after `offset`.
    pub fn first_from(&self, offset: usize) -> usize {
        self.entries.partition_point(|e| e.range.start < offset)
    }

    /// Recomputes the cells above entry `from` and everything after it.
    fn rebuild_levels(&mut self, from: usize) {
        let mut level = 0;
        let mut from = from / FAN_OUT;
        loop {
            let below = if level == 0 { self.entries.len() } else { self.levels[level - 1].len() };
            if below <= 1 {
                break;
            }
            if self.levels.len() == level {
                self.levels.push(Vec::new());
                from = 0;
            }
            let cells = below.div_ceil(FAN_OUT);
            let (lower, upper) = self.levels.split_at_mut(level);
            let cell_values = &mut upper[0];
            cell_values.truncate(from);
            for cell in cell_values.len()..cells {
                let span = cell * FAN_OUT..((cell + 1) * FAN_OUT).min(below);
                let greatest = match lower.last() {
                    None => self.entries[span].iter().map(|e| e.range.end).max(),
                    Some(lower) => lower[span].iter().copied().max(),
                };
                cell_values.push(greatest.unwrap_or(0));
            }
            level += 1;
            from /= FAN_OUT;
        }
        self.levels.truncate(level);
    }

    /// How many entries from `at` on can be skipped because none ends after `after`; 0 if `at` itself may match.
    fn skip(&self, at: usize, after: usize) -> usize {
        let mut skipped = 0;
        let mut cell_size = FAN_OUT;
        for level in &self.levels {
            if !at.is_multiple_of(cell_size) || level[at / cell_size] > after {
                break;
            }
            skipped = cell_size;
            cell_size *= FAN_OUT;
        }
        skipped
    }
}

/// Iterator over the entries that overlap a stretch; see [`SpanIndex::overlapping`].
pub struct Overlapping<'a> {
    index: &'a SpanIndex,
    at: usize,
    stop: usize,
    after: usize,
}

impl Iterator for Overlapping<'_> {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        while self.at < self.stop {
            let skipped = self.index.skip(self.at, self.after);
            if skipped > 0 {
                self.at += skipped;
                continue;
            }
            let entry = self.index.entries[self.at];
            self.at += 1;
            if entry.range.end > self.after {
                return Some(entry);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn entry(start: usize, len: usize, id: u128) -> Entry {
        Entry { range: TextRange { start, end: start + len }, span: SpanId(Uuid::from_u128(id)) }
    }

    fn naive(entries: &[Entry], range: TextRange) -> Vec<Entry> {
        let mut all: Vec<Entry> = entries.iter().copied().filter(|e| e.range.overlaps(range)).collect();
        all.sort_by_key(Entry::key);
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
        fn agrees_with_a_scan_whatever_was_edited(
            start in prop::collection::vec((0..5000usize, 1..400usize), 0..700),
            edits in prop::collection::vec((any::<bool>(), 0..5000usize, 1..3000usize), 0..40),
            queries in prop::collection::vec((0..5200usize, 1..600usize), 1..20),
        ) {
            let mut entries: Vec<Entry> =
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
            prop_assert_eq!(&index, &SpanIndex::new(entries.clone()));
            for &(s, l) in &queries {
                let range = TextRange { start: s, end: s + l };
                prop_assert_eq!(index.overlapping(range).collect::<Vec<_>>(), naive(&entries, range));
            }
        }

        #[test]
        fn many_at_once_is_the_same_as_one_by_one(
            start in prop::collection::vec((0..500usize, 1..40usize), 1..200),
            added in prop::collection::vec((0..500usize, 1..40usize), 0..50),
        ) {
            let entries: Vec<Entry> = start.iter().enumerate().map(|(i, &(s, l))| entry(s, l, i as u128)).collect();
            let added: Vec<Entry> =
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
