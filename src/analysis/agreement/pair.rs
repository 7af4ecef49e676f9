//! The figures of two annotators: F1, Cohen's κ, percent agreement, and those of attributes.

use std::collections::HashMap;
use std::sync::Arc;

use smol_str::SmolStr;

use super::count::{Counted, Coverage};
use super::frame::Frame;
use super::ground::{Ground, Site, Size};
use super::ledger::{Column, Draw};
use super::outcome::Undefined;
use super::{Measure, Subject, Unit, alpha_nominal, cohen, percent, span_f1};
use demarche_model::Value;

/// The ground of two annotators, by number.
pub(super) fn ground(frame: &Frame<'_>, counted: &[Counted<'_>], (a, b): (usize, usize)) -> Ground {
    let both = counted.iter().filter(|counted| [a, b].iter().all(|who| counted.place(*who).is_some()));
    let site = Site { frame, counted: both.collect() };
    let mut ground = Ground::new(vec![a, b], site.counted.len(), Undefined::NoDocument);
    if frame.counts(Unit::Span) {
        spans(&mut ground, &site);
        attributes(&mut ground, &site);
    }
    for unit in [Unit::Sentence, Unit::Token].into_iter().filter(|unit| frame.counts(*unit)) {
        units(&mut ground, &site, unit);
    }
    ground
}

/// Where the two of a ground stand among those present in a document, and where their counts do.
fn places(ground: &Ground, counted: &Counted<'_>) -> Option<(usize, usize, usize)> {
    let a = counted.place(*ground.who.first()?)?;
    let b = counted.place(*ground.who.get(1)?)?;
    Some((a, b, counted.pair(a, b)))
}

/// Columns of one category.
#[derive(Clone, Copy)]
struct SpanColumns {
    exact: Column,
    partial: Column,
    first: Column,
    second: Column,
}

fn spans(ground: &mut Ground, site: &Site<'_, '_>) {
    let mut column = || ground.ledger.column();
    let columns: Vec<SpanColumns> = (site.frame.categories.iter())
        .map(|_| SpanColumns { exact: column(), partial: column(), first: column(), second: column() })
        .collect();
    for (document, counted) in site.counted.iter().enumerate() {
        let Some((a, b, pair)) = places(ground, counted) else { continue };
        for (category, columns) in columns.iter().enumerate() {
            let ledger = &mut ground.ledger;
            ledger.add(columns.exact, document, counted.pairs[pair].exact[category]);
            ledger.add(columns.partial, document, counted.pairs[pair].partial[category]);
            ledger.add(columns.first, document, counted.spans[a][category]);
            ledger.add(columns.second, document, counted.spans[b][category]);
        }
    }
    let of = |subject: Subject, columns: Vec<SpanColumns>| (subject, Arc::<[SpanColumns]>::from(columns));
    let each = site.frame.categories.iter().zip(&columns);
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
        let size: Size = Arc::new(move |draw| count_first(draw) + count_second(draw));
        let (exact_too, first_too, second_too) = (exact.clone(), first.clone(), second.clone());
        ground.plan(Measure::F1Exact, Unit::Span, subject.clone(), &size, move |draw| {
            span_f1::score(exact(draw), first(draw), second(draw))
        });
        ground.plan(Measure::F1Overlap, Unit::Span, subject, &size, move |draw| {
            let matched = exact_too(draw) + span_f1::PARTIAL * partial(draw);
            span_f1::score(matched, first_too(draw), second_too(draw))
        });
    }
}

/// Columns of one label: units with it from the first, from the second, from both.
#[derive(Clone, Copy)]
struct LabelColumns {
    first: Column,
    second: Column,
    both: Column,
}

/// The figures on sentences or tokens.
fn units(ground: &mut Ground, site: &Site<'_, '_>, unit: Unit) {
    let ledger = &mut ground.ledger;
    let (all, several) = (ledger.column(), ledger.column());
    let mut labels: Vec<LabelColumns> = (0..=site.frame.categories.len())
        .map(|_| LabelColumns { first: ledger.column(), second: ledger.column(), both: ledger.column() })
        .collect();
    for (document, counted) in site.counted.iter().enumerate() {
        let Some((a, b, pair)) = places(ground, counted) else { continue };
        let Some(coverage) = coverage(counted, unit) else { continue };
        let ledger = &mut ground.ledger;
        ledger.add(all, document, coverage.units);
        ledger.add(several, document, f64::from(u8::from(coverage.several[a] || coverage.several[b])));
        for (label, columns) in labels.iter().enumerate() {
            ledger.add(columns.first, document, coverage.labelled[a][label]);
            ledger.add(columns.second, document, coverage.labelled[b][label]);
            ledger.add(columns.both, document, coverage.both[pair][label]);
        }
    }
    let Some(any) = labels.pop() else { return };
    let size: Size = Arc::new(move |draw| draw.get(all));
    overall(ground, unit, &size, (all, several, any), labels.clone());
    for (id, columns) in site.frame.categories.iter().zip(labels) {
        let subject = Subject::Category((*id).clone());
        let counts = move |draw: &Draw<'_>| {
            let (units, first, second) = (draw.get(all), draw.get(columns.first), draw.get(columns.second));
            (units, units - first - second + 2.0 * draw.get(columns.both), first, second)
        };
        ground.plan(Measure::Percent, unit, subject.clone(), &size, move |draw| {
            let (units, agreeing, ..) = counts(draw);
            percent::agreement(agreeing, units)
        });
        ground.plan(Measure::CohenKappa, unit, subject, &size, move |draw| {
            let (units, agreeing, first, second) = counts(draw);
            if first + second == 0.0 {
                return Err(Undefined::NothingTagged);
            }
            cohen::kappa(units, agreeing, [(first, second), (units - first, units - second)])
        });
    }
}

