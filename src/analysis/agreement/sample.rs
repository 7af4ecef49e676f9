//! The samples on which figures are based: sets of documents, with their counts and formulas.
//!
//! Figures of two annotators are based on the documents that both have worked on, α on those that at least
//! two have worked on, and Fleiss' κ on those that all have worked on. Each of these sets is a sample of its
//! own, so that intervals draw only from documents that count.

use std::sync::Arc;

use super::document_counts::DocumentCounts;
use super::figure_value::{FigureValue, NoInterval, Undefined};
use super::ledger::{Draw, LANES, Lanes, Ledger};
use super::question::Comparison;
use super::{Measure, Subject, Unit};

/// A function that computes a figure from sums.
pub(super) type Formula = Box<dyn Fn(&Draw<'_>) -> FigureValue + Send + Sync>;

/// A function that computes the number of units behind a figure from sums.
pub(super) type SampleSize = Arc<dyn Fn(&Draw<'_>) -> f64 + Send + Sync>;

/// A set of documents, and the figures that are computed from them.
pub(super) struct Sample {
    /// Indices of the annotators.
    pub annotators: Vec<usize>,
    pub ledger: Ledger,
    pub figures: Vec<PlannedFigure>,
    /// The reason why there is no figure if there are no documents.
    pub if_empty: Undefined,
}

/// A figure to be computed.
pub(super) struct PlannedFigure {
    pub measure: Measure,
    pub unit: Unit,
    pub subject: Subject,
    pub formula: Formula,
    /// Number of units, spans or pairs of spans behind the figure.
    pub size: SampleSize,
    /// The reason why an interval makes no sense for it.
    pub without_interval: Option<NoInterval>,
}

/// The documents of a sample, with their counts.
pub(super) struct CountedDocuments<'s, 'a> {
    pub comparison: &'s Comparison<'a>,
    pub counted: Vec<&'s DocumentCounts<'a>>,
    /// The categories that have figures of their own, by index: all, or those that the annotators of the sample have used.
    pub categories: Vec<usize>,
}

impl<'s, 'a> CountedDocuments<'s, 'a> {
    /// Documents in which all categories have figures.
    pub fn new(
        comparison: &'s Comparison<'a>,
        counted: impl Iterator<Item = &'s DocumentCounts<'a>>,
    ) -> Self {
        Self {
            comparison,
            counted: counted.collect(),
            categories: (0..comparison.categories.len()).collect(),
        }
    }

    /// Leaves out the categories that occur in none of some counts of spans by category.
    pub fn with_used_categories<'c>(mut self, counts: impl Iterator<Item = &'c [f64]>) -> Self {
        let mut is_used = vec![false; self.comparison.categories.len()];
        for counts in counts {
            is_used.iter_mut().zip(counts).for_each(|(is_used, count)| *is_used |= *count > 0.0);
        }
        self.categories.retain(|category| is_used[*category]);
        self
    }

    /// The labels of units that have figures, by index: the categories, and the one that stands for any of all categories.
    pub fn labels(&self) -> impl Iterator<Item = usize> {
        self.categories.iter().copied().chain([self.comparison.categories.len()])
    }

    /// The categories that have figures, as subjects.
    pub fn subjects(&self) -> impl Iterator<Item = Subject> {
        let ids = &self.comparison.categories;
        self.categories.iter().map(|category| Subject::Category(ids[*category].clone()))
    }
}

impl Sample {
    pub fn new(annotators: Vec<usize>, documents: usize, if_empty: Undefined) -> Self {
        Self { annotators, ledger: Ledger::new(documents), figures: Vec::new(), if_empty }
    }

    /// Adds a figure to be computed.
    pub fn add_figure(
        &mut self,
        measure: Measure,
        unit: Unit,
        subject: Subject,
        size: &SampleSize,
        formula: impl Fn(&Draw<'_>) -> FigureValue + Send + Sync + 'static,
    ) {
        self.figures.push(PlannedFigure {
            measure,
            unit,
            subject,
            formula: Box::new(formula),
            size: size.clone(),
            without_interval: None,
        });
    }

    /// Leaves out the interval of the figure that was added last.
    pub fn leave_out_interval(&mut self, why: NoInterval) {
        if let Some(figure) = self.figures.last_mut() {
            figure.without_interval = Some(why);
        }
    }

    /// Computes the figure of a measure over all categories, with each document weighted by `weights` in each lane. In a lane
    /// without documents it is undefined.
    pub fn overall_values(&self, measure: Measure, weights: &[Lanes]) -> [FigureValue; LANES] {
        let is_wanted =
            |figure: &&PlannedFigure| figure.measure == measure && figure.subject == Subject::Overall;
        let figure = self.figures.iter().find(is_wanted);
        let sums = self.ledger.sums(weights);
        std::array::from_fn(|lane| match figure {
            Some(figure) if weights.iter().any(|weights| weights[lane] != 0.0) => {
                (figure.formula)(&sums.lane(lane))
            }
            Some(_) | None => Err(self.if_empty),
        })
    }
}
