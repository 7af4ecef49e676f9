//! What each actor says on each issue.

use super::grid::Grid;
use super::material::{Material, ScaleOf, source};
use super::table::{Column, LineKind, Table, Value};
use super::{Numbered, Part};
use crate::views::{LatestWords, Look, MatrixCell, MatrixOptions, MatrixValue, MatrixView, Measure, View};
use crate::words::report as words;

/// Width of figures, in points.
const WIDTH_PT: f32 = 900.0;

/// The matrix with its bars, the latest words, and the range of the counts over people who share documents.
pub(super) fn parts(material: &Material<'_>, read: usize) -> Vec<Part> {
    let look = material.look(read, ScaleOf::Goldstein);
    let moves = MatrixView::of(&look, MatrixOptions::default());
    let mut bars = Part::new("issues", Numbered::Table, words::ISSUES_TITLE)
        .with_answer(moves.answer())
        .with_table(counts(&moves));
    bars.scenes.extend(View::Matrix(moves).figure(&look, WIDTH_PT));
    let mut parts = [bars, latest(&look)].map(|part| part.of_coder(material.coder(read))).to_vec();
    parts.extend(material.shared.as_ref().filter(|_| read == 0).map(|shared| {
        let looks = material.shared_looks(shared);
        let grids: Vec<Grid> = looks.iter().map(grid).collect();
        let project = material.project();
        let lists = [project.actors(), project.issues()];
        let [actors, issues] = lists.map(|list| list.iter().map(String::as_str).collect::<Vec<_>>());
        let table = Grid::range(&grids, words::ACTOR, [&actors, &issues]);
        let title = words::range_of(words::ISSUES_TITLE);
        let mut part = Part::new("issues-range", Numbered::SecondTable, title).with_table(table);
        part.sentence = words::range_over(&shared.names(), shared.project.documents().len());
        part
    }));
    parts
}

fn counts(view: &MatrixView) -> Table {
    let columns = view.columns.iter().map(|group| Column::number(&group.title));
    let head = std::iter::once(Column::text(words::ACTOR));
    let mut table = Table::with(head.chain(columns).chain([Column::number(words::ALL)]));
    let count = |cell: &MatrixCell| Value::Count(cell.moves.len());
    for ((group, cells), total) in view.rows.iter().zip(&view.cells).zip(&view.row_totals) {
        let values = cells.iter().chain([total]).map(count);
        table.line(LineKind::Body, std::iter::once(Value::text(&group.title)).chain(values));
    }
    let totals = view.column_totals.iter().chain([&view.total]).map(count);
    table.line(LineKind::Total, std::iter::once(Value::text(words::ALL)).chain(totals));
    table
}

/// The latest demand, offer or concession of each actor on each issue.
fn latest(look: &Look<'_>) -> Part {
    let options = MatrixOptions { measure: Measure::LatestWords, ..MatrixOptions::default() };
    let view = MatrixView::of(look, options);
    let [actor, issue, role, date, words_of] = words::LATEST;
    let short = [Column::short(role), Column::short(date)];
    let heads = [Column::text(actor), Column::text(issue)].into_iter().chain(short);
    let mut table = Table::with(heads.chain([Column::text(words_of)]));
    for (row, cells) in view.rows.iter().zip(&view.cells) {
        for (column, cell) in view.columns.iter().zip(cells) {
            if let MatrixValue::Latest(latest) = &cell.value {
                let values = [
                    Value::text(&row.title),
                    Value::text(&column.title),
                    Value::text(latest.role.code()),
                    latest.date.map(|date| Value::text(date.to_string())).unwrap_or_default(),
                    said(look, latest),
                ];
                table.line(LineKind::Body, values);
            }
        }
    }
    let mut part = Part::new("latest-words", Numbered::SecondTable, words::LATEST_TITLE);
    if table.lines.is_empty() {
        part.sentence = words::NO_LATEST.to_owned();
        return part;
    }
    part.table = Some(table);
    part.notes.push(words::LATEST_NOTE.to_owned());
    part
}

fn said(look: &Look<'_>, latest: &LatestWords) -> Value {
    let source = source(look, latest.passage);
    let source = match latest.earlier {
        0 => source,
        earlier => words::and_earlier(&source, earlier),
    };
    Value::Quote { words: latest.words.clone(), source }
}

fn grid(look: &Look<'_>) -> Grid {
    let view = MatrixView::of(look, MatrixOptions::default());
    let mut grid = Grid::default();
    for (row, cells) in view.rows.iter().zip(&view.cells) {
        for (column, cell) in view.columns.iter().zip(cells) {
            grid.set(&row.title, &column.title, cell.moves.len());
        }
    }
    grid
}
