//! Splitting a RON file into top-level fields and the records of its lists, each with its line, so that a damaged record
//! does not affect its neighbours and can be kept verbatim.
//!
//! A file in the layout that Demarche writes (one record per line) is split at line ends, which is fast and tolerates a
//! record that is not RON at all. Any other layout is parsed by `ron`, and must be valid RON as a whole.

use std::path::Path;

use rayon::prelude::*;
use ron::value::RawValue;
use serde::de::{Deserialize, DeserializeOwned};

use super::format::{FileKind, Format};
use super::raw::{Entries, Fault, Pairs, Raw, options, read_known};
use crate::words::{project as words, relations as relation_words};
use crate::{Problem, ProblemKind};

/// Least number of records in a list that is read by several threads.
const PARALLEL: usize = 4096;
/// Least number of records that a thread reads; fewer are not worth waking it.
const PART: usize = 1024;

/// The records of a list, each with what it was read as.
pub(super) type Records<'a, T> = Vec<(Raw<'a>, Result<T, Fault>)>;

/// A file that has been split into fields.
pub(super) struct Source<'a> {
    file: &'a Path,
    text: &'a str,
    fields: Vec<Field<'a>>,
    by_lines: bool,
    /// The problem of a file in a newer format, of which only the known fields are read.
    newer: Option<Problem>,
}

struct Field<'a> {
    name: String,
    value: Raw<'a>,
    /// The records, if the value is a list or a map.
    records: Option<Vec<Raw<'a>>>,
}

impl<'a> Source<'a> {
    /// Splits a file of this kind into fields, and checks its format. Line ends must be LF; see [`normal`].
    ///
    /// # Errors
    /// The file as a whole is not RON, contains git's conflict markers, or has a format that can't be read.
    pub fn new(text: &'a str, file: &'a Path, kind: FileKind) -> Result<Self, Problem> {
        let mut source = Self::of_any_kind(text, file)?;
        let format = Format(source.required("format")?);
        if kind.can_read(format) {
            return Ok(source);
        }
        let problem = source.other_format(format, kind);
        if problem.kind != ProblemKind::NewerFormat || !kind.is_read_if_newer() {
            return Err(problem);
        }
        source.newer = Some(problem);
        Ok(source)
    }

    /// Splits a file into fields without looking at its format.
    ///
    /// # Errors
    /// The file as a whole is not RON, or contains git's conflict markers.
    pub fn of_any_kind(text: &'a str, file: &'a Path) -> Result<Self, Problem> {
        let (fields, by_lines) = if let Some(fields) = split_lines(text, true) {
            (fields, true)
        } else {
            match split_ron(text) {
                Ok(fields) => (fields, false),
                Err(fault) => (split_lines(text, false).ok_or_else(|| whole(text, file, &fault))?, true),
            }
        };
        Ok(Self { file, text, fields, by_lines, newer: None })
    }

    /// Returns the problem of a file in a newer format, of which only the known fields are read.
    pub fn newer(&self) -> Option<&Problem> {
        self.newer.as_ref()
    }

    /// Returns the line of a field that has not been taken out; the file's first line if there is none.
    pub fn line_of(&self, name: &str) -> usize {
        self.fields.iter().find(|field| field.name == name).map_or(1, |field| field.value.line)
    }

