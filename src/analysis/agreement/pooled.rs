//! The overall figures of some documents, from the pairs of annotators who have worked on each: for a document by itself,
//! for a stretch of documents, or for a round.

use std::collections::BTreeMap;

use super::combinations::pairs;
use super::document_counts::{DocumentCounts, UnitLabels, unit_labels};
use super::figure_value::{FigureValue, Undefined};
use super::label_sets::{SetId, SetTable};
use super::question::Comparison;
use super::set_valued::{self, Likeness};
use super::{Measure, Unit, alpha_nominal, span_f1};

/// An overall figure of some documents.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct PooledFigure {
    /// The measure: one of F1 (over all pairs of annotators), α of sets and mean α.
    pub measure: Measure,
    /// The unit it counts.
    pub unit: Unit,
    /// The value, or the reason why it is undefined.
    pub value: FigureValue,
}

/// Computes the figures of some documents together.
pub(super) fn pooled(comparison: &Comparison<'_>, counted: &[&DocumentCounts<'_>]) -> Vec<PooledFigure> {
    let mut figures = Vec::new();
    if comparison.counts(Unit::Span) {
        let (exact, overlap) = f1(comparison, counted);
        figures.push(PooledFigure { measure: Measure::F1Exact, unit: Unit::Span, value: exact });
        figures.push(PooledFigure { measure: Measure::F1Overlap, unit: Unit::Span, value: overlap });
    }
    for unit in [Unit::Sentence, Unit::Token].into_iter().filter(|unit| comparison.counts(*unit)) {
        let masi = sets_alpha(counted, unit, &comparison.sets);
        let mean = mean_alpha(counted, unit, comparison.categories.len());
        figures.push(PooledFigure { measure: Measure::AlphaMasi, unit, value: masi });
        figures.push(PooledFigure { measure: Measure::MacroMean, unit, value: mean });
    }
    figures
}

/// F1 of all pairs of annotators: exact, and by overlap.
fn f1(comparison: &Comparison<'_>, counted: &[&DocumentCounts<'_>]) -> (FigureValue, FigureValue) {
    let (mut exact, mut partial, mut spans) = (0.0, 0.0, 0.0);
    for counted in counted {
        for (first, second) in pairs(counted.present.len()) {
            let matches = counted.count_matches(comparison, first, second);
            exact += matches.exact.iter().sum::<f64>();
            partial += matches.partial.iter().sum::<f64>();
        }
        // Each annotator's passages are compared with those of every other.
        let others = counted.present.len() as f64 - 1.0;
        spans += others * counted.spans.iter().flatten().sum::<f64>();
    }
    let overlap = exact + span_f1::PARTIAL * partial;
    (span_f1::score(exact, spans, 0.0), span_f1::score(overlap, spans, 0.0))
}

/// The labels of a unit in each document that has them, with the number of annotators.
fn each_labels<'c>(
    counted: &'c [&DocumentCounts<'_>],
    unit: Unit,
) -> impl Iterator<Item = (&'c UnitLabels, f64)> {
    counted
        .iter()
        .filter_map(move |counted| Some((unit_labels(counted, unit)?, counted.present.len() as f64)))
}

/// α of sets with MASI distance.
fn sets_alpha(counted: &[&DocumentCounts<'_>], unit: Unit, table: &SetTable) -> FigureValue {
    let (mut given, mut values, mut mismatch): (BTreeMap<SetId, f64>, f64, f64) = Default::default();
    for (labels, people) in each_labels(counted, unit) {
        values += labels.units * people;
        labels.sets.given.iter().flatten().for_each(|&(set, units)| *given.entry(set).or_default() += units);
        let differences = labels.sets.differences.iter().map(|difference| difference.masi);
        mismatch += 2.0 * differences.sum::<f64>() / (people - 1.0);
    }
    if values > 0.0 && given.is_empty() {
        return Err(Undefined::NothingTagged);
    }
    let given: Vec<(SetId, f64)> = given.into_iter().collect();
    let mut alike = 0.0;
    for (place, &(first, count)) in given.iter().enumerate() {
        for &(second, other) in &given[place + 1..] {
            alike += count * other * table.likeness(first, second).masi;
        }
    }
    let tagged: f64 = given.iter().map(|(_, count)| count).sum();
    let all: Vec<f64> = given.iter().map(|(_, count)| *count).chain([values - tagged]).collect();
    set_valued::alpha(mismatch, all, alike)
}

/// The mean of α over the categories that have one.
fn mean_alpha(counted: &[&DocumentCounts<'_>], unit: Unit, categories: usize) -> FigureValue {
    let (mut sum, mut count, mut any) = (0.0, 0, 0.0);
    for category in 0..categories {
        let (mut given, mut values, mut mismatch) = (0.0, 0.0, 0.0);
        for (labels, people) in each_labels(counted, unit) {
            let here: f64 = labels.labelled.iter().map(|labels| labels[category]).sum();
            let both = labels.shared[category];
            given += here;
            values += labels.units * people;
            mismatch += 2.0 * (here - 2.0 * both / (people - 1.0));
        }
        any += given;
        if given > 0.0
            && let Ok(alpha) = alpha_nominal::alpha(mismatch, [given, values - given])
        {
            (sum, count) = (sum + alpha, count + 1);
        }
    }
    match (count, any) {
        (0, 0.0) => Err(Undefined::NothingTagged),
        (0, _) => Err(Undefined::OneLabel),
        (count, _) => Ok(sum / f64::from(count)),
    }
}

impl SetTable {
    /// How alike two sets are.
    fn likeness(&self, first: SetId, second: SetId) -> Likeness {
        let pair = (first.min(second), first.max(second));
        let found = self.alike.binary_search_by_key(&pair, |&(first, second, _)| (first, second));
        found.map_or_else(|_| Likeness::default(), |at| self.alike[at].2)
    }
}
