//! JSONL of Demarche: a line per document with its spans and links. `annotations::jsonl` reads it.
//!
//! Offsets are Unicode scalar values, the end exclusive: `text[start:end]` in Python. The form of a value shows the kind of
//! its attribute, so that it is read back as the same kind:
//!
//! | kind | value |
//! |---|---|
//! | choice (also actor, issue) | `"Norvania"` |
//! | choices | `["fees","port access"]` |
//! | number | `2.5` |
//! | yes or no | `true` |
//! | text | `{"text":"…"}` |
//! | date | `{"date":"2026-03-14"}` |

use std::borrow::Cow;
use std::io::Write;

use serde::{Serialize, Serializer};

use super::exporter::{FileExporter, broken};
use super::jsonl_anchors::WireAnchors;
use super::quotes::Quotes;
use super::{Scope, json};
use crate::FormatInfo;
use crate::export::scope::infinite_numbers;
use crate::loss::{ExportLoss, Losses};
use crate::project::format_time;
use crate::{IoError, Loss};
use demarche_model::{
    AnnotatorId, Attributes, Basis, Document, Layer, Link, Provenance, SourceSpan, Span, Text, Unfinished,
    Value,
};

/// JSON with a line per document.
pub(super) struct Jsonl;

impl FileExporter for Jsonl {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "jsonl",
            title: "JSONL for scripts and for Demarche",
            extension: "jsonl",
            carries: "a line per document: id, title, date, author, source, sets, text, pages and headings, all spans with attributes, notes and where those of the consensus come from, links",
            loses: "definitions and colours of the codebook, decisions, memos, status of documents",
        }
    }

    fn write(&self, scope: &Scope<'_>, out: &mut dyn Write) -> Result<Vec<Loss>, Unfinished<IoError>> {
        let mut losses = Losses::default();
        let make = |document: &Document, text: &Text, losses: &mut Losses| {
            losses.add(ExportLoss::Decisions, scope.count_decisions(document));
            let layers = scope.layers(document);
            let quotes = Quotes::of(scope, document, text, losses);
            let line = Line {
                id: document.id().as_str(),
                title: &document.meta.title,
                date: document.meta.date.as_ref().map(|date| date.as_str()),
                author: &document.meta.author,
                source: &document.meta.source,
                sets: scope.sets_of(document),
                text: text.as_str(),
                anchors: WireAnchors { anchors: &document.anchors, text },
                spans: Spans { scope, text, quotes: &quotes, layers: &layers },
                links: Links { scope, layers: &layers },
            };
            let mut bytes = json::to_vec(&line).map_err(|e| broken(e.into()))?;
            bytes.push(b'\n');
            let spans = layers.iter().flat_map(|(_, layer)| scope.spans(layer));
            losses.add(ExportLoss::InfiniteNumbers, spans.map(|span| infinite_numbers(span)).sum());
            Ok(bytes)
        };
        scope.each_converted(&mut losses, make, |bytes| out.write_all(&bytes).map_err(broken))?;
        losses.carried(ExportLoss::Origins);
        scope.note_empty_sets(&mut losses);
        Ok(losses.report())
    }
}

#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    title: &'a str,
    date: Option<&'a str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    author: &'a str,
    source: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sets: Vec<&'a str>,
    text: &'a str,
    #[serde(skip_serializing_if = "WireAnchors::is_empty")]
    anchors: WireAnchors<'a>,
    spans: Spans<'a>,
    links: Links<'a>,
}

/// A document. Spans and links are serialised one by one, so that no list of them is kept in memory.
struct Spans<'a> {
    scope: &'a Scope<'a>,
    text: &'a Text,
    quotes: &'a Quotes<'a>,
    layers: &'a [(&'a AnnotatorId, &'a Layer)],
}

impl Serialize for Spans<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let spans = self.layers.iter().flat_map(|(annotator, layer)| {
            self.scope
                .spans(layer)
                .map(|span| WireSpan::new(annotator.as_str(), span, self.text, self.quotes))
        });
        serializer.collect_seq(spans)
    }
}

#[derive(Serialize)]
struct WireSpan<'a> {
    id: String,
    annotator: &'a str,
    category: &'a str,
    start: usize,
    end: usize,
    ranges: Vec<(usize, usize)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quote: Option<Cow<'a, str>>,
    attributes: WireAttributes<'a>,
    note: &'a str,
    created: String,
    modified: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    provenance: Option<WireProvenance<'a>>,
}