    /// Returns whether the file has a field.
    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|field| field.name == name)
    }

    /// Takes a field out and reads it. `None` if the file does not have it.
    pub fn optional<T: Deserialize<'a>>(&mut self, name: &str) -> Result<Option<T>, Problem> {
        let Some(at) = self.fields.iter().position(|field| field.name == name) else { return Ok(None) };
        let field = self.fields.remove(at);
        field
            .value
            .parse()
            .map(Some)
            .map_err(|fault| self.problem(fault.line, words::unreadable_field(name, &fault.why)))
    }

    /// Takes a field out and reads it.
    pub fn required<T: Deserialize<'a>>(&mut self, name: &str) -> Result<T, Problem> {
        self.optional(name)?.ok_or_else(|| self.problem(1, words::missing_field(name)))
    }

    /// Takes a list out and reads its records in order. A missing list has no records.
    ///
    /// # Errors
    /// The field is not a list.
    pub fn list<T: Send>(
        &mut self,
        name: &str,
        read: impl for<'r> Fn(Raw<'r>) -> Result<T, Fault> + Sync,
    ) -> Result<Records<'a, T>, Problem> {
        self.records(name, ('[', words::not_a_list), read)
    }

    /// Takes a map out and reads its entries in order. A missing map has none.
    ///
    /// # Errors
    /// The field is not a map.
    pub fn map<T: DeserializeOwned + Send>(
        &mut self,
        name: &str,
    ) -> Result<Records<'a, (String, T)>, Problem> {
        self.records(name, ('{', relation_words::not_a_map), |raw| {
            // An entry is not RON by itself; a map with a single entry is.
            let map = format!("{{{}}}", raw.text);
            let entries: Entries<String, T> = Raw { text: &map, line: raw.line }.parse()?;
            let mut entries = entries.0.into_iter();
            match (entries.next(), entries.next()) {
                (Some(entry), None) => Ok(entry),
                (None, _) | (Some(_), Some(_)) => Err(raw.fault(relation_words::not_an_entry())),
            }
        })
    }

    /// Takes out a list or map, which starts with `open`, and reads its records.
    fn records<T: Send>(
        &mut self,
        name: &str,
        (open, wrong): (char, fn(&str) -> String),
        read: impl for<'r> Fn(Raw<'r>) -> Result<T, Fault> + Sync,
    ) -> Result<Records<'a, T>, Problem> {
        let is_newer = self.newer.is_some();
        let read = |raw: Raw<'_>| match read(raw) {
            Err(fault) if is_newer => read_known(raw, fault, &read),
            result => result,
        };
        let Some(at) = self.fields.iter().position(|field| field.name == name) else { return Ok(Vec::new()) };
        let field = self.fields.remove(at);
        let records = field.records.filter(|_| field.value.text.starts_with(open));
        let records = records.ok_or_else(|| self.problem(field.value.line, wrong(name)))?;
        let results = read_all(&records, &read);
        if self.by_lines && results.iter().any(|(_, result)| result.is_err()) {
            // Two records on one line, for instance, are valid RON: let `ron` find the records.
            let fields = split_ron(self.text).unwrap_or_default();
            let same = fields.into_iter().find(|field| field.name == name);
            if let Some(records) = same.and_then(|field| field.records) {
                return Ok(read_all(&records, &read));
            }
        }
        Ok(results)
    }

    /// Checks that all fields have been taken out. A file in a newer format may have others.
    ///
    /// # Errors
    /// A field is left: it is unknown, or repeated.
    pub fn finish(self) -> Result<(), Problem> {
        self.fields
            .first()
            .filter(|_| self.newer.is_none())
            .map_or(Ok(()), |field| Err(self.problem(field.value.line, words::extra_field(&field.name))))
    }

    /// Returns a problem of this file.
    pub fn problem(&self, line: usize, message: String) -> Problem {
        malformed(self.file, line, message)
    }

    fn other_format(&self, format: Format, kind: FileKind) -> Problem {
        let (kind, message) = if format > kind.newest() {
            (ProblemKind::NewerFormat, words::newer_format(format.0))
        } else {
            (ProblemKind::Malformed, words::unknown_format(format.0, kind.newest().0))
        };
        Problem { file: self.file.to_owned(), line: line_of(self.text, "format"), kind, message }
    }
}

/// Returns a problem of a file that is not well-formed.
pub(super) fn malformed(file: &Path, line: usize, message: String) -> Problem {
    Problem { file: file.to_owned(), line: Some(line), kind: ProblemKind::Malformed, message }
}

/// Decodes a file, and normalises what a hand-edited file may have: CRLF line ends become LF, and a byte order mark is
/// removed.
///
/// # Errors
/// The bytes are not UTF-8; the line is that of the first invalid byte.
pub(super) fn normal(bytes: Vec<u8>, file: &Path) -> Result<String, Problem> {
    let mut text = String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let line = 1 + error.as_bytes()[..good].iter().filter(|&&b| b == b'\n').count();
        malformed(file, line, words::not_utf8())
    })?;
    if text.contains('\r') {
        text = text.replace("\r\n", "\n");
    }
    if text.starts_with('\u{FEFF}') {
        text.remove(0);
    }
    Ok(text)
}

/// Returns the problem of a file that can't be split at all.
fn whole(text: &str, file: &Path, fault: &Fault) -> Problem {
    let conflict = text.lines().position(|line| line.starts_with("<<<<<<< "));
    let message =
        if conflict.is_some() { words::unresolved_conflict() } else { words::unreadable_content(&fault.why) };
    malformed(file, conflict.map_or(fault.line, |at| at + 1), message)
}

pub(super) fn line_of(text: &str, name: &str) -> Option<usize> {
    text.lines().position(|line| line.trim_start().starts_with(name)).map(|at| at + 1)
}

