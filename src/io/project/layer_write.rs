//! The text of layer files.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::fmt::Write as _;

use ron::value::RawValue;

use super::compose::{File, Record, joined, string};
use super::format_time;
use super::wire::write_value;
use demarche_model::{
    ConflictKind, Detached, DetachedReason, Layer, LayerId, Link, Provenance, Span, SpanId, Status, Text,
};

/// Bytes that a span takes in a file, roughly.
const RECORD: usize = 256;

/// Where the words of spans come from.
#[derive(Clone, Copy)]
pub(super) enum Words<'a> {
    /// From the text; ranges are in bytes.
    Of(&'a Text),
    /// From the files that spans were read from, by id; ranges are in characters.
    Said(&'a HashMap<SpanId, String>),
}

impl<'a> Words<'a> {
    /// An offset in characters.
    pub fn offset(self, at: usize) -> usize {
        match self {
            Self::Of(text) => text.char_offset(at),
            Self::Said(_) => at,
        }
    }

    /// The words of a span.
    pub fn quote(self, span: &Span) -> Cow<'a, str> {
        match self {
            Self::Of(text) if span.ranges.count() == 1 => Cow::Borrowed(text.slice(span.ranges.cover())),
            Self::Of(text) => Cow::Owned(span.quote(text)),
            Self::Said(quotes) => Cow::Borrowed(quotes.get(&span.id).map_or("", String::as_str)),
        }
    }
}

/// A line of a list.
enum Line<'a> {
    Span(&'a Span),
    Link(&'a Link),
    Detached(&'a Detached),
}

/// The text of a layer file: spans by start, longest first, then id; links by id; what could not be read or has an id
/// that came before, last. The offsets count the version `version` of the text.
pub(super) fn compose(id: &LayerId, layer: &Layer, text: Words<'_>, version: u32) -> String {
    let mut file = File::with_capacity(256 + layer.len() * RECORD);
    file.text("document", id.document.as_str());
    file.text("annotator", id.annotator.as_str());
    match layer.stored_status() {
        Status::New => {}
        Status::InProgress => file.plain("status", |out| out.push_str("InProgress")),
        Status::Done => file.plain("status", |out| out.push_str("Done")),
    }
    if version != 1 {
        file.plain("text", |out| {
            let _ = write!(out, "{version}");
        });
    }
    let write = |out: &mut String, line: Line<'_>| match line {
        Line::Span(span) => write_span(out, span, text, None),
        Line::Link(link) => write_link(out, link),
        Line::Detached(detached) => write_detached(out, detached, version),
    };
    file.list("spans", span_lines(layer, text), write);
    let links = layer.links().map(|link| Line::Link(link));
    let damaged = layer.detached().filter(|(_, d)| d.link).map(|(_, d)| Line::Detached(d));
    file.list("links", links.chain(damaged), write);
    file.finish()
}

/// Where a line stands: the first range, in characters, and the id; `None`, last, for what has no place.
type Place = (bool, usize, Reverse<usize>, Option<SpanId>);

fn span_lines<'a>(layer: &'a Layer, text: Words<'_>) -> Vec<Line<'a>> {
    let spans = layer.spans().map(|span| Line::Span(span));
    let detached: Vec<&Detached> =
        layer.detached().filter(|(_, d)| !d.link).map(|(_, d)| d.as_ref()).collect();
    if detached.is_empty() {
        return spans.collect();
    }
    let mut lines: Vec<(Place, Line<'_>)> = spans
        .chain(detached.into_iter().map(Line::Detached))
        .map(|line| (place(&line, text), line))
        .collect();
    lines.sort_by_key(|(place, _)| *place);
    lines.into_iter().map(|(_, line)| line).collect()
}

fn place(line: &Line<'_>, text: Words<'_>) -> Place {
    let (span, in_bytes) = match line {
        Line::Span(span) => (*span, true),
        // A second span of one id stays behind the first, or the two would change roles at the next reading.
        Line::Detached(Detached { claim: Some(claim), reason, .. })
            if *reason != DetachedReason::DuplicateId =>
        {
            (&claim.span, false)
        }
        _ => return (true, 0, Reverse(0), None),
    };
    let first = span.ranges.iter().next().unwrap_or_default();
    let offset = |at| if in_bytes { text.offset(at) } else { at };
    (false, offset(first.start), Reverse(offset(first.end)), Some(span.id))
}

/// A span as it stands in a file; `conflict` where it is what another copy of a merge has made of one.
pub(super) fn write_span(out: &mut String, span: &Span, text: Words<'_>, conflict: Option<ConflictKind>) {
    write_record(out, span, &text.quote(span), |at| text.offset(at), conflict).end();
}

/// The fields of a span; `characters` turns its offsets into those of the file.
fn write_record<'a>(
    out: &'a mut String,
    span: &Span,
    quote: &str,
    characters: impl Fn(usize) -> usize,
    conflict: Option<ConflictKind>,
) -> Record<'a> {
    let mut record = Record::new(out);
    let _ = write!(record.field("id"), "\"{}\"", span.id);
    record.text("category", span.category.as_str());
    joined(record.field("ranges"), ['[', ']'], span.ranges.iter(), |out, range| {
        let _ = write!(out, "({}, {})", characters(range.start), characters(range.end));
    });
    record.text("quote", quote);
    if !span.attributes.is_empty() {
        joined(record.field("attributes"), ['{', '}'], &span.attributes, |out, (id, value)| {
            string(out, id.as_str());
            out.push_str(": ");
            write_value(out, value);
        });
    }
    record.text_if_any("note", &span.note);
    record.text("created", &format_time(span.created));
    if span.modified != span.created {
        record.text("modified", &format_time(span.modified));
    }
    if let Some(provenance) = &span.provenance {
        write_provenance(record.field("provenance"), provenance);
    }
    if let Some(kind) = conflict {
        record.field("conflict").push_str(match kind {
            ConflictKind::Other => "Other",
            ConflictKind::Removed => "Removed",
        });
    }
    record
}

