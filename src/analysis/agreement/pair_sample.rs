//! The figures of two annotators: F1, Cohen's κ, percent agreement, and those of attributes.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use smol_str::SmolStr;

use super::document_counts::{DocumentCounts, MatchCount, PairCount, unit_labels};
use super::figure_value::Undefined;
use super::ledger::{Column, Draw};
use super::pair_measure::PairMeasure;
use super::question::Comparison;
use super::sample::{CountedDocuments, Sample, SampleSize};
use super::span_figures::{SpanCounts, add_overall_f1, add_span_figures};
use super::{ConfusionMatrix, Measure, Subject, Unit, alpha_nominal, cohen, links, percent, unit_figures};
use demarche_model::Value;

/// The sample of two annotators, given by index, and their confusion matrix if there is one. A category that neither has
/// used in the documents of both has no figures.
pub(super) fn pair_sample<'a>(
    comparison: &Comparison<'a>,
    counted: &[DocumentCounts<'a>],
    (a, b): (usize, usize),
) -> (Sample, Option<ConfusionMatrix>) {
    let (mut sample, documents) = sample_of(comparison, counted.iter(), (a, b));
    let mut confusion = None;
    if comparison.counts(Unit::Span) {
        let count = |counted: &&DocumentCounts<'a>| {
            let both = positions(&sample, counted);
            both.map(|(a, b)| counted.count_pair(comparison, a, b)).unwrap_or_default()
        };
        let counts: Vec<PairCount<'_>> = documents.counted.iter().map(count).collect();
        let matched: Vec<_> = counts.iter().map(|count| (&*count.exact, &*count.partial)).collect();
        let spans = span_counts(&sample, &documents, &matched);
        add_span_figures(&mut sample, &documents, &spans);
        add_all_attribute_figures(&mut sample, &documents, &counts);
        links::add_figures(&mut sample, &documents, &counts, |counted| {
            Some((counted.position(a)?, counted.position(b)?))
        });
        confusion = Some(confusion_matrix(comparison, (a, b), &counts));
    }
    for unit in Unit::LABELLED.into_iter().filter(|unit| comparison.counts(*unit)) {
        add_unit_figures(&mut sample, &documents, unit);
        unit_figures::add_unit_figures(&mut sample, &documents, unit);
    }
    (sample, confusion)
}

/// The sample of two annotators with the figure of one measure over all categories, and those that come with it.
pub(super) fn overall_sample<'s, 'a>(
    comparison: &'s Comparison<'a>,
    counted: impl Iterator<Item = &'s DocumentCounts<'a>>,
    pair: (usize, usize),
    measure: PairMeasure,
) -> Sample {
    let (mut sample, documents) = sample_of(comparison, counted, pair);
    match measure {
        PairMeasure::F1Overlap | PairMeasure::F1Exact => {
            let count = |counted: &&DocumentCounts<'a>| {
                let (a, b) = positions(&sample, counted)?;
                Some(counted.count_matches(comparison, a, b))
            };
            let counts: Vec<Option<MatchCount>> = documents.counted.iter().map(count).collect();
            let none: (&[f64], &[f64]) = (&[], &[]);
            let matched = counts.iter().map(|count| count.as_ref().map_or(none, |c| (&c.exact, &c.partial)));
            let matched: Vec<_> = matched.collect();
            let spans = span_counts(&sample, &documents, &matched);
            add_overall_f1(&mut sample, &documents, &spans);
        }
        PairMeasure::CohenKappa => {
            let units = UnitColumns::new(&mut sample, &documents, measure.unit());
            units.add_overall_figures(&mut sample, measure.unit());
        }
        PairMeasure::AlphaMasi => unit_figures::add_overall_sets(&mut sample, &documents, measure.unit()),
    }
    sample
}

