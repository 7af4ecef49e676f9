//! The figures of each actor.

use super::material::{Material, ScaleOf};
use super::table::{Column, LineKind, Table, Value};
use super::{Numbered, Part};
use crate::views::ActorsView;
use crate::words::report as words;

/// The table of figures per actor, with the mean score on both scales.
pub(super) fn part(material: &Material<'_>, read: usize) -> Part {
    let look = material.look(read, ScaleOf::Goldstein);
    let view = ActorsView::of(&look);
    let plover = ActorsView::of(&material.look(read, ScaleOf::Plover));
    let head = std::iter::once(Column::text(words::ACTOR));
    let mut table = Table::with(head.chain(words::ACTORS.map(Column::number)));
    for (figures, on_plover) in view.actors.iter().zip(&plover.actors) {
        let values = [
            Value::text(look.actor_title(Some(figures.actor))),
            Value::Count(figures.moves.len()),
            Value::Count(figures.soft.len()),
            Value::Count(figures.hard.len()),
            Value::number(figures.softness()),
            Value::number(figures.concessions_per_round()),
            Value::number(figures.yield_share()),
            Value::number(figures.score.mean()),
            Value::number(on_plover.score.mean()),
        ];
        table.line(LineKind::Body, values);
    }
    let mut part = Part::new("actors", Numbered::Table, words::ACTORS_TITLE)
        .with_answer(view.answer())
        .with_table(table);
    part.notes.extend(material.scale_sources());
    part.of_coder(material.coder(read))
}
