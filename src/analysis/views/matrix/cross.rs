//! Counts moves by row and column, in one pass.

use super::{CellAsk, KindCount, MatrixCell};
use crate::bargain::{Passage, PassageIndex, PassageSet};
use crate::views::axis::{Keys, Placer};
use crate::views::{Group, GroupKey, Kind, Look};

/// Greatest number of cells.
const MAX_CELLS: usize = 500_000;

/// Moves by row and column.
pub(super) struct Cross {
    pub rows: Vec<Group>,
    pub columns: Vec<Group>,
    /// By row, then by column.
    pub cells: Vec<Vec<MatrixCell>>,
    pub row_totals: Vec<MatrixCell>,
    pub column_totals: Vec<MatrixCell>,
    pub total: MatrixCell,
    /// Moves that are in several rows, or in several columns.
    pub several: [PassageSet; 2],
    /// Number of rows that are left out because there are too many.
    pub cut_rows: usize,
}

/// A passage in a row and a column, each by its place.
#[derive(Clone, Copy)]
struct Entry {
    row: u32,
    column: u32,
    passage: PassageIndex,
    /// The place of its kind.
    kind: u8,
    is_conditional: bool,
}

impl Cross {
    /// Counts the subjects, and places the asks in the cells of their first passage.
    pub fn new<'s>(
        look: &Look<'_>,
        [rows, columns]: [&Placer<'_, '_>; 2],
        subjects: impl Iterator<Item = (PassageIndex, &'s Passage)>,
        asks: &[CellAsk],
    ) -> Self {
        let mut placed = Placed::new(rows, columns);
        let kind = |passage: &Passage| u8::try_from(look.kind(passage).place()).unwrap_or(u8::MAX);
        let mut several = [Vec::new(), Vec::new()];
        let mut entries = Vec::new();
        for (index, passage) in subjects {
            let counts = placed.add((index, passage, kind(passage)), &mut entries);
            for (several, _) in several.iter_mut().zip(counts).filter(|(_, count)| *count > 1) {
                several.push(index);
            }
        }
        let mut ask_entries = Vec::new();
        for ask in asks {
            let passage = look.get(ask.passage);
            placed.add((ask.passage, passage, kind(passage)), &mut ask_entries);
        }
        let several = several.map(PassageSet::from_iter);
        let (row_groups, row_places) = placed.row_keys.groups(rows);
        let (column_groups, column_places) = placed.column_keys.groups(columns);
        for entry in entries.iter_mut().chain(&mut ask_entries) {
            entry.row = row_places[entry.row as usize];
            entry.column = column_places[entry.column as usize];
        }
        let maker = Maker { asks };
        let by = |key: fn(&Entry) -> usize, count| maker.cells(&entries, &ask_entries, key, count);
        let (row_totals, (column_totals, mut total)) = rayon::join(
            || by(|entry| entry.row as usize, row_groups.len()),
            || (by(|entry| entry.column as usize, column_groups.len()), by(|_| 0, 1)),
        );
        let mut cross = Self {
            cells: Vec::new(),
            row_totals,
            column_totals,
            total: total.pop().unwrap_or_default(),
            rows: row_groups,
            columns: column_groups,
            several,
            cut_rows: 0,
        };
        cross.cut(&mut entries, &mut ask_entries);
        cross.cells = maker.table(&entries, &ask_entries, (cross.rows.len(), cross.columns.len()));
        cross
    }

    /// Leaves the rows with most moves, if there are too many cells for memory. The totals are still of all rows.
    fn cut(&mut self, entries: &mut Vec<Entry>, asks: &mut Vec<Entry>) {
        let most = (MAX_CELLS / self.columns.len().max(1)).max(1);
        if self.rows.len() <= most {
            return;
        }
        let mut kept: Vec<usize> = (0..self.rows.len()).collect();
        kept.sort_by_key(|row| std::cmp::Reverse(self.row_totals[*row].moves.len()));
        kept.truncate(most);
        kept.sort_unstable();
        self.cut_rows = self.rows.len() - kept.len();
        self.rows = kept.iter().map(|row| self.rows[*row].clone()).collect();
        self.row_totals = kept.iter().map(|row| std::mem::take(&mut self.row_totals[*row])).collect();
        for entries in [entries, asks] {
            entries.retain_mut(|entry| match kept.binary_search(&(entry.row as usize)) {
                Ok(place) => {
                    entry.row = u32::try_from(place).unwrap_or(u32::MAX);
                    true
                }
                Err(_) => false,
            });
        }
    }
}

/// The rows and columns that have been used so far.
struct Placed<'p, 'l, 'a> {
    rows: &'p Placer<'l, 'a>,
    columns: &'p Placer<'l, 'a>,
    row_keys: Keys,
    column_keys: Keys,
    /// The keys of one passage.
    keys: Vec<GroupKey>,
    /// The columns of one passage.
    numbers: Vec<u32>,
}