/// Reads records, on several threads if there are many.
fn read_all<'a, T: Send>(
    records: &[Raw<'a>],
    read: &(impl Fn(Raw<'a>) -> Result<T, Fault> + Sync),
) -> Records<'a, T> {
    let one = |raw: &Raw<'a>| (*raw, read(*raw));
    // A short list does not wait for threads that may be busy.
    if records.len() < PARALLEL {
        return records.iter().map(one).collect();
    }
    records.par_iter().with_min_len(PART).map(one).collect()
}

/// Splits a file in the layout that Demarche writes; `None` if it has another. With `strict`, each record must look complete;
/// otherwise, any line where a record is expected counts as one.
fn split_lines(text: &str, strict: bool) -> Option<Vec<Field<'_>>> {
    let mut lines = (1..).zip(text.lines());
    lines.next().filter(|(_, line)| *line == "(")?;
    let mut fields = Vec::new();
    let mut open: Option<Field<'_>> = None;
    for (number, line) in lines.by_ref() {
        if let Some(mut field) = open.take() {
            let close = if field.value.text == "{" { "    }" } else { "    ]" };
            if line.strip_suffix(',').unwrap_or(line) == close {
                fields.push(field);
                continue;
            }
            let text = record(line, strict)?;
            field.records.as_mut()?.push(Raw { text, line: number });
            open = Some(field);
        } else if line == ")" {
            return lines.all(|(_, line)| line.trim().is_empty()).then_some(fields);
        } else {
            let (name, value) = line.strip_prefix("    ")?.split_once(": ")?;
            if name.is_empty() || !name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') {
                return None;
            }
            let field =
                |text, records| Field { name: name.to_owned(), value: Raw { text, line: number }, records };
            match value.strip_suffix(',') {
                None if matches!(value, "[" | "{") => open = Some(field(value, Some(Vec::new()))),
                Some("[]") => fields.push(field("[]", Some(Vec::new()))),
                Some(value) if !value.starts_with(['[', '{']) => fields.push(field(value, None)),
                _ => return None,
            }
        }
    }
    None
}

fn record(line: &str, strict: bool) -> Option<&str> {
    let record = line.strip_prefix("        ").filter(|r| !r.is_empty() && !r.starts_with([' ', '\t']))?;
    let inner = record.strip_suffix(',');
    let looks_whole = inner.is_some_and(|r| {
        (r.starts_with('(') && r.ends_with(')'))
            || (r.len() > 1 && r.starts_with('"') && r.ends_with(['"', ']']))
    });
    (looks_whole || !strict).then(|| inner.unwrap_or(record))
}

/// Splits any RON file whose value is a struct.
fn split_ron(text: &str) -> Result<Vec<Field<'_>>, Fault> {
    let parsed: Result<Pairs<'_>, _> = options().from_str(text);
    let pairs = parsed.map_err(|e| Fault::at(e.span.end.line, e.code.to_string()))?;
    let mut lines = LineCounter { text, at: 0, line: 1 };
    let mut fields = Vec::new();
    for (name, value) in pairs.0 {
        let value = lines.raw(value);
        let mut records = None;
        if value.text.starts_with('[') {
            let list: Result<Vec<&RawValue>, _> = options().from_str(value.text);
            let list = list.map_err(|e| Fault::at(value.line, e.code.to_string()))?;
            records = Some(list.into_iter().map(|raw| lines.raw(raw.get_ron())).collect());
        } else if value.text.starts_with('{') {
            let map: Result<Entries<&RawValue, &RawValue>, _> = options().from_str(value.text);
            let map = map.map_err(|e| Fault::at(value.line, e.code.to_string()))?;
            records = Some(map.0.into_iter().map(|entry| lines.entry(entry)).collect());
        }
        fields.push(Field { name, value, records });
    }
    Ok(fields)
}

/// A counter of lines, for slices of a text that are passed from front to back.
struct LineCounter<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl<'a> LineCounter<'a> {
    /// Returns an entry of a map as a record.
    fn entry(&mut self, (key, value): (&'a RawValue, &'a RawValue)) -> Raw<'a> {
        let offset = |part: &str| (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        let (key, value) = (key.get_ron().trim(), value.get_ron().trim());
        let end = offset(value) + value.len();
        self.raw(self.text.get(offset(key)..end).unwrap_or_default())
    }

    fn raw(&mut self, slice: &'a str) -> Raw<'a> {
        let trimmed = slice.trim();
        let start = (trimmed.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        let passed = self.text.as_bytes().get(self.at..start).unwrap_or_default();
        self.line += passed.iter().filter(|&&b| b == b'\n').count();
        self.at = self.at.max(start);
        Raw { text: trimmed, line: self.line }
    }
}
