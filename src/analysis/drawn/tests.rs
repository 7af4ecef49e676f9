//! Each number that a figure draws is the number of the passages behind it, on random projects.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::select;
use unicode_segmentation::UnicodeSegmentation;

use super::{Chart, Drawn};
use crate::bargain::{Collectives, Duplicates, Passage, PassageIndex, PassageSet, Persons, Rules};
use crate::figure::CellKey;
use crate::figure::charts::matrix::BarMatrix;
use crate::figure::charts::movement::Movement;
use crate::figure::charts::timeline::Timeline;
use crate::segment::all_sentences;
use crate::views::tests::laws::{TEXT, tables};
use crate::views::{
    Axis, Fold, FollowsOptions, FollowsView, Look, MatrixOptions, MatrixView, Measure, MovementView, State,
    States, StepKind, TimeMeasure, TimeOptions, TimeView, TogetherOptions, TogetherUnit, TogetherView,
    TowardsOptions, TowardsView,
};
use demarche_model::{MoveRole, Tone};

type Checked = Result<(), TestCaseError>;

fn rules() -> impl Strategy<Value = Rules> {
    let flags = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    (flags, select(Duplicates::ALL)).prop_map(|(flags, duplicates)| Rules {
        conditions_as_demands: flags.0,
        recommendations_as_demands: flags.1,
        collectives: if flags.2 { Collectives::Members } else { Collectives::AsTagged },
        persons: if flags.3 { Persons::Separately } else { Persons::Party },
        duplicates,
        ..Rules::default()
    })
}

fn behind(drawn: &Drawn, key: CellKey) -> PassageSet {
    drawn.behind(key).map(|set| (**set).clone()).unwrap_or_default()
}

fn union<'s>(sets: impl Iterator<Item = &'s PassageSet>) -> PassageSet {
    sets.flat_map(PassageSet::iter).collect()
}

/// The number at the start of a text, such as `6 demands` or `6 of 17`.
fn leading(text: &str) -> Option<usize> {
    text.split_whitespace().next()?.replace([',', '\u{202F}', '\u{A0}'], "").parse().ok()
}

/// Bars: parts add up to the cell; the cells of a row, as sets, to its total; those of a column likewise.
fn check_bars(look: &Look<'_>, drawn: &Drawn, chart: &BarMatrix) -> Checked {
    let set =
        |row: usize, column: usize| behind(drawn, CellKey::Cell { row: row as u32, column: column as u32 });
    for (at, row) in chart.rows.iter().enumerate() {
        for (column, cell) in row.cells.iter().enumerate() {
            prop_assert_eq!(cell.parts.iter().map(|part| part.count).sum::<usize>(), cell.total);
            prop_assert_eq!(set(at, column).len(), cell.total);
        }
        let total = behind(drawn, CellKey::RowTotal(at as u32));
        prop_assert_eq!(total.len(), row.total);
        let sets: Vec<PassageSet> = (0..row.cells.len()).map(|column| set(at, column)).collect();
        prop_assert_eq!(&union(sets.iter()), &total);
        for (note, text) in row.notes.iter().enumerate() {
            let passages = behind(drawn, CellKey::Note { row: at as u32, note: note as u32 });
            prop_assert_eq!(leading(text), Some(passages.len()), "{}", text);
        }
    }
    for (at, count) in chart.column_totals.iter().enumerate() {
        let total = behind(drawn, CellKey::ColumnTotal(at as u32));
        prop_assert_eq!(total.len(), *count);
        let sets: Vec<PassageSet> = (0..chart.rows.len()).map(|row| set(row, at)).collect();
        prop_assert_eq!(&union(sets.iter()), &total);
    }
    let all: PassageSet = look.moves().map(|(index, _)| index).collect();
    prop_assert_eq!((&behind(drawn, CellKey::Total), chart.total), (&all, all.len()));
    Ok(())
}

