//! The figure of the overview matrix.

use super::heading;
use crate::figure::Scene;
use crate::figure::charts::latest::{Latest, LatestWords as LatestChart};
use crate::figure::charts::matrix::{BarCell, BarMatrix, BarPart, BarRow};
use crate::figure::charts::numbers::{NumberCell, NumberMatrix, NumberRow, Shading};
use crate::views::{CellAsk, Kind, Look, MatrixCell, MatrixValue, MatrixView, Measure};
use crate::words::views::charts as words;
use demarche_model::MoveRole;

/// The roles whose latest words are shown.
const SPOKEN: [MoveRole; 3] = [MoveRole::Demand, MoveRole::Offer, MoveRole::Concession];

/// z in full colour.
const FULL_Z: f64 = 3.4;

/// The score in full colour.
const FULL_SCORE: f64 = 10.0;

impl MatrixView {
    /// Draws bars for counts, words for latest words, and numbers for everything else.
    pub(super) fn figure(&self, look: &Look<'_>, width_pt: f32) -> Scene {
        match self.options.measure {
            Measure::Moves | Measure::Passages => self.bars(look).scene(width_pt),
            Measure::LatestWords => self.latest(look).scene(width_pt),
            Measure::Documents
            | Measure::Characters
            | Measure::PerThousandWords
            | Measure::OfRow
            | Measure::OfColumn
            | Measure::OfTotal
            | Measure::ScoreMean
            | Measure::ScoreSum
            | Measure::DemandsAgreed
            | Measure::OffersAccepted
            | Measure::OpenDemands
            | Measure::OpenOffers
            | Measure::Expected
            | Measure::Residual => self.numbers().scene(width_pt),
        }
    }

    /// Bars by kind of move in each cell, and the counts of each row.
    pub fn bars(&self, look: &Look<'_>) -> BarMatrix {
        let kinds: Vec<Kind> = self.total.kinds.iter().map(|count| count.kind).collect();
        let part = |cell: &MatrixCell, kind: &Kind| {
            let count = cell.of_kind(*kind);
            BarPart {
                count: count.map_or(0, |count| count.moves.len()),
                conditional: count.map_or(0, |count| count.conditional.len()),
            }
        };
        let cell = |cell: &MatrixCell| BarCell {
            parts: kinds.iter().map(|kind| part(cell, kind)).collect(),
            total: cell.moves.len(),
        };
        let rows = self.rows.iter().zip(&self.cells).zip(&self.row_totals);
        let rows = rows.map(|((group, cells), total)| BarRow {
            heading: heading(group),
            cells: cells.iter().map(cell).collect(),
            total: total.moves.len(),
            notes: notes(total),
        });
        BarMatrix {
            title: self.options.measure.name().to_owned(),
            description: self.answer().sentence.text(),
            row_title: self.options.rows.name(),
            column_title: self.options.columns.name(),
            series: kinds.iter().map(|kind| look.kind_series(*kind)).collect(),
            columns: self.columns.iter().map(heading).collect(),
            rows: rows.collect(),
            column_totals: self.column_totals.iter().map(|total| total.moves.len()).collect(),
            total: self.total.moves.len(),
        }
    }

    /// A number in each cell.
    pub fn numbers(&self) -> NumberMatrix {
        let cell = |cell: &MatrixCell| {
            let (text, value) = match &cell.value {
                MatrixValue::None | MatrixValue::Latest(_) => (String::new(), None),
                MatrixValue::Count(count) => (count.to_string(), Some(*count as f64)),
                MatrixValue::Of(count, of) => (words::of(*count, *of), Some(*count as f64)),
                MatrixValue::Number(number) => (words::number(*number), Some(*number)),
            };
            NumberCell { text, value, ..NumberCell::default() }
        };
        let rows = self.rows.iter().zip(&self.cells).zip(&self.row_totals);
        let rows = rows.map(|((group, cells), total)| NumberRow {
            heading: heading(group),
            cells: cells.iter().map(cell).collect(),
            total: cell(total).text,
        });
        let totals = self.column_totals.iter().chain([&self.total]).map(|total| cell(total).text);
        NumberMatrix {
            title: self.options.measure.name().to_owned(),
            description: self.answer().sentence.text(),
            row_title: self.options.rows.name(),
            column_title: self.options.columns.name(),
            shading: match self.options.measure {
                Measure::Residual => Shading::Signed(FULL_Z),
                Measure::ScoreMean | Measure::ScoreSum => Shading::Signed(FULL_SCORE),
                _ => Shading::Amount,
            },
            columns: self.columns.iter().map(heading).collect(),
            rows: rows.collect(),
            totals: totals.collect(),
        }
    }

    /// The latest words of each cell.
    pub fn latest(&self, look: &Look<'_>) -> LatestChart {
        let latest = |cell: &MatrixCell| match &cell.value {
            MatrixValue::Latest(latest) => Some(Latest {
                series: SPOKEN.iter().position(|role| *role == latest.role)?,
                conditional: look.get(latest.passage).is_conditional,
                date: latest.date.map(|days| days.to_string()).unwrap_or_default(),
                words: latest.words.clone(),
                earlier: words::earlier(latest.earlier),
            }),
            MatrixValue::None | MatrixValue::Count(_) | MatrixValue::Of(..) | MatrixValue::Number(_) => None,
        };
        let rows = self.rows.iter().zip(&self.cells);
        LatestChart {
            title: self.options.measure.name().to_owned(),
            description: self.answer().sentence.text(),
            row_title: self.options.rows.name(),
            column_title: self.options.columns.name(),
            series: SPOKEN.map(|role| look.kind_series(Kind::Role(role))).into(),
            columns: self.columns.iter().map(heading).collect(),
            rows: rows.map(|(group, cells)| (heading(group), cells.iter().map(latest).collect())).collect(),
        }
    }
}

/// The counts of demands and offers below a row.
fn notes(total: &MatrixCell) -> Vec<String> {
    let count = |test: fn(&CellAsk) -> bool| total.asks.iter().filter(|ask| test(ask)).count();
    if total.asks.is_empty() {
        return Vec::new();
    }
    words::notes(words::AskCounts {
        demands: count(CellAsk::is_demand),
        conditions: count(|ask| ask.is_condition),
        offers: count(CellAsk::is_offer),
        open: count(CellAsk::is_open),
        possible: count(|ask| ask.has_candidates && !ask.is_derived()),
    })
}
