//! A figure of every pair of annotators as a table: who agrees with whom, and who stands apart.

use std::collections::HashMap;

use super::{Agreement, Figure, FigureValue, Measure, Subject, Unit};
use demarche_model::AnnotatorId;

/// The agreement of two annotators.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct PairFigure {
    /// The value, or the reason why it is undefined.
    pub value: FigureValue,
    /// Number of documents that both have worked on.
    pub documents: usize,
}

/// The overall figures of one measure, for each pair of annotators.
#[derive(Clone, PartialEq, Debug)]
pub struct PairMatrix {
    /// The measure.
    pub measure: Measure,
    /// The unit it counts.
    pub unit: Unit,
    /// The rows: one per annotator, in the order of the question, each with a figure per annotator. `None` on the diagonal.
    pub rows: Vec<Vec<Option<PairFigure>>>,
}

impl PairMatrix {
    /// A matrix without figures.
    pub(super) fn empty(measure: Measure, unit: Unit, annotators: usize) -> Self {
        Self { measure, unit, rows: vec![vec![None; annotators]; annotators] }
    }

    /// Enters the figure of two annotators.
    pub(super) fn set(&mut self, (first, second): (usize, usize), figure: PairFigure) {
        self.rows[first][second] = Some(figure);
        self.rows[second][first] = Some(figure);
    }

    /// The figure of two annotators; `None` for one with themself.
    pub fn figure(&self, row: usize, column: usize) -> Option<PairFigure> {
        self.rows.get(row)?.get(column).copied().flatten()
    }

    /// The figures of an annotator with the others that are defined.
    pub(super) fn defined(&self, row: usize) -> impl Iterator<Item = f64> {
        self.rows[row].iter().flatten().filter_map(|figure| figure.value.ok())
    }

    /// The mean of the figures of an annotator with the others, of those that are defined.
    pub fn mean(&self, row: usize) -> Option<f64> {
        mean(self.defined(row))
    }
}

/// The mean of numbers; `None` if there are none.
pub(super) fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    (count > 0.0).then(|| sum / count)
}

/// The measures of the matrices that are shown; the others are in the tables of each pair.
const SHOWN: [(Measure, Unit); 3] =
    [(Measure::F1Exact, Unit::Span), (Measure::AlphaMasi, Unit::Sentence), (Measure::AlphaMasi, Unit::Token)];

/// The matrices that are shown where there is room for a few: exact F1, and α of sets with MASI distance.
pub fn shown_pair_matrices(answer: &Agreement) -> Vec<PairMatrix> {
    let mut matrices = pair_matrices(answer);
    matrices.retain(|matrix| SHOWN.contains(&(matrix.measure, matrix.unit)));
    matrices
}

/// Arranges the overall figures of pairs as matrices, in the order of units and measures. None for a single pair.
pub fn pair_matrices(answer: &Agreement) -> Vec<PairMatrix> {
    let people = &answer.question.annotators;
    if people.len() < 3 {
        return Vec::new();
    }
    let positions: HashMap<&AnnotatorId, usize> =
        people.iter().enumerate().map(|(at, id)| (id, at)).collect();
    let mut matrices: Vec<PairMatrix> = Vec::new();
    let mut known: HashMap<(Unit, Measure), usize> = HashMap::new();
    let pairs = answer.figures.iter().filter(|figure| figure.subject == Subject::Overall);
    for (figure, pair) in pairs.filter_map(|figure| Some((figure, places(figure, &positions)?))) {
        let at = *known.entry((figure.unit, figure.measure)).or_insert_with(|| {
            matrices.push(PairMatrix::empty(figure.measure, figure.unit, people.len()));
            matrices.len() - 1
        });
        matrices[at].set(pair, PairFigure { value: figure.value, documents: figure.documents });
    }
    matrices
}

/// The places of the two annotators of a figure; `None` if it has others.
fn places(figure: &Figure, positions: &HashMap<&AnnotatorId, usize>) -> Option<(usize, usize)> {
    let [first, second] = &*figure.annotators else { return None };
    Some((*positions.get(first)?, *positions.get(second)?))
}
