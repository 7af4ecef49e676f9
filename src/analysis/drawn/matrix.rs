//! The overview matrix: bars by role, numbers or the latest words.

use super::{Cells, Chart, Drawn};
use crate::bargain::PassageSet;
use crate::figure::CellKey;
use crate::figure::charts::Heading;
use crate::figure::charts::latest::{Latest, LatestWords};
use crate::figure::charts::matrix::{BarCell, BarMatrix, BarPart, BarRow};
use crate::figure::charts::numbers::{NumberCell, NumberMatrix, NumberRow, Shading};
use crate::views::{Axis, Group, Kind, Look, MatrixCell, MatrixValue, MatrixView, Measure};
use crate::words::drawn as words;
use demarche_model::MoveRole;

/// Distance from zero at which an adjusted residual has full strength.
const STRONG_RESIDUAL: f64 = 3.4;
/// Score with full strength.
const STRONG_SCORE: f64 = 10.0;

impl Drawn {
    /// The figure of the overview matrix.
    pub fn matrix(view: &MatrixView, look: &Look<'_>) -> Self {
        let mut cells = Cells::default();
        for (row, line) in (0u32..).zip(&view.cells) {
            for (column, cell) in (0u32..).zip(line) {
                cells.add(CellKey::Cell { row, column }, view.behind(look, cell));
            }
        }
        for (row, total) in (0u32..).zip(&view.row_totals) {
            cells.add(CellKey::RowTotal(row), view.behind(look, total));
            cells.add(CellKey::Row(row), total.moves.clone());
        }
        for (column, total) in (0u32..).zip(&view.column_totals) {
            cells.add(CellKey::ColumnTotal(column), view.behind(look, total));
            cells.add(CellKey::Column(column), total.moves.clone());
        }
        cells.add(CellKey::Total, view.behind(look, &view.total));
        let chart = match view.options.measure {
            Measure::Moves | Measure::Passages => Chart::Bars(bars(view, look, &mut cells)),
            Measure::LatestWords => Chart::Latest(latest(view, look)),
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
            | Measure::Residual => Chart::Numbers(numbers(view)),
        };
        cells.into_figure(chart)
    }
}

fn heading(group: &Group) -> Heading {
    if group.is_not_specified() { Heading::weak(&group.title) } else { Heading::new(&group.title) }
}

fn headings(groups: &[Group]) -> Vec<Heading> {
    groups.iter().map(heading).collect()
}

fn bars(view: &MatrixView, look: &Look<'_>, cells: &mut Cells) -> BarMatrix {
    let kinds: Vec<Kind> = Kind::all().filter(|kind| view.total.of_kind(*kind).is_some()).collect();
    let has_notes = view.options.rows == Axis::Actor && kinds.iter().any(|kind| kind.role().is_some());
    let cell = |cell: &MatrixCell| BarCell {
        parts: kinds.iter().map(|kind| part(cell, *kind)).collect(),
        total: cell.moves.len(),
    };
    let mut rows = Vec::new();
    for (at, group) in view.rows.iter().enumerate() {
        let total = &view.row_totals[at];
        let notes = if has_notes { notes(total) } else { Vec::new() };
        for (note, (_, passages)) in (0u32..).zip(&notes) {
            cells.add(CellKey::Note { row: at as u32, note }, passages.clone());
        }
        rows.push(BarRow {
            heading: heading(group),
            cells: view.cells[at].iter().map(cell).collect(),
            total: total.moves.len(),
            notes: notes.into_iter().map(|(text, _)| text).collect(),
        });
    }
    BarMatrix {
        title: words::matrix_title(&view.options),
        description: view.answer().sentence.text(),
        row_title: view.options.rows.name(),
        column_title: view.options.columns.name(),
        series: kinds.iter().enumerate().map(|(at, kind)| look.kind_series(*kind, at)).collect(),
        columns: headings(&view.columns),
        rows,
        column_totals: view.column_totals.iter().map(|cell| cell.moves.len()).collect(),
        total: view.total.moves.len(),
    }
}

fn part(cell: &MatrixCell, kind: Kind) -> BarPart {
    cell.of_kind(kind).map_or_else(BarPart::default, |count| BarPart {
        count: count.moves.len(),
        conditional: count.conditional.len(),
    })
}

