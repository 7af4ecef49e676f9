//! A report as Markdown. Figures are pictures within the file, as references at its end.

use std::fmt::Write;

use super::shown::shown;
use crate::export::figure::to_svg;
use crate::markup::escape;
use crate::words::export::analysis_report as words;
use demarche_analysis::figure::Palette;
use demarche_analysis::report::{ColumnKind, LineKind, Part, Report, Table};

/// The text of a report.
pub(super) fn text(report: &Report) -> String {
    let mut out = format!("# {}\n\n", escape(&report.title));
    out.push_str(&entries(&report.facts));
    out.push_str(&format!("\n## {}\n\n", words::METHOD));
    out.push_str(&entries(&report.method));
    out.push_str(&format!("\n## {}\n", words::RESULTS));
    report.parts.iter().for_each(|part| out.push_str(&section(part)));
    out.push_str(&format!("\n## {}\n\n", words::SOURCES));
    for source in &report.sources {
        out.push_str(&format!("- {}\n", escape(source)));
    }
    let pictures: String = report.parts.iter().map(pictures).collect();
    if !pictures.is_empty() {
        out.push('\n');
        out.push_str(&pictures);
    }
    out
}

fn entries(entries: &[(&'static str, String)]) -> String {
    entries.iter().map(|(name, text)| format!("- **{name}**: {}\n", escape(text))).collect()
}

fn section(part: &Part) -> String {
    let mut out = format!("\n### {}. {}\n\n", part.number, escape(&part.title));
    if !part.sentence.is_empty() {
        out.push_str(&format!("{}\n\n", escape(&part.sentence)));
    }
    for at in 0..part.scenes.len() {
        out.push_str(&format!("![{}][{}]\n\n", escape(&part.title), picture_name(part, at)));
    }
    if let Some(table) = &part.table {
        out.push_str(&self::table(table));
        out.push('\n');
    }
    if !part.notes.is_empty() {
        out.push_str(&format!("{}\n", escape(&part.notes.join(" · "))));
    }
    out
}

fn table(table: &Table) -> String {
    let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut out = row(table.columns.iter().map(|column| escape(&column.title)).collect());
    let rule = |kind| match kind {
        ColumnKind::Text | ColumnKind::Short => "---".to_owned(),
        ColumnKind::Number | ColumnKind::Share | ColumnKind::Interval | ColumnKind::Range => "--:".to_owned(),
    };
    out.push_str(&row(table.columns.iter().map(|column| rule(column.kind)).collect()));
    for line in &table.lines {
        let cell = |value| {
            let text = escape(&shown(value));
            if line.kind == LineKind::Total && !text.is_empty() { format!("**{text}**") } else { text }
        };
        out.push_str(&row(line.values.iter().map(cell).collect()));
    }
    out
}

fn picture_name(part: &Part, at: usize) -> String {
    format!("{}-{}", part.key, at + 1)
}

/// The pictures of a part, each a link reference.
fn pictures(part: &Part) -> String {
    let picture = |(at, scene)| {
        let svg = to_svg(scene, &Palette::PRINT, "");
        format!("[{}]: data:image/svg+xml,{}\n", picture_name(part, at), percent_encoded(&svg))
    };
    part.scenes.iter().enumerate().map(picture).collect()
}

/// A text as part of an address.
fn percent_encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z'
            | b'A'..=b'Z'
            | b'0'..=b'9'
            | b'-'
            | b'.'
            | b'_'
            | b'~'
            | b'/'
            | b':'
            | b'='
            | b',' => {
                out.push(char::from(byte));
            }
            // Writing into a string can't fail.
            _ => drop(write!(out, "%{byte:02X}")),
        }
    }
    out
}
