//! Coder × coder: a figure over all categories for each pair, as a matrix per measure and unit.

use demarche_model::Project;

use super::figures::position;
use crate::agreement::{Agreement, PairMatrix, pair_matrices};
use crate::report::{Column, ColumnKind, LineKind, Numbered, Part, Table, Value};
use crate::words::study as words;

/// The matrices; none for two coders, whose only pair is in the other tables.
pub(super) fn parts(project: &Project, agreed: &Agreement) -> Vec<Part> {
    let mut matrices = pair_matrices(agreed);
    matrices.sort_by_key(|matrix| (matrix.measure, matrix.unit));
    matrices.iter().map(|matrix| part(project, agreed, matrix)).collect()
}

fn part(project: &Project, agreed: &Agreement, matrix: &PairMatrix) -> Part {
    let coders = &agreed.question.annotators;
    let columns = coders
        .iter()
        .map(|coder| Column { title: project.name_of(coder).to_owned(), kind: ColumnKind::Interval });
    let mut table = Table::with(std::iter::once(Column::text(words::CODER)).chain(columns));
    let mut reasons = Vec::new();
    for (row, coder) in coders.iter().enumerate() {
        let cell = |column| match matrix.figure(row, column).map(|figure| figure.value) {
            None => Value::blank(),
            Some(Ok(value)) => Value::Figure { value, bounds: None },
            Some(Err(why)) => Value::text(words::marked(position(&mut reasons, why))),
        };
        let values: Vec<Value> = (0..coders.len()).map(cell).collect();
        table.line(LineKind::Body, std::iter::once(Value::text(project.name_of(coder))).chain(values));
    }
    let key = format!("coders-{}-{}", matrix.measure.id(), matrix.unit.id());
    let title = words::matrix_title(matrix.measure.name(), matrix.unit.name());
    let mut part = Part::new(&key, Numbered::Table, title).with_table(table);
    part.notes.extend(reasons.iter().enumerate().map(|(at, why)| words::undefined(at, why)));
    part
}
