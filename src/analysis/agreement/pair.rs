//! The figures of two annotators: F1, Cohen's κ, percent agreement, and those of attributes.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use smol_str::SmolStr;

use super::document_counts::{DocumentCounts, PairCount, UnitLabels};
use super::figure_value::Undefined;
use super::ledger::{Column, Draw};
use super::question::Comparison;
use super::sample::{CountedDocuments, Sample, SampleSize};
use super::{ConfusionMatrix, Measure, Subject, Unit, alpha_nominal, cohen, links, percent, span_f1};
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
        let count = |(counted, positions): (&&DocumentCounts<'a>, Option<(usize, usize)>)| {
            positions.map(|(a, b)| counted.count_pair(comparison, a, b)).unwrap_or_default()
        };
        let counts: Vec<PairCount<'_>> = documents.counted.iter().zip(positions).map(count).collect();
        add_span_figures(&mut sample, &documents, &counts);
        add_all_attribute_figures(&mut sample, &documents, &counts);
        links::add_figures(&mut sample, &documents, &counts, |counted| {
            Some((counted.position(a)?, counted.position(b)?))
        });
        confusion = Some(confusion_matrix(comparison, (a, b), &counts));
    }
    for unit in [Unit::Sentence, Unit::Token].into_iter().filter(|unit| comparison.counts(*unit)) {
        add_unit_figures(&mut sample, &documents, unit);
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

/// Columns of one category.
#[derive(Clone, Copy)]
struct SpanColumns {
    exact: Column,
    partial: Column,
    first: Column,
    second: Column,
}

fn add_span_figures(sample: &mut Sample, documents: &CountedDocuments<'_, '_>, counts: &[PairCount<'_>]) {
    let mut column = || sample.ledger.column();
    let columns: Vec<SpanColumns> = (documents.comparison.categories.iter())
        .map(|_| SpanColumns { exact: column(), partial: column(), first: column(), second: column() })
        .collect();
    for (document, (counted, count)) in documents.counted.iter().zip(counts).enumerate() {
        let Some((a, b)) = positions(sample, counted) else { continue };
        for (category, columns) in columns.iter().enumerate() {
            let ledger = &mut sample.ledger;
            ledger.add(columns.exact, document, count.exact[category]);
            ledger.add(columns.partial, document, count.partial[category]);
            ledger.add(columns.first, document, counted.spans[a][category]);
            ledger.add(columns.second, document, counted.spans[b][category]);
        }
    }
    let of = |subject: Subject, columns: Vec<SpanColumns>| (subject, Arc::<[SpanColumns]>::from(columns));
    let each = documents.comparison.categories.iter().zip(&columns);
    let each = each.map(|(id, columns)| of(Subject::Category((*id).clone()), vec![*columns]));
    let subjects: Vec<_> = std::iter::once(of(Subject::Overall, columns.clone())).chain(each).collect();
    for (subject, columns) in subjects {
        let sum = |columns: &Arc<[SpanColumns]>, of: fn(&SpanColumns) -> Column| {
            let columns = columns.clone();
            move |draw: &Draw<'_>| columns.iter().map(|column| draw.get(of(column))).sum::<f64>()
        };
        let (first, second) = (sum(&columns, |c| c.first), sum(&columns, |c| c.second));
        let (exact, partial) = (sum(&columns, |c| c.exact), sum(&columns, |c| c.partial));
        let (count_first, count_second) = (first.clone(), second.clone());
        let size: SampleSize = Arc::new(move |draw| count_first(draw) + count_second(draw));
        let (exact_too, first_too, second_too) = (exact.clone(), first.clone(), second.clone());
        sample.add_figure(Measure::F1Exact, Unit::Span, subject.clone(), &size, move |draw| {
            span_f1::score(exact(draw), first(draw), second(draw))
        });
        sample.add_figure(Measure::F1Overlap, Unit::Span, subject, &size, move |draw| {
            let matched = exact_too(draw) + span_f1::PARTIAL * partial(draw);
            span_f1::score(matched, first_too(draw), second_too(draw))
        });
    }
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
    add_overall_figures(sample, unit, &size, (all, several, any), labels.clone());
    for (id, columns) in documents.comparison.categories.iter().zip(labels) {
        let subject = Subject::Category((*id).clone());
        let counts = move |draw: &Draw<'_>| {
            let (units, first, second) = (draw.get(all), draw.get(columns.first), draw.get(columns.second));
            (units, units - first - second + 2.0 * draw.get(columns.both), first, second)
        };
        sample.add_figure(Measure::Percent, unit, subject.clone(), &size, move |draw| {
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

/// The labels of sentences or tokens.
pub(super) fn unit_labels<'c>(counted: &'c DocumentCounts<'_>, unit: Unit) -> Option<&'c UnitLabels> {
    if unit == Unit::Token { counted.tokens.as_ref() } else { counted.sentences.as_ref() }
}

/// Columns of one attribute.
struct AttributeColumns {
    pairs: Column,
    agreeing: Column,
    /// Number of times the first and the second annotator have given each value.
    values: Vec<(Column, Column)>,
    indices: HashMap<SmolStr, usize>,
}

impl AttributeColumns {
    /// Returns the columns of a value. No value counts as one too, under a key that no other value has.
    fn value_columns(&mut self, sample: &mut Sample, value: Option<&Value>) -> (Column, Column) {
        let key = match value {
            Some(value) => value.text().into(),
            None => SmolStr::new_static("\0"),
        };
        let index = *self.indices.entry(key).or_insert_with(|| {
            self.values.push((sample.ledger.column(), sample.ledger.column()));
            self.values.len() - 1
        });
        self.values[index]
    }
}

/// Adds the figures of attributes, on spans that the two annotators have matched in one category.
fn add_all_attribute_figures(
    sample: &mut Sample,
    documents: &CountedDocuments<'_, '_>,
    counts: &[PairCount<'_>],
) {
    let mut columns: Vec<AttributeColumns> = Vec::new();
    for _ in &documents.comparison.attributes {
        let (pairs, agreeing) = (sample.ledger.column(), sample.ledger.column());
        columns.push(AttributeColumns { pairs, agreeing, values: Vec::new(), indices: HashMap::new() });
    }
    for (document, count) in counts.iter().enumerate() {
        for &(attribute, first, second) in &count.attribute_values {
            let columns = &mut columns[attribute];
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
    let (pairs, agreeing) = (columns.pairs, columns.agreeing);
    let size: SampleSize = Arc::new(move |draw| draw.get(pairs));
    let counts = move |draw: &Draw<'_>| match (is_text, draw.get(pairs)) {
        (true, _) => Err(Undefined::FreeText),
        (false, 0.0) => Err(Undefined::NoMatch),
        (false, pairs) => Ok((pairs, draw.get(agreeing))),
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
