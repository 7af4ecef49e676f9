//! Import of doccano's JSONL: what `export::doccano` writes, and what doccano itself exports, the current `entities` and
//! `relations` and the older `label` with `[start, end, name]`. Source: <https://doccano.github.io/doccano/>.
//!
//! doccano's server counts characters, its page UTF-16 units; the file does not say which. If a text has characters outside
//! the BMP, both are tried, see [`settle`](super::placing::settle).

use std::collections::BTreeSet;

use super::importer::{Importer, Input};
use super::json::{self, At, Head, Json};
use super::refusal::{DocumentFault, LinkFault, SpanFault};
use super::{Draft, DraftDocument, DraftLink, DraftSpan};
use crate::IoError;
use crate::loss::{Losses, TaskLoss};
use crate::words::remarks;

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
        // Up to version 1.3, with the ids of labels.
        let older = head.starts("annotations", b'[') && head.starts("text", b'"') && !head.has("data");
        (lists || older) && !head.has_any(&["spans", "tokens", "links"])
    }

    fn is_by_person(&self) -> bool {
        true
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
        let spans = draft.documents.iter().flat_map(|document| &document.spans);
        let is_number = |span: &&DraftSpan| span.category.bytes().all(|byte| byte.is_ascii_digit());
        let numbers: BTreeSet<&str> = spans.filter(is_number).map(|span| span.category.as_str()).collect();
        if !numbers.is_empty() {
            draft.remarks.push(remarks::numbered_labels(numbers.len()));
        }
        Ok(draft)
    }
}

fn record(at: At<'_>, json: &Json, draft: &mut Draft, losses: &mut Losses) {
    let known = json.get("text").or_else(|| json.get("data")).and_then(Json::as_str);
    let Some(text) = known.or_else(|| longest(json)) else {
        draft.problems.push(at.refused(DocumentFault::NoText));
        return;
    };
    let annotator = json::text(json, "annotator").or_else(|| json::text(json, "username"));
    let mut document =
        DraftDocument { line: at.line, id: at.name(), text: text.to_owned(), ..DraftDocument::default() };
    document.record = json::id(json, "id");
    json::about(&mut document, json);
    let whole = ["label", "labels", "cats"].iter().filter_map(|key| json.get(key));
    losses.add(TaskLoss::TextLabels, whole.filter(|label| label.is_string()).count());
    losses.add(TaskLoss::TextLabels, json::list(json, "cats").len());
    let items = LISTS.iter().flat_map(|key| json::list(json, key).iter().map(move |item| (*key, item)));
    for (key, item) in items {
        if item.is_string() || key == OLDER && is_of_text(item) {
            losses.add(TaskLoss::TextLabels, 1);
            continue;
        }
        if key == OLDER && item.get("text").is_some() && item.get("label").is_none() {
            losses.add(TaskLoss::TextAnswers, 1);
            continue;
        }
        match span(item) {
            Ok(span) => {
                let user = json::id(item, "user").map(|user| format!("user {user}"));
                let annotator = annotator.clone().or(user);
                document.spans.push(DraftSpan { line: at.line, annotator, ..span });
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

/// Keys with lists of labels.
const LISTS: [&str; 4] = ["entities", "label", "labels", OLDER];
/// The key in versions up to 1.3.
const OLDER: &str = "annotations";

/// Returns whether an annotation of an older version is about the text as a whole.
fn is_of_text(item: &Json) -> bool {
    item.get("label").is_some() && item.get("start_offset").is_none() && item.as_array().is_none()
}

/// Returns the longest text of a record, since users choose the name of its column.
fn longest<'j>(json: &'j Json<'_>) -> Option<&'j str> {
    let fields = json.as_object()?.iter();
    let texts = fields.filter(|(key, _)| !LISTS.contains(key)).filter_map(|(_, value)| value.as_str());
    texts.filter(|text| text.contains(char::is_whitespace)).max_by_key(|text| text.len())
}

/// Reads an entity, or a label in the older form.
fn span(item: &Json) -> Result<DraftSpan, SpanFault> {
    let (range, category, id) = match item.as_array().map(Vec::as_slice) {
        Some([start, end, name, ..]) => {
            let range = start.as_i64().zip(end.as_i64());
            (range.ok_or(SpanFault::LabelRange)?, Some(name), None)
        }
        Some(_) => return Err(SpanFault::Label),
        None => {
            let range = json::range(item, ("start_offset", "end_offset"))?;
            (range, item.get("label"), json::id(item, "id"))
        }
    };
    // An older version has the number of the label instead of its name.
    let category = category.filter(|name| name.is_string() || name.as_i64().is_some()).map(json::id_text);
    let category = category.ok_or(SpanFault::NoLabel)?;
    // Blanks help to find the position of a quote, too.
    let quote = item.get("quote").and_then(Json::as_str).filter(|quote| !quote.is_empty()).map(str::to_owned);
    Ok(DraftSpan { id, category, ranges: vec![range], quote, ..DraftSpan::default() })
}

fn link(item: &Json) -> Option<DraftLink> {
    let (from, to) = (json::id(item, "from_id")?, json::id(item, "to_id")?);
    let kind = json::text(item, "type").or_else(|| json::text(item, "label"))?;
    Some(DraftLink { kind, from, to, ..DraftLink::default() })
}