/// The provenance of a passage in the consensus.
#[derive(Serialize)]
struct WireProvenance<'a> {
    from: Vec<WireSource<'a>>,
    over: Vec<WireSource<'a>>,
    /// Written only if true: nobody else has read the document.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    single: bool,
    by: &'a str,
    at: String,
}

#[derive(Serialize)]
struct WireSource<'a> {
    annotator: &'a str,
    span: String,
}

impl<'a> WireProvenance<'a> {
    fn new(provenance: &'a Provenance) -> Self {
        let wire = |sources: &'a [SourceSpan]| {
            let wire = |source: &'a SourceSpan| WireSource {
                annotator: source.annotator.as_str(),
                span: source.span.to_string(),
            };
            sources.iter().map(wire).collect()
        };
        Self {
            from: wire(&provenance.from),
            over: wire(&provenance.over),
            single: provenance.basis == Basis::Single,
            by: provenance.by.as_str(),
            at: format_time(provenance.at),
        }
    }
}

impl<'a> WireSpan<'a> {
    fn new(annotator: &'a str, span: &'a Span, text: &'a Text, quotes: &Quotes<'a>) -> Self {
        let offsets = |r: demarche_model::TextRange| (text.char_offset(r.start), text.char_offset(r.end));
        let ranges: Vec<(usize, usize)> = span.ranges.iter().map(offsets).collect();
        let (start, end) = (ranges[0].0, ranges[ranges.len() - 1].1);
        Self {
            id: span.id.to_string(),
            annotator,
            category: span.category.as_str(),
            start,
            end,
            ranges,
            quote: quotes.words(span),
            attributes: WireAttributes(&span.attributes),
            note: &span.note,
            created: format_time(span.created),
            modified: format_time(span.modified),
            provenance: span.provenance.as_deref().map(WireProvenance::new),
        }
    }
}

/// Returns the attributes as one JSON object, for formats that have only one text for them. It contains no character that
/// XML does not allow.
pub(super) fn attributes_json(attributes: &Attributes) -> String {
    // Strings, numbers and lists of them can always be serialised.
    let json = json::to_text(&WireAttributes(attributes));
    json.replace('\u{FFFE}', "\\ufffe").replace('\u{FFFF}', "\\uffff")
}

/// The attributes of a passage, each in the form of its kind.
pub(super) struct WireAttributes<'a>(pub &'a Attributes);

impl Serialize for WireAttributes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(id, value)| (id.as_str(), WireValue(value))))
    }
}

struct WireValue<'a>(&'a Value);

impl Serialize for WireValue<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Choice(value) => serializer.serialize_str(value),
            Value::Choices(values) => serializer.collect_seq(values.iter().map(|value| value.as_str())),
            Value::Number(value) => serializer.serialize_f64(*value),
            Value::Flag(value) => serializer.serialize_bool(*value),
            Value::Text(value) => serializer.collect_map([("text", value)]),
            Value::Date(value) => serializer.collect_map([("date", value.as_str())]),
        }
    }
}

struct Links<'a> {
    scope: &'a Scope<'a>,
    layers: &'a [(&'a AnnotatorId, &'a Layer)],
}

impl Serialize for Links<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let links = self.layers.iter().flat_map(|(annotator, layer)| {
            let starts = |link: &Link| layer.span(link.from).is_some_and(|span| self.scope.has(span));
            let links = layer.links().filter(move |link| starts(link));
            links.map(|link| WireLink::new(annotator.as_str(), link))
        });
        serializer.collect_seq(links)
    }
}

#[derive(Serialize)]
struct WireLink<'a> {
    id: String,
    annotator: &'a str,
    kind: &'a str,
    from: String,
    to: String,
    to_document: &'a str,
    created: String,
}

impl<'a> WireLink<'a> {
    fn new(annotator: &'a str, link: &'a Link) -> Self {
        Self {
            id: link.id.to_string(),
            annotator,
            kind: link.kind.as_str(),
            from: link.from.to_string(),
            to: link.to.to_string(),
            to_document: link.to_document.as_str(),
            created: format_time(link.created),
        }
    }
}
