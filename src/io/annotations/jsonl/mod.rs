//! Import of JSONL with one document per line: our own export (`export::jsonl`), and similar files of other programs,
//! including those with doccano's older `label`.

mod wire;

#[cfg(test)]
mod tests;

use rayon::prelude::*;

use super::importer::{Importer, Input};
use super::json::{self, Head, Lenient};
use super::{Draft, DraftDocument, DraftLink, DraftProvenance, DraftSpan, DraftValue, importers};
use crate::annotations::refusal::{DocumentFault, FileFault, LinkFault, Refusal, SpanFault};
use crate::head::HEAD;
use crate::{IoError, Problem};
use demarche_model::AnchorKind;
use wire::{Line, WireAnchor, WireLink, WireProvenance, WireSource, WireSpan};

/// JSONL with one document per line.
pub(super) struct Jsonl;

impl Importer for Jsonl {
    fn name(&self) -> &'static str {
        "jsonl"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["jsonl", "ndjson"]
    }

    fn is_sure(&self, head: &[u8]) -> bool {
        let head = Head::new(head);
        !head.is_array && head.starts("text", b'"')
    }

    fn parse(&self, input: &Input<'_>) -> Result<Draft, IoError> {
        let mut draft = Draft::default();
        let bytes = json::without_mark(&input.bytes);
        if let Some(other) = self.behind_the_head(bytes) {
            return other.parse(input);
        }
        if !json::is_in_lines(bytes) {
            draft.problems.push(input.refused(Some(1), FileFault::NoLines));
            return Ok(draft);
        }
        let lines: Vec<(usize, &[u8])> = (1..).zip(bytes.split(|&byte| byte == b'\n')).collect();
        let full = |(_, line): &&(usize, &[u8])| !line.trim_ascii().is_empty();
        let lines: Vec<_> = lines.iter().filter(full).collect();
        let read = |(number, line): &&(usize, &[u8])| {
            let mut draft = Draft::default();
            let mut reader = Reader { input, number: *number, problems: &mut draft.problems };
            // Nearly all lines are valid.
            if let Ok(line) = json::parse::<Line<true>>(line) {
                reader.document(line, &mut draft.documents);
                return draft;
            }
            match json::parse::<Line<false>>(line) {
                Ok(line) => reader.document(line, &mut draft.documents),
                Err(error) => {
                    draft.problems.push(input.refused(Some(*number), json::not_a_document(&error)));
                }
            }
            draft
        };
        let parts: Vec<Draft> = lines.par_iter().map(read).collect();
        parts.into_iter().for_each(|part| json::join(&mut draft, part));
        Ok(draft)
    }
}

impl Jsonl {
    /// Returns the format of a file whose first line is longer than the bytes by which it is detected.
    fn behind_the_head(&self, bytes: &[u8]) -> Option<&'static dyn Importer> {
        let first = bytes.split(|&byte| byte == b'\n').next().filter(|first| first.len() > HEAD)?;
        let ours = |other: &&dyn Importer| other.name() != self.name() && other.endings().contains(&"jsonl");
        importers().iter().copied().filter(ours).find(|other| other.fits(first))
    }
}

/// Returns the names of sets; of a value of another program, those that are texts.
fn set_names(sets: serde_json::Value) -> Vec<String> {
    let serde_json::Value::Array(names) = sets else { return Vec::new() };
    names.into_iter().filter_map(|name| name.as_str().map(str::to_owned)).collect()
}

/// A reader of one line. Invalid records are left out, with a problem.
struct Reader<'a> {
    input: &'a Input<'a>,
    number: usize,
    problems: &'a mut Vec<Problem>,
}

