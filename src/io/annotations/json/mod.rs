//! What the importers of JSON formats have in common: records, one by one, and how values are read from them.

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

pub(super) use head::Head;
pub(super) use tree::{Fields, Json};

/// Where a record stands: the line of a file of lines, else the number of the record.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    input: &'a Input<'a>,
    /// The line, from 1.
    pub line: Option<usize>,
    /// Which record it is, from 1.
    pub number: usize,
}

impl<'a> At<'a> {
    /// A record of a file.
    pub fn new(input: &'a Input<'a>, line: Option<usize>, number: usize) -> Self {
        Self { input, line, number }
    }

    /// The problem of this record, or of a part of it that is not imported.
    pub fn refused(&self, why: impl Into<Refusal>) -> Problem {
        let (why, number) = (why.into(), self.number);
        let message = self.line.map_or_else(|| format!("record {number}: {why}"), |_| why.to_string());
        self.input.problem(self.line, why.kind(), message)
    }

    /// What a document of this record is called if it has no name of its own.
    pub fn name(&self) -> String {
        format!("#{}", self.number)
    }
}

/// Hands all records of a file to `read`, several at once: the items of an array, a single object, or an object on each
/// line. What they bring comes into the draft in the order of the file. What is no JSON is a problem with its line.
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
    // Not more of them at once than threads are busy with: of a record as JSON much more stands in memory than of its draft.
    let made: Vec<Result<_, serde_json::Error>> = records.par_iter().map(one).collect();
    if !in_lines && made.iter().any(Result::is_err) {
        // Nothing of a list is read that is no JSON as a whole; the line is that of the file.
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

/// The records of a file as they are, with their lines; for formats whose records are one thing all together.
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

/// The records of a file as [`records`] takes them; of a single object those of the list under the first of `keys` that it
/// has, and so on in the object under that key. They may be no JSON, and what stands around them too.
pub(super) fn records_of<'a>(input: &'a Input<'_>, keys: &[&str]) -> Vec<Record<'a>> {
    let bytes = without_mark(&input.bytes);
    if is_in_lines(bytes) && !is_spread(bytes) {
        return lines(bytes);
    }
    let inner = head::list_in(bytes, keys).filter(|(_, around)| {
        // What is no JSON around the list makes the whole file unreadable.
        serde_json::from_slice::<IgnoredAny>(around).is_ok()
    });
    items(inner.map_or(bytes, |(list, _)| list))
}

/// A record of a file: which it is, from 1, its line if each has one, and its bytes.
pub(super) type Record<'a> = (usize, Option<usize>, &'a [u8]);

/// The lines of a file that hold something.
fn lines(bytes: &[u8]) -> Vec<Record<'_>> {
    let lines = (1..).zip(bytes.split(|&byte| byte == b'\n'));
    let full = lines.filter(|(_, line)| !line.trim_ascii().is_empty());
    (1..).zip(full).map(|(number, (line, record))| (number, Some(line), record)).collect()
}

/// The items of a list, or the one value that a file is.
fn items(bytes: &[u8]) -> Vec<Record<'_>> {
    let items = head::items(bytes).unwrap_or_else(|| vec![bytes]);
    (1..).zip(items).map(|(number, item)| (number, None, item)).collect()
}

/// Adds what a record brings to what those before it have brought.
pub(super) fn join(draft: &mut Draft, part: Draft) {
    draft.documents.extend(part.documents);
    draft.problems.extend(part.problems);
    for person in part.people {
        if draft.people.iter().all(|known| known.id != person.id) {
            draft.people.push(person);
        }
    }
}

/// The problem of a file that is no JSON.
pub(super) fn unreadable(input: &Input<'_>, error: &serde_json::Error) -> Problem {
    input.refused(Some(error.line()), FileFault::NoJson(error.to_string()))
}

/// The bytes of a file without the mark that some programs start it with.
pub(super) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes)
}

/// Whether a file is not one JSON value spread over lines, of which each would be refused.
pub(super) fn is_in_lines(bytes: &[u8]) -> bool {
    let start = bytes.trim_ascii_start();
    let first = start.split(|&byte| byte == b'\n').next().unwrap_or_default().trim_ascii_end();
    !start.starts_with(b"[") && first != b"{"
}

/// Whether a file whose first line does not tell is one JSON value all the same.
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

/// Why a line of a file is no document: the reader of JSON counts the lines of each line from 1.
pub(super) fn not_a_document(error: &serde_json::Error) -> RecordFault {
    RecordFault::Line(error.to_string().replace("at line 1 column", "at column"))
}

/// A record that is read, or the reason why it can't be; so one bad record does not take the line with it. Where `STRICT`
/// it does, and reading takes a fraction of the time: nothing of the record is kept to be read again.
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

/// An id as text: other programs write numbers.
pub(super) fn id_text(id: &Json) -> String {
    id.as_str().map_or_else(|| id.to_string(), str::to_owned)
}

/// The id under a key; `None` for none.
pub(super) fn id(json: &Json, key: &str) -> Option<String> {
    json.get(key).filter(|id| !id.is_null()).map(id_text)
}

/// The text under a key that says something.
pub(super) fn text(json: &Json, key: &str) -> Option<String> {
    json.get(key).and_then(Json::as_str).filter(|text| !text.trim().is_empty()).map(str::to_owned)
}

/// The list under a key; nothing where there is none.
pub(super) fn list<'j, 'a>(json: &'j Json<'a>, key: &str) -> &'j [Json<'a>] {
    json.get(key).and_then(Json::as_array).map_or(&[], Vec::as_slice)
}

/// The offset under a key; some programs write `12.0`, or the number as text.
pub(super) fn offset(json: &Json, key: &str) -> Option<i64> {
    let json = json.get(key)?;
    let whole = |number: f64| (number.fract() == 0.0 && number.abs() < 1e15).then_some(number as i64);
    json.as_i64().or_else(|| json.as_f64().and_then(whole)).or_else(|| json.as_str()?.trim().parse().ok())
}

/// The offsets of a record, by the keys of start and end.
pub(super) fn range(
    json: &Json,
    (start, end): (&'static str, &'static str),
) -> Result<(i64, i64), SpanFault> {
    offset(json, start).zip(offset(json, end)).ok_or(SpanFault::Range { start, end })
}

/// What is said of a document beside its text, as our exports of several formats write it.
pub(super) fn about(document: &mut DraftDocument, json: &Json) {
    document.title = text(json, "title");
    document.date = text(json, "date");
    document.source = text(json, "source");
}

/// The time under a key, if it is one.
pub(super) fn time(json: &Json, key: &str) -> Option<String> {
    text(json, key).filter(|time| crate::project::parse_time(time).is_some())
}

/// An attribute's value; see `io::export::jsonl` for how each kind is written. `Ok(None)` for nothing, `Err` for what is
/// no value.
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

/// The attributes under a key, by name; what is no value is handed to `refuse`.
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

/// Why the value of an attribute is refused.
pub(super) fn no_value(name: &str, json: &Json) -> SpanFault {
    let value = demarche_analysis::context::shorten(&json.to_string(), 40);
    SpanFault::Value { name: name.to_owned(), value }
}
