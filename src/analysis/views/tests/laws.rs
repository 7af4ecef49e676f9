//! Laws of all views on random projects: each number is the number of the passages behind it.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::Tables;
use super::builder::{ACTORS, CATEGORIES, DocumentSpec, ISSUES, Spec, project};
use crate::bargain::{BinWidth, Passage, PassageIndex, PassageSet};
use crate::views::{
    Axis, CellValue, CodelineOptions, CodelineView, Fold, FollowsOptions, FollowsView, Look, MatrixOptions,
    MatrixView, Measure, Rules, TimeOptions, TimeView, TogetherOptions, TogetherUnit, TogetherView,
    TowardsOptions, TowardsView, View, ViewOptions,
};
use demarche_model::ViewKind;

pub(crate) const TEXT: &str =
    "One two three. Four five six, seven eight.\n\nNine ten eleven. Twelve thirteen.\nFourteen.";

fn specs() -> impl Strategy<Value = Spec> {
    let range = || {
        (0..TEXT.len() - 1, 1..20_usize).prop_map(|(start, length)| (start, (start + length).min(TEXT.len())))
    };
    let names = |all: &'static [&'static str]| subsequence(all, 0..=2.min(all.len()));
    (
        select(CATEGORIES.map(|(id, _)| id).to_vec()),
        prop::collection::vec(range(), 1..3),
        names(&ACTORS),
        names(&ACTORS),
        names(&ISSUES),
        select(vec![None, None, Some("2026"), Some("2026-02"), Some("2026-03-06")]),
        (any::<bool>(), any::<bool>(), prop::bool::weighted(0.2), prop::bool::weighted(0.1)),
    )
        .prop_map(|(category, ranges, actors, targets, issues, when, flags)| Spec {
            category,
            ranges,
            actors,
            targets,
            issues,
            when,
            is_conditional: flags.0 && flags.1,
            is_reported: flags.2,
            is_denied: flags.3,
            is_hypothetical: false,
            fee: None,
        })
}

pub(crate) fn tables() -> impl Strategy<Value = Tables> {
    let date = select(vec![None, Some("2026-01-10"), Some("2026-02"), Some("2026-03-06")]);
    let document = (date, prop::collection::vec(specs(), 0..9)).prop_map(|(date, specs)| (TEXT, date, specs));
    let width = select(vec![BinWidth::Document, BinWidth::Week, BinWidth::Month, BinWidth::Year]);
    (prop::collection::vec(document, 1..4), width)
        .prop_map(|(documents, width): (Vec<DocumentSpec>, _)| Tables::of(project(&documents, &[]), width))
}

fn set(look: &Look<'_>, test: impl Fn(&Passage) -> bool) -> PassageSet {
    look.moves().filter(|(_, passage)| test(passage)).map(|(index, _)| index).collect()
}

/// The titles of a move on an axis, found without the code of views.
fn titles(look: &Look<'_>, axis: &Axis, passage: &Passage) -> BTreeSet<String> {
    let moves = look.basis.moves;
    let names: BTreeSet<String> = match axis {
        Axis::Actor => moves.actors().names(passage.actors).map(str::to_owned).collect(),
        Axis::Target => moves.actors().names(passage.targets).map(str::to_owned).collect(),
        Axis::Issue => moves.issues().names(passage.issues).map(str::to_owned).collect(),
        Axis::Category => [moves.category_id(passage.category).to_string()].into(),
        _ => [moves.document_id(passage.document).to_string()].into(),
    };
    if names.is_empty() { ["not specified".to_owned()].into() } else { names }
}

