//! A report as one page that loads nothing and runs no script. It prints on A4.

use super::shown::{quoted, shown};
use crate::export::figure::to_printed_svg;
use crate::words::export::analysis_report as words;
use crate::xml::escaped;
use demarche_analysis::figure::Palette;
use demarche_analysis::report::{Column, ColumnKind, Line, LineKind, Numbered, Part, Report, Table, Value};

const STYLE: &str = include_str!("report.css");

/// Number of columns from which a table has smaller type.
const WIDE: usize = 7;

/// Number of lines up to which a table stays on one page.
const LONG: usize = 12;

/// The page of a report.
pub(super) fn page(report: &Report) -> String {
    let title = escaped(&report.title);
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n<title>{title}</title>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n\
         <meta name=\"generator\" content=\"Demarche\"/>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<header>\n\
         <h1>{title}</h1>\n"
    );
    out.push_str(&definitions(&report.facts, "facts"));
    out.push_str(&contents(report));
    out.push_str("</header>\n<main>\n");
    out.push_str(&format!("<section id=\"method\">\n<h2>{}</h2>\n", words::METHOD));
    out.push_str(&definitions(&report.method, "method"));
    out.push_str("</section>\n");
    out.push_str(&format!("<section id=\"results\">\n<h2>{}</h2>\n", words::RESULTS));
    report.parts.iter().for_each(|part| out.push_str(&section(part)));
    out.push_str("</section>\n");
    out.push_str(&format!("<section id=\"sources\">\n<h2>{}</h2>\n<ul>\n", words::SOURCES));
    for source in &report.sources {
        out.push_str(&format!("<li>{}</li>\n", escaped(source)));
    }
    out.push_str("</ul>\n</section>\n</main>\n</body>\n</html>\n");
    out
}

fn definitions(entries: &[(&'static str, String)], class: &str) -> String {
    let entry = |(name, text): &(&'static str, String)| {
        format!("<div><dt>{}</dt><dd>{}</dd></div>\n", escaped(name), escaped(text))
    };
    let entries: String = entries.iter().map(entry).collect();
    format!("<dl class=\"{class}\">\n{entries}</dl>\n")
}

/// The list of tables and figures.
fn contents(report: &Report) -> String {
    let entry = |part: &Part| {
        format!(
            "<li><a href=\"#{}\">{}</a> {}</li>\n",
            escaped(&part.key),
            escaped(&part.number),
            escaped(&part.title)
        )
    };
    let entries: String = report.parts.iter().map(entry).collect();
    format!("<nav>\n<h2>{}</h2>\n<ol>\n{entries}</ol>\n</nav>\n", words::CONTENTS)
}

fn section(part: &Part) -> String {
    let key = escaped(&part.key);
    let caption = format!("<b>{}.</b> {}", escaped(&part.number), escaped(&part.title));
    let sentence = match part.sentence.as_str() {
        "" => String::new(),
        text => format!("<p class=\"sentence\">{}</p>\n", escaped(text)),
    };
    let figures: String = (part.scenes.iter().enumerate())
        .map(|(at, scene)| {
            let svg = to_printed_svg(scene, &Palette::PRINT, &format!("{}-{at}-", part.key));
            format!("<div class=\"figure\">{svg}</div>\n")
        })
        .collect();
    let notes = match part.notes.as_slice() {
        [] => String::new(),
        notes => format!("<p class=\"notes\">{}</p>\n", escaped(&notes.join(" · "))),
    };
    let is_long = part.table.as_ref().is_some_and(|table| table.lines.len() > LONG);
    let class = if is_long || !part.scenes.is_empty() { "part" } else { "part whole" };
    let table = part.table.as_ref().map(|table| self::table(table, part)).unwrap_or_default();
    match part.kind {
        Numbered::Table | Numbered::SecondTable => format!(
            "<section class=\"{class}\" id=\"{key}\">\n<h3>{caption}</h3>\n{sentence}{figures}{table}{notes}</section>\n"
        ),
        Numbered::Figure => format!(
            "<figure class=\"part\" id=\"{key}\">\n{figures}<figcaption><h3>{caption}</h3>\n{sentence}</figcaption>\n{table}{notes}</figure>\n"
        ),
    }
}

fn table(table: &Table, part: &Part) -> String {
    let class = if table.columns.len() >= WIDE { " class=\"wide\"" } else { "" };
    let label = escaped(&part.title);
    let mut out = format!("<div class=\"scroll\"><table{class} aria-label=\"{label}\">\n<thead><tr>");
    for column in &table.columns {
        out.push_str(&format!("<th scope=\"col\"{}>{}</th>", class_of(column), escaped(&column.title)));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    table.lines.iter().for_each(|line| out.push_str(&row(&table.columns, line)));
    out.push_str("</tbody>\n</table></div>\n");
    out
}

fn row(columns: &[Column], line: &Line) -> String {
    let mut out = match line.kind {
        LineKind::Body => "<tr>".to_owned(),
        LineKind::Total => "<tr class=\"total\">".to_owned(),
    };
    for (at, (column, value)) in columns.iter().zip(&line.values).enumerate() {
        let text = cell(value);
        match at {
            0 => out.push_str(&format!("<th scope=\"row\"{}>{text}</th>", class_of(column))),
            _ => out.push_str(&format!("<td{}>{text}</td>", class_of(column))),
        }
    }
    out + "</tr>\n"
}

fn cell(value: &Value) -> String {
    match value {
        Value::Quote { words, source } => {
            let words = escaped(&quoted(words));
            format!("<q>{words}</q> <cite>{}</cite>", escaped(source))
        }
        Value::None
        | Value::Text(_)
        | Value::Count(_)
        | Value::Number(_)
        | Value::Share { .. }
        | Value::Interval { .. }
        | Value::Figure { .. }
        | Value::Range { .. } => escaped(&shown(value)),
    }
}

fn class_of(column: &Column) -> &'static str {
    match column.kind {
        ColumnKind::Text => "",
        ColumnKind::Short => " class=\"short\"",
        ColumnKind::Number | ColumnKind::Share | ColumnKind::Interval | ColumnKind::Range => " class=\"n\"",
    }
}
