//! The audit log: `history/ana.log`, to which only Ana's Demarche adds a line for each of her steps.
//!
//! The first line holds the format; every other line is a complete record in RON. So a step is appended without reading or
//! rewriting the file, a line torn by a power cut damages no other line, and git never has to merge it, since the file has
//! one writer.

use std::borrow::Cow;
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::changed::{changed_text, parse_changed};
use super::compose::{Record, joined};
use super::disk::check_id;
use super::folder::Folder;
use super::format::{FileKind, Format};
use super::format_time;
use super::raw::{Fault, Raw};
use super::wire::{read_time, read_uuid};
use crate::words::project::{self as words, FileRole, RecordKind};
use crate::{FileTask, IoError, Problem, ProblemKind};
use demarche_model::{AnnotatorId, Change, DocumentId, LogEntry, SpanId, check_file_id};

#[derive(Deserialize)]
#[serde(rename = "head", deny_unknown_fields)]
struct WireHead {
    format: u32,
}

#[derive(Deserialize)]
#[serde(rename = "entry", deny_unknown_fields)]
struct WireEntry<'a> {
    at: Cow<'a, str>,
    step: String,
    #[serde(borrow, default)]
    changes: Vec<WireChange<'a>>,
}

#[derive(Deserialize)]
#[serde(rename = "change", deny_unknown_fields)]
struct WireChange<'a> {
    document: Option<Cow<'a, str>>,
    layer: Option<Cow<'a, str>>,
    span: Option<Cow<'a, str>>,
    what: Cow<'a, str>,
    #[serde(default)]
    before: String,
    #[serde(default)]
    after: String,
}

/// Appends steps to the audit logs of the annotators who made them, in the given order.
///
/// # Errors
/// A file can't be written. Steps that were written before remain.
pub fn append_history(folder: &Folder, entries: &[LogEntry]) -> Result<(), IoError> {
    let mut rest = entries;
    while let Some(first) = rest.first() {
        let run = rest.iter().take_while(|entry| entry.who == first.who).count();
        let (theirs, others) = rest.split_at(run);
        append_to(folder, &first.who, theirs)?;
        rest = others;
    }
    Ok(())
}

fn append_to(folder: &Folder, who: &AnnotatorId, entries: &[LogEntry]) -> Result<(), IoError> {
    check_id(who.as_str())?;
    let path = folder.history(who);
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(IoError::system(FileTask::MakeFolder, parent))?;
    }
    let failed = |error| IoError::system(FileTask::WriteHistory, &path)(error);
    let mut file = OpenOptions::new().read(true).append(true).create(true).open(&path).map_err(failed)?;
    let mut out = match last_byte(&mut file).map_err(failed)? {
        None => format!("(format: {})\n", Format::FIRST),
        Some(b'\n') => String::new(),
        // The last line was torn by a power cut; the next one starts on a line of its own.
        Some(_) => "\n".to_owned(),
    };
    entries.iter().for_each(|entry| write_entry(&mut out, entry));
    file.write_all(out.as_bytes()).and_then(|()| file.sync_all()).map_err(failed)
}

/// Returns a step as a line of its log, without the line end.
pub(super) fn compose_entry(entry: &LogEntry) -> String {
    let mut out = String::new();
    write_entry(&mut out, entry);
    out.trim_end_matches('\n').to_owned()
}

/// Reads a step from a line of a log; `None` if it can't be read.
pub(super) fn parse_entry(text: &str, who: &AnnotatorId) -> Option<LogEntry> {
    read_entry(Raw { text, line: 1 }, who).ok()
}

