//! How each coder stands to the others, and the agreement on each document.
//!
//! The figure of a pair is that of all documents that both have worked on; that of a document is the mean over the pairs
//! who have worked on it. A coder's *standing* is the mean of their figures with all others. The *recent* part of their
//! work is the last quarter of the documents that they share with others, at least [`RECENT_LEAST`], in the order of
//! their latest change; it is compared with the rest. All are figures of the samples of pairs (`pair_sample`), of which
//! the recent part and the rest are draws.

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;

use demarche_model::{AnnotatorId, Document, DocumentId, Progress, Project, Stamp, Stopped};

use super::combinations::pairs;
use super::document_counts::{DocumentCounts, label_sets};
use super::label_sets::SetTable;
use super::ledger::{LANES, Lanes};
use super::pair_matrix::{PairFigure, PairMatrix, mean};
use super::pair_measure::PairMeasure;
use super::pair_sample::overall_sample;
use super::question::Comparison;
use super::{FigureValue, Question, SegmentCache, count_documents};
use crate::board::last_change;

/// Smallest number of documents that are the recent part of a coder's work. There is none with fewer than twice as many.
pub const RECENT_LEAST: usize = 3;

/// Distance of two means from which a coder stands apart, or has drifted.
pub const APART: f64 = 0.1;

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

/// The agreement of each pair of coders and on each document, by one measure, and how each coder stands to the others.
#[derive(Clone, PartialEq, Debug)]
pub struct Standings {
    measure: PairMeasure,
    coders: Vec<AnnotatorId>,
    pairs: PairMatrix,
    documents: HashMap<DocumentId, FigureValue>,
    of_coders: Vec<Standing>,
}

impl Standings {
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
        let mut comparison = Comparison::new(project, &question);
        let documents: Vec<&Document> =
            project.documents().iter().map(|document| &**document).filter(|d| d.is_loaded()).collect();
        let recent = recent_documents(&comparison, &documents);
        let counted = count_documents(&comparison, &documents, segments, progress)?;
        let mut counted: Vec<DocumentCounts<'_>> = counted.into_iter().flatten().collect();
        comparison.sets = SetTable::unify(label_sets(&mut counted), comparison.categories.len());
        let comparison = &comparison;
        let of_document = |counted: &DocumentCounts<'_>| {
            progress.check()?;
            Ok(mean_of_pairs(comparison, counted, measure).map(|mean| (counted.id.clone(), mean)))
        };
        let documents: Vec<Option<_>> = counted.par_iter().map(of_document).collect::<Result<_, _>>()?;
        let of_pair = |pair: (usize, usize)| {
            progress.check()?;
            Ok(PairCourse::new(comparison, &counted, pair, measure, &recent))
        };
        let two: Vec<(usize, usize)> = pairs(comparison.annotators.len()).collect();
        let courses: Vec<PairCourse> = two.into_par_iter().map(of_pair).collect::<Result<_, _>>()?;
        let mut pairs = PairMatrix::empty(measure.measure(), measure.unit(), comparison.annotators.len());
        courses.iter().for_each(|course| pairs.set(course.pair, course.figure));
        let of_coders = standings(&pairs, &courses, &recent);
        let documents = documents.into_iter().flatten().collect();
        Ok(Self { measure, coders: question.annotators, pairs, documents, of_coders })
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
        self.pairs.figure(first, second)
    }

    /// The mean agreement of those who have worked on a document; `None` if they are fewer than two.
    pub fn document(&self, id: &DocumentId) -> Option<FigureValue> {
        self.documents.get(id).copied()
    }

    /// How each coder stands to the others.
    pub fn of_coders(&self) -> &[Standing] {
        &self.of_coders
    }
}

/// The mean of the figures of the pairs who have worked on a document, or the reason why the first has none.
fn mean_of_pairs(
    comparison: &Comparison<'_>,
    counted: &DocumentCounts<'_>,
    measure: PairMeasure,
) -> Option<FigureValue> {
    let value = |(a, b): (usize, usize)| {
        let pair = (counted.present[a], counted.present[b]);
        let sample = overall_sample(comparison, std::iter::once(counted), pair, measure);
        sample.overall_values(measure.measure(), &[[1.0; LANES]])[0]
    };
    let values: Vec<FigureValue> = pairs(counted.present.len()).map(value).collect();
    let mean = mean(values.iter().filter_map(|value| value.ok()));
    mean.map(Ok).or_else(|| values.first().copied())
}

