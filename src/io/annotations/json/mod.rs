//! Common parts of the importers of JSON formats: iteration over records, and conversion of values.

mod head;
#[cfg(test)]
mod tests;
mod tree;

use rayon::prelude::*;
use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer};
use smol_str::SmolStr;

use super::importer::Input;
use super::{Draft, DraftDocument, DraftValue};
use crate::Problem;
use crate::annotations::refusal::{FileFault, RecordFault, Refusal, SpanFault};
use crate::loss::Losses;
use demarche_model::Value;

pub(crate) use head::Head;
pub(super) use tree::{Fields, Json};

/// The position of a record: its line in a file of lines, or its number.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    input: &'a Input<'a>,
    /// The line, from 1.
    pub line: Option<usize>,
    /// The number of the record, from 1.
    pub number: usize,
}

impl<'a> At<'a> {
    /// Returns the position of a record in a file.
    pub fn new(input: &'a Input<'a>, line: Option<usize>, number: usize) -> Self {
        Self { input, line, number }
    }

    /// Returns the problem of this record, or of a part of it that is not imported.
    pub fn refused(&self, why: impl Into<Refusal>) -> Problem {
        let (why, number) = (why.into(), self.number);
        let message = self.line.map_or_else(|| format!("record {number}: {why}"), |_| why.to_string());
        self.input.problem(self.line, why.kind(), message)
    }

    /// Returns the name for a document of this record that has none.
    pub fn name(&self) -> String {
        format!("#{}", self.number)
    }
}

/// Passes all records of a file to `read`, several in parallel: the items of an array, a single object, or one object
/// per line. The results are added to the draft in the order of the file. Invalid JSON is a problem with its line.
pub(super) fn records(
    input: &Input<'_>,
    draft: &mut Draft,
    losses: &mut Losses,
    read: impl Fn(At<'_>, Json<'_>, &mut Draft, &mut Losses) + Sync,
) {
    let bytes = without_mark(&input.bytes);
    let one = |(number, line, record): &Record<'_>| {
        let json = serde_json::from_slice(record)?;
        let (mut draft, mut losses) = (Draft::default(), Losses::default());
        read(At { input, line: *line, number: *number }, json, &mut draft, &mut losses);
        Ok((draft, losses))
    };
    let in_lines = is_in_lines(bytes) && !is_spread(bytes);
    let records = if in_lines { lines(bytes) } else { items(bytes) };
    // Each thread parses one record at a time, since a record as JSON uses much more memory than its draft.
    let made: Vec<Result<_, serde_json::Error>> = records.par_iter().map(one).collect();
    if !in_lines && made.iter().any(Result::is_err) {
        // Nothing is read from a list that is not valid as a whole; the line is that of the file.
        let error = serde_json::from_slice::<IgnoredAny>(bytes).err();
        draft.problems.extend(error.map(|error| unreadable(input, &error)));
        return;
    }
    for ((_, line, _), made) in records.iter().zip(made) {
        match made {
            Ok((part, lost)) => {
                join(draft, part);
                losses.join(lost);
            }
            Err(error) => draft.problems.push(input.refused(*line, not_a_document(&error))),
        }
    }
}

/// Returns the records of a file as JSON with their lines, for formats whose records are read together.
pub(super) fn values<'a>(input: &'a Input<'_>, draft: &mut Draft) -> Vec<(Option<usize>, Json<'a>)> {
    let bytes = without_mark(&input.bytes);
    let mut values = Vec::new();
    if !is_in_lines(bytes) || is_spread(bytes) {
        match serde_json::from_slice(bytes) {
            Ok(json) => values.push((None, json)),
            Err(error) => draft.problems.push(unreadable(input, &error)),
        }
        return values;
    }
    for (_, line, record) in lines(bytes) {
        match parse(record) {
            Ok(json) => values.push((line, json)),
            Err(error) => draft.problems.push(input.refused(line, not_a_document(&error))),
        }
    }
    values
}

