//! The figures of all annotators together: α on sentences and tokens, Fleiss' κ, mean percent agreement. Those of the
//! running text are in `unitizing`.

use std::sync::Arc;

use super::document_counts::{DocumentCounts, unit_labels};
use super::figure_value::Undefined;
use super::ledger::{Column, Draw};
use super::pair_sample::share_of;
use super::question::Comparison;
use super::sample::{CountedDocuments, Sample, SampleSize};
use super::{Measure, Subject, Unit, alpha_nominal, fleiss, percent, unit_figures, unitizing};

/// The sample of α: documents that at least two annotators have worked on.
pub(super) fn alpha_sample(comparison: &Comparison<'_>, counted: &[DocumentCounts<'_>]) -> Sample {
    let documents = CountedDocuments::new(comparison, counted.iter());
    let mut sample = new_sample(comparison, &documents, Undefined::NoDocument);
    for unit in Unit::LABELLED.into_iter().filter(|unit| comparison.counts(*unit)) {
        let columns = Arc::new(UnitColumns::new(&mut sample, &documents, unit));
        let size = columns.size();
        // For two annotators, these are figures of the pair.
        if comparison.annotators.len() > 2 {
            unit_figures::add_unit_figures(&mut sample, &documents, unit);
            if unit == Unit::Document {
                add_presence_figure(&mut sample, &size, &columns);
            }
        }
        for selection in columns.selections(&documents, unit) {
            let counts_of = columns.clone();
            sample.add_figure(
                Measure::AlphaNominal,
                unit,
                selection.subject(comparison),
                &size,
                move |draw| {
                    let counts = counts_of.counts(draw, selection)?;
                    alpha_nominal::alpha(counts.mismatch, counts.labels(counts_of.values(draw)))
                },
            );
            let counts_of = columns.clone();
            // For two annotators, this is the figure of the pair.
            if comparison.annotators.len() > 2 {
                sample.add_figure(share_of(unit), unit, selection.subject(comparison), &size, move |draw| {
                    let disagreeing = counts_of.disagreeing(draw, selection)?;
                    let pairs = draw.get(counts_of.pairs);
                    percent::agreement(pairs - disagreeing, pairs)
                });
            }
        }
    }
    if comparison.counts(Unit::Character) {
        unitizing::add_figures(&mut sample, &documents);
    }
    sample
}

/// Adds the mean over pairs of annotators of the share of documents and categories on which they agree.
fn add_presence_figure(sample: &mut Sample, size: &SampleSize, columns: &Arc<UnitColumns>) {
    let counts_of = columns.clone();
    sample.add_figure(Measure::Presence, Unit::Document, Subject::Overall, size, move |draw| {
        let categories = counts_of.labels(Selection::All).iter();
        let counts = categories.map(|label| (draw.get(label.given), draw.get(label.disputed)));
        percent::of_categories(draw.get(counts_of.pairs), counts)
    });
}

/// The sample of Fleiss' κ: documents that all annotators have worked on.
pub(super) fn fleiss_sample(comparison: &Comparison<'_>, counted: &[DocumentCounts<'_>]) -> Sample {
    let annotators = comparison.annotators.len();
    let whole = counted.iter().filter(|counted| counted.present.len() == annotators);
    let documents = CountedDocuments::new(comparison, whole);
    let mut sample = new_sample(comparison, &documents, Undefined::NoDocumentOfAll);
    for unit in Unit::LABELLED.into_iter().filter(|unit| comparison.counts(*unit)) {
        let columns = Arc::new(UnitColumns::new(&mut sample, &documents, unit));
        let size = columns.size();
        for selection in columns.selections(&documents, unit) {
            let counts_of = columns.clone();
            sample.add_figure(
                Measure::FleissKappa,
                unit,
                selection.subject(comparison),
                &size,
                move |draw| {
                    let disagreeing = 2.0 * counts_of.disagreeing(draw, selection)?;
                    let labels = counts_of.counts(draw, selection)?.labels(counts_of.values(draw));
                    fleiss::kappa(draw.get(counts_of.units), annotators as f64, disagreeing, labels)
                },
            );
        }
    }
    sample
}

fn new_sample(
    comparison: &Comparison<'_>,
    documents: &CountedDocuments<'_, '_>,
    if_empty: Undefined,
) -> Sample {
    Sample::new((0..comparison.annotators.len()).collect(), documents.counted.len(), if_empty)
}

/// All categories, or one of them by index.
#[derive(Clone, Copy)]
enum Selection {
    All,
    One(usize),
}

impl Selection {
    fn subject(self, comparison: &Comparison<'_>) -> Subject {
        match self {
            Self::All => Subject::Overall,
            Self::One(category) => Subject::Category(comparison.categories[category].clone()),
        }
    }
}

/// Columns for sentences or tokens.
struct UnitColumns {
    units: Column,
    /// Number of values: units times annotators.
    values: Column,
    /// Number of pairs of annotators, over all units.
    pairs: Column,
    several: Column,
    /// One per category, and a last one for any of them.
    labels: Vec<LabelColumns>,
}

