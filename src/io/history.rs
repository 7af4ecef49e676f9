//! The audit log of a project as CSV: a row per change, for spreadsheets and audits.

use std::borrow::Cow;
use std::io::Write;

use super::project::{changed_text, format_time};
use super::spreadsheet::guard;
use super::{FileTask, IoError};
use demarche_model::{AnnotatorId, Change, DocumentId, LogEntry};

/// The columns, in order.
const COLUMNS: [&str; 9] = ["time", "who", "step", "document", "layer", "span", "what", "before", "after"];

/// Writes steps as CSV: RFC 4180 with a byte order mark, times in UTC, a row per change. A step without recorded changes has
/// one row. Fields that a spreadsheet would run as a formula get a `'` in front.
///
/// # Errors
/// `out` can't be written.
pub fn write_csv<'a>(
    entries: impl IntoIterator<Item = &'a LogEntry>,
    out: &mut dyn Write,
) -> Result<(), IoError> {
    let broken = |source| IoError::Stream { task: FileTask::WriteHistory, source };
    out.write_all("\u{FEFF}".as_bytes()).map_err(broken)?;
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    let failed = |error: csv::Error| broken(error.into());
    writer.write_record(COLUMNS).map_err(failed)?;
    for entry in entries {
        if entry.changes.is_empty() {
            writer.write_record(row(entry, None)).map_err(failed)?;
        }
        for change in &entry.changes {
            writer.write_record(row(entry, Some(change))).map_err(failed)?;
        }
    }
    writer.flush().map_err(broken)
}

fn row(entry: &LogEntry, change: Option<&Change>) -> [String; COLUMNS.len()] {
    let text = |field: fn(&Change) -> Cow<'_, str>| change.map(field).unwrap_or_default();
    [
        format_time(entry.at).into(),
        entry.who.as_str().into(),
        entry.step.as_str().into(),
        text(|change| change.document.as_ref().map_or("", DocumentId::as_str).into()),
        text(|change| change.layer.as_ref().map_or("", AnnotatorId::as_str).into()),
        text(|change| change.span.map(|id| id.to_string()).unwrap_or_default().into()),
        text(|change| changed_text(&change.what)),
        text(|change| change.before.as_str().into()),
        text(|change| change.after.as_str().into()),
    ]
    .map(|field: Cow<'_, str>| guard(&field).into_owned())
}

#[cfg(test)]
mod tests {
    use demarche_model::{AnnotatorId, Change, Changed, LogEntry, Stamp};

    #[test]
    fn every_change_has_a_row_and_no_formula_runs() {
        let change = |after: &str| Change::new(Changed::Note, "", after);
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
