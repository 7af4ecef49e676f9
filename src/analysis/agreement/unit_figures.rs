//! The figures of sentences, tokens and documents that two or more annotators have in the same form: AC1, κ_n, and the
//! overall figures for units with several categories.

use std::sync::Arc;

use super::combinations::pairs;
use super::document_counts::{DocumentCounts, UnitLabels, unit_labels};
use super::figure_value::{FigureValue, Undefined};
use super::label_sets::{SetId, SetTable};
use super::ledger::{Column, Draw, Ledger};
use super::sample::{CountedDocuments, Sample, SampleSize};
use super::set_valued::{self, Likeness};
use super::{Measure, Subject, Unit, alpha_nominal, brennan_prediger, gwet};

/// Adds the figures of a unit, for the annotators of a sample.
pub(super) fn add_unit_figures(sample: &mut Sample, documents: &CountedDocuments<'_, '_>, unit: Unit) {
    let sums = Arc::new(UnitSums::new(sample, documents, unit));
    let size = sums.size();
    for (place, subject) in documents.subjects().enumerate() {
        add_chance_figures(sample, unit, &subject, &size, &sums, Labels::one(place));
    }
    let (mean_of, subject) = (sums.clone(), Subject::Overall);
    sample.add_figure(Measure::MacroMean, unit, subject.clone(), &size, move |draw| mean_of.mean_alpha(draw));
    if unit == Unit::Document {
        return;
    }
    let labels =
        Labels { places: (0, documents.categories.len()), of: documents.comparison.categories.len() };
    add_chance_figures(sample, unit, &subject, &size, &sums, labels);
    add_set_figures(sample, documents, unit, &size, sums.values);
}

/// Adds α of sets, which is a figure over all categories.
pub(super) fn add_overall_sets(sample: &mut Sample, documents: &CountedDocuments<'_, '_>, unit: Unit) {
    let sums = UnitSums::new(sample, documents, unit);
    add_set_figures(sample, documents, unit, &sums.size(), sums.values);
}

fn add_set_figures(
    sample: &mut Sample,
    documents: &CountedDocuments<'_, '_>,
    unit: Unit,
    size: &SampleSize,
    values: Column,
) {
    let sets = Arc::new(SetSums::new(sample, documents, unit));
    for (measure, part) in [
        (Measure::AlphaMasi, (|like| like.masi) as fn(&Likeness) -> f64),
        (Measure::AlphaJaccard, |like| like.jaccard),
    ] {
        let sets = sets.clone();
        sample.add_figure(measure, unit, Subject::Overall, size, move |draw| {
            sets.alpha(draw, draw.get(values), part)
        });
    }
}

/// The labels of a figure: some of the categories that have figures, and no category.
#[derive(Clone, Copy)]
struct Labels {
    /// The places of the categories among those that have figures: the first, and the one after the last.
    places: (usize, usize),
    /// Number of categories that annotators could choose from. It includes those that none of the sample has used.
    of: usize,
}

impl Labels {
    /// One category.
    fn one(place: usize) -> Self {
        Self { places: (place, place + 1), of: 1 }
    }

    fn sums(self, sums: &UnitSums) -> &[LabelSums] {
        &sums.labels[self.places.0..self.places.1]
    }
}

/// Adds the figures of AC1 and κ_n.
fn add_chance_figures(
    sample: &mut Sample,
    unit: Unit,
    subject: &Subject,
    size: &SampleSize,
    sums: &Arc<UnitSums>,
    labels: Labels,
) {
    let of = sums.clone();
    sample.add_figure(Measure::GwetAc1, unit, subject.clone(), size, move |draw| {
        let agreement = of.agreement(draw, labels)?;
        let units = draw.get(of.units);
        let mut shares: Vec<f64> = labels.sums(&of).iter().map(|label| draw.get(label.share)).collect();
        let none = units - shares.iter().sum::<f64>();
        shares.resize(labels.of, 0.0);
        shares.push(none);
        gwet::ac1(units, agreement, shares.into_iter())
    });
    let of = sums.clone();
    sample.add_figure(Measure::BrennanPrediger, unit, subject.clone(), size, move |draw| {
        brennan_prediger::kappa(draw.get(of.units), of.agreement(draw, labels)?, labels.of as f64 + 1.0)
    });
}