#[derive(Clone, Copy)]
struct LabelColumns {
    /// Number of times the label was given: Σ_u k.
    given: Column,
    /// Number of pairs of annotators of whom one has given the label: Σ_u k (m − k).
    disputed: Column,
    /// The same, with each document's part divided by m − 1.
    mismatch: Column,
}

/// The counts from which α and κ are computed.
struct LabelCounts {
    mismatch: f64,
    given: Vec<f64>,
}

impl LabelCounts {
    /// Number of times each label was given, including no label.
    fn labels(self, values: f64) -> Vec<f64> {
        let used: f64 = self.given.iter().sum();
        self.given.into_iter().chain([values - used]).collect()
    }
}

impl UnitColumns {
    fn new(sample: &mut Sample, documents: &CountedDocuments<'_, '_>, unit: Unit) -> Self {
        let ledger = &mut sample.ledger;
        let mut column = || ledger.column();
        let columns = Self {
            units: column(),
            values: column(),
            pairs: column(),
            several: column(),
            labels: (0..=documents.comparison.categories.len())
                .map(|_| LabelColumns { given: column(), disputed: column(), mismatch: column() })
                .collect(),
        };
        for (document, counted) in documents.counted.iter().enumerate() {
            let Some(unit_labels) = unit_labels(counted, unit) else { continue };
            let present = counted.present.len() as f64;
            let pairs = present * (present - 1.0) / 2.0;
            ledger.add(columns.units, document, unit_labels.units);
            ledger.add(columns.values, document, unit_labels.units * present);
            ledger.add(columns.pairs, document, unit_labels.units * pairs);
            let several = unit_labels.several.contains(&true);
            ledger.add(columns.several, document, f64::from(u8::from(several)));
            for (label, label_columns) in columns.labels.iter().enumerate() {
                let given: f64 = unit_labels.labelled.iter().map(|labels| labels[label]).sum();
                let both = unit_labels.shared[label];
                // Σ k² = Σ k + 2 · (units that two have in common, over pairs).
                let disputed = (present - 1.0) * given - 2.0 * both;
                ledger.add(label_columns.given, document, given);
                ledger.add(label_columns.disputed, document, disputed);
                ledger.add(label_columns.mismatch, document, disputed / (present - 1.0));
            }
        }
        columns
    }

    /// All categories, and each of them. Documents have several as a rule, and no figure over all.
    fn selections(&self, documents: &CountedDocuments<'_, '_>, unit: Unit) -> Vec<Selection> {
        let all = (unit != Unit::Document).then_some(Selection::All);
        all.into_iter().chain((0..documents.comparison.categories.len()).map(Selection::One)).collect()
    }

    fn size(&self) -> SampleSize {
        let units = self.units;
        Arc::new(move |draw| draw.get(units))
    }

    fn values(&self, draw: &Draw<'_>) -> f64 {
        draw.get(self.values)
    }

    /// The labels of a selection, without the one that stands for any of them.
    fn labels(&self, selection: Selection) -> &[LabelColumns] {
        match selection {
            Selection::All => &self.labels[..self.labels.len() - 1],
            Selection::One(category) => &self.labels[category..=category],
        }
    }

    /// The label that stands for any of a selection: units without it have none of its labels.
    fn any(&self, selection: Selection) -> LabelColumns {
        match selection {
            Selection::All => self.labels[self.labels.len() - 1],
            Selection::One(category) => self.labels[category],
        }
    }

    fn check(&self, draw: &Draw<'_>, selection: Selection) -> Result<(), Undefined> {
        match selection {
            Selection::All if draw.get(self.several) > 0.0 => Err(Undefined::SeveralLabels),
            _ => Ok(()),
        }
    }

    fn counts(&self, draw: &Draw<'_>, selection: Selection) -> Result<LabelCounts, Undefined> {
        self.check(draw, selection)?;
        if draw.get(self.any(selection).given) == 0.0 {
            return Err(Undefined::NothingTagged);
        }
        let labels = self.labels(selection);
        // A unit without a label is a mismatch if another annotator has given one.
        let without = draw.get(self.any(selection).mismatch);
        Ok(LabelCounts {
            mismatch: without + labels.iter().map(|label| draw.get(label.mismatch)).sum::<f64>(),
            given: labels.iter().map(|label| draw.get(label.given)).collect(),
        })
    }

    /// Number of pairs of annotators on units who have given different labels.
    fn disagreeing(&self, draw: &Draw<'_>, selection: Selection) -> Result<f64, Undefined> {
        self.check(draw, selection)?;
        let labels = self.labels(selection).iter().map(|label| draw.get(label.disputed));
        // Each such pair disputes two labels, one of each annotator.
        Ok((labels.sum::<f64>() + draw.get(self.any(selection).disputed)) / 2.0)
    }
}