fn check_matrix(look: &Look<'_>, rows: Axis, columns: Axis) -> Result<(), TestCaseError> {
    let options = MatrixOptions { rows: rows.clone(), columns: columns.clone(), ..MatrixOptions::default() };
    let view = MatrixView::of(look, options);
    let row_of = |title: &str| set(look, |passage| titles(look, &rows, passage).contains(title));
    for (row, (group, cells)) in view.rows.iter().zip(&view.cells).enumerate() {
        prop_assert_eq!(&*view.row_totals[row].moves, &row_of(&group.title));
        for (column, cell) in view.columns.iter().zip(cells) {
            let expected = set(look, |passage| {
                titles(look, &rows, passage).contains(&group.title)
                    && titles(look, &columns, passage).contains(&column.title)
            });
            prop_assert_eq!(&*cell.moves, &expected);
            let kinds: usize = cell.kinds.iter().map(|kind| kind.moves.len()).sum();
            prop_assert_eq!(kinds, expected.len());
        }
    }
    for (column, total) in view.columns.iter().zip(&view.column_totals) {
        let expected = set(look, |passage| titles(look, &columns, passage).contains(&column.title));
        prop_assert_eq!(&*total.moves, &expected);
    }
    prop_assert_eq!(view.total.moves.len(), look.moves().len());
    let all: BTreeSet<String> = look.moves().flat_map(|(_, passage)| titles(look, &rows, passage)).collect();
    prop_assert_eq!(view.rows.len(), all.len());
    prop_assert!(view.rows.iter().rev().skip(1).all(|row| !row.is_not_specified()));
    Ok(())
}

/// True if two passages are together, from the definition.
fn are_together(unit: TogetherUnit, one: &Passage, two: &Passage) -> bool {
    let paragraph = |at: usize| TEXT[..at].matches('\n').count();
    let paragraphs = |passage: &Passage| -> BTreeSet<usize> {
        let bytes = passage.ranges.iter().flat_map(|range| range.start..range.end);
        bytes.filter(|at| TEXT.as_bytes()[*at] != b'\n').map(paragraph).collect()
    };
    match unit {
        TogetherUnit::Exact => one.ranges == two.ranges,
        TogetherUnit::Inside => one
            .ranges
            .iter()
            .all(|inner| two.ranges.iter().any(|outer| outer.start <= inner.start && inner.end <= outer.end)),
        TogetherUnit::Overlapping => one.overlaps(two),
        TogetherUnit::Document => true,
        TogetherUnit::Paragraph => !paragraphs(one).is_disjoint(&paragraphs(two)),
        TogetherUnit::Near | TogetherUnit::Sentence => unreachable!("not tested here"),
    }
}

fn check_together(look: &Look<'_>, unit: TogetherUnit) -> Result<(), TestCaseError> {
    let view = TogetherView::of(look, TogetherOptions { unit, ..TogetherOptions::default() });
    let moves: Vec<(PassageIndex, &Passage)> = look.moves().collect();
    let pairs = || moves.iter().flat_map(|one| moves.iter().map(move |two| (one, two)));
    let together = |one: &(PassageIndex, &Passage), two: &(PassageIndex, &Passage)| {
        one.0 != two.0 && one.1.document == two.1.document && are_together(unit, one.1, two.1)
    };
    let directed = pairs().filter(|(one, two)| together(one, two)).count();
    let expected = if unit.is_directed() { directed } else { directed / 2 };
    prop_assert_eq!(view.pairs.iter().map(|pair| pair.pairs).sum::<usize>(), expected);
    for pair in &view.pairs {
        let (a, b) = (pair.a, pair.b);
        let is_pair = |one: &Passage, two: &Passage| {
            (one.category, two.category) == (a, b)
                || !unit.is_directed() && (two.category, one.category) == (a, b)
        };
        let found = pairs().filter(|(one, two)| is_pair(one.1, two.1) && together(one, two));
        let behind: PassageSet = found.flat_map(|(one, two)| [one.0, two.0]).collect();
        prop_assert_eq!(&*pair.passages, &behind);
        prop_assert!(pair.places >= 1 && pair.places <= pair.pairs);
    }
    Ok(())
}

