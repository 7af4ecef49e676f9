//! Each number of the sample is that of the passages behind it: for each coder, each view, each measure that rests on passages.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use demarche::analysis::bargain::{
    BinWidth, Bins, Ledger, LedgerOptions, Moves, PassageSet, Reading, ReportedAt, Scale, Weights,
};
use demarche::analysis::drawn::{Chart, Drawn};
use demarche::analysis::figure::CellKey;
use demarche::analysis::views::{
    Axis, Basis, Look, MatrixCell, MatrixOptions, MatrixValue, MatrixView, Measure, Rules, Sizes,
    TimeMeasure, TimeOptions, TimeView,
};
use demarche::io::project::Folder;
use demarche::model::{Project, Visibility};

use crate::support::project::read_all;

/// Runs a check on the passages of each coder of the sample.
fn on_sample(check: impl Fn(&Look<'_>)) {
    let folder = Folder::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("projects/halden-port-talks"));
    let (project, problems) = read_all(&folder).unwrap();
    assert!(problems.is_empty());
    let people = project.annotators().iter().map(|person| person.id.clone());
    let readings = people.map(|coder| Reading::of_coder(coder, Visibility::default()));
    let mut checked = 0;
    for moves in readings.map(|reading| Moves::of(&project, &reading)).filter(|moves| !moves.is_empty()) {
        for scale in [Scale::Goldstein, Scale::Plover] {
            look_at(&project, &moves, Shown { scale, ..Shown::default() }, &check);
        }
        checked += 1;
    }
    assert!(checked >= 2, "both coders");
}

/// What a look shows of some moves, and by what rules.
#[derive(Clone, Copy)]
pub(super) struct Shown<'a> {
    pub scale: Scale,
    pub width: BinWidth,
    pub rules: Rules,
    /// The passages that pass the filter; `None` for all.
    pub selected: Option<&'a PassageSet>,
}

impl Default for Shown<'_> {
    fn default() -> Self {
        let (scale, width) = (Scale::Goldstein, BinWidth::Document);
        Self { scale, width, rules: Rules::default(), selected: None }
    }
}

/// Runs a check on what is shown of some moves.
pub(super) fn look_at(project: &Project, moves: &Moves, shown: Shown<'_>, check: impl Fn(&Look<'_>)) {
    let ledger = Ledger::of(moves, LedgerOptions::default());
    let weights = Weights::new(project.codebook(), shown.scale, &BTreeMap::new());
    let bins = Bins { width: shown.width, phases: Vec::new(), reported: ReportedAt::default() };
    let sizes = Sizes::of(project);
    let basis = Basis { project, moves, ledger: &ledger, weights: &weights, bins: &bins, sizes: &sizes };
    check(&Look::new(basis, shown.rules, shown.selected));
}

/// The characters that some passages cover, each once.
fn characters(look: &Look<'_>, passages: &PassageSet) -> usize {
    let mut covered: BTreeMap<_, BTreeSet<usize>> = BTreeMap::new();
    for passage in passages.iter().map(|index| look.get(index)).filter(|passage| !passage.has_no_place) {
        let bytes = passage.ranges.iter().flat_map(|range| range.start..range.end);
        covered.entry(passage.document).or_default().extend(bytes);
    }
    let starts = |(document, bytes): (&_, &BTreeSet<usize>)| {
        let text = look.document(*document).and_then(|document| document.text.clone()).unwrap();
        bytes.iter().filter(|at| text.as_str().is_char_boundary(**at)).count()
    };
    covered.iter().map(starts).sum()
}

fn near(one: f64, other: f64) -> bool {
    (one - other).abs() < 1e-9
}