impl Reader<'_> {
    fn document<const STRICT: bool>(&mut self, line: Line<STRICT>, documents: &mut Vec<DraftDocument>) {
        let Line { id, text, title, date, author, source, sets, anchors, spans, label, links } = line;
        let anchors = anchors.into_iter().filter_map(|anchor| self.anchor(anchor)).collect();
        let spans = spans.into_iter().chain(label.into_iter().map(of_label));
        let spans = spans.filter_map(|span| self.span(span)).collect();
        let links = links.into_iter().filter_map(|link| self.link(link)).collect();
        documents.push(DraftDocument {
            line: Some(self.number),
            id: id.as_ref().map_or_else(|| format!("#{}", self.number), id_text),
            record: id.as_ref().map(id_text),
            title,
            date,
            author,
            source,
            sets: sets.map(set_names).unwrap_or_default(),
            text,
            anchors,
            spans,
            links,
            ..DraftDocument::default()
        });
    }

    fn span<const STRICT: bool>(&mut self, Lenient(span): Lenient<WireSpan, STRICT>) -> Option<DraftSpan> {
        let wire = match span {
            Ok(wire) => wire,
            Err(why) => return self.refuse(SpanFault::Span(why.to_string())),
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
            id: wire.id.as_ref().map(id_text),
            annotator: wire.annotator,
            category: wire.category,
            ranges,
            quote: wire.quote,
            attributes,
            note: wire.note.unwrap_or_default(),
            created: wire.created,
            modified: wire.modified,
            provenance: wire.provenance.map(provenance),
        })
    }

    fn anchor<const STRICT: bool>(
        &mut self,
        Lenient(anchor): Lenient<WireAnchor, STRICT>,
    ) -> Option<(i64, AnchorKind)> {
        let wire = match anchor {
            Ok(wire) => wire,
            Err(why) => return self.refuse(DocumentFault::Anchor(why.to_string())),
        };
        let kind = match (wire.page, wire.heading, wire.time) {
            (Some(page), None, None) => AnchorKind::Page(id_text(&page).into()),
            (None, Some(title), None) => {
                AnchorKind::Heading { level: wire.level.unwrap_or(1).clamp(1, 6), title }
            }
            (None, None, Some(time)) => AnchorKind::Time(time.into()),
            _ => return self.refuse(DocumentFault::AnchorKind),
        };
        Some((wire.at, kind))
    }

    fn link<const STRICT: bool>(&mut self, Lenient(link): Lenient<WireLink, STRICT>) -> Option<DraftLink> {
        let wire = match link {
            Ok(wire) => wire,
            Err(why) => return self.refuse(LinkFault::Link(why.to_string())),
        };
        Some(DraftLink {
            line: Some(self.number),
            id: wire.id.as_ref().map(id_text),
            kind: wire.kind,
            from: id_text(&wire.from),
            to: id_text(&wire.to),
            to_document: wire.to_document.as_ref().map(id_text),
            created: wire.created,
        })
    }

    fn refuse<T>(&mut self, why: impl Into<Refusal>) -> Option<T> {
        self.problems.push(self.input.refused(Some(self.number), why));
        None
    }
}

fn provenance(wire: WireProvenance) -> DraftProvenance {
    let sources = |wire: Vec<WireSource>| wire.into_iter().map(|s| (s.annotator, s.span)).collect();
    DraftProvenance {
        from: sources(wire.from),
        over: sources(wire.over),
        is_single: wire.single,
        by: wire.by,
        at: wire.at,
    }
}

/// Returns the span of a label `[start, end, category]` of doccano.
fn of_label<const STRICT: bool>(label: Lenient<(i64, i64, String), STRICT>) -> Lenient<WireSpan, STRICT> {
    Lenient(label.0.map(|(start, end, category)| WireSpan {
        category,
        start: Some(start),
        end: Some(end),
        ..WireSpan::default()
    }))
}

/// Returns the ranges of a span; `start` and `end` alone are one range.
fn ranges(wire: &WireSpan) -> Result<Vec<(i64, i64)>, SpanFault> {
    let cover = wire.start.zip(wire.end);
    let ranges = match (&wire.ranges, cover) {
        (Some(ranges), _) if !ranges.is_empty() => ranges.clone(),
        (_, Some(cover)) => vec![cover],
        _ => return Err(SpanFault::NoRange),
    };
    let first = ranges.iter().map(|range| range.0).min();
    let last = ranges.iter().map(|range| range.1).max();
    match cover {
        Some((start, end)) if (Some(start), Some(end)) != (first, last) => Err(SpanFault::RangesMismatch),
        _ => Ok(ranges),
    }
}

fn attributes(wire: &WireSpan) -> Result<Vec<(String, DraftValue)>, SpanFault> {
    let mut attributes = Vec::new();
    for (name, json) in wire.attributes.iter().flatten() {
        let json = json.into();
        let value = json::value(&json).map_err(|()| json::no_value(name, &json))?;
        attributes.extend(value.map(|value| (name.clone(), value)));
    }
    Ok(attributes)
}

/// Returns the attributes in a JSON object, as written by `io::export::jsonl`.
///
/// # Errors
/// The text is not such an object.
pub(super) fn attributes_of(json: &str) -> Result<Vec<(String, DraftValue)>, SpanFault> {
    let attributes = serde_json::from_str(json).map_err(|error| SpanFault::Attributes(error.to_string()))?;
    let attributes = Some(attributes);
    self::attributes(&WireSpan { attributes, ..WireSpan::default() })
}

/// Returns an id as text, since some programs write numbers.
fn id_text(id: &serde_json::Value) -> String {
    id.as_str().map_or_else(|| id.to_string(), str::to_owned)
}
