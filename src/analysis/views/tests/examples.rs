//! Small projects with known numbers.

use std::sync::Arc;

use super::Tables;
use super::builder::{Spec, project, spec};
use crate::bargain::{BinWidth, Collectives};
use crate::views::{
    Axis, CodelineOptions, CodelineSort, CodelineView, Fold, FollowsOptions, FollowsSource, FollowsView,
    Kind, MatrixOptions, MatrixSort, MatrixValue, MatrixView, Measure, MovementView, Rules, StepKind,
    TimeOptions, TimeView, Together, TogetherOptions, TogetherUnit, TogetherView, TowardsOptions,
    TowardsView, UnitCounts,
};
use demarche_model::MoveRole;

const TEXT: &str = "We want the fees down. We may open the port.\nThey refuse. They give way.";

/// A demands and offers, B refuses and concedes.
fn talks() -> Tables {
    let documents = [
        (
            TEXT,
            Some("2026-02-18"),
            vec![
                spec("demand", (0, 21), "A", "B", "fees"),
                spec("offer", (23, 43), "A", "B", "port"),
                spec("rejection", (45, 56), "B", "A", "fees"),
            ],
        ),
        (
            TEXT,
            Some("2026-03-06"),
            vec![
                spec("concession", (58, 72), "B", "A", "fees"),
                spec("withdrawal", (45, 56), "B", "A", "fees"),
                Spec { issues: vec!["fees", "port"], ..spec("concession", (0, 21), "A", "", "") },
            ],
        ),
    ];
    let links = [("responds-to", (1, 1), (1, 0)), ("responds-to", (0, 2), (0, 0))];
    Tables::of(project(&documents, &links), BinWidth::Document)
}

fn matrix(tables: &Tables, options: MatrixOptions) -> MatrixView {
    MatrixView::of(&tables.look(), options)
}

#[test]
fn a_move_about_two_issues_counts_in_both_and_once_in_totals() {
    let tables = talks();
    let view = matrix(&tables, MatrixOptions::default());
    let names =
        |groups: &[crate::views::Group]| groups.iter().map(|group| group.title.clone()).collect::<Vec<_>>();
    assert_eq!(
        (names(&view.rows), names(&view.columns)),
        (vec!["A".into(), "B".into()], vec!["fees".into(), "port".into()])
    );
    let counts: Vec<Vec<usize>> =
        view.cells.iter().map(|row| row.iter().map(|cell| cell.moves.len()).collect()).collect();
    assert_eq!(counts, [[2, 2], [3, 0]]);
    let totals =
        |cells: &[crate::views::MatrixCell]| cells.iter().map(|cell| cell.moves.len()).collect::<Vec<_>>();
    assert_eq!((totals(&view.row_totals), totals(&view.column_totals)), (vec![3, 3], vec![5, 2]));
    assert_eq!(
        (view.total.moves.len(), view.in_several_columns.len(), view.in_several_rows.len()),
        (6, 1, 0)
    );
    assert_eq!(view.cells[0][0].of_kind(Kind::Role(MoveRole::Demand)).unwrap().moves.len(), 1);
}

#[test]
fn measures_of_asks_count_first_passages() {
    let tables = talks();
    let value = |measure| {
        let view = matrix(&tables, MatrixOptions { measure, ..MatrixOptions::default() });
        view.cells[0].iter().map(|cell| cell.value.clone()).collect::<Vec<_>>()
    };
    // The demand was refused, so it is not open.
    assert_eq!(value(Measure::OpenDemands), [MatrixValue::Of(0, 1), MatrixValue::Of(0, 0)]);
    assert_eq!(value(Measure::OpenOffers), [MatrixValue::Of(0, 0), MatrixValue::Of(1, 1)]);
    // Soft +1, hard −1: a demand and a concession, an offer and the same concession.
    assert_eq!(value(Measure::ScoreMean), [MatrixValue::Number(0.0), MatrixValue::Number(1.0)]);
    assert_eq!(value(Measure::OfRow), [MatrixValue::Number(200.0 / 3.0), MatrixValue::Number(200.0 / 3.0)]);
    assert_eq!(value(Measure::Documents), [MatrixValue::Count(2), MatrixValue::Count(2)]);
    assert_eq!(value(Measure::Characters), [MatrixValue::Count(42), MatrixValue::Count(41)]);
    let MatrixValue::Latest(latest) = &value(Measure::LatestWords)[0] else { panic!("words") };
    assert_eq!(
        (latest.role, latest.earlier, latest.words.as_str()),
        (MoveRole::Concession, 1, "We want the fees down")
    );
}