/// Returns those of a person's steps that their log lacks. Steps are appended in order, so it ends with the first of them.
pub(super) fn not_recorded(folder: &Folder, who: &AnnotatorId, steps: Vec<LogEntry>) -> Vec<LogEntry> {
    let text = fs::read_to_string(folder.history(who)).unwrap_or_default();
    let (mut entries, mut problems) = (Vec::new(), Vec::new());
    read_lines(&text, Path::new(""), who, &mut entries, &mut problems);
    let recorded = (0..=steps.len()).rev().find(|count| entries.ends_with(&steps[..*count])).unwrap_or(0);
    steps.into_iter().skip(recorded).collect()
}

fn last_byte(file: &mut fs::File) -> std::io::Result<Option<u8>> {
    if file.seek(SeekFrom::End(0))? == 0 {
        return Ok(None);
    }
    file.seek(SeekFrom::End(-1))?;
    let mut byte = [0];
    file.read_exact(&mut byte)?;
    Ok(Some(byte[0]))
}

fn write_entry(out: &mut String, entry: &LogEntry) {
    let mut record = Record::new(out);
    record.text("at", &format_time(entry.at)).text("step", &entry.step);
    if !entry.changes.is_empty() {
        joined(record.field("changes"), ['[', ']'], &entry.changes, write_change);
    }
    record.end();
    out.push('\n');
}

fn write_change(out: &mut String, change: &Change) {
    let mut record = Record::new(out);
    let id = |id: Option<&str>| id.unwrap_or_default().to_owned();
    record
        .text_if_any("document", &id(change.document.as_ref().map(|id| id.as_str())))
        .text_if_any("layer", &id(change.layer.as_ref().map(|id| id.as_str())))
        .text_if_any("span", &change.span.map(|id| id.to_string()).unwrap_or_default())
        .text("what", &changed_text(&change.what))
        .text_if_any("before", &change.before)
        .text_if_any("after", &change.after)
        .end();
}

/// Reads the audit logs of all annotators, oldest step first; steps of the same second are in the order of the annotators'
/// ids. Lines that can't be read are among the problems, and remain in their files. Without logs there are no steps.
///
/// # Errors
/// The folder exists and can't be listed.
pub fn read_history(folder: &Folder) -> Result<(Vec<LogEntry>, Vec<Problem>), IoError> {
    let mut entries = Vec::new();
    let mut problems = Vec::new();
    for (who, path) in files(folder)? {
        let file = path.strip_prefix(folder.root()).unwrap_or(&path).to_owned();
        match fs::read_to_string(&path) {
            Ok(text) => read_lines(&text, &file, &who, &mut entries, &mut problems),
            Err(error) => problems.push(Problem {
                message: words::unreadable_file(FileRole::History, &error),
                line: None,
                kind: ProblemKind::Unreadable,
                file,
            }),
        }
    }
    entries.sort_by_key(|entry| entry.at);
    Ok((entries, problems))
}

pub(super) fn files(folder: &Folder) -> Result<Vec<(AnnotatorId, PathBuf)>, IoError> {
    let root = folder.root().join("history");
    let listed = match fs::read_dir(&root) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        listed => listed.map_err(IoError::system(FileTask::ListFolder, &root))?,
    };
    let who = |path: &Path| {
        let id = path.file_name()?.to_str()?.strip_suffix(".log")?;
        check_file_id(id).is_ok().then(|| AnnotatorId::new(id))
    };
    let mut files: Vec<_> =
        listed.flatten().filter_map(|entry| Some((who(&entry.path())?, entry.path()))).collect();
    files.sort();
    Ok(files)
}

fn read_lines(
    text: &str,
    file: &Path,
    who: &AnnotatorId,
    entries: &mut Vec<LogEntry>,
    problems: &mut Vec<Problem>,
) {
    let problem = |line: usize, kind: ProblemKind, message: String| Problem {
        file: file.to_owned(),
        line: Some(line),
        kind,
        message,
    };
    for (line, text) in (1..).zip(text.lines()).filter(|(_, text)| !text.trim().is_empty()) {
        let raw = Raw { text, line };
        // The head is repeated if two files were joined by hand or by git.
        if text.starts_with("(format:") {
            match raw.parse::<WireHead>() {
                Ok(head) if FileKind::History.can_read(Format(head.format)) => continue,
                Ok(head) => {
                    let message = words::newer_format(head.format);
                    return problems.push(problem(line, ProblemKind::NewerFormat, message));
                }
                Err(_) => {}
            }
        }
        match read_entry(raw, who) {
            Ok(entry) => entries.push(entry),
            Err(fault) => {
                let message = words::unreadable(RecordKind::Step, &fault.why);
                problems.push(problem(line, ProblemKind::Malformed, message));
            }
        }
    }
}

