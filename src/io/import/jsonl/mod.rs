//! JSONL in: what `io::export::jsonl` writes, and files of other programs that are like it. A line is a document.

mod wire;

#[cfg(test)]
mod tests;

use serde_json::Value as Json;

use super::{Draft, DraftDocument, DraftLink, DraftSpan, DraftValue, Importer, Input};
use crate::analysis::context::shorten;
use crate::io::{IoError, Problem, ProblemKind};
use wire::{Lenient, Line, WireLink, WireSpan};

/// JSON, a line per document.
pub(super) struct Jsonl;

impl Importer for Jsonl {
    fn name(&self) -> &'static str {
        "jsonl"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["jsonl", "ndjson"]
    }

    fn read(&self, input: &Input<'_>) -> Result<Draft, IoError> {
        let mut draft = Draft::default();
        let bytes = input.bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&input.bytes);
        if !is_in_lines(bytes) {
            let why = "this is JSON, but not with one document on each line; write it as JSONL";
            draft.problems.push(input.problem(Some(1), ProblemKind::Malformed, why));
            return Ok(draft);
        }
        for (number, line) in (1..).zip(bytes.split(|&byte| byte == b'\n')) {
            if !line.trim_ascii().is_empty() {
                match wire::parse(line) {
                    Ok(line) => Reader { input, number, problems: &mut draft.problems }
                        .document(line, &mut draft.documents),
                    Err(why) => {
                        let why = format!("this line is not a document in JSON ({why})");
                        draft.problems.push(input.problem(Some(number), ProblemKind::Malformed, why));
                    }
                }
            }
        }
        Ok(draft)
    }
}

/// Whether a file is not one JSON value spread over lines, of which each would be refused.
fn is_in_lines(bytes: &[u8]) -> bool {
    let start = bytes.trim_ascii_start();
    let first = start.split(|&byte| byte == b'\n').next().unwrap_or_default().trim_ascii_end();
    !start.starts_with(b"[") && first != b"{"
}

/// Reads one line; what is wrong with a record is noted, and the record left out.
struct Reader<'a> {
    input: &'a Input<'a>,
    number: usize,
    problems: &'a mut Vec<Problem>,
}

impl Reader<'_> {
    fn document(&mut self, line: Line, documents: &mut Vec<DraftDocument>) {
        let Line { id, text, title, date, source, spans, label, links } = line;
        let spans = spans.into_iter().chain(label.into_iter().map(of_label));
        let spans = spans.filter_map(|span| self.span(span)).collect();
        let links = links.into_iter().filter_map(|link| self.link(link)).collect();
        documents.push(DraftDocument {
            line: Some(self.number),
            id: id.as_ref().map_or_else(|| format!("#{}", self.number), wire::id_text),
            title,
            date,
            source,
            text,
            spans,
            links,
            ..DraftDocument::default()
        });
    }

    fn span(&mut self, Lenient(span): Lenient<WireSpan>) -> Option<DraftSpan> {
        let wire = match span {
            Ok(wire) => wire,
            Err(why) => return self.refuse(format!("a span can't be read ({why})")),
        };
        let ranges = match ranges(&wire) {
            Ok(ranges) => ranges,
            Err(why) => return self.refuse(why),
        };
        let attributes = match attributes(&wire) {
            Ok(attributes) => attributes,
            Err(why) => return self.refuse(why),
        };
        Some(DraftSpan {
            line: Some(self.number),
            id: wire.id.as_ref().map(wire::id_text),
            annotator: wire.annotator,
            category: wire.category,
            ranges,
            quote: wire.quote,
            attributes,
            note: wire.note.unwrap_or_default(),
            created: wire.created,
            modified: wire.modified,
        })
    }

    fn link(&mut self, Lenient(link): Lenient<WireLink>) -> Option<DraftLink> {
        let wire = match link {
            Ok(wire) => wire,
            Err(why) => return self.refuse(format!("a link can't be read ({why})")),
        };
        Some(DraftLink {
            line: Some(self.number),
            id: wire.id.as_ref().map(wire::id_text),
            kind: wire.kind,
            from: wire::id_text(&wire.from),
            to: wire::id_text(&wire.to),
            to_document: wire.to_document.as_ref().map(wire::id_text),
            created: wire.created,
        })
    }

    fn refuse<T>(&mut self, why: impl Into<String>) -> Option<T> {
        self.problems.push(self.input.problem(Some(self.number), ProblemKind::Malformed, why));
        None
    }
}

/// The span that doccano's `[start, end, category]` means.
fn of_label(label: Lenient<(i64, i64, String)>) -> Lenient<WireSpan> {
    Lenient(label.0.map(|(start, end, category)| WireSpan {
        category,
        start: Some(start),
        end: Some(end),
        ..WireSpan::default()
    }))
}

/// The ranges of a span; `start` and `end` alone are one.
fn ranges(wire: &WireSpan) -> Result<Vec<(i64, i64)>, &'static str> {
    let cover = wire.start.zip(wire.end);
    let ranges = match (&wire.ranges, cover) {
        (Some(ranges), _) if !ranges.is_empty() => ranges.clone(),
        (_, Some(cover)) => vec![cover],
        _ => return Err("a span has neither `start` and `end` nor `ranges`"),
    };
    let first = ranges.iter().map(|range| range.0).min();
    let last = ranges.iter().map(|range| range.1).max();
    match cover {
        Some((start, end)) if (Some(start), Some(end)) != (first, last) => {
            Err("`start` and `end` of a span do not fit its `ranges`")
        }
        _ => Ok(ranges),
    }
}

fn attributes(wire: &WireSpan) -> Result<Vec<(String, DraftValue)>, String> {
    let mut attributes = Vec::new();
    for (name, json) in wire.attributes.iter().flatten() {
        let value = wire::value(json).map_err(|()| no_value(name, json))?;
        attributes.extend(value.map(|value| (name.clone(), value)));
    }
    Ok(attributes)
}

/// The attributes of one JSON object, as `io::export::jsonl` writes them.
///
/// # Errors
/// It is no such object; says why.
pub(super) fn attributes_of(json: &str) -> Result<Vec<(String, DraftValue)>, String> {
    let attributes = Some(serde_json::from_str(json).map_err(|error| error.to_string())?);
    self::attributes(&WireSpan { attributes, ..WireSpan::default() })
}

fn no_value(name: &str, json: &Json) -> String {
    format!("the attribute `{name}` has no value that fits: {}", shorten(&json.to_string(), 40))
}
