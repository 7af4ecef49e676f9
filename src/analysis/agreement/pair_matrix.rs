//! A figure of every pair of annotators as a table: who agrees with whom, and who stands apart.

use std::collections::HashMap;

use super::{Agreement, Figure, FigureValue, Measure, Subject, Unit};
use demarche_model::AnnotatorId;

/// The overall figures of one measure, for each pair of annotators.
#[derive(Clone, PartialEq, Debug)]
pub struct PairMatrix {
    /// The measure.
    pub measure: Measure,
    /// The unit it counts.
    pub unit: Unit,
    /// The rows: one per annotator, in the order of the question, each with a value per annotator. `None` on the diagonal.
    pub rows: Vec<Vec<Option<FigureValue>>>,
}

impl PairMatrix {
    /// The mean of the figures of an annotator with the others, of those that are defined.
    pub fn mean(&self, row: usize) -> Option<f64> {
        let values: Vec<f64> = self.rows[row].iter().flatten().filter_map(|value| value.ok()).collect();
        (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
    }
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
    for (figure, (a, b)) in pairs.filter_map(|figure| Some((figure, places(figure, &positions)?))) {
        let at = *known.entry((figure.unit, figure.measure)).or_insert_with(|| {
            let rows = vec![vec![None; people.len()]; people.len()];
            matrices.push(PairMatrix { measure: figure.measure, unit: figure.unit, rows });
            matrices.len() - 1
        });
        matrices[at].rows[a][b] = Some(figure.value);
        matrices[at].rows[b][a] = Some(figure.value);
    }
    matrices
}

/// The places of the two annotators of a figure; `None` if it has others.
fn places(figure: &Figure, positions: &HashMap<&AnnotatorId, usize>) -> Option<(usize, usize)> {
    let [first, second] = &*figure.annotators else { return None };
    Some((*positions.get(first)?, *positions.get(second)?))
}
