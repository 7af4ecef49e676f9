//! Counts moves by row and column.

use std::sync::Arc;

use super::{CellAsk, KindCount, MatrixCell, MatrixOptions, Measure};
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
#[derive(Clone, Copy)]
struct Entry {
    row: u32,
    column: u32,
    passage: PassageIndex,
    /// The place of its kind.
    kind: u8,
}

impl Cross {
    /// Collects the passages of each cell, and the asks in the cells of their first passage.
    pub fn new(places: MatrixPlaces, asks: &[CellAsk]) -> Self {
        let MatrixPlaces { rows, columns, mut entries, several } = places;
        let maker = Maker { asks };
        let by = |key: fn(&Entry) -> usize, count| maker.cells(&entries, key, count);
        let (row_totals, (column_totals, mut total)) = rayon::join(
            || by(|entry| entry.row as usize, rows.len()),
            || (by(|entry| entry.column as usize, columns.len()), by(|_| 0, 1)),
        );
        let mut cross = Self {
            cells: Vec::new(),
            row_totals,
            column_totals,
            total: total.pop().unwrap_or_default(),
            rows,
            columns,
            several: several.map(PassageSet::from_iter),
            cut_rows: 0,
        };
        cross.cut(&mut entries);
        cross.cells = maker.table(&entries, (cross.rows.len(), cross.columns.len()));
        cross
    }

    /// Leaves the rows with most moves, if there are too many cells for memory. The totals are still of all rows.
    fn cut(&mut self, entries: &mut Entries) {
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
        for entries in entries.all() {
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

/// Passages, each in a row and a column.
#[derive(Default)]
struct Entries {
    moves: Vec<Entry>,
    /// Those of them that depend on something.
    conditional: Vec<Entry>,
    /// The first passages of asks.
    asks: Vec<Entry>,
}

impl Entries {
    fn all(&mut self) -> [&mut Vec<Entry>; 3] {
        [&mut self.moves, &mut self.conditional, &mut self.asks]
    }
}

/// Where the moves of a matrix are: their rows, columns and kinds, as numbers.
pub(super) struct MatrixPlaces {
    rows: Vec<Group>,
    columns: Vec<Group>,
    entries: Entries,
    /// Passages in several rows, and in several columns.
    several: [Vec<PassageIndex>; 2],
}

impl MatrixPlaces {
    /// Places the moves that pass, or the passages if these are measured, and the first passages of asks.
    pub fn new(look: &Look<'_>, options: &MatrixOptions, asks: &[CellAsk]) -> Self {
        let placers = [&options.rows, &options.columns].map(|axis| Placer::new(look, axis, &options.folded));
        let mut placing = Placing { look, rows: Keys::new(&placers[0]), columns: Keys::new(&placers[1]) };
        let mut entries = Entries::default();
        let mut several = [Vec::new(), Vec::new()];
        let subjects = match options.measure {
            Measure::Passages => look.passage_indices(),
            _ => look.move_indices(),
        };
        entries.moves.reserve(subjects.len());
        let mut is_first = vec![false; look.basis.moves.capacity()];
        asks.iter().for_each(|ask| is_first[ask.passage.get()] = true);
        for index in subjects {
            let passage = look.get(*index);
            let first = entries.moves.len();
            let counts = placing.add(*index, passage, &mut entries.moves);
            if passage.is_conditional {
                entries.conditional.extend_from_slice(&entries.moves[first..]);
            }
            // The first passage of an ask is always among the moves that count.
            if is_first[index.get()] {
                entries.asks.extend_from_slice(&entries.moves[first..]);
            }
            for (several, _) in several.iter_mut().zip(counts).filter(|(_, count)| *count > 1) {
                several.push(*index);
            }
        }
        let (rows, row_places) = placing.rows.groups();
        let (columns, column_places) = placing.columns.groups();
        for entry in entries.all().into_iter().flatten() {
            entry.row = row_places[entry.row as usize];
            entry.column = column_places[entry.column as usize];
        }
        Self { rows, columns, entries, several }
    }
}

/// Finds the rows and columns of passages.
struct Placing<'p, 'l, 'a> {
    look: &'l Look<'a>,
    rows: Keys<'p, 'l, 'a>,
    columns: Keys<'p, 'l, 'a>,
}

impl Placing<'_, '_, '_> {
    /// Adds an entry for each row and column of a passage, and returns how many rows and columns it has.
    fn add(&mut self, index: PassageIndex, passage: &Passage, out: &mut Vec<Entry>) -> [usize; 2] {
        let kind = u8::try_from(self.look.kind(passage).place()).unwrap_or(u8::MAX);
        let (rows, columns) = (self.rows.of(index, passage), self.columns.of(index, passage));
        for row in rows {
            let entry = |column: &u32| Entry { row: *row, column: *column, passage: index, kind };
            out.extend(columns.iter().map(entry));
        }
        [rows.len(), columns.len()]
    }
}

/// Makes cells of entries.
struct Maker<'m> {
    asks: &'m [CellAsk],
}

