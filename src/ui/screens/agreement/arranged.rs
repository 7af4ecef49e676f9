//! The tables and matrices of a group of annotators, arranged once per result: with a thousand categories that takes longer than
//! a frame.

use std::collections::BTreeSet;

use demarche_analysis::agreement::{
    ConfusionMatrix, Figure, FigureTable, Measure, NoInterval, Rows, Subject, Undefined, Unit,
};
use demarche_model::AnnotatorId;

/// A table of figures.
pub(super) struct ArrangedTable {
    pub title: &'static str,
    pub unit: Unit,
    pub rows_are: Rows,
    /// Number of documents behind the figures.
    pub documents: usize,
    pub measures: Vec<Measure>,
    pub rows: Vec<ArrangedRow>,
    /// The reasons why figures are undefined, in the order of the figures.
    pub reasons: Vec<Undefined>,
    /// The annotator who is compared with the consensus, if the table does so.
    pub against_consensus: Option<AnnotatorId>,
    /// True if a figure has an interval.
    pub has_intervals: bool,
    /// True if a figure has no interval because of too few documents.
    pub too_few_documents: bool,
}

/// The figures of one subject, one per measure.
pub(super) struct ArrangedRow {
    pub subject: Subject,
    pub size: usize,
    pub figures: Vec<Option<Figure>>,
}

impl ArrangedTable {
    pub fn new(table: &FigureTable<'_>) -> Self {
        let figures = || table.rows.iter().flat_map(|row| row.figures.iter().flatten());
        let too_few =
            |figure: &&Figure| figure.value.is_ok() && figure.interval == Err(NoInterval::TooFewDocuments);
        let mut reasons: Vec<Undefined> = Vec::new();
        for why in figures().filter_map(|figure| figure.value.err()) {
            if !reasons.contains(&why) {
                reasons.push(why);
            }
        }
        let rows = table.rows.iter().map(|row| ArrangedRow {
            subject: row.subject.clone(),
            size: row.size(),
            figures: row.figures.iter().map(|figure| figure.cloned()).collect(),
        });
        Self {
            title: table.title(),
            unit: table.unit,
            rows_are: table.rows_are,
            documents: table.documents(),
            measures: table.measures.clone(),
            rows: rows.collect(),
            reasons,
            against_consensus: match table.annotators {
                [one, other] if other.is_consensus() => Some(one.clone()),
                _ => None,
            },
            has_intervals: figures().any(|figure| figure.interval.is_ok()),
            too_few_documents: figures().copied().any(|figure| too_few(&figure)),
        }
    }
}

/// The part of a confusion matrix that is not empty. A label is the index of a category; the one after the last means that
/// nothing was tagged.
pub(super) struct ArrangedMatrix {
    /// The position of the matrix in the result.
    pub at: usize,
    /// The labels that at least one of the two has used.
    pub labels: Vec<usize>,
    /// The greatest count.
    pub most: usize,
}

impl ArrangedMatrix {
    pub fn new(at: usize, matrix: &ConfusionMatrix) -> Self {
        let nothing = matrix.size.saturating_sub(1);
        let used = matrix.cells.keys().flat_map(|&(row, column)| [row, column]).chain([nothing]);
        let used: BTreeSet<usize> = used.collect();
        Self {
            at,
            labels: used.into_iter().collect(),
            most: matrix.cells.values().copied().max().unwrap_or(1).max(1),
        }
    }
}