#[test]
fn hidden_rows_are_part_of_totals() {
    let tables = talks();
    let options = MatrixOptions {
        rows: Axis::Role,
        sort: MatrixSort::Total,
        hide_below: 2,
        ..MatrixOptions::default()
    };
    let view = matrix(&tables, options);
    let names: Vec<_> = view.rows.iter().map(|row| row.name.as_deref()).collect();
    assert_eq!((names, view.hidden_rows), (vec![Some("concession")], 4));
    assert_eq!(view.column_totals[0].moves.len(), 5);
}

#[test]
fn bins_follow_time_and_have_scores() {
    let tables = talks();
    let view = TimeView::of(&tables.look(), TimeOptions::default());
    let bins: Vec<_> = view.bins.iter().map(|bin| (bin.moves.len(), bin.point.score.sum)).collect();
    assert_eq!(bins, [(3, -1.0), (3, 1.0)]);
    let lines: Vec<_> = view.lines.iter().map(|line| line.title.as_str()).collect();
    assert_eq!(lines, ["A", "B"]);
    assert_eq!(view.lines[1].points[1].score.mean(), Some(0.0));
    let tables = Tables::of(tables.project, BinWidth::Week);
    let view = TimeView::of(&tables.look(), TimeOptions::default());
    let labels: Vec<_> = view.bins.iter().map(|bin| (bin.label.as_str(), bin.moves.len())).collect();
    assert_eq!(labels, [("2026-W08", 3), ("2026-W09", 0), ("2026-W10", 3)]);
}

#[test]
fn edges_have_a_stub_for_what_is_not_specified() {
    let tables = talks();
    let view = TowardsView::of(&tables.look(), TowardsOptions::default());
    let titles: Vec<_> = view.nodes.iter().map(|node| (node.title.as_str(), node.sent.len())).collect();
    assert_eq!(titles, [("A", 3), ("B", 3), ("not specified", 0)]);
    let edges: Vec<_> = view.edges.iter().map(|edge| (edge.moves.len(), edge.softness())).collect();
    assert_eq!(edges, [(2, Some(0.0)), (1, Some(1.0)), (3, Some(-1.0 / 3.0))]);
    // B concedes to A once, A to nobody in particular.
    assert_eq!(view.edges[2].balance, Some(0.0));
}

#[test]
fn collectives_as_members_make_no_move_towards_themselves() {
    let documents = [(TEXT, None, vec![spec("offer", (0, 21), "Both", "Both", "fees")])];
    let tables = Tables::of(project(&documents, &[]), BinWidth::Document);
    let view = TowardsView::of(&tables.look(), TowardsOptions::default());
    assert_eq!((view.edges.len(), view.self_addressed.len()), (0, 1));
    let rules = Rules { collectives: Collectives::Members, ..Rules::default() };
    let view = TowardsView::of(&tables.look_with(rules, None), TowardsOptions::default());
    assert_eq!((view.edges.len(), view.self_addressed.len()), (2, 0));
}

#[test]
fn the_next_passage_that_does_not_overlap_follows() {
    let documents = [(
        TEXT,
        None,
        vec![
            spec("offer", (0, 43), "A", "B", ""),
            spec("concession", (5, 10), "A", "B", ""),
            spec("rejection", (45, 56), "B", "A", ""),
        ],
    )];
    let tables = Tables::of(project(&documents, &[]), BinWidth::Document);
    let options = FollowsOptions { fold: Fold::Never, ..FollowsOptions::default() };
    let view = FollowsView::of(&tables.look(), options);
    assert_eq!((view.pairs, view.names[0].0.as_str(), view.names[1].0.as_str()), (1, "offer", "rejection"));
    assert_eq!(view.cells[0][1].observed, 1);
    let folded = FollowsView::of(&tables.look(), FollowsOptions::default());
    assert_eq!(folded.names.iter().map(|name| name.0.as_str()).collect::<Vec<_>>(), ["hard", "soft"]);
    let answers = FollowsOptions { source: FollowsSource::Answers, ..options };
    let talks = talks();
    let view = FollowsView::of(&talks.look(), answers);
    assert_eq!(view.pairs, 2);
}

