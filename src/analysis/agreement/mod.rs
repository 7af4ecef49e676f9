//! How far annotators agree, in the figures that journals ask for.
//!
//! [`measure`] counts each document once, on all cores ([`count`]), adds the counts up in ledgers ([`ledger`]), and applies
//! the formulas, which stand in one file each: [`span_f1`], [`alpha_u`], [`alpha_nominal`], [`cohen`], [`fleiss`], [`percent`].
//! Intervals draw documents, not units ([`bootstrap`]).
//!
//! Rules that hold for all figures:
//!
//! - Who has not worked on a document is *missing* there; see [`Question::worked`].
//! - A sentence or token carries every category that a span on it has. So each category has a figure of its own, of "tagged so"
//!   against "not tagged so". Over all categories there is one only where no unit carries two from one annotator.
//! - Where a formula divides by zero there is no figure, but a reason ([`Undefined`]).

pub mod alpha_nominal;
pub mod alpha_u;
mod behind;
mod bootstrap;
pub mod cohen;
mod count;
mod cover;
pub mod fleiss;
mod frame;
mod ground;
mod group;
mod ledger;
mod matching;
mod measure;
mod outcome;
mod pair;
pub mod percent;
mod segments;
pub mod span_f1;
mod table;
#[cfg(test)]
mod tables;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use rayon::prelude::*;

use count::{Counted, pairs};
use frame::Frame;
use ground::Ground;
use ledger::Draw;

use demarche_model::{
    AnnotatorId, AttributeId, CategoryId, Document, DocumentId, Progress, Project, Steps, Stopped,
};

pub use behind::{Aim, behind};
pub use bootstrap::{ENOUGH_DOCUMENTS, Interval};
pub use frame::DRAWS;
pub use frame::{Question, annotators};
pub use measure::{Measure, Unit};
pub use outcome::{NoInterval, Outcome, Undefined};
pub use segments::SegmentCache;
pub use table::{FigureRow, FigureTable, tables};

/// What a figure is about.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Subject {
    /// All categories that count.
    Overall,
    /// One category.
    Category(CategoryId),
    /// What two say of passages that they have tagged alike.
    Attribute(AttributeId),
}

/// A value of a measure.
#[derive(Clone, PartialEq, Debug)]
pub struct Figure {
    /// Which measure.
    pub measure: Measure,
    /// What is counted.
    pub unit: Unit,
    /// What it is about.
    pub subject: Subject,
    /// Whose agreement it is.
    pub annotators: Vec<AnnotatorId>,
    /// The value, or why there is none.
    pub value: Outcome,
    /// The middle 95 % of the bootstrap, or why there is none.
    pub interval: Interval,
    /// How many it stands on: sentences or tokens; spans of both for F1; units of the continuum for α_U; matched spans for
    /// attributes.
    pub size: usize,
    /// How many documents it stands on.
    pub documents: usize,
}

/// What two annotators have tagged the same passages with. Passages are matched by overlap, one to one.
#[derive(Clone, PartialEq, Debug)]
pub struct Confusion {
    /// Whose categories are the rows.
    pub first: AnnotatorId,
    /// Whose categories are the columns.
    pub second: AnnotatorId,
    /// Passages by category of the first and of the second, by the order of [`Agreement::categories`]; last in row and
    /// column stands "nothing".
    pub counts: Vec<Vec<usize>>,
}

/// The answer to a [`Question`].
#[derive(Clone, PartialEq, Debug)]
pub struct Agreement {
    /// What was asked.
    pub question: Question,
    /// The categories that were compared, in the order of the codebook.
    pub categories: Vec<CategoryId>,
    /// The attributes that were compared.
    pub attributes: Vec<AttributeId>,
    /// All figures: by unit, by annotators, by subject, by measure.
    pub figures: Vec<Figure>,
    /// One per two annotators, if passages were asked for.
    pub confusions: Vec<Confusion>,
    /// Documents that at least two of the annotators have worked on.
    pub compared: Vec<DocumentId>,
    /// Documents that fewer have worked on.
    pub left_out: usize,
}

