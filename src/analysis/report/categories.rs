//! Categories by actor.

use super::grid::Grid;
use super::material::{Material, ScaleOf};
use super::table::{Column, ColumnKind, LineKind, Table, Value};
use super::{Numbered, Part};
use crate::views::{Axis, Look, MatrixOptions, MatrixView};
use crate::words::report as words;

/// The table of categories by actor and, if people share documents, its range over these people.
pub(super) fn parts(material: &Material<'_>, read: usize) -> Vec<Part> {
    let look = material.look(read, ScaleOf::Goldstein);
    let view = view(&look);
    let part = Part::new("categories", Numbered::Table, words::CATEGORIES_TITLE)
        .with_answer(view.answer())
        .with_table(table(&view));
    let mut parts = vec![part.of_coder(material.coder(read))];
    parts.extend(material.shared.as_ref().filter(|_| read == 0).map(|shared| {
        let looks = material.shared_looks(shared);
        let grids: Vec<Grid> = looks.iter().map(grid).collect();
        let project = material.project();
        let categories = project.codebook().categories.iter();
        let categories: Vec<&str> = categories.map(|category| category.name.as_str()).collect();
        let actors: Vec<&str> = project.actors().iter().map(String::as_str).collect();
        let table = Grid::range(&grids, words::CATEGORY, [&categories, &actors]);
        let title = words::range_of(words::CATEGORIES_TITLE);
        let mut part = Part::new("categories-range", Numbered::SecondTable, title).with_table(table);
        part.sentence = words::range_over(&shared.names(), shared.project.documents().len());
        part
    }));
    parts
}

fn view(look: &Look<'_>) -> MatrixView {
    let options = MatrixOptions { rows: Axis::Category, columns: Axis::Actor, ..MatrixOptions::default() };
    MatrixView::of(look, options)
}

fn table(view: &MatrixView) -> Table {
    let share = |title: &str| Column { title: title.to_owned(), kind: ColumnKind::Share };
    let columns = view.columns.iter().map(|group| share(&group.title));
    let mut table =
        Table::with(std::iter::once(Column::text(words::CATEGORY)).chain(columns).chain([share(words::ALL)]));
    let wholes: Vec<usize> = view.column_totals.iter().map(|cell| cell.moves.len()).collect();
    let all = view.total.moves.len();
    for ((group, cells), total) in view.rows.iter().zip(&view.cells).zip(&view.row_totals) {
        let cells = cells.iter().zip(&wholes);
        let values = cells.map(|(cell, of)| Value::Share { count: cell.moves.len(), of: *of });
        let total = Value::Share { count: total.moves.len(), of: all };
        table.line(LineKind::Body, std::iter::once(Value::text(&group.title)).chain(values).chain([total]));
    }
    let totals = wholes.iter().chain([&all]).map(|of| Value::Share { count: *of, of: *of });
    table.line(LineKind::Total, std::iter::once(Value::text(words::ALL)).chain(totals));
    table
}

fn grid(look: &Look<'_>) -> Grid {
    let view = view(look);
    let mut grid = Grid::default();
    for (row, cells) in view.rows.iter().zip(&view.cells) {
        for (column, cell) in view.columns.iter().zip(cells) {
            grid.set(&row.title, &column.title, cell.moves.len());
        }
    }
    grid
}