/// `(from: [("ana", "0190…")], by: "ben", at: "2026-03-14T09:14:00Z")`
fn write_provenance(out: &mut String, provenance: &Provenance) {
    let mut record = Record::new(out);
    for (name, sources) in [("from", &provenance.from), ("over", &provenance.over)] {
        if !sources.is_empty() {
            joined(record.field(name), ['[', ']'], sources, |out, source| {
                out.push('(');
                string(out, source.annotator.as_str());
                let _ = write!(out, ", \"{}\")", source.span);
            });
        }
    }
    record.text("by", provenance.by.as_str());
    record.text("at", &format_time(provenance.at)).end();
}

fn write_link(out: &mut String, link: &Link) {
    let mut record = Record::new(out);
    let _ = write!(record.field("id"), "\"{}\"", link.id);
    record.text("kind", link.kind.as_str());
    let _ = write!(record.field("from"), "\"{}\"", link.from);
    record.text("to_document", link.to_document.as_str());
    let _ = write!(record.field("to"), "\"{}\"", link.to);
    record.text("created", &format_time(link.created));
    record.end();
}

/// A record that could not be placed, as it stood in the file; unless its offsets count another version of the text than
/// the file does now, or it comes from no file: then it says which one they count.
fn write_detached(out: &mut String, detached: &Detached, version: u32) {
    if let Some(claim) = &detached.claim
        && (claim.text != version || matches!(detached.reason, DetachedReason::TextChanged(_)))
    {
        let conflict = if let DetachedReason::Conflict(kind) = detached.reason { Some(kind) } else { None };
        let mut record = write_record(out, &claim.span, &claim.quote, |at| at, conflict);
        if claim.text != version {
            let _ = write!(record.field("text"), "{}", claim.text);
        }
        return record.end();
    }
    out.push_str(&detached.record);
    // After a comment to the end of the line the comma would be part of the comment.
    let in_comment = detached.record.lines().last().is_some_and(|line| line.contains("//"))
        && ron::from_str::<Vec<&RawValue>>(&format!("[{},]", detached.record)).is_err()
        && ron::from_str::<Vec<&RawValue>>(&format!("[{}\n,]", detached.record)).is_ok();
    if in_comment {
        out.push_str("\n        ");
    }
}
