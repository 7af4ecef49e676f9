//! The audit log: `history/ana.log`, to which only Ana's Demarche adds a line for each of her steps.
//!
//! The first line holds the format; every other line is a complete record in RON. So a step is appended without reading or
//! rewriting the file, a line torn by a power cut damages no other line, and git never has to merge it, since the file has
//! one writer.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::changed::{changed_text, parse_changed};
use super::compose::{Record, joined};
use super::files::{check_id, parent, unreadable};
use super::folder::{Folder, history_file};
use super::format::{FileKind, Format};
use super::format_time;
use super::limits;
use super::raw::{Fault, Raw};
use super::wire::{read_time, read_uuid};
use crate::disk::{DiskError, steps};
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

/// Appends those of the steps that the audit logs lack, as [`append_history`] does, after it has failed half-way.
///
/// # Errors
/// As for [`append_history`].
pub fn append_missing_history(folder: &Folder, entries: &[LogEntry]) -> Result<(), IoError> {
    let owners: BTreeSet<&AnnotatorId> = entries.iter().map(|entry| &entry.who).collect();
    for who in owners {
        let theirs = entries.iter().filter(|entry| entry.who == *who).cloned().collect();
        // Steps that are there may not be durable.
        append_to(folder, who, &not_recorded(folder, who, theirs))?;
    }
    Ok(())
}

fn append_to(folder: &Folder, who: &AnnotatorId, entries: &[LogEntry]) -> Result<(), IoError> {
    check_id(who.as_str())?;
    let path = history_file(who);
    let mut new_names = BTreeSet::new();
    let created = steps::make_folders(folder.disk(), parent(&path))
        .map_err(folder.failed(FileTask::MakeFolder, parent(&path)))?;
    new_names.extend(created.iter().map(|created| parent(created).to_owned()));
    let failed = |error| folder.failed(FileTask::WriteHistory, &path)(error);
    let mut out = String::new();
    if end_last_line(folder, &path).map_err(failed)? == Tail::NoFile {
        let _ = writeln!(out, "(format: {})", Format::FIRST);
        new_names.insert(parent(&path).to_owned());
    }
    entries.iter().for_each(|entry| write_entry(&mut out, entry));
    let (disk, new_names) = (folder.disk(), new_names.into_iter().collect::<Vec<_>>());
    let appended = disk.append(&path, out.as_bytes());
    appended.and_then(|()| disk.sync_all(std::slice::from_ref(&path), &new_names)).map_err(failed)
}

/// Suffix of an audit log.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Tail {
    NoFile,
    WholeLine,
}

/// Makes an audit log end with a complete line if its last line was torn by a crash or power cut: a record without its
/// line end gets one, and an incomplete record is cut off.
///
/// # Errors
/// The file can't be read or written.
pub(super) fn end_last_line(folder: &Folder, path: &Path) -> Result<Tail, DiskError> {
    let disk = folder.disk();
    match disk.last_byte(path) {
        Err(DiskError::Gone) => return Err(DiskError::Gone),
        Err(error) if error.is_missing() => return Ok(Tail::NoFile),
        Ok(Some(b'\n')) => return Ok(Tail::WholeLine),
        last => drop(last?),
    }
    let bytes = steps::read(disk, path, limits::HISTORY)?;
    let (whole, last) = bytes.split_at(bytes.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1));
    if is_part(last) {
        if whole.is_empty() {
            disk.remove_file(path)?;
            return Ok(Tail::NoFile);
        }
        steps::replace(disk, path, &mut &*whole)?;
    } else {
        disk.append(path, b"\n")?;
    }
    Ok(Tail::WholeLine)
}