/// A sample of two annotators without figures, and its documents: those that both have worked on.
fn sample_of<'s, 'a>(
    comparison: &'s Comparison<'a>,
    counted: impl Iterator<Item = &'s DocumentCounts<'a>>,
    (a, b): (usize, usize),
) -> (Sample, CountedDocuments<'s, 'a>) {
    let both = counted.filter(|counted| counted.position(a).is_some() && counted.position(b).is_some());
    let documents = CountedDocuments::new(comparison, both);
    let sample = Sample::new(vec![a, b], documents.counted.len(), Undefined::NoDocument);
    let counted = documents.counted.clone();
    let spans = counted.iter().filter_map(|counted| Some((*counted, positions(&sample, counted)?)));
    let spans = spans.flat_map(|(counted, (a, b))| [&*counted.spans[a], &*counted.spans[b]]);
    let documents = documents.with_used_categories(spans);
    (sample, documents)
}

/// The passages of the two annotators of a sample, from those that match exactly and by overlap alone.
fn span_counts<'c>(
    sample: &Sample,
    documents: &CountedDocuments<'c, '_>,
    matched: &[(&'c [f64], &'c [f64])],
) -> Vec<Option<SpanCounts<'c>>> {
    let of_document = |(counted, &(exact, partial)): (&&'c DocumentCounts<'_>, &(&'c [f64], &'c [f64]))| {
        let (a, b) = positions(sample, counted)?;
        Some(SpanCounts { first: &counted.spans[a], second: &counted.spans[b], exact, partial })
    };
    documents.counted.iter().zip(matched).map(of_document).collect()
}

fn confusion_matrix(
    comparison: &Comparison<'_>,
    (first, second): (usize, usize),
    counts: &[PairCount<'_>],
) -> ConfusionMatrix {
    let nothing = comparison.categories.len();
    let mut cells = BTreeMap::new();
    for (row, column) in counts.iter().flat_map(|count| &count.cells) {
        *cells.entry((row.unwrap_or(nothing), column.unwrap_or(nothing))).or_default() += 1;
    }
    ConfusionMatrix {
        first: comparison.annotators[first].clone(),
        second: comparison.annotators[second].clone(),
        size: nothing + 1,
        cells,
    }
}

/// The positions of the two annotators of a sample among those present in a document.
fn positions(sample: &Sample, counted: &DocumentCounts<'_>) -> Option<(usize, usize)> {
    let a = counted.position(*sample.annotators.first()?)?;
    let b = counted.position(*sample.annotators.get(1)?)?;
    Some((a, b))
}

/// Columns of one label: units that have it from the first annotator, from the second, and from both.
#[derive(Clone, Copy)]
struct LabelColumns {
    first: Column,
    second: Column,
    both: Column,
}

/// Columns of sentences, tokens or documents.
struct UnitColumns {
    units: Column,
    /// Number of documents in which one of the two has put several categories on one unit.
    several: Column,
    /// One per category that has figures.
    labels: Arc<[LabelColumns]>,
    /// Units with any of all categories.
    any: LabelColumns,
}

impl UnitColumns {
    fn new(sample: &mut Sample, documents: &CountedDocuments<'_, '_>, unit: Unit) -> Self {
        let ledger = &mut sample.ledger;
        let mut label =
            || LabelColumns { first: ledger.column(), second: ledger.column(), both: ledger.column() };
        let labels: Vec<LabelColumns> = documents.categories.iter().map(|_| label()).collect();
        let any = label();
        let (units, several) = (ledger.column(), ledger.column());
        for (document, counted) in documents.counted.iter().enumerate() {
            let Some((a, b)) = positions(sample, counted) else { continue };
            let Some(unit_labels) = unit_labels(counted, unit) else { continue };
            let ledger = &mut sample.ledger;
            ledger.add(units, document, unit_labels.units);
            let is_several = unit_labels.several[a] || unit_labels.several[b];
            ledger.add(several, document, f64::from(u8::from(is_several)));
            for (label, columns) in documents.labels().zip(labels.iter().chain([&any])) {
                ledger.add(columns.first, document, unit_labels.labelled[a][label]);
                ledger.add(columns.second, document, unit_labels.labelled[b][label]);
                ledger.add(columns.both, document, unit_labels.both(a, b, label));
            }
        }
        Self { units, several, labels: labels.into(), any }
    }

    fn size(&self) -> SampleSize {
        let units = self.units;
        Arc::new(move |draw| draw.get(units))
    }

    /// Adds the figures over all categories, which exist if no unit carries two. No category is a label too.
    fn add_overall_figures(&self, sample: &mut Sample, unit: Unit) {
        let Self { units, several, any, .. } = *self;
        let (labels, size) = (self.labels.clone(), self.size());
        let shared = labels.clone();
        let agreeing = move |draw: &Draw<'_>| {
            if draw.get(several) > 0.0 {
                return Err(Undefined::SeveralLabels);
            }
            let none = draw.get(units) - draw.get(any.first) - draw.get(any.second) + draw.get(any.both);
            Ok(none + shared.iter().map(|label| draw.get(label.both)).sum::<f64>())
        };
        let agreeing_too = agreeing.clone();
        sample.add_figure(Measure::Percent, unit, Subject::Overall, &size, move |draw| {
            percent::agreement(agreeing(draw)?, draw.get(units))
        });
        sample.add_figure(Measure::CohenKappa, unit, Subject::Overall, &size, move |draw| {
            let units = draw.get(units);
            let agreeing = agreeing_too(draw)?;
            if draw.get(any.first) + draw.get(any.second) == 0.0 {
                return Err(Undefined::NothingTagged);
            }
            let none = (units - draw.get(any.first), units - draw.get(any.second));
            let used = labels.iter().map(|label| (draw.get(label.first), draw.get(label.second)));
            cohen::kappa(units, agreeing, used.chain([none]))
        });
    }

    /// Adds the figure over all categories of documents: the share of pairs of document and category on which both agree.
    /// Categories that neither has used anywhere are left out.
    fn add_presence_figure(&self, sample: &mut Sample) {
        let (units, labels) = (self.units, self.labels.clone());
        sample.add_figure(Measure::Presence, Unit::Document, Subject::Overall, &self.size(), move |draw| {
            let counts = labels.iter().map(|label| {
                let given = draw.get(label.first) + draw.get(label.second);
                (given, given - 2.0 * draw.get(label.both))
            });
            percent::of_categories(draw.get(units), counts)
        });
    }
}

