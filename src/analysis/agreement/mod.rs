//! Inter-annotator agreement, in the figures that journals ask for.
//!
//! [`measure()`] counts each document once, on all cores (`document_counts`), adds the counts up in ledgers
//! (`ledger`) and applies the formulas, each in a module of its own: [`span_f1`], [`alpha_u`], [`u_alpha`],
//! [`alpha_nominal`], [`cohen`], [`fleiss`], [`percent`]. Intervals resample documents, not units
//! (`bootstrap`).
//!
//! Rules for all figures:
//!
//! - An annotator who has not worked on a document is *missing* there; see [`Absence`]. Once any coder uses
//!   *Done*, only layers marked as done count, unless the question says otherwise ([`Statuses`]).
//! - A sentence or token carries every category of a span that touches it. Each category therefore has a
//!   figure of its own, for "tagged" against "not tagged". A figure over all categories exists only if no
//!   annotator has put two on one unit.
//! - Where a formula would divide by zero, the figure is undefined, with a reason ([`Undefined`]).

mod absences;
pub mod alpha_nominal;
pub mod alpha_u;
mod assignment;
mod bootstrap;
pub mod brennan_prediger;
pub mod cohen;
mod combinations;
mod continua;
mod curve;
mod document_counts;
mod drawn_link;
mod drill_down;
mod figure_value;
pub mod fleiss;
mod group;
pub mod gwet;
mod label_sets;
mod ledger;
mod links;
mod matching;
mod measure;
mod pair_matrix;
mod pair_measure;
mod pair_sample;
pub mod percent;
mod pooled;
#[cfg(test)]
mod published_tables;
mod question;
mod sample;
mod segments;
pub mod set_valued;
pub mod span_f1;
mod span_figures;
mod standings;
mod table;
#[cfg(test)]
mod tests;
pub mod u_alpha;
mod unit_figures;
mod unit_ranges;
mod unit_table;
mod unitizing;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use combinations::pairs;
use document_counts::DocumentCounts;
use label_sets::SetTable;
use ledger::Draw;
use question::Comparison;
use sample::Sample;

use demarche_model::{
    AnnotatorId, AttributeId, CategoryId, Document, DocumentId, LinkKindId, Progress, Project, Steps, Stopped,
};

pub use absences::Absences;
pub use bootstrap::{Interval, MIN_DOCUMENTS};
pub use curve::{CurvePoint, intra_coder, over_documents, over_rounds};
pub use drill_down::{DrillDown, spans_behind};
pub use figure_value::{FigureValue, NoInterval, Undefined};
pub use measure::{Continuum, Measure, Unit};
pub use pair_matrix::{PairFigure, PairMatrix, pair_matrices, shown_pair_matrices};
pub use pair_measure::PairMeasure;
pub use pooled::PooledFigure;
pub use question::{Absence, DRAWS, Question, Statuses, active_annotators};
pub use segments::SegmentCache;
pub use standings::{APART, RECENT_LEAST, Standing, Standings};
pub use table::{FigureRow, FigureTable, Rows, figure_tables, tables_of};
pub use unit_table::{UnitRow, UnitTable, unit_table};

/// Number of pairs of annotators whose figures are collected at once, so that few are in memory twice.
const PAIRS_AT_ONCE: usize = 256;

/// The subject of a figure.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Subject {
    /// All categories that are compared.
    Overall,
    /// One category.
    Category(CategoryId),
    /// The values of an attribute, on passages that two annotators have tagged alike.
    Attribute(AttributeId),
    /// One kind of link.
    Link(LinkKindId),
}

/// The value of a measure.
#[derive(Clone, PartialEq, Debug)]
pub struct Figure {
    /// The measure.
    pub measure: Measure,
    /// The unit it counts.
    pub unit: Unit,
    /// The category or attribute.
    pub subject: Subject,
    /// The annotators who are compared.
    pub annotators: Arc<[AnnotatorId]>,
    /// The value, or the reason why it is undefined.
    pub value: FigureValue,
    /// The middle 95 % of the bootstrap, or the reason why there is no interval.
    pub interval: Interval,
    /// Sample size: number of sentences or tokens; spans of both annotators for F1; units of the continuum
    /// for α_U; matched spans for attributes.
    pub size: usize,
    /// Number of documents in the sample.
    pub documents: usize,
}

/// The categories that two annotators have given to the same passages. Passages are matched by overlap, one
/// to one.
#[derive(Clone, PartialEq, Debug)]
pub struct ConfusionMatrix {
    /// The annotator of the rows.
    pub first: AnnotatorId,
    /// The annotator of the columns.
    pub second: AnnotatorId,
    /// Number of rows and columns: one per category of [`Agreement::categories`], plus a last one for "nothing".
    pub size: usize,
    /// Number of passages by category of the first and of the second annotator, without zeros.
    pub cells: BTreeMap<(usize, usize), usize>,
}

