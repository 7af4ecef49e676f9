//! Coder × coder: a figure over all categories for each pair, as a matrix per measure and unit.

use std::collections::BTreeSet;

use demarche_model::Project;

use super::figures::position;
use crate::agreement::{Agreement, Figure, Measure, Subject, Unit};
use crate::report::{Column, ColumnKind, LineKind, Numbered, Part, Table, Value};
use crate::words::study as words;

/// The matrices; none for two coders, whose only pair is in the other tables.
pub(super) fn parts(project: &Project, agreed: &Agreement) -> Vec<Part> {
    if agreed.question.annotators.len() < 3 {
        return Vec::new();
    }
    let of_pairs: Vec<&Figure> = (agreed.figures.iter())
        .filter(|figure| figure.annotators.len() == 2 && figure.subject == Subject::Overall)
        .collect();
    let kinds: BTreeSet<(Measure, Unit)> =
        of_pairs.iter().map(|figure| (figure.measure, figure.unit)).collect();
    kinds.into_iter().map(|kind| part(project, agreed, &of_pairs, kind)).collect()
}

fn part(
    project: &Project,
    agreed: &Agreement,
    of_pairs: &[&Figure],
    (measure, unit): (Measure, Unit),
) -> Part {
    let coders = &agreed.question.annotators;
    let columns = coders
        .iter()
        .map(|coder| Column { title: project.name_of(coder).to_owned(), kind: ColumnKind::Interval });
    let mut table = Table::with(std::iter::once(Column::text(words::CODER)).chain(columns));
    let mut reasons = Vec::new();
    for row in coders {
        let cell = |column| {
            let figure = of_pairs.iter().find(|figure| {
                (figure.measure, figure.unit) == (measure, unit)
                    && row != column
                    && figure.annotators.contains(row)
                    && figure.annotators.contains(column)
            });
            match figure.map(|figure| figure.value) {
                None => Value::blank(),
                Some(Ok(value)) => Value::Figure { value, bounds: None },
                Some(Err(why)) => Value::text(words::marked(position(&mut reasons, why))),
            }
        };
        let values: Vec<Value> = coders.iter().map(cell).collect();
        table.line(LineKind::Body, std::iter::once(Value::text(project.name_of(row))).chain(values));
    }
    let key = format!("coders-{}-{}", measure.id(), unit.id());
    let title = words::matrix_title(measure.name(), unit.name());
    let mut part = Part::new(&key, Numbered::Table, title).with_table(table);
    part.notes.extend(reasons.iter().enumerate().map(|(at, why)| words::undefined(at, why)));
    part
}