fn check_follows(look: &Look<'_>) -> Result<(), TestCaseError> {
    let view = FollowsView::of(look, FollowsOptions { fold: Fold::Never, ..FollowsOptions::default() });
    let sum: usize = view.cells.iter().flatten().map(|cell| cell.observed).sum();
    prop_assert_eq!(sum, view.pairs);
    for cell in view.cells.iter().flatten() {
        prop_assert!(cell.passages.len() <= 2 * cell.observed);
        prop_assert_eq!(cell.passages.is_empty(), cell.observed == 0);
    }
    let residue: f64 =
        view.cells.iter().flatten().map(|cell| cell.observed as f64 - cell.expected.unwrap_or(0.0)).sum();
    prop_assert!(residue.abs() < 1e-9);
    Ok(())
}

/// Counts of a table are the numbers of the passages behind them.
fn check_counts(look: &Look<'_>, kind: ViewKind) -> Result<(), TestCaseError> {
    let view = View::of(look, ViewOptions::start(kind));
    // Pairs and steps are no passages.
    if matches!(kind, ViewKind::Together | ViewKind::Follows | ViewKind::Movement) {
        return Ok(());
    }
    for cell in view.answer().table.rows.iter().flat_map(|row| &row.cells) {
        if let (CellValue::Count(count), Some(passages)) = (&cell.value, &cell.passages) {
            prop_assert_eq!(*count, passages.len(), "{:?}", kind);
        }
    }
    for row in &view.answer().table.rows {
        prop_assert_eq!(row.cells.len(), view.answer().table.columns.len());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn each_number_is_that_of_the_passages_behind_it(tables in tables()) {
        let look = tables.look();
        for kind in ViewKind::ALL {
            check_counts(&look, kind)?;
        }
        check_matrix(&look, Axis::Actor, Axis::Issue)?;
        check_matrix(&look, Axis::Target, Axis::Category)?;
        check_matrix(&look, Axis::Document, Axis::Actor)?;
        check_follows(&look)?;
        let units = [
            TogetherUnit::Exact,
            TogetherUnit::Inside,
            TogetherUnit::Overlapping,
            TogetherUnit::Paragraph,
            TogetherUnit::Document,
        ];
        for unit in units {
            check_together(&look, unit)?;
        }
    }

    #[test]
    fn every_move_is_in_one_bin_on_one_line_and_on_an_edge(tables in tables()) {
        let look = tables.look();
        let time = TimeView::of(&look, TimeOptions::default());
        prop_assert_eq!(time.bins.iter().map(|bin| bin.moves.len()).sum::<usize>(), look.moves().len());
        for bin in &time.bins {
            let series: usize = bin.series.iter().map(|moves| moves.len()).sum();
            prop_assert_eq!(series, bin.moves.len());
        }
        let towards = TowardsView::of(&look, TowardsOptions::default());
        let on_edges: PassageSet =
            towards.edges.iter().chain(&towards.self_addressed).flat_map(|edge| edge.moves.iter()).collect();
        prop_assert_eq!(on_edges.len(), look.moves().len());
        let lines = CodelineView::of(&look, CodelineOptions::default());
        let on_lines: PassageSet = lines.lines.iter().flat_map(|line| line.moves().iter().collect::<Vec<_>>()).collect();
        prop_assert_eq!(on_lines.len(), look.moves().len());
        let marks = || lines.lines.iter().flat_map(|line| &line.marks);
        prop_assert!(marks().all(|mark| 0.0 <= mark.start && mark.start < mark.end && mark.end <= 1.0));
    }

    #[test]
    fn a_filter_only_takes_away(tables in tables(), kept in prop::collection::vec(any::<bool>(), 30)) {
        let all: Vec<PassageIndex> = tables.moves.iter().map(|(index, _)| index).collect();
        let selected: PassageSet = all.iter().zip(&kept).filter(|(_, kept)| **kept).map(|(index, _)| *index).collect();
        let look = tables.look_with(Rules::default(), Some(&selected));
        let options = |measure| MatrixOptions { measure, ..MatrixOptions::default() };
        let view = MatrixView::of(&look, options(Measure::Moves));
        prop_assert!(view.total.moves.iter().all(|index| selected.contains(index)));
        let passages = MatrixView::of(&look, options(Measure::Passages)).total.moves.len();
        prop_assert_eq!(passages, selected.len());
        for kind in ViewKind::ALL {
            check_counts(&look, kind)?;
        }
    }
}
