//! The order of the rows where it is not that of the texts: sorted by a column, in groups.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::column::{Column, OrderKey, Passage};
use super::row::StoredRow;

/// In what order the table shows its rows.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Arrangement {
    /// By which column; by document and place where there is none.
    pub sort: Option<Sort>,
    /// Rows with the same in this column stand together under a heading.
    pub group: Option<Column>,
}

/// A column to sort by, and which way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sort {
    /// The column.
    pub column: Column,
    /// Whether the last comes first.
    pub descending: bool,
}

impl Arrangement {
    /// Whether rows stand by document and place alone.
    pub fn is_by_place(&self) -> bool {
        self.sort.is_none() && self.group.is_none()
    }

    /// What one more click on a column's head asks for: up, down, by place.
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
            .then_with(|| towards(&a.keys.sort, &b.keys.sort, descending))
            .then_with(|| (a.document, a.row.key()).cmp(&(b.document, b.row.key())))
    }

    /// Groups go down where rows are sorted down by the same column.
    fn compare_groups(&self, a: &OrderKey, b: &OrderKey) -> Ordering {
        let same = self.sort.as_ref().filter(|sort| Some(&sort.column) == self.group.as_ref());
        towards(a, b, same.is_some_and(|sort| sort.descending))
    }
}

/// Compares keys up or down; what is missing is last either way.
fn towards(a: &OrderKey, b: &OrderKey, descending: bool) -> Ordering {
    match (a, b) {
        (OrderKey::Missing, _) | (_, OrderKey::Missing) => a.cmp(b),
        _ if descending => b.cmp(a),
        _ => a.cmp(b),
    }
}

/// Where a row belongs. Kept beside the row, since the span that it was made of is gone when the row has to be found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct RowKeys {
    group: OrderKey,
    sort: OrderKey,
}

/// A row in its order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct SortedRow {
    pub keys: RowKeys,
    /// Position of the document in the table.
    pub document: u32,
    pub row: StoredRow,
}

/// A heading with its rows.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub key: OrderKey,
    pub rows: usize,
    /// Rows up to its last one.
    pub end: usize,
    /// Lines up to its last one, headings included; a closed group has none but its heading.
    pub line_end: usize,
    pub closed: bool,
}

/// All rows in order.
#[derive(Default)]
pub(super) struct Order {
    arrangement: Arrangement,
    /// A tree, so that a row goes in or out without moving all others.
    entries: imbl::Vector<SortedRow>,
    pub groups: Vec<Group>,
}

impl Order {
    /// Sorts rows, and groups them.
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

    /// The row at a place.
    pub fn get(&self, index: usize) -> Option<&SortedRow> {
        self.entries.get(index)
    }

    /// Where a row stands.
    pub fn position(&self, entry: &SortedRow) -> Option<usize> {
        self.place(entry).ok()
    }

    fn place(&self, entry: &SortedRow) -> Result<usize, usize> {
        self.entries.binary_search_by(|other| self.arrangement.compare(other, entry))
    }

    /// Puts a row where it belongs. Groups have to be counted afterwards.
    pub fn insert(&mut self, entry: SortedRow) {
        if let Err(place) = self.place(&entry) {
            self.change_group(&entry.keys.group, true);
            self.entries.insert(place, entry);
        }
    }

    /// Takes a row out. Groups have to be counted afterwards.
    pub fn remove(&mut self, entry: &SortedRow) {
        if let Ok(place) = self.place(entry) {
            self.change_group(&entry.keys.group, false);
            self.entries.remove(place);
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

    /// Counts rows and lines of the groups; after every change.
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

    /// The first of its rows.
    pub fn start(&self) -> usize {
        self.end - self.rows
    }

    /// The line of its heading.
    pub fn line(&self) -> usize {
        self.line_end - 1 - if self.closed { 0 } else { self.rows }
    }
}
