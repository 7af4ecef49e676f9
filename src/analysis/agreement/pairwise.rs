//! Agreement of each pair of coders and in each document, and how each coder stands to the others.
//!
//! The figure of a pair is that of all documents that both have worked on; that of a document is the mean over the pairs
//! who have worked on it. A coder's *standing* is the mean of their figures with all others. The *recent* part of their
//! work is the last quarter of the documents that they share with others, at least [`RECENT_LEAST`], in the order of
//! their latest change; it is compared with the rest.

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;

use demarche_model::{AnnotatorId, Document, DocumentId, Progress, Project, Stamp, Steps, Stopped};

use super::document_counts::DocumentCounts;
use super::pairs::pairs;
use super::question::Comparison;
use super::{FigureValue, Measure, Question, SegmentCache, Undefined, Unit, cohen, span_f1};
use crate::board::last_change;

/// Smallest number of documents that are the recent part of a coder's work. There is none with fewer than twice as many.
pub const RECENT_LEAST: usize = 3;

/// Distance of two means from which a coder stands apart, or has drifted.
pub const APART: f64 = 0.1;

/// Number of documents counted before their counts are added up.
const CHUNK: usize = 256;

/// A measure of the agreement of two coders over all categories.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum PairMeasure {
    /// F1 of passages, those that merely overlap counted half.
    #[default]
    F1Overlap,
    /// F1 of passages with identical bounds.
    F1Exact,
    /// Cohen's κ of sentences, undefined if somebody has put two categories on one.
    CohenKappa,
}

impl PairMeasure {
    /// All measures.
    pub const ALL: [Self; 3] = [Self::F1Overlap, Self::F1Exact, Self::CohenKappa];

    /// The measure.
    pub fn measure(self) -> Measure {
        match self {
            Self::F1Overlap => Measure::F1Overlap,
            Self::F1Exact => Measure::F1Exact,
            Self::CohenKappa => Measure::CohenKappa,
        }
    }

    /// The unit that it counts.
    pub fn unit(self) -> Unit {
        match self {
            Self::F1Overlap | Self::F1Exact => Unit::Span,
            Self::CohenKappa => Unit::Sentence,
        }
    }
}

/// The agreement of two coders.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct PairFigure {
    /// The value, or the reason why it is undefined.
    pub value: FigureValue,
    /// Number of documents that both have worked on.
    pub documents: usize,
}

/// How a coder stands to the others: means of their figures with each of them.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Standing {
    /// Over all documents.
    pub mean: Option<f64>,
    /// Number of others behind the mean.
    pub others: usize,
    /// Over the recent part of their work.
    pub recent: Option<f64>,
    /// Over the rest.
    pub earlier: Option<f64>,
    /// Number of documents in the recent part.
    pub recent_documents: usize,
    /// Whether the mean is at least [`APART`] below the median of all coders.
    pub stands_apart: bool,
}

impl Standing {
    /// True if the recent mean is at least [`APART`] below the earlier one.
    pub fn has_drifted(&self) -> bool {
        self.recent.zip(self.earlier).is_some_and(|(recent, earlier)| earlier - recent >= APART)
    }
}

/// The agreement of each pair of coders, and in each document.
#[derive(Clone, PartialEq, Debug)]
pub struct Pairwise {
    measure: PairMeasure,
    coders: Vec<AnnotatorId>,
    pairs: Vec<PairFigure>,
    documents: HashMap<DocumentId, FigureValue>,
    standings: Vec<Standing>,
}

impl Pairwise {
    /// Measures the agreement of coders in the documents that are in memory.
    ///
    /// # Errors
    /// The computation was stopped.
    pub fn new(
        project: &Project,
        coders: Vec<AnnotatorId>,
        measure: PairMeasure,
        segments: &SegmentCache,
        progress: &dyn Progress,
    ) -> Result<Self, Stopped> {
        let question = Question { units: [measure.unit()].into(), draws: 0, ..Question::new(coders) };
        let comparison = Comparison::new(project, &question);
        let documents: Vec<&Document> =
            project.documents().iter().map(|document| &**document).filter(|d| d.is_loaded()).collect();
        let steps = Steps::new(progress, documents.len());
        let mut sums = Sums::new(&comparison, &documents, measure);
        for chunk in documents.chunks(CHUNK) {
            let counted: Vec<Option<Vec<Counted>>> = (chunk.par_iter())
                .map(|document| steps.run(|| count(&comparison, document, measure, segments)))
                .collect::<Result<_, _>>()?;
            for (document, counted) in chunk.iter().zip(counted) {
                counted.into_iter().for_each(|counted| sums.add(document.id(), &counted));
            }
        }
        let standings = sums.standings();
        let (pairs, documents) = (sums.all.iter().map(|sums| sums.figure(measure)).collect(), sums.documents);
        Ok(Self { measure, coders: question.annotators, pairs, documents, standings })
    }

    /// The measure.
    pub fn measure(&self) -> PairMeasure {
        self.measure
    }

