//! A page with the table of a view. It has no script.

use std::io::Write;

use super::super::exporter::broken;
use crate::IoError;
use crate::xml::escaped;
use demarche_analysis::views::{Answer, CellValue, ColumnKind};

const STYLE: &str = "body{font:15px/1.4 sans-serif;margin:2em;max-width:80em}table{border-collapse:collapse}\
th,td{border:1px solid #bbb;padding:.3em .6em;vertical-align:top;text-align:left}td.n{text-align:right}\
p.note{color:#555;margin:.2em 0}@media print{body{margin:0}}";

/// Writes a page with the tables of answers, one below the other, each with the coder if several were asked for.
///
/// # Errors
/// `out` fails.
pub fn write_page(
    title: &str,
    answers: &[(Option<String>, &Answer)],
    out: &mut dyn Write,
) -> Result<(), IoError> {
    let mut text = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n",
        escaped(title)
    );
    for (coder, answer) in answers {
        if let Some(coder) = coder {
            text.push_str(&format!("<h2>{}</h2>\n", escaped(coder)));
        }
        text.push_str(&section(answer));
    }
    text.push_str("</body>\n</html>\n");
    out.write_all(text.as_bytes()).map_err(broken)
}

fn section(answer: &Answer) -> String {
    let mut text = format!("<p>{}</p>\n<table>\n<thead><tr>", escaped(&answer.sentence.text()));
    for column in &answer.table.columns {
        text.push_str(&format!("<th scope=\"col\">{}</th>", escaped(&column.title)));
    }
    text.push_str("</tr></thead>\n<tbody>\n");
    for row in &answer.table.rows {
        text.push_str("<tr>");
        for (column, cell) in answer.table.columns.iter().zip(&row.cells) {
            let class = if column.kind == ColumnKind::Number { " class=\"n\"" } else { "" };
            text.push_str(&format!("<td{class}>{}</td>", escaped(&shown(&cell.value))));
        }
        text.push_str("</tr>\n");
    }
    text.push_str("</tbody>\n</table>\n");
    for note in &answer.caption.0 {
        text.push_str(&format!("<p class=\"note\">{}</p>\n", escaped(&note.text())));
    }
    text
}

/// A value as people read it.
fn shown(value: &CellValue) -> String {
    match value {
        CellValue::None => "–".to_owned(),
        CellValue::Text(text) => text.to_string(),
        CellValue::Count(count) => count.to_string(),
        CellValue::Number(number) => format!("{number:.2}").replace('-', "−"),
    }
}
