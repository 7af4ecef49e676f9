//! The writer of layer files.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::fmt::Write as _;

use ron::value::RawValue;

use super::compose::{File, Record, joined, string};
use super::format::Format;
use super::format_time;
use super::owner::write_owner;
use super::quote::{format_with, may_be_long, write_quote};
use super::wire::write_value;
use demarche_model::{
    Basis, Claim, ConflictKind, Detached, DetachedReason, Layer, LayerId, Link, PersonKey, Provenance, Quote,
    Span, SpanId, Status, Text,
};

/// Approximate size of a span in a file, in bytes.
const RECORD: usize = 256;

/// The source of the spans' words.
#[derive(Clone, Copy)]
pub(super) enum Words<'a> {
    /// The text; ranges are in bytes.
    Text(&'a Text),
    /// The quotes in the files that the spans were read from, by id; ranges are in characters.
    Quotes(&'a HashMap<SpanId, Quote>),
}

impl<'a> Words<'a> {
    /// Returns an offset in characters.
    pub fn offset(self, at: usize) -> usize {
        match self {
            Self::Text(text) => text.char_offset(at),
            Self::Quotes(_) => at,
        }
    }

    /// Returns the words of a span.
    pub fn quote(self, span: &Span) -> Quote {
        match self {
            Self::Text(text) => Quote::of_span(&span.ranges, text),
            Self::Quotes(quotes) => quotes.get(&span.id).cloned().unwrap_or_default(),
        }
    }

    fn is_long(self, span: &Span) -> bool {
        match self {
            Self::Text(text) => Quote::would_be_long(&span.ranges, text),
            Self::Quotes(quotes) => quotes.get(&span.id).is_some_and(Quote::is_long),
        }
    }
}

/// A line of a list.
enum Line<'a> {
    Span(&'a Span),
    Link(&'a Link),
    Detached(&'a Detached),
}

/// Returns the text of a layer file: spans by start, longest first, then by id; links by id; records that could not be
/// read or repeat an id, last. The offsets refer to version `version` of the text, and `key` is that of the person who
/// writes the file.
pub(super) fn compose(
    id: &LayerId,
    key: Option<PersonKey>,
    layer: &Layer,
    text: Words<'_>,
    version: u32,
) -> String {
    let mut file = File::with_capacity(format_of(key, layer, text, version), 256 + layer.len() * RECORD);
    write_owner(&mut file, &id.document, &id.annotator, key);
    match layer.stored_status() {
        Status::New => {}
        Status::InProgress => file.plain("status", |out| out.push_str("InProgress")),
        Status::Done => file.plain("status", |out| out.push_str("Done")),
    }
    if let Some(unblinded) = layer.unblinded() {
        file.text("unblinded", &format_time(unblinded));
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

/// Returns the lowest format that holds a layer.
fn format_of(key: Option<PersonKey>, layer: &Layer, text: Words<'_>, version: u32) -> Format {
    let long_claim = |detached: &Detached| match composed_claim(detached, version) {
        Some(claim) => claim.quote.is_long(),
        None => may_be_long(&detached.record),
    };
    let known = format_with(
        key,
        layer.spans_unsorted().any(|span| text.is_long(span))
            || layer.detached().any(|(_, detached)| long_claim(detached)),
    );
    match layer.unblinded() {
        Some(_) => Format::WITH_UNBLINDING,
        None if has_single(layer) => known.max(Format::WITH_SINGLE_CODING),
        None => known,
    }
}

/// True if a span, or a record that could not be placed, rests on the reading of one person alone.
fn has_single(layer: &Layer) -> bool {
    let is_single = |span: &Span| span.provenance.as_ref().is_some_and(|found| found.basis == Basis::Single);
    let is_single_claim =
        |detached: &Detached| detached.claim.as_ref().is_some_and(|claim| is_single(&claim.span));
    layer.spans_unsorted().any(|span| is_single(span))
        || layer
            .detached()
            .any(|(_, detached)| is_single_claim(detached) || detached.record.contains("single: true"))
}

/// The sort key of a line: whether it has no position (those lines are last), start and end of its first range in
/// characters, and the id.
type SortKey = (bool, usize, Reverse<usize>, Option<SpanId>);

fn span_lines<'a>(layer: &'a Layer, text: Words<'_>) -> Vec<Line<'a>> {
    let spans = layer.spans().map(|span| Line::Span(span));
    let detached: Vec<&Detached> =
        layer.detached().filter(|(_, d)| !d.link).map(|(_, d)| d.as_ref()).collect();
    if detached.is_empty() {
        return spans.collect();
    }
    let mut lines: Vec<(SortKey, Line<'_>)> = spans
        .chain(detached.into_iter().map(Line::Detached))
        .map(|line| (sort_key(&line, text), line))
        .collect();
    lines.sort_by_key(|(key, _)| *key);
    lines.into_iter().map(|(_, line)| line).collect()
}

/// Returns the numbers of the records that could not be placed, in the order in which they are written.
pub(super) fn detached_keys(layer: &Layer, text: Words<'_>) -> Vec<u32> {
    let keys: HashMap<*const Detached, u32> =
        layer.detached().map(|(key, record)| (std::ptr::from_ref(&**record), key)).collect();
    if keys.is_empty() {
        return Vec::new();
    }
    let key_of = |line| match line {
        Line::Detached(record) => keys.get(&std::ptr::from_ref(record)).copied(),
        Line::Span(_) | Line::Link(_) => None,
    };
    let links = layer.detached().filter(|(_, record)| record.link).map(|(key, _)| key);
    span_lines(layer, text).into_iter().filter_map(key_of).chain(links).collect()
}

fn sort_key(line: &Line<'_>, text: Words<'_>) -> SortKey {
    let (span, in_bytes) = match line {
        Line::Span(span) => (*span, true),
        // A second span with one id stays after the first; otherwise they would swap roles when the file is read again.
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

/// Writes a span. `conflict` is set for the other copy's version of a span in a merge conflict.
pub(super) fn write_span(out: &mut String, span: &Span, text: Words<'_>, conflict: Option<ConflictKind>) {
    write_record(out, span, &text.quote(span), |at| text.offset(at), conflict).end();
}

/// Writes a span with these words. `characters` converts its offsets.
pub(super) fn write_span_at(
    out: &mut String,
    span: &Span,
    quote: &Quote,
    characters: impl Fn(usize) -> usize,
) {
    write_record(out, span, quote, characters, None).end();
}

/// Writes the fields of a span. `characters` converts its offsets into those of the file.
fn write_record<'a>(
    out: &'a mut String,
    span: &Span,
    quote: &Quote,
    characters: impl Fn(usize) -> usize,
    conflict: Option<ConflictKind>,
) -> Record<'a> {
    let mut record = Record::new(out);
    let _ = write!(record.field("id"), "\"{}\"", span.id);
    record.text("category", span.category.as_str());
    joined(record.field("ranges"), ['[', ']'], span.ranges.iter(), |out, range| {
        let _ = write!(out, "({}, {})", characters(range.start), characters(range.end));
    });
    write_quote(&mut record, quote);
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

/// Writes a provenance such as `(from: [("ana", "0190…")], by: "ben", at: "2026-03-14T09:14:00Z")`.
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
    match provenance.basis {
        Basis::Compared => {}
        Basis::Single => record.field("single").push_str("true"),
    }
    record.text("by", provenance.by.as_str());
    record.text("at", &format_time(provenance.at)).end();
}

pub(super) fn write_link(out: &mut String, link: &Link) {
    let mut record = Record::new(out);
    let _ = write!(record.field("id"), "\"{}\"", link.id);
    record.text("kind", link.kind.as_str());
    let _ = write!(record.field("from"), "\"{}\"", link.from);
    record.text("to_document", link.to_document.as_str());
    let _ = write!(record.field("to"), "\"{}\"", link.to);
    record.text("created", &format_time(link.created));
    record.end();
}

/// Returns the text of a record that could not be placed, for a file whose offsets refer to version `version`.
pub(super) fn detached_text(detached: &Detached, version: u32) -> String {
    let mut out = String::new();
    write_detached(&mut out, detached, version);
    out
}

/// Returns the claim of a record that is not written verbatim.
fn composed_claim(detached: &Detached, version: u32) -> Option<&Claim> {
    let changed = matches!(detached.reason, DetachedReason::TextChanged(_));
    detached.claim.as_ref().filter(|claim| changed || claim.text != version)
}

/// Writes a record that could not be placed, verbatim. If its offsets refer to another version of the text than the file's,
/// or it was not read from a file, the record is composed, with the number of that version.
fn write_detached(out: &mut String, detached: &Detached, version: u32) {
    if let Some(claim) = composed_claim(detached, version) {
        let conflict = if let DetachedReason::Conflict(kind) = detached.reason { Some(kind) } else { None };
        let mut record = write_record(out, &claim.span, &claim.quote, |at| at, conflict);
        if claim.text != version {
            let _ = write!(record.field("text"), "{}", claim.text);
        }
        return record.end();
    }
    out.push_str(&detached.record);
    // After a comment that runs to the end of the line, the comma would be part of it.
    let in_comment = detached.record.lines().last().is_some_and(|line| line.contains("//"))
        && ron::from_str::<Vec<&RawValue>>(&format!("[{},]", detached.record)).is_err()
        && ron::from_str::<Vec<&RawValue>>(&format!("[{}\n,]", detached.record)).is_ok();
    if in_comment {
        out.push_str("\n        ");
    }
}