/// The sums of a unit, over the documents of a sample.
struct UnitSums {
    units: Column,
    /// Number of values: units times annotators.
    values: Column,
    several: Column,
    /// One per category that has figures, and a last one for any of all categories.
    labels: Vec<LabelSums>,
}

#[derive(Clone, Copy)]
struct LabelSums {
    /// Number of times the label was given.
    given: Column,
    /// Pairs of annotators of whom one has given the label, each document's divided by its annotators minus one.
    mismatch: Column,
    /// The share of annotators who have given the label, summed over units.
    share: Column,
    /// The share of pairs of whom one has given the label, summed over units.
    apart: Column,
}

impl UnitSums {
    fn new(sample: &mut Sample, documents: &CountedDocuments<'_, '_>, unit: Unit) -> Self {
        let mut column = || sample.ledger.column();
        let sums = Self {
            units: column(),
            values: column(),
            several: column(),
            labels: documents
                .labels()
                .map(|_| LabelSums { given: column(), mismatch: column(), share: column(), apart: column() })
                .collect(),
        };
        for (document, counted) in documents.counted.iter().enumerate() {
            let Some(labels) = unit_labels(counted, unit) else { continue };
            let people = People::new(sample, counted);
            sums.add(&mut sample.ledger, document, (labels, documents.labels()), &people);
        }
        sums
    }

    fn size(&self) -> SampleSize {
        let units = self.units;
        Arc::new(move |draw| draw.get(units))
    }

    fn add(
        &self,
        ledger: &mut Ledger,
        document: usize,
        (labels, shown): (&UnitLabels, impl Iterator<Item = usize>),
        people: &People,
    ) {
        let count = people.positions.len() as f64;
        ledger.add(self.units, document, labels.units);
        ledger.add(self.values, document, labels.units * count);
        let several = people.positions.iter().any(|&who| labels.several[who]);
        ledger.add(self.several, document, f64::from(u8::from(several)));
        for (label, sums) in shown.zip(&self.labels) {
            let given: f64 = people.positions.iter().map(|&who| labels.labelled[who][label]).sum();
            if given == 0.0 {
                continue;
            }
            let both = people.both(labels, label);
            let apart = (count - 1.0) * given - 2.0 * both;
            ledger.add(sums.given, document, given);
            ledger.add(sums.mismatch, document, apart / (count - 1.0));
            ledger.add(sums.share, document, given / count);
            ledger.add(sums.apart, document, 2.0 * apart / (count * (count - 1.0)));
        }
    }

    /// The sum over units of the share of pairs of annotators who agree on some labels.
    fn agreement(&self, draw: &Draw<'_>, labels: Labels) -> FigureValue {
        let each = labels.sums(self);
        let used = match each {
            [one] if labels.of == 1 => *one,
            _ => self.labels[self.labels.len() - 1],
        };
        if labels.of > 1 && draw.get(self.several) > 0.0 {
            return Err(Undefined::SeveralLabels);
        }
        if draw.get(used.given) == 0.0 {
            return Err(Undefined::NothingTagged);
        }
        // Each pair that disagrees is apart on two labels, one of each; no label is one, too.
        let apart: f64 = each.iter().map(|label| draw.get(label.apart)).sum();
        Ok(draw.get(self.units) - (apart + draw.get(used.apart)) / 2.0)
    }

    /// The mean of α over the categories that have one.
    fn mean_alpha(&self, draw: &Draw<'_>) -> FigureValue {
        let values = draw.get(self.values);
        let (mut sum, mut count) = (0.0, 0);
        for label in &self.labels[..self.labels.len() - 1] {
            let given = draw.get(label.given);
            if given == 0.0 {
                continue;
            }
            if let Ok(alpha) = alpha_nominal::alpha(2.0 * draw.get(label.mismatch), [given, values - given]) {
                (sum, count) = (sum + alpha, count + 1);
            }
        }
        match (count, draw.get(self.labels[self.labels.len() - 1].given)) {
            (0, 0.0) => Err(Undefined::NothingTagged),
            (0, _) => Err(Undefined::OneLabel),
            (count, _) => Ok(sum / f64::from(count)),
        }
    }
}