    /// The coders.
    pub fn coders(&self) -> &[AnnotatorId] {
        &self.coders
    }

    /// The agreement of the coders at two positions; `None` for one with themself.
    pub fn pair(&self, first: usize, second: usize) -> Option<PairFigure> {
        let (first, second) = (first.min(second), first.max(second));
        (first != second && second < self.coders.len())
            .then(|| self.pairs.get(pair_index(self.coders.len(), first, second)).copied())
            .flatten()
    }

    /// The mean agreement of those who have worked on a document; `None` if they are fewer than two.
    pub fn document(&self, id: &DocumentId) -> Option<FigureValue> {
        self.documents.get(id).copied()
    }

    /// How each coder stands to the others.
    pub fn standings(&self) -> &[Standing] {
        &self.standings
    }
}

/// Index of a pair in the order of [`pairs`]; `first` is the smaller one.
fn pair_index(coders: usize, first: usize, second: usize) -> usize {
    first * (2 * coders - first - 1) / 2 + second - first - 1
}

/// What figures of a pair are computed from. Sums of several documents are those of all of them together.
#[derive(Clone, Default)]
struct PairSums {
    documents: usize,
    /// Passages that match, or sentences with the same label.
    agreeing: f64,
    /// Passages of both, or sentences.
    units: f64,
    /// Documents in which one of them has put two categories on a sentence.
    several: f64,
    /// Sentences by label from the first and the second coder; the last label is none.
    labels: Vec<(f64, f64)>,
}

impl PairSums {
    /// Adds other sums, or subtracts them with a weight of −1.
    fn add(&mut self, other: &Self, weight: f64) {
        self.documents = self.documents.saturating_add_signed(other.documents as isize * weight as isize);
        self.agreeing += weight * other.agreeing;
        self.units += weight * other.units;
        self.several += weight * other.several;
        self.labels.resize(self.labels.len().max(other.labels.len()), (0.0, 0.0));
        for (sum, count) in self.labels.iter_mut().zip(&other.labels) {
            *sum = (sum.0 + weight * count.0, sum.1 + weight * count.1);
        }
    }

    fn figure(&self, measure: PairMeasure) -> PairFigure {
        PairFigure { value: self.value(measure), documents: self.documents }
    }

    fn value(&self, measure: PairMeasure) -> FigureValue {
        if self.documents == 0 {
            return Err(Undefined::NoDocument);
        }
        match measure {
            PairMeasure::F1Overlap | PairMeasure::F1Exact => span_f1::score(self.agreeing, self.units, 0.0),
            PairMeasure::CohenKappa if self.several > 0.0 => Err(Undefined::SeveralLabels),
            PairMeasure::CohenKappa if !self.has_labels() => Err(Undefined::NothingTagged),
            PairMeasure::CohenKappa => cohen::kappa(self.units, self.agreeing, self.labels.iter().copied()),
        }
    }

    fn has_labels(&self) -> bool {
        self.labels.split_last().is_some_and(|(_, labels)| labels.iter().any(|(a, b)| a + b > 0.0))
    }
}

/// The counts of a pair in one document.
struct Counted {
    pair: (usize, usize),
    sums: PairSums,
}

/// Counts a document; `None` if fewer than two have worked on it.
fn count<'a>(
    comparison: &Comparison<'a>,
    document: &'a Document,
    measure: PairMeasure,
    segments: &SegmentCache,
) -> Option<Vec<Counted>> {
    let counts = DocumentCounts::new(comparison, document, segments)?;
    let of_pair = |(a, b): (usize, usize)| {
        let sums = match measure {
            PairMeasure::F1Overlap => passages(comparison, &counts, (a, b), span_f1::PARTIAL),
            PairMeasure::F1Exact => passages(comparison, &counts, (a, b), 0.0),
            PairMeasure::CohenKappa => sentences(&counts, (a, b)),
        };
        Counted { pair: (counts.present[a], counts.present[b]), sums }
    };
    Some(pairs(counts.present.len()).map(of_pair).collect())
}

fn passages<'a>(
    comparison: &Comparison<'a>,
    counts: &DocumentCounts<'a>,
    (a, b): (usize, usize),
    partial: f64,
) -> PairSums {
    let sum = |counts: &[f64]| counts.iter().sum::<f64>();
    let matched = counts.count_pair(comparison, a, b);
    PairSums {
        documents: 1,
        agreeing: sum(&matched.exact) + partial * sum(&matched.partial),
        units: sum(&counts.spans[a]) + sum(&counts.spans[b]),
        ..PairSums::default()
    }
}