/// The figures of a pair over all documents, and over parts of the work of each of the two.
struct PairCourse {
    pair: (usize, usize),
    figure: PairFigure,
    /// Over the recent documents of the first and of the second.
    recent: [FigureValue; 2],
    /// Over the others of the first and of the second.
    rest: [FigureValue; 2],
}

impl PairCourse {
    fn new(
        comparison: &Comparison<'_>,
        counted: &[DocumentCounts<'_>],
        (first, second): (usize, usize),
        measure: PairMeasure,
        recent: &[HashSet<&DocumentId>],
    ) -> Self {
        let is_of_both = |counted: &&DocumentCounts<'_>| {
            [first, second].iter().all(|who| counted.position(*who).is_some())
        };
        let of_both = || counted.iter().filter(is_of_both);
        let weights = |counted: &DocumentCounts<'_>| {
            let [of_first, of_second] = [first, second].map(|who| recent[who].contains(counted.id));
            let mut lanes: Lanes = [0.0; LANES];
            let parts = [true, of_first, of_second, !of_first, !of_second];
            lanes.iter_mut().zip(parts).for_each(|(lane, is_in)| *lane = f64::from(u8::from(is_in)));
            lanes
        };
        let weights: Vec<Lanes> = of_both().map(weights).collect();
        let sample = overall_sample(comparison, of_both(), (first, second), measure);
        let [all, recent_first, recent_second, rest_first, rest_second, ..] =
            sample.overall_values(measure.measure(), &weights);
        Self {
            pair: (first, second),
            figure: PairFigure { value: all, documents: weights.len() },
            recent: [recent_first, recent_second],
            rest: [rest_first, rest_second],
        }
    }
}

fn standings(pairs: &PairMatrix, courses: &[PairCourse], recent: &[HashSet<&DocumentId>]) -> Vec<Standing> {
    let mut parts: Vec<[Vec<f64>; 2]> = vec![Default::default(); recent.len()];
    for course in courses {
        for (at, who) in [course.pair.0, course.pair.1].into_iter().enumerate() {
            parts[who][0].extend(course.recent[at].ok());
            parts[who][1].extend(course.rest[at].ok());
        }
    }
    let standing = |(coder, [latest, rest]): (usize, [Vec<f64>; 2])| Standing {
        mean: pairs.mean(coder),
        others: pairs.defined(coder).count(),
        recent: mean(latest.into_iter()),
        earlier: if recent[coder].is_empty() { None } else { mean(rest.into_iter()) },
        recent_documents: recent[coder].len(),
        stands_apart: false,
    };
    let mut standings: Vec<Standing> = parts.into_iter().enumerate().map(standing).collect();
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

/// The documents of the recent part of each coder's work.
fn recent_documents<'a>(
    comparison: &Comparison<'a>,
    documents: &[&'a Document],
) -> Vec<HashSet<&'a DocumentId>> {
    let mut shared: Vec<Vec<(Option<Stamp>, &DocumentId)>> = vec![Vec::new(); comparison.annotators.len()];
    for document in documents {
        let present = comparison.present(document);
        for &who in present.iter().filter(|_| present.len() > 1) {
            let layer = document.layer(&comparison.annotators[who]);
            shared[who].push((layer.and_then(|layer| last_change(layer)), document.id()));
        }
    }
    let recent = |mut shared: Vec<(Option<Stamp>, &'a DocumentId)>| {
        if shared.len() < 2 * RECENT_LEAST {
            return HashSet::new();
        }
        shared.sort_unstable();
        let count = (shared.len() / 4).max(RECENT_LEAST);
        shared.into_iter().rev().take(count).map(|(_, id)| id).collect()
    };
    shared.into_iter().map(recent).collect()
}