/// Returns the records of a file like [`records`]. In a single object, they are the items of the list under the first
/// of `keys` that it has, or in the object under that key, and so on. The records and the rest may be invalid JSON.
pub(super) fn records_of<'a>(input: &'a Input<'_>, keys: &[&str]) -> Vec<Record<'a>> {
    let bytes = without_mark(&input.bytes);
    if is_in_lines(bytes) && !is_spread(bytes) {
        return lines(bytes);
    }
    let inner = head::list_in(bytes, keys).filter(|(_, around)| {
        // Invalid JSON around the list makes the whole file unreadable.
        serde_json::from_slice::<IgnoredAny>(around).is_ok()
    });
    items(inner.map_or(bytes, |(list, _)| list))
}

/// A record of a file: its number from 1, its line if it has one, and its bytes.
pub(super) type Record<'a> = (usize, Option<usize>, &'a [u8]);

/// Returns the lines of a file that are not blank.
fn lines(bytes: &[u8]) -> Vec<Record<'_>> {
    let lines = (1..).zip(bytes.split(|&byte| byte == b'\n'));
    let full = lines.filter(|(_, line)| !line.trim_ascii().is_empty());
    (1..).zip(full).map(|(number, (line, record))| (number, Some(line), record)).collect()
}

/// Returns the items of a list, or the only value of a file.
fn items(bytes: &[u8]) -> Vec<Record<'_>> {
    let items = head::items(bytes).unwrap_or_else(|| vec![bytes]);
    (1..).zip(items).map(|(number, item)| (number, None, item)).collect()
}

/// Adds the draft of a record to that of the earlier ones.
pub(super) fn join(draft: &mut Draft, part: Draft) {
    draft.documents.extend(part.documents);
    draft.problems.extend(part.problems);
    for person in part.people {
        if draft.people.iter().all(|known| known.id != person.id) {
            draft.people.push(person);
        }
    }
}

/// Returns the problem of a file that is not JSON.
pub(super) fn unreadable(input: &Input<'_>, error: &serde_json::Error) -> Problem {
    input.refused(Some(error.line()), FileFault::NoJson(error.to_string()))
}

/// Returns whether a file begins like a list or an object in JSON.
pub(super) fn is_like(head: &[u8]) -> bool {
    matches!(without_mark(head).trim_ascii_start().first(), Some(b'[' | b'{'))
}

/// Returns the bytes of a file without a byte order mark.
pub(super) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes)
}

/// Returns whether a file has one value per line, rather than one value over several lines.
pub(super) fn is_in_lines(bytes: &[u8]) -> bool {
    let start = bytes.trim_ascii_start();
    let mut lines =
        start.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    if start.starts_with(b"[") {
        // A list per line.
        return first.ends_with(b"]") && lines.next().is_some_and(|line| line.starts_with(b"["));
    }
    first != b"{"
}

/// Returns whether a file is one JSON value over several lines although its first line does not show it.
fn is_spread(bytes: &[u8]) -> bool {
    let is_json = |part: &[u8]| serde_json::from_slice::<IgnoredAny>(part).is_ok();
    let mut lines =
        bytes.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty());
    let (first, second) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    let looks_so = !first.ends_with(b"}") && !second.starts_with(b"{");
    !is_json(first) && (looks_so || is_json(bytes))
}

/// Reads a line.
pub(super) fn parse<'t, T: Deserialize<'t>>(line: &'t [u8]) -> Result<T, serde_json::Error> {
    serde_json::from_slice(line)
}

/// Returns why a line is not a document. The line number of the JSON parser is removed, since it is always 1.
pub(super) fn not_a_document(error: &serde_json::Error) -> RecordFault {
    RecordFault::Line(error.to_string().replace("at line 1 column", "at column"))
}

/// A record, or the reason why it can't be read, so that one bad record does not affect the rest of the line. With
/// `STRICT`, it does, and reading takes a fraction of the time, since no record is kept to be read a second time.
pub(super) struct Lenient<T, const STRICT: bool>(pub Result<T, serde_json::Error>);

impl<'de, T: for<'t> Deserialize<'t>, const STRICT: bool> Deserialize<'de> for Lenient<T, STRICT> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if STRICT {
            return T::deserialize(deserializer).map(|record| Self(Ok(record)));
        }
        let json = serde_json::Value::deserialize(deserializer)?;
        Ok(Self(T::deserialize(json)))
    }
}

