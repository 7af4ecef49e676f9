//! Import of doccano's JSONL: what `export::doccano` writes, and what doccano itself exports, the current `entities` and
//! `relations` and the older `label` with `[start, end, name]`. Source: <https://doccano.github.io/doccano/>.
//!
//! doccano's server counts characters, its page UTF-16 units; the file does not say which. If a text has characters outside
//! the BMP, both are tried, see [`settle`](super::placing::settle).

use super::importer::{Importer, Input};
use super::json::{self, At, Head, Json};
use super::refusal::{DocumentFault, LinkFault, SpanFault};
use super::{Draft, DraftDocument, DraftLink, DraftSpan};
use crate::IoError;
use crate::loss::{Losses, TaskLoss};

/// doccano's JSONL.
pub(super) struct Doccano;

impl Importer for Doccano {
    fn name(&self) -> &'static str {
        "doccano"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["jsonl", "ndjson", "json"]
    }

    fn fits(&self, head: &[u8]) -> bool {
        let head = Head::new(head);
        let lists = ["entities", "relations", "label", "labels"].iter().any(|key| head.starts(key, b'['));
        lists && !head.has_any(&["spans", "tokens", "links"])
    }

    fn states_unit(&self) -> bool {
        false
    }

    fn parse(&self, input: &Input<'_>) -> Result<Draft, IoError> {
        let mut draft = Draft::default();
        let mut losses = Losses::default();
        json::records(input, &mut draft, &mut losses, |at, json, draft, losses| {
            record(at, &json, draft, losses);
        });
        draft.losses = losses.report();
        Ok(draft)
    }
}

fn record(at: At<'_>, json: &Json, draft: &mut Draft, losses: &mut Losses) {
    let Some(text) = json.get("text").or_else(|| json.get("data")).and_then(Json::as_str) else {
        draft.problems.push(at.refused(DocumentFault::NoText));
        return;
    };
    let annotator = json::text(json, "annotator").or_else(|| json::text(json, "username"));
    let mut document =
        DraftDocument { line: at.line, id: at.name(), text: text.to_owned(), ..DraftDocument::default() };
    document.record = json::id(json, "id");
    json::about(&mut document, json);
    for item in ["entities", "label", "labels"].iter().flat_map(|key| json::list(json, key)) {
        if item.is_string() {
            losses.add(TaskLoss::TextLabels, 1);
            continue;
        }
        match span(item) {
            Ok(span) => {
                document.spans.push(DraftSpan { line: at.line, annotator: annotator.clone(), ..span });
            }
            Err(why) => draft.problems.push(at.refused(why)),
        }
    }
    for item in json::list(json, "relations") {
        match link(item) {
            Some(link) => document.links.push(DraftLink { line: at.line, ..link }),
            None => draft.problems.push(at.refused(LinkFault::RelationParts)),
        }
    }
    let comments = ["Comments", "comments"].iter().map(|key| json::list(json, key).len()).sum();
    losses.add(TaskLoss::TextComments, comments);
    draft.documents.push(document);
}

/// Reads an entity, or a label in the older form.
fn span(item: &Json) -> Result<DraftSpan, SpanFault> {
    let (range, category, id) = match item.as_array().map(Vec::as_slice) {
        Some([start, end, name, ..]) => {
            let range = start.as_i64().zip(end.as_i64());
            (range.ok_or(SpanFault::LabelRange)?, name.as_str(), None)
        }
        Some(_) => return Err(SpanFault::Label),
        None => {
            let range = json::range(item, ("start_offset", "end_offset"))?;
            (range, item.get("label").and_then(Json::as_str), json::id(item, "id"))
        }
    };
    let category = category.ok_or(SpanFault::NoLabel)?.to_owned();
    // Blanks help to find the position of a quote, too.
    let quote = item.get("quote").and_then(Json::as_str).filter(|quote| !quote.is_empty()).map(str::to_owned);
    Ok(DraftSpan { id, category, ranges: vec![range], quote, ..DraftSpan::default() })
}

fn link(item: &Json) -> Option<DraftLink> {
    let (from, to) = (json::id(item, "from_id")?, json::id(item, "to_id")?);
    let kind = json::text(item, "type").or_else(|| json::text(item, "label"))?;
    Some(DraftLink { kind, from, to, ..DraftLink::default() })
}