/// The figures over all categories, where nobody has put two on one unit; no category is a label, too.
fn overall(
    ground: &mut Ground,
    unit: Unit,
    size: &Size,
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
    ground.plan(Measure::Percent, unit, Subject::Overall, size, move |draw| {
        percent::agreement(agreeing(draw)?, draw.get(all))
    });
    ground.plan(Measure::CohenKappa, unit, Subject::Overall, size, move |draw| {
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

/// The counts of sentences or tokens.
pub(super) fn coverage<'c>(counted: &'c Counted<'_>, unit: Unit) -> Option<&'c Coverage> {
    if unit == Unit::Token { counted.tokens.as_ref() } else { counted.sentences.as_ref() }
}

/// Columns of one attribute.
struct Saying {
    pairs: Column,
    agreeing: Column,
    /// How often the first and how often the second says each value.
    values: Vec<(Column, Column)>,
    numbers: HashMap<SmolStr, usize>,
}

impl Saying {
    /// The columns of a value; nothing said is a value, too, and its key one that no value has.
    fn value(&mut self, ground: &mut Ground, value: Option<&Value>) -> (Column, Column) {
        let key = match value {
            Some(value) => value.text().into(),
            None => SmolStr::new_static("\0"),
        };
        let number = *self.numbers.entry(key).or_insert_with(|| {
            self.values.push((ground.ledger.column(), ground.ledger.column()));
            self.values.len() - 1
        });
        self.values[number]
    }
}

/// The figures of attributes, on spans that the two have matched in one category.
fn attributes(ground: &mut Ground, site: &Site<'_, '_>) {
    let mut sayings: Vec<Saying> = Vec::new();
    for _ in &site.frame.attributes {
        let (pairs, agreeing) = (ground.ledger.column(), ground.ledger.column());
        sayings.push(Saying { pairs, agreeing, values: Vec::new(), numbers: HashMap::new() });
    }
    for (document, counted) in site.counted.iter().enumerate() {
        let Some((.., pair)) = places(ground, counted) else { continue };
        for &(attribute, first, second) in &counted.pairs[pair].said {
            let saying = &mut sayings[attribute];
            let by_first = saying.value(ground, first).0;
            let by_second = saying.value(ground, second).1;
            ground.ledger.add(saying.pairs, document, 1.0);
            ground.ledger.add(saying.agreeing, document, f64::from(u8::from(first == second)));
            ground.ledger.add(by_first, document, 1.0);
            ground.ledger.add(by_second, document, 1.0);
        }
    }
    for (attribute, saying) in site.frame.attributes.iter().zip(sayings) {
        let subject = Subject::Attribute(attribute.def.id.clone());
        plan_attribute(ground, subject, attribute.is_text(), &saying);
    }
}

fn plan_attribute(ground: &mut Ground, subject: Subject, is_text: bool, saying: &Saying) {
    let (pairs, agreeing) = (saying.pairs, saying.agreeing);
    let size: Size = Arc::new(move |draw| draw.get(pairs));
    let counts = move |draw: &Draw<'_>| match (is_text, draw.get(pairs)) {
        (true, _) => Err(Undefined::FreeText),
        (false, 0.0) => Err(Undefined::NoMatch),
        (false, pairs) => Ok((pairs, draw.get(agreeing))),
    };
    let values: Arc<[(Column, Column)]> = saying.values.as_slice().into();
    let values_too = values.clone();
    ground.plan(Measure::Percent, Unit::Span, subject.clone(), &size, move |draw| {
        let (pairs, agreeing) = counts(draw)?;
        percent::agreement(agreeing, pairs)
    });
    ground.plan(Measure::CohenKappa, Unit::Span, subject.clone(), &size, move |draw| {
        let (pairs, agreeing) = counts(draw)?;
        cohen::kappa(pairs, agreeing, values.iter().map(|value| (draw.get(value.0), draw.get(value.1))))
    });
    ground.plan(Measure::AlphaNominal, Unit::Span, subject, &size, move |draw| {
        let (pairs, agreeing) = counts(draw)?;
        let given = values_too.iter().map(|value| draw.get(value.0) + draw.get(value.1));
        alpha_nominal::alpha(2.0 * (pairs - agreeing), given)
    });
}
