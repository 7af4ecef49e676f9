//! The overview matrix.

use serde::Serialize;

use super::ids;
use demarche_analysis::views::{Look, MatrixView};

/// The moves of one kind in a row and column.
#[derive(Serialize, Debug)]
pub struct MatrixRow {
    row: Option<String>,
    column: Option<String>,
    role: Option<&'static str>,
    moves: usize,
    conditional: usize,
    spans: Vec<String>,
}

/// The cells that are not empty, by row, column and kind.
pub(super) fn rows<'v>(look: &'v Look<'_>, view: &'v MatrixView) -> impl Iterator<Item = MatrixRow> + 'v {
    view.rows.iter().zip(&view.cells).flat_map(move |(row, cells)| {
        view.columns.iter().zip(cells).flat_map(move |(column, cell)| {
            cell.kinds.iter().map(move |count| MatrixRow {
                row: row.name.clone(),
                column: column.name.clone(),
                role: count.kind.code(),
                moves: count.moves.len(),
                conditional: count.conditional.len(),
                spans: ids(look, &count.moves),
            })
        })
    })
}