/// Returns whether the last line of an audit log, which has no line end, is part of a record written by Demarche.
fn is_part(line: &[u8]) -> bool {
    let text = String::from_utf8_lossy(line);
    // After a power cut, the end of a file may be zeros.
    let text = text.trim_end_matches('\0');
    let begins = |start: &str| text.starts_with(start) || start.starts_with(text);
    let raw = Raw { text, line: 1 };
    let is_whole = raw.parse::<WireEntry<'_>>().is_ok() || raw.parse::<WireHead>().is_ok();
    text.len() < line.len() || (!is_whole && (begins("(at: ") || begins("(format: ")))
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

/// Returns those of a person's steps that their log lacks. Steps are appended in order, so the log ends with the first
/// of them.
pub(super) fn not_recorded(folder: &Folder, who: &AnnotatorId, steps: Vec<LogEntry>) -> Vec<LogEntry> {
    let text = read_text(folder, &history_file(who)).unwrap_or_default();
    let (mut entries, mut problems) = (Vec::new(), Vec::new());
    read_lines(&text, Path::new(""), who, &mut entries, &mut problems);
    let recorded = (0..=steps.len()).rev().find(|count| entries.ends_with(&steps[..*count])).unwrap_or(0);
    steps.into_iter().skip(recorded).collect()
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
    for (who, file) in files(folder)? {
        match read_text(folder, &file) {
            Ok(text) => read_lines(&text, &file, &who, &mut entries, &mut problems),
            Err(found) => problems.push(found),
        }
    }
    entries.sort_by_key(|entry| entry.at);
    Ok((entries, problems))
}

fn read_text(folder: &Folder, file: &Path) -> Result<String, Problem> {
    let read = steps::read(folder.disk(), file, limits::HISTORY);
    let bytes = read.map_err(|error| unreadable(file, FileRole::History, error))?;
    let not_utf8 = |_| unreadable(file, FileRole::History, DiskError::not_utf8());
    String::from_utf8(bytes).map_err(not_utf8)
}

/// Returns the audit logs, relative to the project's folder.
pub(super) fn files(folder: &Folder) -> Result<Vec<(AnnotatorId, PathBuf)>, IoError> {
    let root = Path::new("history");
    let listed = match folder.disk().list(root) {
        Err(error) if error.is_missing() => return Ok(Vec::new()),
        listed => listed.map_err(folder.failed(FileTask::ListFolder, root))?,
    };
    let who = |name: &OsStr| {
        let id = name.to_str()?.strip_suffix(".log")?;
        check_file_id(id).is_ok().then(|| AnnotatorId::new(id))
    };
    let mut files: Vec<_> =
        listed.iter().filter_map(|entry| Some((who(&entry.name)?, root.join(&entry.name)))).collect();
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
    use std::fs;

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

    /// Returns the audit log of two steps, cut after this number of bytes, after another step.
    fn torn_and_appended(at: impl Fn(&str) -> usize) -> (Vec<String>, Vec<Problem>) {
        let home = tempfile::tempdir().unwrap();
        let folder = Folder::new(home.path());
        append_history(&folder, &[entry(1, "ana", "a"), entry(2, "ana", "b")]).unwrap();
        let path = folder.history(&AnnotatorId::new("ana"));
        let whole = fs::read_to_string(&path).unwrap();
        fs::write(&path, &whole[..at(&whole)]).unwrap();
        append_history(&folder, &[entry(3, "ana", "c")]).unwrap();
        let (read, problems) = read_history(&folder).unwrap();
        (read.into_iter().map(|entry| entry.step).collect(), problems)
    }

    #[test]
    fn a_torn_line_is_cut_or_completed_at_the_next_step() {
        let lengths: Vec<usize> = {
            let (mut out, mut lengths) = ("(format: 1)\n".to_owned(), vec![12]);
            for step in ["a", "b"] {
                write_entry(&mut out, &entry(1, "ana", step));
                lengths.push(out.len());
            }
            lengths
        };
        for cut in 0..lengths[2] {
            let (steps, problems) = torn_and_appended(|_| cut);
            let whole = lengths[1..].iter().filter(|&&end| cut + 1 >= end).count();
            let expected: Vec<&str> = ["a", "b"][..whole].iter().copied().chain(["c"]).collect();
            assert_eq!(
                (steps.as_slice(), problems),
                (expected.iter().map(|s| s.to_string()).collect::<Vec<_>>().as_slice(), Vec::new()),
                "cut at {cut}"
            );
        }
    }

    #[test]
    fn a_line_that_a_person_has_damaged_is_reported_and_kept() {
        let home = tempfile::tempdir().unwrap();
        let folder = Folder::new(home.path());
        append_history(&folder, &[entry(1, "ana", "a")]).unwrap();
        let path = folder.history(&AnnotatorId::new("ana"));
        let whole = fs::read_to_string(&path).unwrap();
        fs::write(&path, format!("{whole}see the minutes")).unwrap();
        append_history(&folder, &[entry(3, "ana", "c")]).unwrap();
        let (read, problems) = read_history(&folder).unwrap();
        assert_eq!(read.len(), 2);
        assert_eq!((problems.len(), problems[0].line), (1, Some(3)));
        assert_eq!(problems[0].file, Path::new("history/ana.log"));
    }

    #[test]
    fn a_project_without_logs_has_no_steps() {
        let home = tempfile::tempdir().unwrap();
        assert_eq!(read_history(&Folder::new(home.path())).unwrap(), (Vec::new(), Vec::new()));
    }
}
