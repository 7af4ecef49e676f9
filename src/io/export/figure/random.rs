//! Labels never overlap, whatever their number and length.

use proptest::prelude::*;

use super::tests::overlapping_labels;
use demarche_analysis::figure::charts::codeline::{Codeline, DocumentLine};
use demarche_analysis::figure::charts::matrix::{BarCell, BarMatrix, BarPart, BarRow};
use demarche_analysis::figure::charts::timeline::{TimeBin, TimeEvent, TimePanel, TimePart, Timeline};
use demarche_analysis::figure::charts::{Heading, Series};
use demarche_model::Colour;

/// Names of any length, in several scripts.
fn names(most: usize) -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec("[A-Za-zäöŁж 0-9]{1,28}|[一-十]{1,9}|[ء-ي]{1,12}", 0..most)
}

fn series(names: &[String]) -> Vec<Series> {
    names.iter().enumerate().map(|(at, name)| Series::new(name.as_str(), Colour::nth(at), at)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn matrices_are_legible(rows in names(12), columns in names(9), roles in names(6), counts in any::<u32>(), width_pt in 100.0..1400.0f32) {
        let part = BarPart { count: counts as usize % 5000, conditional: 1 };
        let cell = || BarCell { parts: vec![part; roles.len()], total: counts as usize };
        let row = |name: &String| BarRow {
            heading: Heading::new(name.as_str()),
            cells: columns.iter().map(|_| cell()).collect(),
            total: counts as usize,
            notes: roles.clone(),
        };
        let matrix = BarMatrix {
            row_title: "Actor".to_owned(),
            column_title: "Issue".to_owned(),
            series: series(&roles),
            columns: columns.iter().map(Heading::new).collect(),
            rows: rows.iter().map(row).collect(),
            column_totals: vec![counts as usize; columns.len()],
            total: counts as usize,
            ..BarMatrix::default()
        };
        prop_assert_eq!(overlapping_labels(&matrix.scene(width_pt)), None);
    }

    #[test]
    fn charts_over_time_are_legible(bins in names(40), panels in names(9), events in names(8), at in 0.0..40.0f32, count in 0usize..3000, width_pt in 100.0..1400.0f32) {
        let panel = |name: &String| TimePanel {
            name: name.clone(),
            bars: vec![vec![TimePart { value: count as f64, conditional: 0.0, count }]; bins.len()],
            scores: Vec::new(),
            counts: vec![count; bins.len()],
        };
        let event = |(step, label): (usize, &String)| TimeEvent {
            label: label.clone(),
            date: String::new(),
            colour: Colour::nth(step),
            at: (at + step as f32 * 1.7) % bins.len().max(1) as f32,
        };
        let chart = Timeline {
            measure: "moves per 1,000 words".to_owned(),
            series: series(&["Demand".to_owned()]),
            bins: bins.iter().map(|bin| TimeBin { label: bin.clone(), apart: false }).collect(),
            panels: panels.iter().map(panel).collect(),
            events: events.iter().enumerate().map(event).collect(),
            ..Timeline::default()
        };
        prop_assert_eq!(overlapping_labels(&chart.scene(width_pt)), None);
    }

    #[test]
    fn lines_of_documents_are_legible(titles in names(20), lanes in names(14), width_pt in 100.0..1400.0f32) {
        let document = |title: &String| DocumentLine { title: title.clone(), detail: title.clone(), length: 1.0, places: Vec::new() };
        let chart = Codeline {
            lanes: series(&lanes),
            documents: titles.iter().map(document).collect(),
            measure: "share of the text".to_owned(),
            ticks: [0, 1, 2].map(|at| (at as f32 / 2.0, format!("{} %", at * 50))).into(),
            ..Codeline::default()
        };
        prop_assert_eq!(overlapping_labels(&chart.scene(width_pt)), None);
    }
}