/// Numbers of other measures: counts of passages, documents or asks.
fn check_measure(look: &Look<'_>, measure: Measure) -> Checked {
    let view = MatrixView::of(look, MatrixOptions { measure, ..MatrixOptions::default() });
    let drawn = Drawn::matrix(&view, look);
    let Chart::Numbers(chart) = &drawn.chart else { return Err(TestCaseError::fail("numbers")) };
    let whole = view.total.moves.len();
    let totals = chart.totals.iter().enumerate().map(|(at, text)| {
        let key = if at < chart.columns.len() { CellKey::ColumnTotal(at as u32) } else { CellKey::Total };
        (key, text)
    });
    let rows = chart.rows.iter().enumerate().flat_map(|(row, line)| {
        let key = move |column: usize| CellKey::Cell { row: row as u32, column: column as u32 };
        let cells = line.cells.iter().enumerate().map(move |(column, cell)| (key(column), &cell.text));
        cells.chain([(CellKey::RowTotal(row as u32), &line.total)])
    });
    for (key, text) in rows.chain(totals) {
        let passages = behind(&drawn, key);
        let documents: BTreeSet<_> = passages.iter().map(|index| look.get(index).document).collect();
        match measure {
            Measure::Documents => prop_assert_eq!(leading(text), Some(documents.len())),
            Measure::OfTotal => {
                let share = text.replace('−', "-").parse::<f64>().unwrap_or_default();
                prop_assert!((share * whole as f64 / 100.0 - passages.len() as f64).abs() < 0.01);
            }
            _ => prop_assert_eq!(leading(text), Some(passages.len()), "{:?} {}", measure, text),
        }
    }
    Ok(())
}

fn check_latest(look: &Look<'_>) -> Checked {
    let view =
        MatrixView::of(look, MatrixOptions { measure: Measure::LatestWords, ..MatrixOptions::default() });
    let drawn = Drawn::matrix(&view, look);
    let Chart::Latest(chart) = &drawn.chart else { return Err(TestCaseError::fail("words")) };
    for (row, (_, cells)) in chart.rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            let passages = behind(&drawn, CellKey::Cell { row: row as u32, column: column as u32 });
            let counted = cell
                .as_ref()
                .map_or(0, |cell| 1 + leading(cell.earlier.trim_start_matches('+')).unwrap_or(0));
            prop_assert_eq!(passages.len(), counted);
        }
    }
    Ok(())
}

/// Bars over time: parts add up to the bin, and the bins to all moves.
fn check_time(look: &Look<'_>, drawn: &Drawn, chart: &Timeline) -> Checked {
    let panel = &chart.panels[0];
    let mut all = 0;
    for (at, parts) in panel.bars.iter().enumerate() {
        let bin = at as u32;
        let whole = behind(drawn, CellKey::Bin { panel: 0, bin });
        prop_assert_eq!(whole.len(), panel.counts[at]);
        prop_assert_eq!(parts.iter().map(|part| part.count).sum::<usize>(), whole.len());
        for (part, drawn_part) in parts.iter().enumerate() {
            let passages = behind(drawn, CellKey::Bar { panel: 0, bin, part: part as u32 });
            prop_assert_eq!(passages.len(), drawn_part.count);
            prop_assert_eq!(drawn_part.value, drawn_part.count as f64);
            prop_assert!(passages.iter().all(|index| whole.contains(index)));
        }
        let scored = behind(drawn, CellKey::Score { panel: 0, bin });
        prop_assert!(
            scored.iter().all(|index| whole.contains(index) && look.weight(look.get(index)).is_some())
        );
        all += whole.len();
    }
    prop_assert_eq!(all, look.moves().len());
    Ok(())
}

/// Edges and nodes: soft and hard are part of the moves; what a node sends is all that leaves it.
fn check_network(look: &Look<'_>) -> Checked {
    let view = TowardsView::of(look, TowardsOptions::default());
    let drawn = Drawn::network(&view, look);
    let Chart::Network(chart) = &drawn.chart else { return Err(TestCaseError::fail("network")) };
    for (at, edge) in chart.edges.iter().enumerate() {
        let passages = behind(&drawn, CellKey::Edge(at as u32));
        prop_assert_eq!(passages.len(), edge.moves);
        let role = |index: PassageIndex| look.kind(look.get(index)).role();
        let toned = |tone| passages.iter().filter_map(role).filter(|role| role.tone() == Some(tone)).count();
        prop_assert_eq!((toned(Tone::Soft), toned(Tone::Hard)), (edge.soft, edge.hard));
    }
    for (at, node) in chart.nodes.iter().enumerate() {
        let own = |edge: &&crate::views::Edge| edge.from == view.nodes[at].actor;
        let edges: Vec<&PassageSet> =
            view.edges.iter().chain(&view.self_addressed).filter(own).map(|edge| &*edge.moves).collect();
        let sent = behind(&drawn, CellKey::Node(at as u32));
        prop_assert_eq!((&sent, sent.len()), (&union(edges.into_iter()), node.sent));
    }
    Ok(())
}

