//! What follows what.

use super::material::{Material, ScaleOf};
use super::table::{Column, LineKind, Table, Value};
use super::{Numbered, Part};
use crate::views::{FollowsOptions, FollowsView, States, View};
use crate::words::report as words;

/// Width of the figure, in points.
const WIDTH_PT: f32 = 700.0;

/// The table of transitions, with their matrix.
pub(super) fn part(material: &Material<'_>, read: usize) -> Part {
    let look = material.look(read, ScaleOf::Goldstein);
    let has_roles = material.project().codebook().has_move_roles();
    let states = if has_roles { States::Role } else { States::Category };
    let view = FollowsView::of(&look, FollowsOptions { states, ..FollowsOptions::default() });
    let heads = words::TRANSITION.map(Column::text).into_iter();
    let numbers = words::TRANSITIONS.map(Column::number).into_iter();
    let mut table = Table::with(heads.chain(numbers).chain([Column::short("")]));
    for (from, cells) in view.names.iter().zip(&view.cells) {
        for (to, cell) in view.names.iter().zip(cells) {
            let mark = match (cell.is_marked(), cell.is_few()) {
                (true, _) => words::MARKED,
                (false, true) => words::FEW,
                (false, false) => "",
            };
            let values = [
                Value::text(&from.1),
                Value::text(&to.1),
                Value::Count(cell.observed),
                Value::number(cell.expected),
                Value::number(cell.z),
                Value::text(mark),
            ];
            table.line(LineKind::Body, values);
        }
    }
    let mut part = Part::new("transitions", Numbered::Table, words::TRANSITIONS_TITLE)
        .with_answer(view.answer())
        .with_table(table);
    if view.pairs > 0 {
        part.scenes.extend(View::Follows(view).figure(&look, WIDTH_PT));
    }
    part.of_coder(material.coder(read))
}