impl Maker<'_> {
    fn table(&self, entries: &Entries, size: (usize, usize)) -> Vec<Vec<MatrixCell>> {
        let key = |entry: &Entry| entry.row as usize * size.1 + entry.column as usize;
        let mut cells = self.cells(entries, key, size.0 * size.1).into_iter();
        (0..size.0).map(|_| cells.by_ref().take(size.1).collect()).collect()
    }

    /// The cells with these keys, from 0.
    fn cells(&self, entries: &Entries, key: impl Fn(&Entry) -> usize, count: usize) -> Vec<MatrixCell> {
        let by_kind = |entry: &Entry| of_kind(key(entry), entry);
        let moves = Sorted::of(&entries.moves, &key, count);
        let kinds = Sorted::of(&entries.moves, by_kind, count * Kind::COUNT);
        let conditional = Sorted::of(&entries.conditional, by_kind, count * Kind::COUNT);
        let none = Arc::default();
        let kind_count = |(kind, at): (Kind, usize)| {
            let count = || KindCount {
                kind,
                moves: kinds.set(at).into(),
                conditional: if conditional.is_empty(at) {
                    Arc::clone(&none)
                } else {
                    conditional.set(at).into()
                },
            };
            (!kinds.is_empty(at)).then(count)
        };
        let mut cells: Vec<MatrixCell> = Vec::with_capacity(count);
        for at in 0..count {
            if moves.is_empty(at) {
                cells.push(MatrixCell { moves: Arc::clone(&none), ..MatrixCell::default() });
                continue;
            }
            let of_cell = Kind::all().zip(at * Kind::COUNT..);
            cells.push(MatrixCell {
                kinds: of_cell.filter_map(kind_count).collect(),
                moves: moves.set(at).into(),
                ..MatrixCell::default()
            });
        }
        let firsts = Sorted::of(&entries.asks, &key, count);
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

/// The key of a kind in a cell.
fn of_kind(cell: usize, entry: &Entry) -> usize {
    cell * Kind::COUNT + usize::from(entry.kind)
}

/// Number of entries with each key, from 0.
fn counted(entries: &[Entry], key: impl Fn(&Entry) -> usize, keys: usize) -> Vec<u32> {
    let mut counts = vec![0; keys];
    entries.iter().for_each(|entry| counts[key(entry)] += 1);
    counts
}

/// Passages sorted by a key, from 0, by counting.
struct Sorted {
    passages: Vec<PassageIndex>,
    /// Where the passages of each key end.
    ends: Vec<u32>,
}

impl Sorted {
    fn of(entries: &[Entry], key: impl Fn(&Entry) -> usize, keys: usize) -> Self {
        if entries.is_empty() {
            return Self { passages: Vec::new(), ends: Vec::new() };
        }
        let mut ends = counted(entries, &key, keys);
        let mut sum = 0;
        for end in &mut ends {
            // Where the passages of the key begin, until they are placed.
            (*end, sum) = (sum, sum + *end);
        }
        let mut passages = vec![PassageIndex::default(); entries.len()];
        for entry in entries {
            let end = &mut ends[key(entry)];
            passages[*end as usize] = entry.passage;
            *end += 1;
        }
        Self { passages, ends }
    }

    fn of_key(&self, key: usize) -> &[PassageIndex] {
        let start = key.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(key).copied().unwrap_or(0);
        &self.passages[start as usize..end as usize]
    }

    fn is_empty(&self, key: usize) -> bool {
        self.of_key(key).is_empty()
    }

    fn set(&self, key: usize) -> PassageSet {
        PassageSet::of_slice(self.of_key(key))
    }
}