/// Steps: a step counts those before it that nothing has taken back.
fn check_movement(look: &Look<'_>, view: &MovementView, drawn: &Drawn, chart: &Movement) -> Checked {
    for (panel, (issue, drawn_panel)) in view.issues.iter().zip(&chart.panels).enumerate() {
        for (line, (steps, drawn_line)) in issue.lines.iter().zip(&drawn_panel.lines).enumerate() {
            let dated = steps.steps.iter().filter(|step| step.date.is_some());
            for (at, (step, drawn_step)) in dated.zip(&drawn_line.steps).enumerate() {
                let key = CellKey::Step { panel: panel as u32, line: line as u32, step: at as u32 };
                prop_assert_eq!(behind(drawn, key).iter().collect::<Vec<_>>(), [step.passage]);
                prop_assert_eq!(drawn_step.value, step.sum as f64);
            }
            let role = |index: PassageIndex| look.get(index).role;
            let own = |passage: &Passage| {
                let issues = look.basis.moves.issues().members(passage.issues);
                let is_here = issue.issue.map_or(issues.is_empty(), |issue| issues.contains(&issue));
                is_here && look.actors(passage).contains(&steps.actor)
            };
            let moved: PassageSet = look
                .moves_where(|passage| {
                    matches!(passage.role, Some(MoveRole::Concession | MoveRole::Acceptance)) && own(passage)
                })
                .iter()
                .collect();
            let counted: PassageSet = (steps.steps.iter())
                .filter(|step| step.kind != StepKind::TakenBack)
                .map(|step| step.passage)
                .collect();
            prop_assert_eq!(&counted, &moved);
            let taken = steps.steps.iter().filter(|step| step.kind == StepKind::TakenBack);
            prop_assert!(taken.clone().all(|step| role(step.passage) == Some(MoveRole::Withdrawal)));
            if taken.count() == 0 {
                prop_assert_eq!(steps.sum(), moved.len());
            }
        }
    }
    Ok(())
}

/// The pairs of moves that follow each other in the text, from the definition: of each document, the next that begins at or
/// after the end of the one before.
fn in_text(look: &Look<'_>) -> Vec<(PassageIndex, PassageIndex)> {
    let placed: Vec<(PassageIndex, &Passage)> = (look.moves())
        .filter(|(_, passage)| !passage.has_no_place && !look.kind(passage).is_derived())
        .collect();
    let after = |(index, passage): (PassageIndex, &Passage)| {
        let at = placed.iter().position(|(other, _)| *other == index)?;
        let mut later = placed[at + 1..].iter().take_while(|(_, other)| other.document == passage.document);
        later.find(|(_, other)| other.ranges.start() >= passage.ranges.end()).map(|(next, _)| *next)
    };
    let mut pairs = Vec::new();
    for document in look.counted_documents() {
        let mut at = placed.iter().find(|(_, passage)| passage.document == document).copied();
        while let Some(one) = at {
            let next = after(one);
            pairs.extend(next.map(|next| (one.0, next)));
            at = next.map(|next| (next, look.get(next)));
        }
    }
    pairs
}

fn check_follows(look: &Look<'_>) -> Checked {
    let options = FollowsOptions { states: States::Category, fold: Fold::Never, ..FollowsOptions::default() };
    let view = FollowsView::of(look, options);
    let drawn = Drawn::follows(&view);
    let Chart::Numbers(chart) = &drawn.chart else { return Err(TestCaseError::fail("numbers")) };
    let pairs = in_text(look);
    prop_assert_eq!(pairs.len(), view.pairs);
    let state = |index: PassageIndex| State::Category(look.get(index).category);
    for (row, from) in view.states.iter().enumerate() {
        for (column, to) in view.states.iter().enumerate() {
            let of = pairs.iter().filter(|(one, two)| state(*one) == *from && state(*two) == *to);
            let key = CellKey::Cell { row: row as u32, column: column as u32 };
            prop_assert_eq!(leading(&chart.rows[row].cells[column].text), Some(of.clone().count()));
            prop_assert_eq!(behind(&drawn, key), of.flat_map(|(one, two)| [*one, *two]).collect());
        }
    }
    Ok(())
}

/// The numbers of the sentences, or of the words of the covering stretch, of a passage.
fn segments(unit: TogetherUnit, passage: &Passage) -> BTreeSet<usize> {
    let touches = |start: usize, end: usize, ranges: &[(usize, usize)]| {
        ranges.iter().any(|(first, last)| *first < end && start < *last)
    };
    let ranges: Vec<(usize, usize)> = passage.ranges.iter().map(|range| (range.start, range.end)).collect();
    let numbered = |all: Vec<(usize, usize)>, ranges: &[(usize, usize)]| {
        let touched = all.iter().enumerate().filter(|(_, (start, end))| touches(*start, *end, ranges));
        touched.map(|(number, _)| number).collect()
    };
    if unit == TogetherUnit::Sentence {
        let sentences = all_sentences(TEXT).into_iter().map(|sentence| (sentence.start, sentence.end));
        return numbered(sentences.collect(), &ranges);
    }
    let words = TEXT.unicode_word_indices().map(|(start, word)| (start, start + word.len()));
    numbered(words.collect(), &[(passage.ranges.start(), passage.ranges.end())])
}