/// Returns an id as text, since some programs write numbers.
pub(super) fn id_text(id: &Json) -> String {
    id.as_str().map_or_else(|| id.to_string(), str::to_owned)
}

/// Returns the id under a key.
pub(super) fn id(json: &Json, key: &str) -> Option<String> {
    json.get(key).filter(|id| !id.is_null()).map(id_text)
}

/// Returns the text under a key, unless it is blank.
pub(super) fn text(json: &Json, key: &str) -> Option<String> {
    json.get(key).and_then(Json::as_str).filter(|text| !text.trim().is_empty()).map(str::to_owned)
}

/// Returns the list under a key; empty if there is none.
pub(super) fn list<'j, 'a>(json: &'j Json<'a>, key: &str) -> &'j [Json<'a>] {
    json.get(key).and_then(Json::as_array).map_or(&[], Vec::as_slice)
}

/// Returns the offset under a key. Some programs write `12.0`, or the number as text.
pub(super) fn offset(json: &Json, key: &str) -> Option<i64> {
    let json = json.get(key)?;
    let whole = |number: f64| (number.fract() == 0.0 && number.abs() < 1e15).then_some(number as i64);
    json.as_i64().or_else(|| json.as_f64().and_then(whole)).or_else(|| json.as_str()?.trim().parse().ok())
}

/// Returns the offsets under the keys of start and end.
pub(super) fn range(
    json: &Json,
    (start, end): (&'static str, &'static str),
) -> Result<(i64, i64), SpanFault> {
    offset(json, start).zip(offset(json, end)).ok_or(SpanFault::Range { start, end })
}

/// Reads the metadata of a document, as written by our exports of several formats.
pub(super) fn about(document: &mut DraftDocument, json: &Json) {
    document.title = text(json, "title");
    document.date = text(json, "date");
    document.source = text(json, "source");
}

/// Returns whether a text was written by an export of Demarche, whose offsets are characters, by its metadata. Its texts have
/// LF line ends.
pub(super) fn is_ours(about: &Json, text: &str) -> bool {
    about.get("document").is_some() && !text.contains('\r')
}

/// Returns the time under a key, if it is valid.
pub(super) fn time(json: &Json, key: &str) -> Option<String> {
    text(json, key).filter(|time| crate::project::parse_time(time).is_some())
}

/// Returns the value of an attribute, as written by `io::export::jsonl`: `Ok(None)` for null, `Err` for anything that
/// is not a value.
pub(super) fn value(json: &Json) -> Result<Option<DraftValue>, ()> {
    let value = match json {
        Json::Null => return Ok(None),
        Json::String(word) => return Ok(Some(DraftValue::Word(word.clone().into_owned()))),
        Json::Bool(flag) => Value::Flag(*flag),
        Json::Number(number) => Value::Number(number.as_f64().ok_or(())?),
        Json::Array(items) => {
            let texts: Option<_> = items.iter().map(|item| item.as_str().map(SmolStr::new)).collect();
            Value::Choices(texts.ok_or(())?)
        }
        Json::Object(fields) => match (fields.len(), fields.get("text"), fields.get("date")) {
            (1, Some(Json::String(text)), None) => Value::Text(text.clone().into_owned()),
            (1, None, Some(Json::String(date))) => Value::Date(SmolStr::new(date)),
            _ => return Err(()),
        },
    };
    Ok(Some(DraftValue::Of(value)))
}

/// Returns the attributes under a key, by name. Invalid values are passed to `refuse`.
pub(super) fn attributes(
    json: &Json,
    key: &str,
    mut refuse: impl FnMut(SpanFault),
) -> Vec<(String, DraftValue)> {
    let mut attributes = Vec::new();
    for (name, json) in json.get(key).and_then(Json::as_object).into_iter().flat_map(|fields| fields.iter()) {
        match value(json) {
            Ok(value) => attributes.extend(value.map(|value| (name.to_owned(), value))),
            Err(()) => refuse(no_value(name, json)),
        }
    }
    attributes
}

/// Returns the fault of an invalid value of an attribute.
pub(super) fn no_value(name: &str, json: &Json) -> SpanFault {
    let value = demarche_analysis::context::shorten(&json.to_string(), 40);
    SpanFault::Value { name: name.to_owned(), value }
}