/// Adds the figures on sentences or tokens.
fn add_unit_figures(sample: &mut Sample, documents: &CountedDocuments<'_, '_>, unit: Unit) {
    let all = UnitColumns::new(sample, documents, unit);
    let size = all.size();
    match unit {
        Unit::Document => all.add_presence_figure(sample),
        Unit::Span | Unit::Token | Unit::Sentence | Unit::Character => all.add_overall_figures(sample, unit),
    }
    for (subject, &columns) in documents.subjects().zip(&*all.labels) {
        let units = all.units;
        let counts = move |draw: &Draw<'_>| {
            let (units, first, second) = (draw.get(units), draw.get(columns.first), draw.get(columns.second));
            (units, units - first - second + 2.0 * draw.get(columns.both), first, second)
        };
        sample.add_figure(share_of(unit), unit, subject.clone(), &size, move |draw| {
            let (units, agreeing, ..) = counts(draw);
            percent::agreement(agreeing, units)
        });
        sample.add_figure(Measure::CohenKappa, unit, subject, &size, move |draw| {
            let (units, agreeing, first, second) = counts(draw);
            if first + second == 0.0 {
                return Err(Undefined::NothingTagged);
            }
            cohen::kappa(units, agreeing, [(first, second), (units - first, units - second)])
        });
    }
}

/// The share of units on which two annotators agree, by the name it has for that unit.
pub(super) fn share_of(unit: Unit) -> Measure {
    if unit == Unit::Document { Measure::Presence } else { Measure::Percent }
}

/// Columns of one attribute.
struct AttributeColumns {
    /// Matched passages.
    matched: Column,
    /// Those on which at least one has filled it in.
    filled: Column,
    /// Those on which both have.
    pairs: Column,
    agreeing: Column,
    /// Number of times the first and the second annotator have given each value.
    values: Vec<(Column, Column)>,
    indices: HashMap<SmolStr, usize>,
}