impl ConfusionMatrix {
    /// Number of passages to which the annotators gave these categories.
    pub fn count(&self, row: usize, column: usize) -> usize {
        self.cells.get(&(row, column)).copied().unwrap_or(0)
    }

    /// The rows with all their counts, zeros included.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = Vec<usize>> {
        (0..self.size).map(|row| {
            let mut counts = vec![0; self.size];
            for (&(_, column), &count) in self.cells.range((row, 0)..(row + 1, 0)) {
                counts[column] = count;
            }
            counts
        })
    }
}

/// The answer to a [`Question`].
#[derive(Clone, PartialEq, Debug)]
pub struct Agreement {
    /// The question.
    pub question: Question,
    /// The categories that were compared, in the order of the codebook.
    pub categories: Vec<CategoryId>,
    /// The attributes that were compared.
    pub attributes: Vec<AttributeId>,
    /// All figures, sorted by unit, annotators, subject and measure.
    pub figures: Vec<Figure>,
    /// One per pair of annotators, if the question asks for passages.
    pub confusions: Vec<ConfusionMatrix>,
    /// The overall figures of each document that was compared.
    pub by_document: Vec<CurvePoint>,
    /// Documents that at least two of the annotators have worked on.
    pub compared: Vec<DocumentId>,
    /// Number of documents that fewer have worked on.
    pub left_out: usize,
    /// True if only layers marked as done count.
    pub done_only: bool,
    /// Where each annotator is missing.
    pub absences: Vec<Absences>,
}

impl Agreement {
    /// Finds a figure.
    pub fn figure(
        &self,
        measure: Measure,
        unit: Unit,
        subject: &Subject,
        annotators: &[AnnotatorId],
    ) -> Option<&Figure> {
        self.figures.iter().find(|figure| {
            figure.measure == measure
                && figure.unit == unit
                && figure.subject == *subject
                && *figure.annotators == *annotators
        })
    }
}

/// Answers a question about the documents of a project that are in memory. With fewer than two annotators every figure is
/// undefined.
///
/// # Errors
/// The computation was stopped.
pub fn measure(
    project: &Project,
    question: &Question,
    segments: &SegmentCache,
    progress: &dyn Progress,
) -> Result<Agreement, Stopped> {
    let project = &project.with_one_consensus();
    let mut comparison = Comparison::new(project, question);
    let documents: Vec<&Document> = (project.documents().iter())
        .map(|document| &**document)
        .filter(|document| included(document, question))
        .collect();
    let counted = count_documents(&comparison, &documents, segments, progress)?;
    let compared = documents.iter().zip(&counted).filter(|(_, counted)| counted.is_some());
    let compared: Vec<DocumentId> = compared.map(|(document, _)| document.id().clone()).collect();
    let mut counted: Vec<DocumentCounts<'_>> = counted.into_iter().flatten().collect();
    comparison.sets = SetTable::unify(document_counts::label_sets(&mut counted), comparison.categories.len());
    let mut figures = if comparison.annotators.len() < 2 { undefined_figures(question) } else { Vec::new() };
    let confusions = add_all_figures(&mut figures, &comparison, &counted, progress)?;
    let position = |unit: Unit| Unit::ALL.iter().position(|other| *other == unit).map(|place| place as u8);
    // Sorts positions instead of figures, of which a hundred annotators have half a million.
    figures.sort_by_cached_key(|figure| position(figure.unit));
    progress.check()?;
    let each = compared.iter().zip(&counted).map(|(id, counted)| CurvePoint {
        documents: vec![id.clone()],
        figures: pooled::pooled(&comparison, &[counted]),
    });
    Ok(Agreement {
        by_document: each.collect(),
        categories: comparison.categories.iter().map(|id| (*id).clone()).collect(),
        attributes: comparison.attributes.iter().map(|attribute| attribute.def.id.clone()).collect(),
        figures,
        confusions,
        left_out: documents.len() - compared.len(),
        done_only: comparison.done_only,
        absences: (comparison.annotators.iter())
            .map(|annotator| Absences::new(&comparison, &documents, annotator))
            .collect(),
        compared,
        question: question.clone(),
    })
}

/// True if a document is in memory and the question covers it.
fn included(document: &Document, question: &Question) -> bool {
    document.is_loaded() && question.includes(document.id())
}

