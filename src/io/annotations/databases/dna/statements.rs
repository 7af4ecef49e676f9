//! Lists of statements that Discourse Network Analyzer, or Demarche, has exported as CSV. They have the words of each
//! statement and its place, but not the texts, which the project must have already.

use std::collections::BTreeMap;

use super::variables::{Role, choice, role};
use crate::IoError;
use crate::annotations::importer::Input;
use crate::annotations::refusal::{DocumentFault, FileFault, RecordFault, SpanFault};
use crate::annotations::{Draft, DraftDocument, DraftSpan, DraftValue, Unit};
use crate::words::databases as words;
use crate::words::remarks;
use demarche_analysis::context::shorten;
use demarche_model::Value;

/// Columns that every list has; they tell it from other tables.
const NEEDED: [&str; 4] = ["statement_id", "start_position", "stop_position", "document_title"];
/// All columns that are no variables.
const FIXED: [&str; 14] = [
    "statement_id",
    "time",
    "start_position",
    "stop_position",
    "text",
    "coder",
    "document_id",
    "document_title",
    "document_author",
    "document_source",
    "document_section",
    "document_type",
    "statement_type",
    "note",
];
/// The type of statements that every new database of DNA has.
const STATEMENT: &str = "DNA Statement";

/// Returns whether a file begins with the header of a list of statements.
pub(super) fn fits(head: &[u8]) -> bool {
    let first = head.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
    let header = String::from_utf8_lossy(first);
    let names = names(&header);
    NEEDED.iter().all(|needed| names.contains(needed))
}

fn names(header: &str) -> Vec<&str> {
    let header = header.trim_start_matches('\u{feff}');
    header.split([';', ',', '\t']).map(|name| name.trim().trim_matches('"')).collect()
}

/// Reads a list of statements.
pub(super) fn draft(input: &Input<'_>) -> Result<Draft, IoError> {
    let mut draft = Draft::default();
    let decoded = input
        .decode(&input.bytes)
        .map_err(|why| IoError::Problem(input.refused(None, FileFault::NotText(why))))?;
    draft.losses.extend(decoded.damage.losses());
    if decoded.encoding != encoding_rs::UTF_8.name() {
        draft.remarks.push(remarks::decoded(decoded.encoding, input.path));
    }
    let text = decoded.text.trim_start_matches('\u{feff}');
    let header = text.lines().next().unwrap_or_default();
    let count = |delimiter: &u8| header.bytes().filter(|byte| byte == delimiter).count();
    let delimiter = [b';', b',', b'\t'].into_iter().max_by_key(count).unwrap_or(b';');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut rows = reader.records();
    let header: Vec<String> = rows
        .next()
        .and_then(Result::ok)
        .map(|row| row.iter().map(|name| name.trim().to_owned()).collect())
        .unwrap_or_default();
    let mut read = Vec::new();
    for row in rows {
        match row {
            Ok(row) => read.push(row),
            Err(error) => {
                let fault = RecordFault::Row(shorten(&error.to_string(), 60));
                draft.problems.push(input.refused(None, fault));
            }
        }
    }
    let flags = flags(&read, header.len());
    let mut list = List { input, header, flags, documents: BTreeMap::new() };
    for row in read {
        let line = row.position().and_then(|position| usize::try_from(position.line()).ok());
        list.add(&row, line, &mut draft);
    }
    draft.documents = list.documents.into_values().collect();
    draft.documents.sort_by_key(|document| document.line);
    Ok(draft)
}

/// The statements so far.
struct List<'a> {
    input: &'a Input<'a>,
    header: Vec<String>,
    /// Whether each column holds yes or no.
    flags: Vec<bool>,
    /// By id and title of the document.
    documents: BTreeMap<(String, String), DraftDocument>,
}

impl List<'_> {
    fn add(&mut self, row: &csv::StringRecord, line: Option<usize>, draft: &mut Draft) {
        let field = |name: &str| {
            let at = self.header.iter().position(|known| known == name)?;
            row.get(at).map(unguarded).filter(|value| !value.is_empty())
        };
        let place =
            |name: &str| field(name).and_then(|place| place.parse::<f64>().ok()).map(|place| place as i64);
        let Some(range) = place("start_position").zip(place("stop_position")) else {
            return draft.problems.push(self.input.refused(line, SpanFault::NoOffsets));
        };
        let (id, title) =
            (field("document_id").unwrap_or_default(), field("document_title").unwrap_or_default());
        if id.is_empty() && title.is_empty() {
            return draft.problems.push(self.input.refused(line, DocumentFault::NoText));
        }
        let coder = field("coder").map(|coder| {
            if coder.bytes().all(|byte| byte.is_ascii_digit()) {
                words::coder(coder)
            } else {
                coder.to_owned()
            }
        });
        let variables = self
            .header
            .iter()
            .zip(row.iter())
            .zip(&self.flags)
            .filter(|((name, _), _)| !FIXED.contains(&name.as_str()));
        let span = DraftSpan {
            line,
            id: field("statement_id").map(str::to_owned),
            annotator: coder,
            category: field("statement_type").unwrap_or(STATEMENT).to_owned(),
            ranges: vec![range],
            quote: field("text").map(str::to_owned),
            attributes: variables
                .filter_map(|((name, value), flag)| attribute(name, unguarded(value), *flag))
                .collect(),
            note: field("note").unwrap_or_default().to_owned(),
            ..DraftSpan::default()
        };
        let key = (id.to_owned(), title.to_owned());
        let new = || DraftDocument {
            line,
            id: id.to_owned(),
            title: Some(title.to_owned()),
            counting: Unit::Utf16.into(),
            is_settled: true,
            is_excerpt: true,
            ..DraftDocument::default()
        };
        self.documents.entry(key).or_insert_with(new).spans.push(span);
    }
}

/// Returns a field without the mark that keeps a spreadsheet from running it.
fn unguarded(field: &str) -> &str {
    let field = field.trim();
    match field.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t', '\r']) => rest,
        Some(_) | None => field,
    }
}

/// Returns the value of a variable; `None` if it is empty or missing in R.
fn attribute(name: &str, value: &str, is_flag: bool) -> Option<(String, DraftValue)> {
    if is_missing(value) {
        return None;
    }
    let id = match role(name, "short text") {
        Role::Actor => "actor",
        Role::Speaker => "speaker",
        Role::Issue => "issue",
        Role::Note | Role::Other => name,
    };
    let value = match id {
        "actor" | "speaker" | "issue" => choice(value),
        _ if is_flag => DraftValue::Of(Value::Flag(value == "1")),
        _ => DraftValue::Word(value.to_owned()),
    };
    Some((id.to_owned(), value))
}

fn is_missing(value: &str) -> bool {
    value.is_empty() || value == "NA"
}

/// Returns for each column whether it holds nothing but 0 and 1, as DNA writes yes and no.
fn flags(rows: &[csv::StringRecord], columns: usize) -> Vec<bool> {
    let is_flag = |at: usize| {
        let values = rows.iter().filter_map(|row| row.get(at)).map(str::trim);
        let mut values = values.filter(|value| !is_missing(value)).peekable();
        values.peek().is_some() && values.all(|value| matches!(value, "0" | "1"))
    };
    (0..columns).map(is_flag).collect()
}