fn are_together(options: TogetherOptions, one: &Passage, two: &Passage) -> bool {
    let (one, two) = (segments(options.unit, one), segments(options.unit, two));
    if options.unit == TogetherUnit::Sentence {
        return !one.is_disjoint(&two);
    }
    // Words between the last of the one and the first of the other.
    let between =
        |one: &BTreeSet<usize>, two: &BTreeSet<usize>| Some(two.first()?.saturating_sub(one.last()? + 1));
    match (between(&one, &two), between(&two, &one)) {
        (Some(after), Some(before)) => after.max(before) <= options.near_words,
        _ => false,
    }
}

fn check_together(look: &Look<'_>, options: TogetherOptions) -> Checked {
    let view = TogetherView::of(look, options);
    let drawn = Drawn::together(&view, look);
    let moves: Vec<(PassageIndex, &Passage)> = look.moves().collect();
    let mut pairs = Vec::new();
    for (at, one) in moves.iter().enumerate() {
        let others = moves[at + 1..].iter().filter(|two| one.1.document == two.1.document);
        pairs.extend(others.filter(|two| are_together(options, one.1, two.1)).map(|two| (*one, *two)));
    }
    prop_assert_eq!(view.pairs.iter().map(|pair| pair.pairs).sum::<usize>(), pairs.len());
    for pair in &view.pairs {
        let is_pair = |(one, two): &&((PassageIndex, &Passage), (PassageIndex, &Passage))| {
            let categories = (one.1.category, two.1.category);
            categories == (pair.a, pair.b) || categories == (pair.b, pair.a)
        };
        let of: Vec<_> = pairs.iter().filter(is_pair).collect();
        let passages: PassageSet = of.iter().flat_map(|(one, two)| [one.0, two.0]).collect();
        prop_assert_eq!((pair.pairs, &*pair.passages), (of.len(), &passages));
        let place = |category| view.categories.iter().position(|known| *known == category).unwrap() as u32;
        let key = CellKey::Cell { row: place(pair.a), column: place(pair.b) };
        prop_assert_eq!(behind(&drawn, key), passages);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn each_drawn_number_is_that_of_the_passages_behind_it(
        (tables, rules) in (tables(), rules()),
        kept in prop::option::of(prop::collection::vec(any::<bool>(), 30)),
    ) {
        let selected: Option<PassageSet> = kept.map(|kept| {
            let all = tables.moves.iter().map(|(index, _)| index).zip(kept);
            all.filter(|(_, is_kept)| *is_kept).map(|(index, _)| index).collect()
        });
        let look = tables.look_with(rules, selected.as_ref());
        for (rows, columns) in [(Axis::Actor, Axis::Issue), (Axis::Role, Axis::Target), (Axis::Document, Axis::Bin)] {
            let view = MatrixView::of(&look, MatrixOptions { rows, columns, ..MatrixOptions::default() });
            let drawn = Drawn::matrix(&view, &look);
            let Chart::Bars(chart) = &drawn.chart else { return Err(TestCaseError::fail("bars")) };
            check_bars(&look, &drawn, chart)?;
        }
        let measures = [
            Measure::Documents,
            Measure::OfTotal,
            Measure::DemandsAgreed,
            Measure::OffersAccepted,
            Measure::OpenDemands,
            Measure::OpenOffers,
        ];
        for measure in measures {
            check_measure(&look, measure)?;
        }
        check_latest(&look)?;
        let time = TimeView::of(&look, TimeOptions { measure: TimeMeasure::Count, ..TimeOptions::default() });
        let drawn = Drawn::time(&time, &look);
        let Chart::Time(chart) = &drawn.chart else { return Err(TestCaseError::fail("time")) };
        check_time(&look, &drawn, chart)?;
        check_network(&look)?;
        let movement = MovementView::of(&look);
        if let Some(drawn) = Drawn::movement(&movement, &look)
            && let Chart::Movement(chart) = &drawn.chart
        {
            check_movement(&look, &movement, &drawn, chart)?;
        }
        check_follows(&look)?;
        for unit in [TogetherUnit::Sentence, TogetherUnit::Near] {
            check_together(&look, TogetherOptions { unit, near_words: 2 })?;
        }
    }
}
