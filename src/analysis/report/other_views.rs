//! Figures that are those of a view as it is.

use super::material::{Material, ScaleOf};
use super::table::{Column, LineKind, Table, Value};
use super::{Numbered, Part};
use crate::views::{CellValue, ColumnKind, Edge, TowardsOptions, TowardsView, View, ViewOptions};
use crate::words::report as words;
use demarche_model::ViewKind;

/// Width of the figures, in points.
const WIDTH_PT: f32 = 900.0;

/// Width of the network, in points.
const NETWORK_PT: f32 = 700.0;

/// The figures of interactions and of places within documents and, if they were asked for, of movement and co-occurrence.
pub(super) fn parts(material: &Material<'_>, read: usize) -> Vec<Part> {
    let shows = |kind| material.request.shows(kind);
    let mut parts = Vec::new();
    if shows(ViewKind::Towards) {
        parts.push(interactions(material, read));
    }
    let others = [
        (ViewKind::Codeline, "codeline", words::CODELINE_TITLE),
        (ViewKind::Movement, "movement", words::MOVEMENT_TITLE),
        (ViewKind::Together, "together", words::TOGETHER_TITLE),
    ];
    for (kind, key, title) in others.into_iter().filter(|(kind, ..)| shows(*kind)) {
        let look = material.look(read, ScaleOf::Goldstein);
        let view = View::of(&look, ViewOptions::start(kind));
        let mut part = Part::new(key, Numbered::Figure, title).with_answer(view.answer());
        if view.answer().missing.is_none() {
            part.scenes.extend(view.figure(&look, WIDTH_PT));
        }
        if kind != ViewKind::Codeline {
            part.table = Some(plain(view.answer()));
        }
        parts.push(part.of_coder(material.coder(read)));
    }
    parts
}

/// The network of interactions, with the scores of its edges on both scales.
fn interactions(material: &Material<'_>, read: usize) -> Part {
    let look = material.look(read, ScaleOf::Goldstein);
    let view = TowardsView::of(&look, TowardsOptions::default());
    let plover = TowardsView::of(&material.look(read, ScaleOf::Plover), TowardsOptions::default());
    let heads = words::PAIR.map(Column::text).into_iter();
    let mut table = Table::with(heads.chain(words::PAIRS.map(Column::number)));
    for (edge, other) in view.edges.iter().zip(&plover.edges) {
        table.line(
            LineKind::Body,
            [
                Value::text(look.actor_title(edge.from)),
                Value::text(look.actor_title(edge.to)),
                Value::Count(edge.moves.len()),
                Value::Count(edge.soft.len()),
                Value::Count(edge.hard.len()),
                Value::number(edge.balance),
                mean(edge),
                mean(other),
            ],
        );
    }
    let mut part =
        Part::new("interactions", Numbered::Figure, words::INTERACTIONS_TITLE).with_answer(view.answer());
    part.table = Some(table);
    part.notes.extend(material.scale_sources());
    if view.answer().missing.is_none() {
        part.scenes.extend(View::Towards(view).figure(&look, NETWORK_PT));
    }
    part.of_coder(material.coder(read))
}

fn mean(edge: &Edge) -> Value {
    Value::number(edge.score.mean())
}

/// The table of a view.
pub(super) fn plain(answer: &crate::views::Answer) -> Table {
    let column = |column: &crate::views::Column| match column.kind {
        ColumnKind::Text => Column::text(&column.title),
        ColumnKind::Number => Column::number(&column.title),
    };
    let mut table = Table::with(answer.table.columns.iter().map(column));
    for row in &answer.table.rows {
        let value = |cell: &crate::views::Cell| match &cell.value {
            CellValue::None => Value::None,
            CellValue::Text(text) => Value::text(text.as_str()),
            CellValue::Count(count) => Value::Count(*count),
            CellValue::Number(number) => Value::Number(*number),
        };
        table.line(LineKind::Body, row.cells.iter().map(value));
    }
    table
}