fn read_entry(raw: Raw<'_>, who: &AnnotatorId) -> Result<LogEntry, Fault> {
    let wire: WireEntry<'_> = raw.parse()?;
    let change = |wire: WireChange<'_>| {
        Ok(Change {
            document: wire.document.map(DocumentId::new),
            layer: wire.layer.map(AnnotatorId::new),
            span: wire.span.map(|id| read_uuid(raw, &id).map(SpanId)).transpose()?,
            what: parse_changed(&wire.what),
            before: wire.before,
            after: wire.after,
        })
    };
    Ok(LogEntry {
        at: read_time(raw, &wire.at)?,
        who: who.clone(),
        step: wire.step,
        changes: wire.changes.into_iter().map(change).collect::<Result<_, Fault>>()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use demarche_model::{Changed, Stamp};

    fn entry(at: i64, who: &str, step: &str) -> LogEntry {
        let change =
            Change { document: Some(DocumentId::new("d001")), ..Change::new(Changed::Note, "a \"b\"\n", "") };
        LogEntry { at: Stamp(at), who: AnnotatorId::new(who), step: step.to_owned(), changes: vec![change] }
    }

    #[test]
    fn steps_are_read_in_the_order_of_their_times() {
        let home = tempfile::tempdir().unwrap();
        let folder = Folder::new(home.path());
        let steps = [entry(30, "ben", "c"), entry(10, "ana", "a"), entry(20, "ana", "b")];
        append_history(&folder, &steps[..2]).unwrap();
        append_history(&folder, &steps[2..]).unwrap();
        let (read, problems) = read_history(&folder).unwrap();
        assert_eq!(problems, []);
        assert_eq!(read, [steps[1].clone(), steps[2].clone(), steps[0].clone()]);
        let file = fs::read_to_string(folder.history(&AnnotatorId::new("ana"))).unwrap();
        assert_eq!(file.lines().count(), 3);
        assert_eq!(
            file.lines().nth(1).unwrap(),
            r#"(at: "1970-01-01T00:00:10Z", step: "a", changes: [(document: "d001", what: "note", before: "a \"b\"\n")])"#
        );
    }

    #[test]
    fn a_torn_line_damages_no_other_line() {
        let home = tempfile::tempdir().unwrap();
        let folder = Folder::new(home.path());
        append_history(&folder, &[entry(1, "ana", "a"), entry(2, "ana", "b")]).unwrap();
        let path = folder.history(&AnnotatorId::new("ana"));
        let whole = fs::read_to_string(&path).unwrap();
        fs::write(&path, &whole[..whole.len() - 20]).unwrap();
        append_history(&folder, &[entry(3, "ana", "c")]).unwrap();
        let (read, problems) = read_history(&folder).unwrap();
        let steps: Vec<&str> = read.iter().map(|entry| entry.step.as_str()).collect();
        assert_eq!(steps, ["a", "c"]);
        assert_eq!((problems.len(), problems[0].line), (1, Some(3)));
        assert_eq!(problems[0].file, Path::new("history/ana.log"));
    }

    #[test]
    fn a_project_without_logs_has_no_steps() {
        let home = tempfile::tempdir().unwrap();
        assert_eq!(read_history(&Folder::new(home.path())).unwrap(), (Vec::new(), Vec::new()));
    }
}
