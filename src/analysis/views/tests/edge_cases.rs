//! Empty states and edge cases.

use super::Tables;
use super::builder::{Spec, project, spec};
use crate::bargain::{BinWidth, PassageSet};
use crate::views::{
    Duplicates, MatrixOptions, MatrixView, Missing, MovementView, Rules, TimeOptions, TimeView, View,
    ViewOptions,
};
use demarche_model::ViewKind;

const TEXT: &str = "One two three. Four five six.";

fn missing(tables: &Tables, kind: ViewKind) -> Option<Missing> {
    View::of(&tables.look(), ViewOptions::start(kind)).answer().missing.clone()
}

fn tables(specs: Vec<Spec>, date: Option<&'static str>) -> Tables {
    Tables::of(project(&[(TEXT, date, specs)], &[]), BinWidth::Document)
}

#[test]
fn every_view_of_nothing_says_so() {
    let tables = tables(Vec::new(), None);
    for kind in ViewKind::ALL {
        assert_eq!(missing(&tables, kind), Some(Missing::Passages), "{kind:?}");
    }
}

#[test]
fn every_view_says_that_the_filter_lets_nothing_through() {
    let tables = tables(vec![spec("demand", (0, 3), "A", "B", "fees")], None);
    for kind in ViewKind::ALL {
        let look = tables.look_with(Rules::default(), Some(&PassageSet::default()));
        let view = View::of(&look, ViewOptions::start(kind));
        assert_eq!(view.answer().missing, Some(Missing::FilteredOut { all: 1 }), "{kind:?}");
    }
}

#[test]
fn what_is_missing_is_named() {
    let no_actor = tables(vec![spec("demand", (0, 3), "", "", ""), spec("note", (4, 7), "", "", "")], None);
    assert_eq!(missing(&no_actor, ViewKind::Matrix), Some(Missing::Actors { passages: 2 }));
    assert_eq!(missing(&no_actor, ViewKind::Towards), Some(Missing::Actors { passages: 2 }));
    assert_eq!(missing(&no_actor, ViewKind::Time), Some(Missing::Dates { undated: 1, documents: 1 }));
    let one = tables(vec![spec("concession", (0, 3), "A", "", "")], Some("2026"));
    assert_eq!(missing(&one, ViewKind::Towards), Some(Missing::Targets { with_actor: 1 }));
    assert_eq!(missing(&one, ViewKind::Together), Some(Missing::OneCategory));
    assert_eq!(missing(&one, ViewKind::Follows), Some(Missing::TwoPassages));
    assert_eq!(missing(&one, ViewKind::Asks), Some(Missing::Roles));
    let available = Some(Missing::DatedDocuments { actor: "A".into(), available: 1 });
    assert_eq!(missing(&one, ViewKind::Movement), available);
}

#[test]
fn uncertain_dates_are_the_last_columns() {
    let specs = vec![
        Spec { when: Some("2026-03-02"), ..spec("demand", (0, 3), "A", "", "") },
        Spec { when: Some("2026"), ..spec("demand", (4, 7), "A", "", "") },
        Spec { is_reported: true, ..spec("demand", (8, 13), "A", "", "") },
    ];
    let tables = Tables::of(project(&[(TEXT, None, specs)], &[]), BinWidth::Month);
    let view = TimeView::of(&tables.look(), TimeOptions::default());
    let labels: Vec<_> = view.bins.iter().map(|bin| bin.label.as_str()).collect();
    assert_eq!(labels, ["2026-03", "2026 (day unknown)", "undated"]);
    assert!(view.bins[1].is_uncertain() && !view.bins[0].is_uncertain());
}

#[test]
fn duplicates_count_once() {
    let specs = vec![
        spec("demand", (0, 3), "A", "B", "fees"),
        spec("demand", (4, 7), "A", "B", "fees"),
        spec("demand", (8, 13), "A", "B", "port"),
    ];
    let documents = [(TEXT, Some("2026-01-01"), specs.clone()), (TEXT, Some("2026-01-02"), specs)];
    let links = [("repeats", (1, 0), (0, 0))];
    let tables = Tables::of(project(&documents, &links), BinWidth::Year);
    let moves = |duplicates| {
        let look = tables.look_with(Rules { duplicates, ..Rules::default() }, None);
        MatrixView::of(&look, MatrixOptions::default()).total.moves.len()
    };
    assert_eq!(Duplicates::ALL.iter().map(|rule| moves(*rule)).collect::<Vec<_>>(), [6, 4, 2, 5]);
}

#[test]
fn positions_have_an_axis_for_each_issue() {
    let fee = |value, range, actor| Spec { fee: Some(value), ..spec("offer", range, actor, "", "fees") };
    let documents = [
        (TEXT, Some("2026-01-01"), vec![fee(20.0, (0, 3), "A"), fee(10.0, (4, 7), "B")]),
        (TEXT, Some("2026-03-02"), vec![fee(14.0, (0, 3), "A")]),
    ];
    let tables = Tables::of(project(&documents, &[]), BinWidth::Document);
    let view = MovementView::of(&tables.look());
    let [axis] = view.positions.as_slice() else { panic!("one axis") };
    assert_eq!((axis.issue_title.as_str(), axis.lines.len()), ("fees", 2));
    assert_eq!(axis.lines[0].change_per_30_days(), Some(-3.0));
    assert_eq!(axis.lines[1].change_per_30_days(), None);
}