impl Agreement {
    /// A figure.
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
                && figure.annotators == annotators
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
    let frame = Frame::new(project, question);
    let documents: Vec<&Document> = (project.documents().iter())
        .filter(|document| document.is_read() && question.takes(document.id()))
        .map(|document| &**document)
        .collect();
    let steps = Steps::new(progress, documents.len() + 1);
    let counted = documents.par_iter().with_max_len(1);
    let counted = counted.map(|document| steps.run(|| Counted::new(&frame, document, segments)));
    let counted: Vec<Option<Counted<'_>>> = counted.collect::<Result<_, _>>()?;
    let compared = documents.iter().zip(&counted).filter(|(_, counted)| counted.is_some());
    let compared: Vec<DocumentId> = compared.map(|(document, _)| document.id().clone()).collect();
    let counted: Vec<Counted<'_>> = counted.into_iter().flatten().collect();
    let mut figures = if frame.annotators.len() < 2 { alone(question) } else { Vec::new() };
    for ground in grounds(&frame, &counted) {
        figures.extend(figures_of(&ground, &frame, progress)?);
    }
    let place = |unit: Unit| Unit::ALL.iter().position(|other| *other == unit);
    figures.sort_by_key(|figure| place(figure.unit));
    steps.advance()?;
    Ok(Agreement {
        categories: frame.categories.iter().map(|id| (*id).clone()).collect(),
        attributes: frame.attributes.iter().map(|attribute| attribute.def.id.clone()).collect(),
        figures,
        confusions: confusions(&frame, &counted),
        left_out: documents.len() - compared.len(),
        compared,
        question: question.clone(),
    })
}

/// The figures of a single annotator, or of none.
fn alone(question: &Question) -> Vec<Figure> {
    let of_unit = |unit: Unit| match unit {
        Unit::Span => vec![Measure::F1Exact, Measure::F1Overlap],
        Unit::Character => vec![Measure::AlphaU],
        Unit::Sentence | Unit::Token => {
            vec![Measure::AlphaNominal, Measure::CohenKappa, Measure::FleissKappa, Measure::Percent]
        }
    };
    let figure = |unit, measure| Figure {
        measure,
        unit,
        subject: Subject::Overall,
        annotators: question.annotators.clone(),
        value: Err(Undefined::TooFewAnnotators),
        interval: Err(NoInterval::NoFigure),
        size: 0,
        documents: 0,
    };
    let units = question.units.iter();
    units.flat_map(|&unit| of_unit(unit).into_iter().map(move |measure| figure(unit, measure))).collect()
}

fn grounds(frame: &Frame<'_>, counted: &[Counted<'_>]) -> Vec<Ground> {
    let annotators = frame.annotators.len();
    if annotators < 2 {
        return Vec::new();
    }
    let pairs = pairs(annotators).map(|two| pair::ground(frame, counted, two));
    pairs.chain([group::of_some(frame, counted), group::of_all(frame, counted)]).collect()
}

fn figures_of(ground: &Ground, frame: &Frame<'_>, progress: &dyn Progress) -> Result<Vec<Figure>, Stopped> {
    let totals = ground.ledger.totals();
    let totals: Draw<'_> = totals.lane(0);
    let documents = ground.ledger.documents();
    let value = |plan: &ground::Plan| match documents {
        0 => Err(ground.without),
        _ => (plan.formula)(&totals),
    };
    let values: Vec<Outcome> = ground.plans.iter().map(value).collect();
    let defined: Vec<bool> = values.iter().map(Result::is_ok).collect();
    let intervals = bootstrap::intervals(ground, &defined, frame.question.draws, progress)?;
    let annotators: Vec<AnnotatorId> = ground.who.iter().map(|&who| frame.annotators[who].clone()).collect();
    let figures = ground.plans.iter().zip(values).zip(intervals).map(|((plan, value), interval)| Figure {
        measure: plan.measure,
        unit: plan.unit,
        subject: plan.subject.clone(),
        annotators: annotators.clone(),
        value,
        interval,
        size: (plan.size)(&totals) as usize,
        documents,
    });
    Ok(figures.collect())
}

fn confusions(frame: &Frame<'_>, counted: &[Counted<'_>]) -> Vec<Confusion> {
    if !frame.counts(Unit::Span) {
        return Vec::new();
    }
    let nothing = frame.categories.len();
    let mut tables: BTreeMap<(usize, usize), Vec<Vec<usize>>> = BTreeMap::new();
    for two in pairs(frame.annotators.len()) {
        tables.insert(two, vec![vec![0; nothing + 1]; nothing + 1]);
    }
    for counted in counted {
        for ((a, b), count) in pairs(counted.present.len()).zip(&counted.pairs) {
            let Some(table) = tables.get_mut(&(counted.present[a], counted.present[b])) else { continue };
            for (row, column) in &count.cells {
                table[row.unwrap_or(nothing)][column.unwrap_or(nothing)] += 1;
            }
        }
    }
    let named = |((first, second), counts): ((usize, usize), Vec<Vec<usize>>)| Confusion {
        first: frame.annotators[first].clone(),
        second: frame.annotators[second].clone(),
        counts,
    };
    tables.into_iter().map(named).collect()
}
