//! Measures the passages table with 100,000 rows: `cargo test --test it session_table_speed -- --ignored --nocapture`.

use std::time::{Duration, Instant};

use demarche::analysis::search::Query;
use demarche::session::{
    Action, AnnotateAction, Arrangement, Column, ColumnFilter, OccurrenceScope, PassageFilter,
    PassagesAction, Session, Sort,
};

use crate::support::session::*;

/// Performs an action, and prints how long it takes, and how long until no worker is busy.
fn timed(session: &mut Session, what: &str, action: impl Into<Action>) -> Duration {
    let start = Instant::now();
    session.perform(action);
    let at_once = start.elapsed();
    session.finish_jobs();
    println!("{what}: {at_once:.1?}, with workers {:.1?}", start.elapsed());
    at_once
}

fn sorted(column: Column) -> PassagesAction {
    PassagesAction::Arrange(Arrangement { sort: Some(Sort { column, descending: false }), group: None })
}

/// Retags a passage in the middle, and prints how long it takes.
fn retag(session: &mut Session, what: &str, category: &str) -> Duration {
    let row = session.passage_table().len() / 2;
    let at = session.passage_table().row(row).unwrap().at();
    timed(session, what, AnnotateAction::SetCategory { at: vec![at], category: category.into() })
}

#[test]
#[ignore = "measures"]
fn a_hundred_thousand_rows() {
    let words = ["talks", "Éclair", "harbour", "fee"];
    let text: String = (0..100_000).map(|n| format!("{} on pier {n}; ", words[n * 7 % 4])).collect();
    let (_dir, mut session) = desk(&[&text]);
    for (word, category) in words.iter().zip(["demand", "offer", "threat", "rejection"]) {
        let query = Query { whole_words: true, ..Query::words(*word) };
        session.perform(AnnotateAction::TagEvery {
            query,
            scope: OccurrenceScope::Document,
            category: category.into(),
        });
        session.finish_jobs();
    }
    assert_eq!(session.passage_table().len(), 100_000);
    let frame = Duration::from_millis(16);
    let mut slow: Vec<&str> = Vec::new();
    for (what, category) in [("retag by place", "offer"), ("again", "threat")] {
        if retag(&mut session, what, category) > frame {
            slow.push(what);
        }
    }
    for column in [Column::Passage, Column::Category, Column::Attribute("actor".into())] {
        if timed(&mut session, &format!("sort by {column:?}"), sorted(column)) > frame {
            slow.push("sort");
        }
        for (what, category) in [("retag sorted", "offer"), ("again", "demand")] {
            if retag(&mut session, what, category) > frame {
                slow.push(what);
            }
        }
    }
    let group = Some(Column::Category);
    timed(&mut session, "group by category", PassagesAction::Arrange(Arrangement { sort: None, group }));
    retag(&mut session, "retag grouped", "threat");
    let columns = [(Column::Passage, ColumnFilter::Holds("éclair".to_owned()))].into();
    let filter = PassageFilter { columns, ..Default::default() };
    timed(&mut session, "filter grouped", PassagesAction::Filter(filter.clone()));
    timed(&mut session, "by place", PassagesAction::Arrange(Arrangement::default()));
    timed(&mut session, "all by place", PassagesAction::Filter(PassageFilter::default()));
    timed(&mut session, "filter by place", PassagesAction::Filter(filter));
    if timed(&mut session, "list values", PassagesAction::CountValues(Column::Category)) > frame {
        slow.push("list values");
    }
    assert!(session.passage_values(&Column::Category).is_some_and(|values| !values.is_empty()));
    assert!(slow.is_empty(), "longer than a frame: {slow:?}");
}
