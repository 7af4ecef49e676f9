//! The figures of the passages of two annotators: F1, and precision and recall if one of them is the consensus.

use std::sync::Arc;

use super::document_counts::{DocumentCounts, MatchCount};
use super::figure_value::Undefined;
use super::ledger::{Column, Draw};
use super::question::Comparison;
use super::sample::{CountedDocuments, Sample, SampleSize};
use super::{Measure, Subject, Unit, span_f1};

/// The passages of two annotators in a document, by category.
pub(super) struct SpanCounts<'c> {
    /// Passages of the first annotator.
    pub first: &'c [f64],
    /// Passages of the second annotator.
    pub second: &'c [f64],
    /// Passages matched exactly.
    pub exact: &'c [f64],
    /// Passages matched by overlap alone.
    pub partial: &'c [f64],
}

/// The sample of an annotator and the consensus, where two annotators or more have worked and something is settled.
pub(super) fn reference_sample(
    comparison: &Comparison<'_>,
    counted: &[DocumentCounts<'_>],
    who: usize,
) -> Sample {
    let both = |counted: &&DocumentCounts<'_>| counted.reference.is_some() && counted.position(who).is_some();
    let documents = CountedDocuments::new(comparison, counted.iter().filter(both));
    let annotators = vec![who, comparison.annotators.len()];
    let mut sample = Sample::new(annotators, documents.counted.len(), Undefined::NoDocument);
    let counts: Vec<_> = documents.counted.iter().map(|counted| against_reference(counted, who)).collect();
    let of_both = counts.iter().flatten().flat_map(|counts| [counts.first, counts.second]);
    let documents = documents.with_used_categories(of_both);
    add_span_figures(&mut sample, &documents, &counts);
    sample
}

fn against_reference<'c>(counted: &'c DocumentCounts<'_>, who: usize) -> Option<SpanCounts<'c>> {
    let (reference, at) = (counted.reference.as_ref()?, counted.position(who)?);
    let MatchCount { exact, partial } = &reference.matched[at];
    Some(SpanCounts { first: &counted.spans[at], second: &reference.spans, exact, partial })
}

/// Columns of one category.
#[derive(Clone, Copy)]
struct SpanColumns {
    exact: Column,
    partial: Column,
    first: Column,
    second: Column,
}

/// Adds the figures, from the counts of each document.
pub(super) fn add_span_figures(
    sample: &mut Sample,
    documents: &CountedDocuments<'_, '_>,
    counts: &[Option<SpanCounts<'_>>],
) {
    let columns = columns(sample, documents, counts);
    let each = documents.subjects().zip(&columns).map(|(subject, columns)| (subject, vec![*columns]));
    let subjects: Vec<_> = std::iter::once((Subject::Overall, columns.clone())).chain(each).collect();
    let is_consensus = |who: &usize| documents.comparison.id(*who).is_consensus();
    let consensus = sample.annotators.iter().position(is_consensus);
    for (subject, columns) in subjects {
        let sums = SpanSums(columns.into());
        add_f1_figures(sample, &subject, &sums);
        if let Some(at) = consensus {
            add_reference_figures(sample, &subject, &sums, at == 0);
        }
    }
}

/// Adds F1 over all categories.
pub(super) fn add_overall_f1(
    sample: &mut Sample,
    documents: &CountedDocuments<'_, '_>,
    counts: &[Option<SpanCounts<'_>>],
) {
    let sums = SpanSums(columns(sample, documents, counts).into());
    add_f1_figures(sample, &Subject::Overall, &sums);
}

/// Counts the passages of each category that has figures.
fn columns(
    sample: &mut Sample,
    documents: &CountedDocuments<'_, '_>,
    counts: &[Option<SpanCounts<'_>>],
) -> Vec<SpanColumns> {
    let ledger = &mut sample.ledger;
    let column = |category: &usize| {
        let mut column = |of: for<'c> fn(&'c SpanCounts<'_>) -> &'c [f64]| {
            let column = ledger.column();
            for (document, counts) in counts.iter().enumerate() {
                let count = counts.as_ref().map_or(0.0, |counts| of(counts)[*category]);
                ledger.add(column, document, count);
            }
            column
        };
        SpanColumns {
            exact: column(|counts| counts.exact),
            partial: column(|counts| counts.partial),
            first: column(|counts| counts.first),
            second: column(|counts| counts.second),
        }
    };
    documents.categories.iter().map(column).collect()
}

/// The sums of some categories.
#[derive(Clone)]
struct SpanSums(Arc<[SpanColumns]>);

impl SpanSums {
    fn sum(&self, draw: &Draw<'_>, of: fn(&SpanColumns) -> Column) -> f64 {
        self.0.iter().map(|column| draw.get(of(column))).sum()
    }

    fn exact(&self, draw: &Draw<'_>) -> f64 {
        self.sum(draw, |columns| columns.exact)
    }

    fn partial(&self, draw: &Draw<'_>) -> f64 {
        self.sum(draw, |columns| columns.partial)
    }

    fn first(&self, draw: &Draw<'_>) -> f64 {
        self.sum(draw, |columns| columns.first)
    }

    fn second(&self, draw: &Draw<'_>) -> f64 {
        self.sum(draw, |columns| columns.second)
    }

    fn size(&self) -> SampleSize {
        let sums = self.clone();
        Arc::new(move |draw| sums.first(draw) + sums.second(draw))
    }
}

fn add_f1_figures(sample: &mut Sample, subject: &Subject, sums: &SpanSums) {
    let (exact, overlap, size) = (sums.clone(), sums.clone(), sums.size());
    sample.add_figure(Measure::F1Exact, Unit::Span, subject.clone(), &size, move |draw| {
        span_f1::score(exact.exact(draw), exact.first(draw), exact.second(draw))
    });
    sample.add_figure(Measure::F1Overlap, Unit::Span, subject.clone(), &size, move |draw| {
        let matched = overlap.exact(draw) + span_f1::PARTIAL * overlap.partial(draw);
        span_f1::score(matched, overlap.first(draw), overlap.second(draw))
    });
}

/// Adds precision and recall; `is_first` says whether the consensus is the first of the two.
fn add_reference_figures(sample: &mut Sample, subject: &Subject, sums: &SpanSums, is_first: bool) {
    let size = sums.size();
    for (measure, of_first) in [(Measure::Precision, !is_first), (Measure::Recall, is_first)] {
        let sums = sums.clone();
        sample.add_figure(measure, Unit::Span, subject.clone(), &size, move |draw| {
            let of = if of_first { sums.first(draw) } else { sums.second(draw) };
            span_f1::share(sums.exact(draw), of)
        });
    }
}