impl<'p, 'l, 'a> Placed<'p, 'l, 'a> {
    fn new(rows: &'p Placer<'l, 'a>, columns: &'p Placer<'l, 'a>) -> Self {
        let (row_keys, column_keys) = (Keys::default(), Keys::default());
        Self { rows, columns, row_keys, column_keys, keys: Vec::new(), numbers: Vec::new() }
    }

    /// Adds an entry for each row and column of a passage, and returns how many rows and columns it has.
    fn add(
        &mut self,
        (index, passage, kind): (PassageIndex, &Passage, u8),
        out: &mut Vec<Entry>,
    ) -> [usize; 2] {
        self.columns.keys(index, passage, &mut self.keys);
        self.numbers.clear();
        self.numbers.extend(self.keys.iter().map(|key| self.column_keys.number(key)));
        self.rows.keys(index, passage, &mut self.keys);
        for row in &self.keys {
            let row = self.row_keys.number(row);
            let is_conditional = passage.is_conditional;
            let entry = |column: &u32| Entry { row, column: *column, passage: index, kind, is_conditional };
            out.extend(self.numbers.iter().map(entry));
        }
        [self.keys.len(), self.numbers.len()]
    }
}

/// Makes cells of entries.
struct Maker<'m> {
    asks: &'m [CellAsk],
}

impl Maker<'_> {
    fn table(&self, entries: &[Entry], asks: &[Entry], size: (usize, usize)) -> Vec<Vec<MatrixCell>> {
        let key = |entry: &Entry| entry.row as usize * size.1 + entry.column as usize;
        let mut cells = self.cells(entries, asks, key, size.0 * size.1).into_iter();
        (0..size.0).map(|_| cells.by_ref().take(size.1).collect()).collect()
    }

    /// The cells with these keys, from 0.
    fn cells(
        &self,
        entries: &[Entry],
        asks: &[Entry],
        key: impl Fn(&Entry) -> usize + Sync,
        count: usize,
    ) -> Vec<MatrixCell> {
        let all = || entries.iter();
        let of_kind = |entry: &Entry| key(entry) * Kind::COUNT + usize::from(entry.kind);
        let moves = Sorted::of(all, &key, count);
        let kinds = Sorted::of(all, of_kind, count * Kind::COUNT);
        let conditional =
            Sorted::of(|| all().filter(|entry| entry.is_conditional), of_kind, count * Kind::COUNT);
        let kind_count = |(kind, at): (Kind, usize)| {
            let count =
                || KindCount { kind, moves: kinds.set(at).into(), conditional: conditional.set(at).into() };
            (!kinds.is_empty(at)).then(count)
        };
        let mut cells: Vec<MatrixCell> = Vec::with_capacity(count);
        for at in 0..count {
            let of_cell = Kind::all().zip(at * Kind::COUNT..);
            cells.push(MatrixCell {
                kinds: if moves.is_empty(at) { Vec::new() } else { of_cell.filter_map(kind_count).collect() },
                moves: moves.set(at).into(),
                ..MatrixCell::default()
            });
        }
        let firsts = Sorted::of(|| asks.iter(), &key, count);
        for (at, cell) in cells.iter_mut().enumerate().filter(|(at, _)| !firsts.is_empty(*at)) {
            cell.asks = firsts.set(at).iter().filter_map(|first| self.ask(first)).collect();
        }
        cells
    }

    fn ask(&self, first: PassageIndex) -> Option<CellAsk> {
        let at = self.asks.binary_search_by_key(&first, |ask| ask.passage).ok()?;
        self.asks.get(at).copied()
    }
}

/// Passages sorted by a key, from 0, by counting.
struct Sorted {
    passages: Vec<PassageIndex>,
    /// Where the passages of each key end.
    ends: Vec<usize>,
}

impl Sorted {
    fn of<'e, I: Iterator<Item = &'e Entry>>(
        entries: impl Fn() -> I,
        key: impl Fn(&Entry) -> usize,
        count: usize,
    ) -> Self {
        let mut ends = vec![0; count];
        let mut sum = 0;
        entries().for_each(|entry| ends[key(entry)] += 1);
        for end in &mut ends {
            // Where the passages of the key begin, until they are placed.
            (*end, sum) = (sum, sum + *end);
        }
        let mut passages = vec![PassageIndex::default(); sum];
        for entry in entries() {
            let end = &mut ends[key(entry)];
            passages[*end] = entry.passage;
            *end += 1;
        }
        Self { passages, ends }
    }

    fn of_key(&self, key: usize) -> &[PassageIndex] {
        let start = key.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.passages[start..self.ends[key]]
    }

    fn is_empty(&self, key: usize) -> bool {
        self.of_key(key).is_empty()
    }

    fn set(&self, key: usize) -> PassageSet {
        self.of_key(key).iter().copied().collect()
    }
}
