//! The values of the measures.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::{CellAsk, LatestWords, MatrixCell, MatrixView, Measure, is_of_documents};
use crate::bargain::{AskState, DocumentIndex, PassageSet};
use crate::summary::union_characters;
use crate::views::Look;
use crate::views::score::sum;
use crate::views::statistics::{adjusted_residual, expected};
use demarche_model::TextRange;

/// The value of a cell.
#[derive(Clone, PartialEq, Debug, Default)]
pub enum MatrixValue {
    /// Undefined, or nothing to say.
    #[default]
    None,
    /// A count.
    Count(usize),
    /// A count of so many.
    Of(usize, usize),
    /// A number, unrounded.
    Number(f64),
    /// Words.
    Latest(LatestWords),
}

/// What a cell is compared with.
struct Margins {
    row: usize,
    column: usize,
    all: usize,
}

impl MatrixView {
    /// Computes the measure of every cell. `counts` are the moves of each cell.
    pub(super) fn measure(&mut self, look: &Look<'_>, counts: &[Vec<usize>]) {
        let words = Words::of(look, self);
        let sums = Sums::of(counts);
        let all = self.total.moves.len();
        let rows: Vec<usize> = self.row_totals.iter().map(|cell| cell.moves.len()).collect();
        let columns: Vec<usize> = self.column_totals.iter().map(|cell| cell.moves.len()).collect();
        let measure = self.options.measure;
        let value = |cell: &MatrixCell, row: Option<usize>, column: Option<usize>| {
            let margins = Margins {
                row: row.map_or(all, |row| rows[row]),
                column: column.map_or(all, |column| columns[column]),
                all,
            };
            match (measure, row.zip(column)) {
                (Measure::Expected, Some(at)) => sums.expected(at),
                (Measure::Residual, Some(at)) => sums.residual(cell.moves.len(), at),
                (Measure::Expected | Measure::Residual, None) => MatrixValue::None,
                (Measure::PerThousandWords, _) => per_thousand(cell.moves.len(), words.of_cell(row, column)),
                _ => value_of(look, measure, cell, &margins),
            }
        };
        self.cells.par_iter_mut().enumerate().for_each(|(row, cells)| {
            for (column, cell) in cells.iter_mut().enumerate() {
                cell.value = value(cell, Some(row), Some(column));
            }
        });
        self.row_totals.par_iter_mut().enumerate().for_each(|(row, cell)| {
            cell.value = value(cell, Some(row), None);
        });
        self.column_totals.par_iter_mut().enumerate().for_each(|(column, cell)| {
            cell.value = value(cell, None, Some(column));
        });
        self.total.value = value(&self.total, None, None);
    }
}

fn value_of(look: &Look<'_>, measure: Measure, cell: &MatrixCell, margins: &Margins) -> MatrixValue {
    let count = cell.moves.len();
    match measure {
        Measure::Moves | Measure::Passages => MatrixValue::Count(count),
        Measure::Documents => MatrixValue::Count(look.documents_of(&cell.moves).len()),
        Measure::Characters => MatrixValue::Count(characters(look, &cell.moves)),
        Measure::OfRow => share(count, margins.row),
        Measure::OfColumn => share(count, margins.column),
        Measure::OfTotal => share(count, margins.all),
        Measure::ScoreMean => number(look.score(cell.moves.iter()).mean()),
        Measure::ScoreSum => number(sum(&look.score(cell.moves.iter()))),
        Measure::DemandsAgreed => asks(cell, CellAsk::is_demand, AskState::Met),
        Measure::OffersAccepted => asks(cell, CellAsk::is_offer, AskState::Met),
        Measure::OpenDemands => asks(cell, CellAsk::is_demand, AskState::Open),
        Measure::OpenOffers => asks(cell, CellAsk::is_offer, AskState::Open),
        Measure::LatestWords => LatestWords::of(look, cell).map_or(MatrixValue::None, MatrixValue::Latest),
        Measure::PerThousandWords | Measure::Expected | Measure::Residual => MatrixValue::None,
    }
}