/// The counts below a row: demands and conditions, offers, and what is open. Empty without any.
fn notes(total: &MatrixCell) -> Vec<(String, PassageSet)> {
    let demands = total.asks_where(|ask| ask.is_demand());
    let conditions = total.asks_where(|ask| ask.is_condition);
    let offers = total.asks_where(|ask| ask.is_offer());
    let open = total.asks_where(|ask| ask.is_open());
    let answers = total.asks_where(|ask| ask.is_open() && ask.has_candidates);
    let all = [
        (words::demands(demands.len()), demands),
        (words::conditions(conditions.len()), conditions),
        (words::offers(offers.len()), offers),
        (words::open(open.len()), open),
        (words::possible_answers(answers.len()), answers),
    ];
    all.into_iter().filter(|(_, passages)| !passages.is_empty()).collect()
}

fn numbers(view: &MatrixView) -> NumberMatrix {
    let shading = match view.options.measure {
        Measure::ScoreMean => Shading::Signed(STRONG_SCORE),
        Measure::ScoreSum => Shading::Signed(greatest(view).max(1.0)),
        Measure::Residual => Shading::Signed(STRONG_RESIDUAL),
        Measure::Moves
        | Measure::Passages
        | Measure::Documents
        | Measure::Characters
        | Measure::PerThousandWords
        | Measure::OfRow
        | Measure::OfColumn
        | Measure::OfTotal
        | Measure::DemandsAgreed
        | Measure::OffersAccepted
        | Measure::OpenDemands
        | Measure::OpenOffers
        | Measure::Expected
        | Measure::LatestWords => Shading::Amount,
    };
    let cell = |cell: &MatrixCell| NumberCell {
        text: text(&cell.value),
        value: number(&cell.value),
        ..NumberCell::default()
    };
    let rows =
        view.rows.iter().zip(&view.cells).zip(&view.row_totals).map(|((group, line), total)| NumberRow {
            heading: heading(group),
            cells: line.iter().map(cell).collect(),
            total: text(&total.value),
        });
    NumberMatrix {
        title: words::matrix_title(&view.options),
        description: view.answer().sentence.text(),
        row_title: view.options.rows.name(),
        column_title: view.options.columns.name(),
        shading,
        columns: headings(&view.columns),
        rows: rows.collect(),
        totals: view.column_totals.iter().chain([&view.total]).map(|cell| text(&cell.value)).collect(),
    }
}

fn greatest(view: &MatrixView) -> f64 {
    let values = view.cells.iter().flatten().filter_map(|cell| number(&cell.value));
    values.map(f64::abs).fold(0.0, f64::max)
}

fn number(value: &MatrixValue) -> Option<f64> {
    match value {
        MatrixValue::Count(count) | MatrixValue::Of(count, _) => Some(*count as f64),
        MatrixValue::Number(number) => Some(*number),
        MatrixValue::None | MatrixValue::Latest(_) => None,
    }
}

fn text(value: &MatrixValue) -> String {
    match value {
        MatrixValue::None | MatrixValue::Latest(_) => String::new(),
        MatrixValue::Count(count) => words::count(*count),
        MatrixValue::Of(count, all) => words::of(*count, *all),
        MatrixValue::Number(number) => words::number(*number),
    }
}

fn latest(view: &MatrixView, look: &Look<'_>) -> LatestWords {
    let roles = [MoveRole::Demand, MoveRole::Offer, MoveRole::Concession];
    let cell = |cell: &MatrixCell| {
        let MatrixValue::Latest(latest) = &cell.value else { return None };
        Some(Latest {
            series: roles.iter().position(|role| *role == latest.role).unwrap_or_default(),
            conditional: look.get(latest.passage).is_conditional,
            date: latest.date.map(|days| days.to_string()).unwrap_or_default(),
            words: latest.words.clone(),
            earlier: words::earlier(latest.earlier),
        })
    };
    let rows = view.rows.iter().zip(&view.cells);
    LatestWords {
        title: words::matrix_title(&view.options),
        description: view.answer().sentence.text(),
        row_title: view.options.rows.name(),
        column_title: view.options.columns.name(),
        series: (0..).zip(roles).map(|(at, role)| look.kind_series(Kind::Role(role), at)).collect(),
        columns: headings(&view.columns),
        rows: rows.map(|(group, line)| (heading(group), line.iter().map(cell).collect())).collect(),
    }
}
