//! The order of the rows if they are sorted by a column or grouped.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::column::{Column, OrderKey, Passage};
use super::row::StoredRow;

/// The order of the table's rows.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Arrangement {
    /// The column to sort by; `None` for document and position.
    pub sort: Option<Sort>,
    /// The column to group by, with a heading for each value.
    pub group: Option<Column>,
}

/// A column to sort by, with the direction.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sort {
    /// The column.
    pub column: Column,
    /// Whether the highest value comes first.
    pub descending: bool,
}

impl Arrangement {
    /// Returns whether rows are in the order of documents and positions.
    pub fn is_by_place(&self) -> bool {
        self.sort.is_none() && self.group.is_none()
    }

    /// The arrangement after a click on a column's header: ascending, then descending, then by position.
    pub fn clicked(&self, column: &Column) -> Self {
        let descending = self.sort.as_ref().filter(|sort| sort.column == *column).map(|sort| sort.descending);
        let sort = match descending {
            None => Some(Sort { column: column.clone(), descending: false }),
            Some(false) => Some(Sort { column: column.clone(), descending: true }),
            Some(true) => None,
        };
        Self { sort, group: self.group.clone() }
    }

    pub(super) fn keys(&self, passage: &Passage<'_>) -> RowKeys {
        RowKeys {
            group: self.group.as_ref().map_or(OrderKey::Missing, |column| passage.group_key(column)),
            sort: self.sort.as_ref().map_or(OrderKey::Missing, |sort| passage.key(&sort.column)),
        }
    }

    fn compare(&self, a: &SortedRow, b: &SortedRow) -> Ordering {
        let sort = self.sort.as_ref();
        let descending = sort.is_some_and(|sort| sort.descending);
        self.compare_groups(&a.keys.group, &b.keys.group)
            .then_with(|| compare_keys(&a.keys.sort, &b.keys.sort, descending))
            .then_with(|| (a.document, a.row.key()).cmp(&(b.document, b.row.key())))
    }

    /// Groups are descending if rows are sorted descending by the same column.
    fn compare_groups(&self, a: &OrderKey, b: &OrderKey) -> Ordering {
        let same = self.sort.as_ref().filter(|sort| Some(&sort.column) == self.group.as_ref());
        compare_keys(a, b, same.is_some_and(|sort| sort.descending))
    }
}

/// Compares keys in a direction; missing ones come last in both.
fn compare_keys(a: &OrderKey, b: &OrderKey, descending: bool) -> Ordering {
    match (a, b) {
        (OrderKey::Missing, _) | (_, OrderKey::Missing) => a.cmp(b),
        _ if descending => b.cmp(a),
        _ => a.cmp(b),
    }
}

/// The keys of a row. They are stored with it, since its span may be gone when the row has to be found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct RowKeys {
    group: OrderKey,
    sort: OrderKey,
}

/// A row with its keys.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct SortedRow {
    pub keys: RowKeys,
    /// Position of the document in the table.
    pub document: u32,
    pub row: StoredRow,
}

/// A group of rows with a heading.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub key: OrderKey,
    pub rows: usize,
    /// Number of rows up to and including its last one.
    pub end: usize,
    /// Number of lines up to and including its last one, with headings; a closed group is only its heading.
    pub line_end: usize,
    pub closed: bool,
}

/// All rows in order.
#[derive(Default)]
pub(super) struct Order {
    arrangement: Arrangement,
    /// A tree, so that inserting or removing a row does not move all others.
    entries: imbl::Vector<SortedRow>,
    pub groups: Vec<Group>,
}

impl Order {
    /// Sorts and groups rows.
    pub fn new(arrangement: &Arrangement, mut entries: Vec<SortedRow>) -> Self {
        entries.sort_unstable_by(|a, b| arrangement.compare(a, b));
        let mut groups: Vec<Group> = Vec::new();
        if arrangement.group.is_some() {
            for run in entries.chunk_by(|a, b| a.keys.group == b.keys.group) {
                groups.push(Group::new(&run[0].keys.group, run.len()));
            }
        }
        Self { arrangement: arrangement.clone(), entries: entries.into_iter().collect(), groups }
    }

    /// The row at an index.
    pub fn get(&self, index: usize) -> Option<&SortedRow> {
        self.entries.get(index)
    }

    /// The index of a row.
    pub fn position(&self, entry: &SortedRow) -> Option<usize> {
        self.search(entry).ok()
    }

    fn search(&self, entry: &SortedRow) -> Result<usize, usize> {
        self.entries.binary_search_by(|other| self.arrangement.compare(other, entry))
    }

    /// Inserts a row. Call [`Self::count`] afterwards.
    pub fn insert(&mut self, entry: SortedRow) {
        if let Err(index) = self.search(&entry) {
            self.change_group(&entry.keys.group, true);
            self.entries.insert(index, entry);
        }
    }

    /// Removes a row. Call [`Self::count`] afterwards.
    pub fn remove(&mut self, entry: &SortedRow) {
        if let Ok(index) = self.search(entry) {
            self.change_group(&entry.keys.group, false);
            self.entries.remove(index);
        }
    }

    fn change_group(&mut self, key: &OrderKey, grows: bool) {
        if self.arrangement.group.is_none() {
            return;
        }
        let arrangement = &self.arrangement;
        match self.groups.binary_search_by(|group| arrangement.compare_groups(&group.key, key)) {
            Ok(at) if grows => self.groups[at].rows += 1,
            Ok(at) if self.groups[at].rows > 1 => self.groups[at].rows -= 1,
            Ok(at) => drop(self.groups.remove(at)),
            Err(at) if grows => self.groups.insert(at, Group::new(key, 1)),
            Err(_) => {}
        }
    }

    /// Recounts the rows and lines of the groups.
    pub fn count(&mut self, closed: &BTreeSet<OrderKey>) {
        let (mut end, mut line_end) = (0, 0);
        for group in &mut self.groups {
            group.closed = closed.contains(&group.key);
            end += group.rows;
            line_end += 1 + if group.closed { 0 } else { group.rows };
            (group.end, group.line_end) = (end, line_end);
        }
    }
}

impl Group {
    fn new(key: &OrderKey, rows: usize) -> Self {
        Self { key: key.clone(), rows, end: 0, line_end: 0, closed: false }
    }

    /// The index of its first row.
    pub fn start(&self) -> usize {
        self.end - self.rows
    }

    /// The line of its heading.
    pub fn line(&self) -> usize {
        self.line_end - 1 - if self.closed { 0 } else { self.rows }
    }
}