fn sentences(counts: &DocumentCounts<'_>, (a, b): (usize, usize)) -> PairSums {
    let Some(labels) = &counts.sentences else { return PairSums::default() };
    let split = |counts: &[f64]| counts.split_last().map(|(any, each)| (*any, each.to_vec()));
    let (first, second) = (split(&labels.labelled[a]), split(&labels.labelled[b]));
    let both: Vec<f64> = (0..labels.shared.len()).map(|label| labels.both(a, b, label)).collect();
    let (Some((any_first, first)), Some((any_second, second)), Some((any_both, both))) =
        (first, second, split(&both))
    else {
        return PairSums::default();
    };
    let none = (labels.units - any_first, labels.units - any_second);
    PairSums {
        documents: 1,
        agreeing: labels.units - any_first - any_second + any_both + both.iter().sum::<f64>(),
        units: labels.units,
        several: f64::from(u8::from(labels.several[a] || labels.several[b])),
        labels: first.into_iter().zip(second).chain([none]).collect(),
    }
}

/// Sums over documents.
struct Sums {
    measure: PairMeasure,
    coders: usize,
    /// By pair.
    all: Vec<PairSums>,
    /// Over the recent documents of the first of two coders, in rows.
    recent: Vec<PairSums>,
    /// The recent documents of each coder.
    recent_of: Vec<HashSet<DocumentId>>,
    documents: HashMap<DocumentId, FigureValue>,
}

impl Sums {
    fn new(comparison: &Comparison<'_>, documents: &[&Document], measure: PairMeasure) -> Self {
        let coders = comparison.annotators.len();
        Self {
            measure,
            coders,
            all: vec![PairSums::default(); coders * coders.saturating_sub(1) / 2],
            recent: vec![PairSums::default(); coders * coders],
            recent_of: recent_documents(comparison, documents),
            documents: HashMap::new(),
        }
    }

    fn add(&mut self, id: &DocumentId, counted: &[Counted]) {
        for Counted { pair: (a, b), sums } in counted {
            self.all[pair_index(self.coders, *a, *b)].add(sums, 1.0);
            for (one, other) in [(*a, *b), (*b, *a)] {
                if self.recent_of[one].contains(id) {
                    self.recent[one * self.coders + other].add(sums, 1.0);
                }
            }
        }
        let values = counted.iter().map(|counted| counted.sums.value(self.measure));
        if let Some(mean) = mean_or_reason(values) {
            self.documents.insert(id.clone(), mean);
        }
    }

    fn standings(&self) -> Vec<Standing> {
        let mut standings: Vec<Standing> = (0..self.coders).map(|coder| self.standing(coder)).collect();
        let mut means: Vec<f64> = standings.iter().filter_map(|standing| standing.mean).collect();
        means.sort_by(f64::total_cmp);
        // Two coders differ from each other, and neither of them from the rest.
        if means.len() > 2 {
            let median = (means[(means.len() - 1) / 2] + means[means.len() / 2]) / 2.0;
            for standing in &mut standings {
                standing.stands_apart = standing.mean.is_some_and(|mean| median - mean >= APART);
            }
        }
        standings
    }

    fn standing(&self, coder: usize) -> Standing {
        let others = || (0..self.coders).filter(|other| *other != coder);
        let all = |other: usize| &self.all[pair_index(self.coders, coder.min(other), coder.max(other))];
        let recent = |other: usize| &self.recent[coder * self.coders + other];
        let rest = |other: usize| {
            let mut rest = all(other).clone();
            rest.add(recent(other), -1.0);
            rest
        };
        let has_recent = !self.recent_of[coder].is_empty();
        let values = others().filter_map(|other| all(other).value(self.measure).ok());
        Standing {
            others: values.clone().count(),
            mean: mean(values),
            recent: mean(others().filter_map(|other| recent(other).value(self.measure).ok())),
            earlier: has_recent
                .then(|| mean(others().filter_map(|other| rest(other).value(self.measure).ok())))
                .flatten(),
            recent_documents: self.recent_of[coder].len(),
            stands_apart: false,
        }
    }
}

/// The documents of the recent part of each coder's work.
fn recent_documents(comparison: &Comparison<'_>, documents: &[&Document]) -> Vec<HashSet<DocumentId>> {
    let mut shared: Vec<Vec<(Option<Stamp>, &DocumentId)>> = vec![Vec::new(); comparison.annotators.len()];
    for document in documents {
        let present = comparison.present(document);
        for &who in present.iter().filter(|_| present.len() > 1) {
            let layer = document.layer(&comparison.annotators[who]);
            shared[who].push((layer.and_then(|layer| last_change(layer)), document.id()));
        }
    }
    let recent = |mut shared: Vec<(Option<Stamp>, &DocumentId)>| {
        if shared.len() < 2 * RECENT_LEAST {
            return HashSet::new();
        }
        shared.sort_unstable();
        let count = (shared.len() / 4).max(RECENT_LEAST);
        shared.into_iter().rev().take(count).map(|(_, id)| id.clone()).collect()
    };
    shared.into_iter().map(recent).collect()
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    (count > 0.0).then(|| sum / count)
}

/// The mean of the values that are defined, or the reason why the first is not.
fn mean_or_reason(values: impl Iterator<Item = FigureValue> + Clone) -> Option<FigureValue> {
    match mean(values.clone().filter_map(Result::ok)) {
        Some(mean) => Some(Ok(mean)),
        None => values.into_iter().next(),
    }
}