/// Checks the value of a cell against the passages that open when it is clicked.
fn check_cell(
    look: &Look<'_>,
    measure: Measure,
    cell: &MatrixCell,
    behind: &PassageSet,
    [row, column, all]: [usize; 3],
) {
    let share = |of: usize| 100.0 * behind.len() as f64 / of as f64;
    let weights = || behind.iter().filter_map(|index| look.weight(look.get(index)));
    let value = match cell.value {
        MatrixValue::None => None,
        MatrixValue::Count(count) | MatrixValue::Of(count, _) => Some(count as f64),
        MatrixValue::Number(number) => Some(number),
        MatrixValue::Latest(_) => Some(behind.len() as f64),
    };
    let documents: BTreeSet<_> = behind.iter().map(|index| look.get(index).document).collect();
    let expected = match measure {
        Measure::Documents => documents.len() as f64,
        Measure::Characters => characters(look, behind) as f64,
        Measure::OfRow => share(row),
        Measure::OfColumn => share(column),
        Measure::OfTotal => share(all),
        Measure::ScoreSum => weights().sum(),
        Measure::ScoreMean => weights().sum::<f64>() / weights().count() as f64,
        _ => behind.len() as f64,
    };
    assert!(value.is_none_or(|value| near(value, expected)), "{measure:?}: {value:?} for {expected}");
    assert!(value.is_some() || behind.is_empty() || expected == 0.0, "{measure:?}: nothing for {expected}");
}

const MEASURES: [Measure; 13] = [
    Measure::Moves,
    Measure::Passages,
    Measure::Documents,
    Measure::Characters,
    Measure::OfRow,
    Measure::OfColumn,
    Measure::OfTotal,
    Measure::ScoreMean,
    Measure::ScoreSum,
    Measure::DemandsAgreed,
    Measure::OffersAccepted,
    Measure::OpenDemands,
    Measure::OpenOffers,
];

#[test]
fn each_cell_of_the_matrix_is_that_of_the_passages_behind_it() {
    on_sample(|look| {
        for (rows, columns) in [
            (Axis::Actor, Axis::Issue),
            (Axis::Category, Axis::Target),
            (Axis::Document, Axis::Attribute("voice".into())),
        ] {
            for measure in MEASURES {
                let options = MatrixOptions {
                    rows: rows.clone(),
                    columns: columns.clone(),
                    measure,
                    ..MatrixOptions::default()
                };
                let view = MatrixView::of(look, options);
                let drawn = Drawn::matrix(&view, look);
                let behind = |key| drawn.behind(key).map(|set| (**set).clone()).unwrap_or_default();
                let all = view.total.moves.len();
                for (at, (cells, total)) in view.cells.iter().zip(&view.row_totals).enumerate() {
                    let row = total.moves.len();
                    for (column, cell) in cells.iter().enumerate() {
                        let margins = [row, view.column_totals[column].moves.len(), all];
                        let key = CellKey::Cell { row: at as u32, column: column as u32 };
                        check_cell(look, measure, cell, &behind(key), margins);
                    }
                    check_cell(look, measure, total, &behind(CellKey::RowTotal(at as u32)), [row, all, all]);
                }
                for (at, total) in view.column_totals.iter().enumerate() {
                    let margins = [all, total.moves.len(), all];
                    check_cell(look, measure, total, &behind(CellKey::ColumnTotal(at as u32)), margins);
                }
                check_cell(look, measure, &view.total, &behind(CellKey::Total), [all; 3]);
            }
        }
    });
}

#[test]
fn bars_and_scores_over_time_are_those_of_the_passages_behind_them() {
    on_sample(|look| {
        for measure in [TimeMeasure::Count, TimeMeasure::Share] {
            let view = TimeView::of(look, TimeOptions { measure, ..TimeOptions::default() });
            let drawn = Drawn::time(&view, look);
            let Chart::Time(chart) = &drawn.chart else { panic!("a chart over time") };
            let behind = |key| drawn.behind(key).map(|set| (**set).clone()).unwrap_or_default();
            let panel = &chart.panels[0];
            for (bin, parts) in (0u32..).zip(&panel.bars) {
                let whole = behind(CellKey::Bin { panel: 0, bin });
                for (part, bar) in (0u32..).zip(parts) {
                    let count = behind(CellKey::Bar { panel: 0, bin, part }).len();
                    let share = 100.0 * count as f64 / whole.len() as f64;
                    assert_eq!(bar.count, count);
                    assert!(near(
                        bar.value,
                        if measure == TimeMeasure::Count { count as f64 } else { share }
                    ));
                }
            }
            for bin in &view.bins {
                let weights: Vec<f64> =
                    bin.moves.iter().filter_map(|index| look.weight(look.get(index))).collect();
                assert_eq!(weights.len(), bin.point.score.weighted.len());
                assert!(near(bin.point.score.sum, weights.iter().sum()));
            }
        }
    });
}