#[test]
fn a_withdrawal_takes_a_step_back() {
    let tables = talks();
    let view = MovementView::of(&tables.look());
    let fees = view.issues.iter().find(|issue| issue.title == "fees").unwrap();
    let steps =
        |line: usize| -> Vec<_> { fees.lines[line].steps.iter().map(|step| (step.kind, step.sum)).collect() };
    assert_eq!(steps(0), [(StepKind::Concession, 1)]);
    // In the order of the text, B takes back what it only gives later.
    assert_eq!(steps(1), [(StepKind::Concession, 1)]);
    assert_eq!(fees.asks.len(), 1);
}

#[test]
fn passages_are_together_in_units() {
    let tables = talks();
    let together = |unit| TogetherView::of(&tables.look(), TogetherOptions { unit, near_words: 0 });
    let counts = |view: &TogetherView| view.pairs.iter().map(|pair| pair.pairs).sum::<usize>();
    assert_eq!(counts(&together(TogetherUnit::Overlapping)), 0);
    assert_eq!(counts(&together(TogetherUnit::Document)), 6);
    let paragraphs = together(TogetherUnit::Paragraph);
    assert_eq!((counts(&paragraphs), paragraphs.units), (2, Some(4)));
    let sentences = together(TogetherUnit::Sentence);
    assert_eq!((counts(&sentences), sentences.units), (0, Some(8)));
    // “down” and “We” are adjacent words, as are “refuse” and “They”.
    assert_eq!(counts(&together(TogetherUnit::Near)), 3);
}

#[test]
fn measures_of_units_are_those_of_the_table_by_hand() {
    let tables = talks();
    let [a, b] = [0, 1].map(|at| tables.moves.categories().nth(at).unwrap().0);
    // Of 20 units, 8 have the one, 5 the other and 3 both.
    let units = Some(UnitCounts { a: 8, b: 5, both: 3, all: 20 });
    let pair = Together { a, b, pairs: 3, places: 3, passages: Arc::default(), units };
    let close = |value: Option<f64>, wanted: f64| (value.unwrap() - wanted).abs() < 1e-9;
    assert!(close(pair.jaccard(), 3.0 / 10.0));
    assert!(close(pair.phi(), 20.0 / 7200f64.sqrt()));
    assert!(close(pair.expected(), 2.0));
    let same = Together { b: a, units: Some(UnitCounts { a: 8, b: 8, both: 3, all: 20 }), ..pair };
    assert!(close(same.jaccard(), 3.0 / 8.0));
    assert_eq!((same.phi(), same.expected()), (None, None));
}

#[test]
fn periods_without_moves_are_gaps_of_the_figure_and_no_rows() {
    let old = Spec { when: Some("1954"), ..spec("offer", (0, 5), "A", "", "") };
    let documents = [(TEXT, Some("2026-03-06"), vec![old, spec("demand", (8, 13), "A", "", "")])];
    let tables = Tables::of(project(&documents, &[]), BinWidth::Year);
    let view = TimeView::of(&tables.look(), TimeOptions::default());
    assert_eq!((view.bins.len(), view.answer().table.rows.len()), (73, 2));
    assert_eq!(view.rows().map(|bin| bin.label.as_str()).collect::<Vec<_>>(), ["1954", "2026"]);
}

#[test]
fn documents_without_moves_come_last_by_similarity() {
    let documents = [
        (TEXT, Some("2026-01"), vec![spec("demand", (0, 5), "A", "", "")]),
        (TEXT, Some("2026-02"), vec![Spec { is_denied: true, ..spec("demand", (0, 5), "A", "", "") }]),
        (TEXT, Some("2026-03"), vec![spec("offer", (0, 5), "A", "", "")]),
        (
            TEXT,
            Some("2026-04"),
            vec![spec("demand", (0, 5), "A", "", ""), spec("demand", (2, 9), "A", "", "")],
        ),
    ];
    let tables = Tables::of(project(&documents, &[]), BinWidth::Document);
    let sort = CodelineSort::Similarity;
    let view = CodelineView::of(&tables.look(), CodelineOptions { sort, ..CodelineOptions::default() });
    let order: Vec<_> = view.lines.iter().map(|line| line.title.as_str()).collect();
    assert_eq!(order, ["d001", "d004", "d003", "d002"]);
    assert_eq!(view.lines[1].marks.iter().map(|mark| mark.level).collect::<Vec<_>>(), [0, 1]);
}