fn number(number: Option<f64>) -> MatrixValue {
    number.map_or(MatrixValue::None, MatrixValue::Number)
}

/// Percent of a whole.
fn share(part: usize, whole: usize) -> MatrixValue {
    if whole == 0 { MatrixValue::None } else { MatrixValue::Number(100.0 * part as f64 / whole as f64) }
}

fn per_thousand(count: usize, words: usize) -> MatrixValue {
    if words == 0 { MatrixValue::None } else { MatrixValue::Number(1_000.0 * count as f64 / words as f64) }
}

fn asks(cell: &MatrixCell, test: fn(&CellAsk) -> bool, state: AskState) -> MatrixValue {
    let all = cell.asks.iter().filter(|ask| test(ask));
    let (found, all) =
        all.fold((0, 0), |(found, all), ask| (found + usize::from(ask.state == state), all + 1));
    MatrixValue::Of(found, all)
}

/// Number of characters that at least one passage covers.
fn characters(look: &Look<'_>, passages: &PassageSet) -> usize {
    let placed = passages.iter().map(|index| look.get(index)).filter(|passage| !passage.has_no_place);
    let mut ranges: Vec<(DocumentIndex, TextRange)> =
        placed.flat_map(|passage| passage.ranges.iter().map(|range| (passage.document, range))).collect();
    ranges.sort_unstable();
    let of_documents = ranges.chunk_by(|(one, _), (other, _)| one == other);
    let count = |ranges: &[(DocumentIndex, TextRange)]| {
        let text = look.document(ranges[0].0).and_then(|document| document.text.as_ref());
        text.map_or(0, |text| union_characters(text, ranges.iter().map(|(_, range)| *range).collect()))
    };
    of_documents.map(count).sum()
}

/// The sums of a table of counts, in which a move with several values counts several times.
struct Sums {
    rows: Vec<usize>,
    columns: Vec<usize>,
    all: usize,
}

impl Sums {
    fn of(counts: &[Vec<usize>]) -> Self {
        let width = counts.first().map_or(0, Vec::len);
        let rows: Vec<usize> = counts.iter().map(|row| row.iter().sum()).collect();
        let columns = (0..width).map(|at| counts.iter().map(|row| row[at]).sum()).collect();
        Self { all: rows.iter().sum(), rows, columns }
    }

    fn expected(&self, (row, column): (usize, usize)) -> MatrixValue {
        number(expected(self.rows[row], self.columns[column], self.all))
    }

    fn residual(&self, observed: usize, (row, column): (usize, usize)) -> MatrixValue {
        number(adjusted_residual(observed, self.rows[row], self.columns[column], self.all))
    }
}

/// The words of the documents of rows and columns. A row of an axis that does not divide documents is of all of them.
struct Words<'l, 'a> {
    look: &'l Look<'a>,
    all: BTreeSet<DocumentIndex>,
    rows: Vec<BTreeSet<DocumentIndex>>,
    columns: Vec<BTreeSet<DocumentIndex>>,
}

impl<'l, 'a> Words<'l, 'a> {
    fn of(look: &'l Look<'a>, view: &MatrixView) -> Self {
        let is_wanted = view.options.measure == Measure::PerThousandWords;
        let sets = |axis, totals: &[MatrixCell]| match is_wanted && is_of_documents(axis) {
            true => totals.iter().map(|cell| look.documents_of(&cell.moves)).collect(),
            false => Vec::new(),
        };
        Self {
            all: if is_wanted { look.counted_documents().collect() } else { BTreeSet::new() },
            rows: sets(&view.options.rows, &view.row_totals),
            columns: sets(&view.options.columns, &view.column_totals),
            look,
        }
    }

    fn of_cell(&self, row: Option<usize>, column: Option<usize>) -> usize {
        let row = row.and_then(|row| self.rows.get(row));
        let column = column.and_then(|column| self.columns.get(column));
        let (first, second) = (row.unwrap_or(&self.all), column.unwrap_or(&self.all));
        first.intersection(second).map(|document| self.look.basis.sizes.words(*document)).sum()
    }
}
