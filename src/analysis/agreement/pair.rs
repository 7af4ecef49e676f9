//! The figures of two annotators: F1, Cohen's κ, percent agreement, and those of attributes.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use smol_str::SmolStr;

use super::document_counts::{DocumentCounts, PairCount, unit_labels};
use super::figure_value::Undefined;
use super::ledger::{Column, Draw};
use super::question::Comparison;
use super::sample::{CountedDocuments, Sample, SampleSize};
use super::span_figures::{SpanCounts, add_span_figures};
use super::{ConfusionMatrix, Measure, Subject, Unit, alpha_nominal, cohen, links, percent, unit_figures};
use demarche_model::Value;

/// The sample of two annotators, given by index, and their confusion matrix if there is one.
pub(super) fn pair_sample<'a>(
    comparison: &Comparison<'a>,
    counted: &[DocumentCounts<'a>],
    (a, b): (usize, usize),
) -> (Sample, Option<ConfusionMatrix>) {
    let both = counted.iter().filter(|counted| [a, b].iter().all(|who| counted.position(*who).is_some()));
    let documents = CountedDocuments { comparison, counted: both.collect() };
    let mut sample = Sample::new(vec![a, b], documents.counted.len(), Undefined::NoDocument);
    let mut confusion = None;
    if comparison.counts(Unit::Span) {
        let positions = documents.counted.iter().map(|counted| positions(&sample, counted));
        let positions: Vec<Option<(usize, usize)>> = positions.collect();
        let count = |(counted, positions): (&&DocumentCounts<'a>, &Option<(usize, usize)>)| {
            positions.map(|(a, b)| counted.count_pair(comparison, a, b)).unwrap_or_default()
        };
        let counts: Vec<PairCount<'_>> = documents.counted.iter().zip(&positions).map(count).collect();
        let spans = documents.counted.iter().zip(&positions).zip(&counts);
        let spans: Vec<Option<SpanCounts<'_>>> = spans
            .map(|((counted, positions), PairCount { exact, partial, .. })| {
                let (a, b) = (*positions)?;
                Some(SpanCounts { first: &counted.spans[a], second: &counted.spans[b], exact, partial })
            })
            .collect();
        add_span_figures(&mut sample, comparison, &spans);
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

/// Adds the figures on sentences or tokens.
fn add_unit_figures(sample: &mut Sample, documents: &CountedDocuments<'_, '_>, unit: Unit) {
    let ledger = &mut sample.ledger;
    let (all, several) = (ledger.column(), ledger.column());
    let mut labels: Vec<LabelColumns> = (0..=documents.comparison.categories.len())
        .map(|_| LabelColumns { first: ledger.column(), second: ledger.column(), both: ledger.column() })
        .collect();
    for (document, counted) in documents.counted.iter().enumerate() {
        let Some((a, b)) = positions(sample, counted) else { continue };
        let Some(unit_labels) = unit_labels(counted, unit) else { continue };
        let ledger = &mut sample.ledger;
        ledger.add(all, document, unit_labels.units);
        ledger.add(several, document, f64::from(u8::from(unit_labels.several[a] || unit_labels.several[b])));
        for (label, columns) in labels.iter().enumerate() {
            ledger.add(columns.first, document, unit_labels.labelled[a][label]);
            ledger.add(columns.second, document, unit_labels.labelled[b][label]);
            ledger.add(columns.both, document, unit_labels.both(a, b, label));
        }
    }
    let Some(any) = labels.pop() else { return };
    let size: SampleSize = Arc::new(move |draw| draw.get(all));
    match unit {
        Unit::Document => add_presence_figure(sample, &size, all, labels.clone()),
        _ => add_overall_figures(sample, unit, &size, (all, several, any), labels.clone()),
    }
    for (id, columns) in documents.comparison.categories.iter().zip(labels) {
        let subject = Subject::Category((*id).clone());
        let counts = move |draw: &Draw<'_>| {
            let (units, first, second) = (draw.get(all), draw.get(columns.first), draw.get(columns.second));
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

/// Adds the figure over all categories of documents: the share of pairs of document and category on which both agree.
/// Categories that neither has used anywhere are left out.
fn add_presence_figure(sample: &mut Sample, size: &SampleSize, all: Column, labels: Vec<LabelColumns>) {
    sample.add_figure(Measure::Presence, Unit::Document, Subject::Overall, size, move |draw| {
        let counts = labels.iter().map(|label| {
            let given = draw.get(label.first) + draw.get(label.second);
            (given, given - 2.0 * draw.get(label.both))
        });
        percent::of_categories(draw.get(all), counts)
    });
}

/// Adds the figures over all categories, which exist if no unit carries two. No category is a label too.
fn add_overall_figures(
    sample: &mut Sample,
    unit: Unit,
    size: &SampleSize,
    (all, several, any): (Column, Column, LabelColumns),
    labels: Vec<LabelColumns>,
) {
    let labels: Arc<[LabelColumns]> = labels.into();
    let shared = labels.clone();
    let agreeing = move |draw: &Draw<'_>| {
        if draw.get(several) > 0.0 {
            return Err(Undefined::SeveralLabels);
        }
        let none = draw.get(all) - draw.get(any.first) - draw.get(any.second) + draw.get(any.both);
        Ok(none + shared.iter().map(|label| draw.get(label.both)).sum::<f64>())
    };
    let agreeing_too = agreeing.clone();
    sample.add_figure(Measure::Percent, unit, Subject::Overall, size, move |draw| {
        percent::agreement(agreeing(draw)?, draw.get(all))
    });
    sample.add_figure(Measure::CohenKappa, unit, Subject::Overall, size, move |draw| {
        let units = draw.get(all);
        let agreeing = agreeing_too(draw)?;
        if draw.get(any.first) + draw.get(any.second) == 0.0 {
            return Err(Undefined::NothingTagged);
        }
        let none = (units - draw.get(any.first), units - draw.get(any.second));
        let used = labels.iter().map(|label| (draw.get(label.first), draw.get(label.second)));
        cohen::kappa(units, agreeing, used.chain([none]))
    });
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
