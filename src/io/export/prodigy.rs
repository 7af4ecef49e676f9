//! Prodigy's JSONL: a task per text and annotator.
//!
//! Source: Prodigy's documentation of its annotation task formats (`spans`, `relations`),
//! <https://prodi.gy/docs/api-interfaces>. Offsets are characters (code
//! points), the end exclusive; `token_start` and `token_end` are numbers of tokens, the end **inclusive**. Prodigy keeps
//! unknown fields.
//!
//! | Demarche | Prodigy |
//! |---|---|
//! | passage | `spans`: `{"start","end","token_start","token_end","label"}` |
//! | passage that does not begin and end with a token | the same without token numbers |
//! | several ranges | a span each; all but the first refer to the first in `part_of` |
//! | id, attributes, note, times | additional fields of the span, attributes as in JSONL |
//! | link | `relations`: `head` and `child` are the last tokens of the passages, `head_span` and `child_span` the passages |
//! | annotator | `_annotator_id` |
//! | title, date, source | `meta` |

use std::collections::HashMap;
use std::io::Write;

use serde::Serialize;

use super::exporter::{FileExporter, broken};
use super::jsonl::WireAttributes;
use super::parts::{About, Signed, characters, inner_links, records};
use super::tokens::Tokens;
use super::{Scope, json};
use crate::FormatInfo;
use crate::export::scope::infinite_numbers;
use crate::loss::{ExportLoss, Losses, RangeLoss};
use crate::project::format_time;
use crate::{IoError, Loss};
use demarche_model::{Document, Span, Text, Unfinished};

/// Prodigy's JSONL.
pub(super) struct Prodigy;

impl FileExporter for Prodigy {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "prodigy",
            title: "Prodigy, JSONL with tokens, spans and relations",
            extension: "jsonl",
            carries: "a task per text and annotator: passages with attributes and notes, links between them, tokens, \
                      annotator, title, date, source",
            loses: "links to other annotators and texts; Prodigy shows passages within a word without their tokens",
        }
    }

    fn write(&self, scope: &Scope<'_>, out: &mut dyn Write) -> Result<Vec<Loss>, Unfinished<IoError>> {
        let mut losses = Losses::default();
        let make = |document: &Document, text: &Text, losses: &mut Losses| {
            losses.add(ExportLoss::Decisions, scope.count_decisions(document));
            let tokens = Tokens::new(text);
            let mut bytes = Vec::new();
            for record in records(scope, document) {
                let writer = Writer { scope, document, text, tokens: &tokens };
                let task = writer.task(record, losses);
                json::to_writer(&mut bytes, &task).map_err(|error| broken(error.into()))?;
                bytes.push(b'\n');
            }
            Ok(bytes)
        };
        scope.each_converted(&mut losses, make, |bytes| out.write_all(&bytes).map_err(broken))?;
        Ok(losses.report())
    }
}

struct Writer<'a> {
    scope: &'a Scope<'a>,
    document: &'a Document,
    text: &'a Text,
    tokens: &'a Tokens,
}

impl<'a> Writer<'a> {
    fn task(&self, record: Option<Signed<'a>>, losses: &mut Losses) -> Task<'a> {
        let (mut spans, mut relations) = (Vec::new(), Vec::new());
        if let Some((_, layer)) = record {
            let mut ends = HashMap::new();
            for span in self.scope.spans(layer) {
                self.spans(span, &mut spans, losses);
                ends.insert(span.id, self.end_of(span));
            }
            let (inner, outer) = inner_links(self.scope, self.document, layer);
            losses.add(ExportLoss::LinksToOthers, outer);
            for link in inner {
                let (Some(head), Some(child)) = (ends.get(&link.from), ends.get(&link.to)) else { continue };
                relations.push(Relation {
                    head: head.token_end,
                    child: child.token_end,
                    label: link.kind.as_str(),
                    head_span: head.clone(),
                    child_span: child.clone(),
                    id: link.id.to_string(),
                    created: format_time(link.created),
                });
            }
        }
        Task {
            annotator: record.map(|(annotator, _)| annotator.as_str()),
            answer: "accept",
            meta: About::new(self.document),
            text: self.text.as_str(),
            tokens: self.all_tokens(),
            spans,
            relations,
        }
    }

    /// Writes a passage: a span per range.
    fn spans(&self, span: &'a Span, out: &mut Vec<WireSpan<'a>>, losses: &mut Losses) {
        losses.add(ExportLoss::InfiniteNumbers, infinite_numbers(span));
        for (at, range) in span.ranges.iter().enumerate() {
            let (start, end) = characters(self.text, range);
            let tokens = self.tokens.exactly(range);
            losses.add(RangeLoss::HiddenRanges, usize::from(tokens.is_none()));
            let first = at == 0;
            out.push(WireSpan {
                start,
                end,
                token_start: tokens.map(|tokens| tokens.0),
                token_end: tokens.map(|tokens| tokens.1),
                label: span.category.as_str(),
                id: first.then(|| span.id.to_string()),
                part_of: (!first).then(|| span.id.to_string()),
                attributes: (first && !span.attributes.is_empty())
                    .then_some(WireAttributes(&span.attributes)),
                note: if first { &span.note } else { "" },
                created: first.then(|| format_time(span.created)),
                modified: first.then(|| format_time(span.modified)),
            });
        }
    }

    /// Returns a passage as the end of a relation: its first range, with the tokens that it touches.
    fn end_of(&self, span: &'a Span) -> End<'a> {
        let range = span.ranges.iter().next().unwrap_or(span.ranges.cover());
        let (start, end) = characters(self.text, range);
        let (token_start, token_end) = self.tokens.over(range).unwrap_or_default();
        End { start, end, token_start, token_end, label: span.category.as_str(), id: span.id.to_string() }
    }

    fn all_tokens(&self) -> Vec<Token<'a>> {
        let tokens = self.tokens;
        let words = tokens.bytes().iter().zip(tokens.characters()).enumerate();
        let token = |(id, (&range, &(start, end)))| Token {
            text: self.text.slice(range),
            start,
            end,
            id,
            ws: tokens.has_space(id),
        };
        words.map(token).collect()
    }
}

/// A line of the file. The keys by which the format is recognised are first.
#[derive(Serialize)]
struct Task<'a> {
    #[serde(rename = "_annotator_id", skip_serializing_if = "Option::is_none")]
    annotator: Option<&'a str>,
    answer: &'static str,
    meta: About<'a>,
    text: &'a str,
    tokens: Vec<Token<'a>>,
    spans: Vec<WireSpan<'a>>,
    relations: Vec<Relation<'a>>,
}

#[derive(Serialize)]
struct Token<'a> {
    text: &'a str,
    start: usize,
    end: usize,
    id: usize,
    ws: bool,
}

#[derive(Serialize)]
struct WireSpan<'a> {
    start: usize,
    end: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    token_start: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    token_end: Option<usize>,
    label: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    part_of: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attributes: Option<WireAttributes<'a>>,
    #[serde(skip_serializing_if = "str::is_empty")]
    note: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    created: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    modified: Option<String>,
}

#[derive(Serialize)]
struct Relation<'a> {
    head: usize,
    child: usize,
    label: &'a str,
    head_span: End<'a>,
    child_span: End<'a>,
    id: String,
    created: String,
}

#[derive(Serialize, Clone)]
struct End<'a> {
    start: usize,
    end: usize,
    token_start: usize,
    token_end: usize,
    label: &'a str,
    id: String,
}