impl AttributeColumns {
    /// Returns the columns of a value.
    fn value_columns(&mut self, sample: &mut Sample, value: &Value) -> (Column, Column) {
        let index = *self.indices.entry(value.text().into()).or_insert_with(|| {
            self.values.push((sample.ledger.column(), sample.ledger.column()));
            self.values.len() - 1
        });
        self.values[index]
    }
}

/// Adds the figures of attributes, on spans that the two annotators have matched in one category and on which both have
/// filled in the attribute. A blank is a missing value, and two blanks are no agreement.
fn add_all_attribute_figures(
    sample: &mut Sample,
    documents: &CountedDocuments<'_, '_>,
    counts: &[PairCount<'_>],
) {
    let mut columns: Vec<AttributeColumns> = Vec::new();
    for _ in &documents.comparison.attributes {
        let [matched, filled, pairs, agreeing] = std::array::from_fn(|_| sample.ledger.column());
        let (values, indices) = (Vec::new(), HashMap::new());
        columns.push(AttributeColumns { matched, filled, pairs, agreeing, values, indices });
    }
    for (document, count) in counts.iter().enumerate() {
        for &(attribute, first, second) in &count.attribute_values {
            let columns = &mut columns[attribute];
            sample.ledger.add(columns.matched, document, 1.0);
            let is_filled = first.is_some() || second.is_some();
            sample.ledger.add(columns.filled, document, f64::from(u8::from(is_filled)));
            let (Some(first), Some(second)) = (first, second) else { continue };
            let by_first = columns.value_columns(sample, first).0;
            let by_second = columns.value_columns(sample, second).1;
            sample.ledger.add(columns.pairs, document, 1.0);
            sample.ledger.add(columns.agreeing, document, f64::from(u8::from(first == second)));
            sample.ledger.add(by_first, document, 1.0);
            sample.ledger.add(by_second, document, 1.0);
        }
    }
    for (attribute, columns) in documents.comparison.attributes.iter().zip(columns) {
        let subject = Subject::Attribute(attribute.def.id.clone());
        add_attribute_figures(sample, subject, attribute.is_text(), &columns);
    }
}

fn add_attribute_figures(sample: &mut Sample, subject: Subject, is_text: bool, columns: &AttributeColumns) {
    let AttributeColumns { matched, filled, pairs, agreeing, .. } = *columns;
    let size: SampleSize = Arc::new(move |draw| draw.get(pairs));
    let counts = move |draw: &Draw<'_>| match draw.get(pairs) {
        _ if is_text => Err(Undefined::FreeText),
        _ if draw.get(matched) == 0.0 => Err(Undefined::NoMatch),
        _ if draw.get(filled) == 0.0 => Err(Undefined::NeverFilledIn),
        0.0 => Err(Undefined::NotFilledInByBoth),
        pairs => Ok((pairs, draw.get(agreeing))),
    };
    let values: Arc<[(Column, Column)]> = columns.values.as_slice().into();
    let values_too = values.clone();
    sample.add_figure(Measure::Percent, Unit::Span, subject.clone(), &size, move |draw| {
        let (pairs, agreeing) = counts(draw)?;
        percent::agreement(agreeing, pairs)
    });
    sample.add_figure(Measure::CohenKappa, Unit::Span, subject.clone(), &size, move |draw| {
        let (pairs, agreeing) = counts(draw)?;
        cohen::kappa(pairs, agreeing, values.iter().map(|value| (draw.get(value.0), draw.get(value.1))))
    });
    sample.add_figure(Measure::AlphaNominal, Unit::Span, subject, &size, move |draw| {
        let (pairs, agreeing) = counts(draw)?;
        let given = values_too.iter().map(|value| draw.get(value.0) + draw.get(value.1));
        alpha_nominal::alpha(2.0 * (pairs - agreeing), given)
    });
}
