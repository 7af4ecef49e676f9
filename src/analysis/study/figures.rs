//! The tables of figures: those of all coders first, then those of each pair.

use demarche_model::Project;

use crate::agreement::{Agreement, FigureTable, Rows, Subject, Undefined, figure_tables};
use crate::report::{Column, ColumnKind, LineKind, Numbered, Part, Table, Value};
use crate::words::study as words;

/// Number of pairs of coders up to which each pair has its own tables. The matrices of coders show all pairs.
const PAIRS: usize = 10;

/// The tables.
pub(super) fn parts(project: &Project, agreed: &Agreement) -> Vec<Part> {
    let all = &agreed.question.annotators;
    let is_of_all = |table: &FigureTable<'_>| table.annotators == *all;
    let is_shown =
        |table: &FigureTable<'_>| is_of_all(table) || all.len() * all.len().saturating_sub(1) / 2 <= PAIRS;
    let mut tables: Vec<FigureTable<'_>> = figure_tables(agreed).into_iter().filter(is_shown).collect();
    tables.sort_by_key(|table| !is_of_all(table));
    tables.iter().enumerate().map(|(at, table)| part(project, agreed, at, table)).collect()
}

fn part(project: &Project, agreed: &Agreement, at: usize, table: &FigureTable<'_>) -> Part {
    let names: Vec<&str> = table.annotators.iter().map(|id| project.name_of(id)).collect();
    let is_of_all = table.annotators == agreed.question.annotators;
    let title = words::figures_title(table.title(), &names, is_of_all);
    let mut reasons = Vec::new();
    let rows = rows(project, table, &mut reasons);
    let mut part = Part::new(&format!("figures-{}", at + 1), Numbered::Table, title).with_table(rows);
    part.notes.push(words::size_note(table.documents(), &on_fewer_documents(table)));
    part.notes.extend(reasons.iter().enumerate().map(|(at, why)| words::undefined(at, why)));
    let figures = || table.rows.iter().flat_map(|row| row.figures.iter().flatten());
    if figures().any(|figure| figure.interval.is_ok()) {
        part.notes.push(words::INTERVAL_NOTE.to_owned());
    } else if let Some(why) = figures().find(|figure| figure.value.is_ok()).and_then(|f| f.interval.err()) {
        part.notes.push(words::no_intervals(&why));
    }
    part
}

/// The measures of a table that rest on fewer documents than others, with their numbers of documents.
fn on_fewer_documents(table: &FigureTable<'_>) -> Vec<(&'static str, usize)> {
    let documents = |column: usize| {
        let figures = table.rows.iter().filter_map(|row| row.figures.get(column).copied().flatten());
        figures.map(|figure| figure.documents).max().unwrap_or(0)
    };
    let all = table.measures.iter().enumerate().map(|(column, measure)| (measure.name(), documents(column)));
    all.filter(|(_, documents)| *documents < table.documents()).collect()
}

fn rows(project: &Project, table: &FigureTable<'_>, reasons: &mut Vec<Undefined>) -> Table {
    let head = match table.rows_are {
        Rows::Categories => words::CATEGORY,
        Rows::Attributes => words::ATTRIBUTE,
        Rows::Links => words::LINK_KIND,
    };
    let columns = table
        .measures
        .iter()
        .map(|measure| Column { title: measure.name().to_owned(), kind: ColumnKind::Interval });
    let mut out = Table::with([Column::text(head), Column::number(words::SIZE)].into_iter().chain(columns));
    for row in &table.rows {
        let kind = if *row.subject == Subject::Overall { LineKind::Total } else { LineKind::Body };
        let mut values = vec![
            Value::text(table.rows_are.name_of(row.subject, project.codebook())),
            Value::Count(row.size()),
        ];
        for figure in &row.figures {
            values.push(match figure.map(|figure| (figure.value, figure.interval.ok())) {
                None => Value::blank(),
                Some((Ok(value), bounds)) => Value::Figure { value, bounds },
                Some((Err(why), _)) => Value::text(words::marked(position(reasons, why))),
            });
        }
        out.line(kind, values);
    }
    out
}

/// The position of a reason, which is added if it is new.
pub(super) fn position(reasons: &mut Vec<Undefined>, why: Undefined) -> usize {
    reasons.iter().position(|known| *known == why).unwrap_or_else(|| {
        reasons.push(why);
        reasons.len() - 1
    })
}