/// Counts documents, on all cores; `None` for one that fewer than two annotators have worked on.
fn count_documents<'a>(
    comparison: &Comparison<'a>,
    documents: &[&'a Document],
    segments: &SegmentCache,
    progress: &dyn Progress,
) -> Result<Vec<Option<DocumentCounts<'a>>>, Stopped> {
    let steps = Steps::new(progress, documents.len());
    let counts = |document: &&'a Document| steps.run(|| DocumentCounts::new(comparison, document, segments));
    documents.par_iter().with_max_len(1).map(counts).collect()
}

/// The figures of a single annotator, or of none.
fn undefined_figures(question: &Question) -> Vec<Figure> {
    let of_unit = |unit: Unit| match unit {
        Unit::Span => vec![Measure::F1Exact, Measure::F1Overlap],
        Unit::Character => Measure::UNITIZING.into(),
        Unit::Document => vec![Measure::Presence],
        Unit::Sentence | Unit::Token => {
            vec![Measure::AlphaNominal, Measure::CohenKappa, Measure::FleissKappa, Measure::Percent]
        }
    };
    let figure = |unit, measure| Figure {
        measure,
        unit,
        subject: Subject::Overall,
        annotators: question.annotators.as_slice().into(),
        value: Err(Undefined::TooFewAnnotators),
        interval: Err(NoInterval::NoFigure),
        size: 0,
        documents: 0,
    };
    let units = question.units.iter();
    units.flat_map(|&unit| of_unit(unit).into_iter().map(move |measure| figure(unit, measure))).collect()
}

/// Adds the figures of each pair of annotators and of all of them together, and returns the confusion matrices of the pairs. A
/// hundred annotators make thousands of samples, each of which is dropped once its figures are known.
fn add_all_figures(
    figures: &mut Vec<Figure>,
    comparison: &Comparison<'_>,
    counted: &[DocumentCounts<'_>],
    progress: &dyn Progress,
) -> Result<Vec<ConfusionMatrix>, Stopped> {
    let annotators = comparison.annotators.len();
    if annotators < 2 {
        return Ok(Vec::new());
    }
    let of_pair = |two: &(usize, usize)| {
        let (sample, confusion) = pair_sample::pair_sample(comparison, counted, *two);
        Ok((sample_figures(&sample, comparison, progress)?, confusion))
    };
    let mut confusions = Vec::new();
    let two: Vec<(usize, usize)> = pairs(annotators).collect();
    for some in two.chunks(PAIRS_AT_ONCE) {
        let done: Vec<(Vec<Figure>, Option<ConfusionMatrix>)> =
            some.par_iter().map(of_pair).collect::<Result<_, _>>()?;
        for (of_pair, confusion) in done {
            figures.extend(of_pair);
            confusions.extend(confusion);
        }
    }
    for sample in [group::alpha_sample, group::fleiss_sample] {
        figures.extend(sample_figures(&sample(comparison, counted), comparison, progress)?);
    }
    if comparison.reference.is_some() && comparison.counts(Unit::Span) {
        for who in 0..annotators {
            let sample = span_figures::reference_sample(comparison, counted, who);
            figures.extend(sample_figures(&sample, comparison, progress)?);
        }
    }
    Ok(confusions)
}

fn sample_figures(
    sample: &Sample,
    comparison: &Comparison<'_>,
    progress: &dyn Progress,
) -> Result<Vec<Figure>, Stopped> {
    let totals = sample.ledger.totals();
    let totals: Draw<'_> = totals.lane(0);
    let documents = sample.ledger.documents();
    let value = |figure: &sample::PlannedFigure| match documents {
        0 => Err(sample.if_empty),
        _ => (figure.formula)(&totals),
    };
    let values: Vec<FigureValue> = sample.figures.iter().map(value).collect();
    let drawn = |(figure, value): (&sample::PlannedFigure, &FigureValue)| {
        value.is_ok() && figure.without_interval.is_none()
    };
    let defined: Vec<bool> = sample.figures.iter().zip(&values).map(drawn).collect();
    let intervals = bootstrap::intervals(sample, &defined, comparison.question.draws, progress)?;
    let annotators: Arc<[AnnotatorId]> = sample.annotators.iter().map(|&who| comparison.id(who)).collect();
    let figures = sample.figures.iter().zip(values).zip(intervals).map(|((plan, value), interval)| Figure {
        measure: plan.measure,
        unit: plan.unit,
        subject: plan.subject.clone(),
        annotators: annotators.clone(),
        value,
        interval: plan.without_interval.filter(|_| value.is_ok()).map_or(interval, Err),
        size: (plan.size)(&totals) as usize,
        documents,
    });
    Ok(figures.collect())
}