/// The annotators of a sample in a document.
struct People {
    /// Their positions among those present.
    positions: Vec<usize>,
    /// The positions of each two of them.
    pairs: Vec<(usize, usize)>,
    /// True if they are all who are present.
    are_all: bool,
}

impl People {
    fn new(sample: &Sample, counted: &DocumentCounts<'_>) -> Self {
        let positions: Vec<usize> =
            sample.annotators.iter().filter_map(|&who| counted.position(who)).collect();
        let two = |(a, b): (usize, usize)| (positions[a], positions[b]);
        let are_all = positions.len() == counted.present.len();
        Self { pairs: pairs(positions.len()).map(two).collect(), positions, are_all }
    }

    /// Number of units that two of them have given a label, summed over their pairs.
    fn both(&self, labels: &UnitLabels, label: usize) -> f64 {
        match self.are_all {
            true => labels.shared[label],
            false => self.pairs.iter().map(|&(a, b)| labels.both(a, b, label)).sum(),
        }
    }
}

/// The sums of sets of categories, over the documents of a sample.
struct SetSums {
    masi: Column,
    jaccard: Column,
    /// Number of times each set was given that occurs.
    given: Vec<Column>,
    /// Two different sets with a category in common, by their places in `given`.
    alike: Vec<(usize, usize, Likeness)>,
}

impl SetSums {
    fn new(sample: &mut Sample, documents: &CountedDocuments<'_, '_>, unit: Unit) -> Self {
        let (masi, jaccard) = (sample.ledger.column(), sample.ledger.column());
        let table = &documents.comparison.sets;
        let mut places: Vec<Option<usize>> = vec![None; table.sets];
        let mut given: Vec<Column> = Vec::new();
        for (document, counted) in documents.counted.iter().enumerate() {
            let Some(labels) = unit_labels(counted, unit) else { continue };
            let people = People::new(sample, counted);
            let ledger = &mut sample.ledger;
            for &(set, units) in people.positions.iter().flat_map(|&who| &labels.sets.given[who]) {
                let place = *places[set].get_or_insert_with(|| {
                    given.push(ledger.column());
                    given.len() - 1
                });
                ledger.add(given[place], document, units);
            }
            // In both orders, and divided by the number of annotators minus one.
            let weight = 2.0 / (people.positions.len() as f64 - 1.0);
            let differences =
                || people.pairs.iter().map(|&(a, b)| labels.sets.differences[counted.pair(a, b)]);
            ledger.add(masi, document, weight * differences().map(|difference| difference.masi).sum::<f64>());
            ledger.add(
                jaccard,
                document,
                weight * differences().map(|difference| difference.jaccard).sum::<f64>(),
            );
        }
        Self { masi, jaccard, given, alike: of_places(table, &places) }
    }

    fn alpha(&self, draw: &Draw<'_>, values: f64, part: fn(&Likeness) -> f64) -> FigureValue {
        let mut given: Vec<f64> = self.given.iter().map(|set| draw.get(*set)).collect();
        let tagged: f64 = given.iter().sum();
        if tagged == 0.0 {
            return Err(Undefined::NothingTagged);
        }
        let alike = self.alike.iter().map(|(a, b, likeness)| given[*a] * given[*b] * part(likeness));
        let alike: f64 = alike.sum();
        given.push(values - tagged);
        let mismatch = Likeness { masi: draw.get(self.masi), jaccard: draw.get(self.jaccard) };
        set_valued::alpha(part(&mismatch), given.iter().copied(), alike)
    }
}

/// The likeness of the sets that occur, by their places.
fn of_places(table: &SetTable, places: &[Option<usize>]) -> Vec<(usize, usize, Likeness)> {
    let place = |set: SetId| places.get(set).copied().flatten();
    let known = table.alike.iter().filter_map(|&(a, b, likeness)| Some((place(a)?, place(b)?, likeness)));
    known.collect()
}
