//! Conversion of what Taguette stores: documents are HTML, and the offsets of highlights count the bytes of its text nodes.

use std::collections::HashMap;

use serde::Deserialize;

use super::html::{Page, page};
use super::{Cell, DatabaseFault, Table, Tables};
use demarche_model::Text;

/// An entry of the log of commands.
#[derive(Deserialize)]
struct Command {
    #[serde(rename = "type")]
    kind: String,
    highlight_id: Option<i64>,
}

/// A document as text.
struct Converted {
    page: Page,
    text: Text,
}

/// Replaces the contents of documents by their texts, and the offsets of highlights by characters of those. Adds the tables
/// `headings` and `authors`, and to highlights the column `found`: 1 if the words are those that were highlighted.
///
/// # Errors
/// Elements of a document are nested too deeply.
pub(super) fn prepare(tables: &mut Tables) -> Result<(), DatabaseFault> {
    let mut documents: HashMap<i64, Converted> = HashMap::new();
    let mut headings = Vec::new();
    for (id, html) in table(tables, "documents").into_iter().flat_map(|table| {
        let (id, contents) = (at(table, "id"), at(table, "contents"));
        table.rows.iter_mut().filter_map(move |row| Some((whole(row, id?)?, text(row, contents?)?)))
    }) {
        let page = page(html)?;
        let text = Text::new(page.text.clone());
        for (byte, level, title) in &page.headings {
            let place = Cell::Integer(text.char_offset(*byte) as i64);
            let level = Cell::Integer(i64::from(*level));
            headings.push(vec![Cell::Integer(id), place, level, Cell::Text(title.clone())]);
        }
        html.clone_from(&page.text);
        documents.insert(id, Converted { page, text });
    }
    if let Some(table) = table(tables, "highlights") {
        highlights(table, &documents)?;
    }
    let authors = table(tables, "commands").map(authors).unwrap_or_default();
    tables.tables.push(made("headings", &["document_id", "at", "level", "title"], headings));
    tables.tables.push(made("authors", &["highlight_id", "user_login", "date"], authors));
    Ok(())
}

fn highlights(table: &mut Table, documents: &HashMap<i64, Converted>) -> Result<(), DatabaseFault> {
    let columns = ["document_id", "start_offset", "end_offset", "snippet"].map(|name| at(table, name));
    let [Some(document), Some(start), Some(end), Some(snippet)] = columns else { return Ok(()) };
    for row in &mut table.rows {
        let place = || {
            let (start, end) = (whole(row, start)?, whole(row, end)?);
            let found = documents.get(&whole(row, document)?)?;
            let raw = found.page.raw.get(usize::try_from(start).ok()?..usize::try_from(end).ok()?);
            Some((found, found.page.place(start, end)?, raw.map(str::to_owned)))
        };
        let place = place();
        let is_found = match (&place, text(row, snippet)) {
            (Some((_, _, Some(raw))), Some(snippet)) => {
                let words = page(snippet)?.raw;
                words.split_whitespace().eq(raw.split_whitespace())
            }
            (Some(_), _) => true,
            (None, _) => false,
        };
        if let Some((found, (from, to), _)) = place {
            row[start] = Cell::Integer(found.text.char_offset(from) as i64);
            row[end] = Cell::Integer(found.text.char_offset(to) as i64);
        }
        row[snippet] = Cell::Integer(i64::from(is_found));
    }
    table.columns[snippet] = "found".to_owned();
    Ok(())
}

/// Returns the person and time of the last command that set each highlight, and forgets the commands.
fn authors(table: &mut Table) -> Vec<Vec<Cell>> {
    let columns = ["payload", "user_login", "date"].map(|name| at(table, name));
    let rows = std::mem::take(&mut table.rows);
    let [Some(payload), Some(login), Some(date)] = columns else { return Vec::new() };
    let mut last: HashMap<i64, [Cell; 2]> = HashMap::new();
    for mut row in rows {
        let command = text(&mut row, payload).and_then(|json| serde_json::from_str::<Command>(json).ok());
        let added = command.filter(|command| command.kind == "highlight_add");
        if let Some(id) = added.and_then(|command| command.highlight_id) {
            last.insert(id, [login, date].map(|at| std::mem::take(&mut row[at])));
        }
    }
    let mut authors: Vec<_> = last.into_iter().collect();
    authors.sort_by_key(|(id, _)| *id);
    authors.into_iter().map(|(id, [login, date])| vec![Cell::Integer(id), login, date]).collect()
}

fn made(name: &str, columns: &[&str], rows: Vec<Vec<Cell>>) -> Table {
    let columns = columns.iter().map(|column| (*column).to_owned()).collect();
    Table { name: name.to_owned(), columns, rows }
}

fn table<'t>(tables: &'t mut Tables, name: &str) -> Option<&'t mut Table> {
    tables.tables.iter_mut().find(|table| table.name == name)
}

fn at(table: &Table, column: &str) -> Option<usize> {
    table.columns.iter().position(|name| name == column)
}

fn whole(row: &[Cell], at: usize) -> Option<i64> {
    match row.get(at)? {
        Cell::Integer(number) => Some(*number),
        Cell::Null | Cell::Real(_) | Cell::Text(_) => None,
    }
}

fn text(row: &mut [Cell], at: usize) -> Option<&mut String> {
    match row.get_mut(at)? {
        Cell::Text(text) => Some(text),
        Cell::Null | Cell::Integer(_) | Cell::Real(_) => None,
    }
}
