//! The history of a project as CSV: a row per change, for spreadsheets and audits.

use std::io::Write;

use super::IoError;
use super::project::format_time;
use super::spreadsheet::guard;
use demarche_model::LogEntry;

/// The columns, in order.
const COLUMNS: [&str; 9] = ["time", "who", "step", "document", "layer", "span", "what", "before", "after"];

/// Writes steps as CSV: RFC 4180 with a byte order mark, times in UTC, a row per change; a step that has changed nothing
/// that can be named has one row. Fields that a spreadsheet would take for a formula get a `'` in front.
///
/// # Errors
/// `out` can't be written.
pub fn write_csv<'a>(
    entries: impl IntoIterator<Item = &'a LogEntry>,
    out: &mut dyn Write,
) -> Result<(), IoError> {
    let broken = |error: std::io::Error| IoError::Other(format!("the history can't be written: {error}"));
    out.write_all("\u{FEFF}".as_bytes()).map_err(broken)?;
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    let failed = |error: csv::Error| IoError::Other(format!("the history can't be written: {error}"));
    writer.write_record(COLUMNS).map_err(failed)?;
    for entry in entries {
        let nothing = [Default::default()];
        let changes = if entry.changes.is_empty() { &nothing[..] } else { &entry.changes[..] };
        for change in changes {
            let at = format_time(entry.at);
            let id = change.span.map(|id| id.to_string()).unwrap_or_default();
            let row = [
                at.as_str(),
                entry.who.as_str(),
                &entry.step,
                change.document.as_ref().map_or("", |id| id.as_str()),
                change.layer.as_ref().map_or("", |id| id.as_str()),
                &id,
                &change.what,
                &change.before,
                &change.after,
            ];
            writer.write_record(row.map(|field| guard(field).into_owned())).map_err(failed)?;
        }
    }
    writer.flush().map_err(broken)
}

#[cfg(test)]
mod tests {
    use demarche_model::{AnnotatorId, Change, LogEntry, Stamp};

    #[test]
    fn every_change_has_a_row_and_no_formula_runs() {
        let change =
            |after: &str| Change { what: "note".into(), after: after.to_owned(), ..Change::default() };
        let entry = |step: &str, changes: Vec<Change>| LogEntry {
            at: Stamp(0),
            who: AnnotatorId::new("ana"),
            step: step.to_owned(),
            changes,
        };
        let entries = [entry("write a note", vec![change("=1+1"), change("b")]), entry("x", Vec::new())];
        let mut out = Vec::new();
        super::write_csv(&entries, &mut out).unwrap();
        let head = "\u{FEFF}time,who,step,document,layer,span,what,before,after\r\n";
        let start = "1970-01-01T00:00:00Z,ana,";
        let rows = [",,,,note,,'=1+1", ",,,,note,,b"].map(|row| format!("{start}write a note{row}\r\n"));
        assert_eq!(
            String::from_utf8(out).unwrap(),
            format!("{head}{}{}{start}x,,,,,,\r\n", rows[0], rows[1])
        );
    }
}
