//! Counts moves by row and column, in one pass.

use std::sync::Arc;

use super::{CellAsk, KindCount, MatrixCell};
use crate::bargain::{Passage, PassageIndex, PassageSet};
use crate::views::axis::{Keys, Placer};
use crate::views::{Group, Kind, Look};

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
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    row: usize,
    column: usize,
    passage: PassageIndex,
}

impl Cross {
    /// Counts the subjects, and places the asks in the cells of their first passage.
    pub fn new<'s>(
        look: &Look<'_>,
        [rows, columns]: [&Placer<'_, '_>; 2],
        subjects: impl Iterator<Item = (PassageIndex, &'s Passage)>,
        asks: &[CellAsk],
    ) -> Self {
        let mut placed = Placed { rows, columns, row_keys: Keys::default(), column_keys: Keys::default() };
        let mut several = [Vec::new(), Vec::new()];
        let mut entries = Vec::new();
        for (index, passage) in subjects {
            let counts = placed.add(index, passage, &mut entries);
            for (several, _) in several.iter_mut().zip(counts).filter(|(_, count)| *count > 1) {
                several.push(index);
            }
        }
        let mut ask_entries = Vec::new();
        for ask in asks {
            placed.add(ask.passage, look.get(ask.passage), &mut ask_entries);
        }
        let several = several.map(PassageSet::from_iter);
        let (row_groups, row_places) = placed.row_keys.groups(rows);
        let (column_groups, column_places) = placed.column_keys.groups(columns);
        for entry in entries.iter_mut().chain(&mut ask_entries) {
            (entry.row, entry.column) = (row_places[entry.row], column_places[entry.column]);
        }
        let maker = Maker { look, asks };
        let by = |key: fn(&Entry) -> usize, count| maker.cells(&entries, &ask_entries, key, count);
        let mut cross = Self {
            cells: Vec::new(),
            row_totals: by(|entry| entry.row, row_groups.len()),
            column_totals: by(|entry| entry.column, column_groups.len()),
            total: by(|_| 0, 1).pop().unwrap_or_default(),
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
            entries.retain_mut(|entry| match kept.binary_search(&entry.row) {
                Ok(place) => {
                    entry.row = place;
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
}

impl Placed<'_, '_, '_> {
    /// Adds an entry for each row and column of a passage, and returns how many rows and columns it has.
    fn add(&mut self, index: PassageIndex, passage: &Passage, out: &mut Vec<Entry>) -> [usize; 2] {
        let (mut rows, mut columns) = (Vec::new(), Vec::new());
        self.rows.keys(index, passage, &mut rows);
        self.columns.keys(index, passage, &mut columns);
        let columns: Vec<u32> = columns.iter().map(|key| self.column_keys.number(key)).collect();
        for row in &rows {
            let row = self.row_keys.number(row);
            let entry = |column: &u32| Entry { row: row as usize, column: *column as usize, passage: index };
            out.extend(columns.iter().map(entry));
        }
        [rows.len(), columns.len()]
    }
}

/// Makes cells of entries.
struct Maker<'m, 'a> {
    look: &'m Look<'a>,
    asks: &'m [CellAsk],
}

impl Maker<'_, '_> {
    fn table(&self, entries: &[Entry], asks: &[Entry], size: (usize, usize)) -> Vec<Vec<MatrixCell>> {
        let key = |entry: &Entry| entry.row * size.1 + entry.column;
        let mut cells = self.cells(entries, asks, key, size.0 * size.1).into_iter();
        (0..size.0).map(|_| cells.by_ref().take(size.1).collect()).collect()
    }

    /// The cells with these keys, from 0.
    fn cells(
        &self,
        entries: &[Entry],
        asks: &[Entry],
        key: impl Fn(&Entry) -> usize,
        count: usize,
    ) -> Vec<MatrixCell> {
        let mut sets: Vec<Vec<PassageIndex>> = vec![Vec::new(); count];
        entries.iter().for_each(|entry| sets[key(entry)].push(entry.passage));
        let mut cells: Vec<MatrixCell> =
            sets.into_iter().map(|passages| self.cell(passages.into_iter().collect())).collect();
        let mut firsts: Vec<Vec<PassageIndex>> = vec![Vec::new(); count];
        asks.iter().for_each(|entry| firsts[key(entry)].push(entry.passage));
        for (cell, firsts) in cells.iter_mut().zip(firsts).filter(|(_, firsts)| !firsts.is_empty()) {
            let firsts: PassageSet = firsts.into_iter().collect();
            cell.asks = firsts.iter().filter_map(|first| self.ask(first)).collect();
        }
        cells
    }

    fn ask(&self, first: PassageIndex) -> Option<CellAsk> {
        let at = self.asks.binary_search_by_key(&first, |ask| ask.passage).ok()?;
        self.asks.get(at).copied()
    }

    fn cell(&self, passages: PassageSet) -> MatrixCell {
        if passages.is_empty() {
            return MatrixCell::default();
        }
        let mut kinds: [Vec<PassageIndex>; Kind::COUNT] = Default::default();
        for index in passages.iter() {
            kinds[self.look.kind(self.look.get(index)).place()].push(index);
        }
        let count = |(kind, passages): (Kind, Vec<PassageIndex>)| {
            let is_conditional = |index: &PassageIndex| self.look.get(*index).is_conditional;
            let conditional: PassageSet = passages.iter().copied().filter(is_conditional).collect();
            let moves: PassageSet = passages.into_iter().collect();
            KindCount { kind, moves: Arc::new(moves), conditional: Arc::new(conditional) }
        };
        let used = Kind::all().zip(kinds).filter(|(_, passages)| !passages.is_empty());
        MatrixCell { kinds: used.map(count).collect(), moves: Arc::new(passages), ..MatrixCell::default() }
    }
}
