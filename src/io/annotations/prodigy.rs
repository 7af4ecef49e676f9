//! Import of Prodigy's JSONL: what `export::prodigy` and `prodigy db-out` write. A line is a task: a text with the annotations
//! of one person. Offsets are characters. Source: <https://prodi.gy/docs/api-interfaces>.
//!
//! Of rejected and ignored tasks only the text is imported. Relations between words that are not passages can't be
//! imported.

use std::collections::HashMap;

use super::importer::{Importer, Input};
use super::json::{self, At, Head, Json};
use super::refusal::{DocumentFault, LinkFault, Refusal, SpanFault};
use super::{Draft, DraftDocument, DraftLink, DraftSpan};
use crate::IoError;
use crate::loss::{AnnotationLoss, Losses, TaskLoss};

/// Prodigy's JSONL.
pub(super) struct Prodigy;

/// Keys that only Prodigy writes.
const OWN: [&str; 6] =
    ["_annotator_id", "_session_id", "_input_hash", "_task_hash", "_view_id", "_timestamp"];

/// Parts of a task about the text as a whole.
const WHOLE: [(&str, TaskLoss); 3] = [
    ("accept", TaskLoss::TextChoices),
    ("options", TaskLoss::ChoiceOptions),
    ("user_input", TaskLoss::FreeAnswers),
];

impl Importer for Prodigy {
    fn name(&self) -> &'static str {
        "prodigy"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["jsonl", "ndjson", "json"]
    }

    fn fits(&self, head: &[u8]) -> bool {
        let head = Head::new(head);
        let answered = head.starts("answer", b'"') && head.has_any(&["text", "meta"]);
        let tokens = head.starts("tokens", b'[') && head.starts("spans", b'[');
        head.has_any(&OWN) || answered || tokens
    }

    fn parse(&self, input: &Input<'_>) -> Result<Draft, IoError> {
        let mut draft = Draft::default();
        let mut losses = Losses::default();
        json::records(input, &mut draft, &mut losses, |at, json, draft, losses| {
            task(at, &json, draft, losses);
        });
        draft.losses = losses.report();
        Ok(draft)
    }
}

fn task(at: At<'_>, json: &Json, draft: &mut Draft, losses: &mut Losses) {
    let Some(text) = json.get("text").and_then(Json::as_str) else {
        draft.problems.push(at.refused(DocumentFault::NoTaskText));
        return;
    };
    let mut document =
        DraftDocument { line: at.line, id: at.name(), text: text.to_owned(), ..DraftDocument::default() };
    if let Some(meta) = json.get("meta") {
        json::about(&mut document, meta);
        document.is_settled = json::is_ours(meta, text);
    }
    for (key, kind) in WHOLE {
        let is_set = json.get(key).is_some_and(|value| match value {
            Json::Array(items) => !items.is_empty(),
            other => !other.is_null(),
        });
        losses.add(kind, usize::from(is_set));
    }
    losses.add(TaskLoss::TextLabels, usize::from(json.get("label").is_some_and(Json::is_string)));
    let answer = json.get("answer").and_then(Json::as_str).unwrap_or("accept");
    if answer == "accept" {
        let annotator = json::id(json, "_annotator_id").or_else(|| json::id(json, "_session_id"));
        let (by_id, ends, tokens) = Default::default();
        let mut reader = Reader { at, document, draft, by_id, ends, tokens };
        reader.spans(json, annotator, losses);
        reader.relations(json, losses);
        document = reader.document;
    } else {
        let count = json::list(json, "spans").len();
        losses.add(TaskLoss::RejectedSpans, count);
    }
    draft.documents.push(document);
}

/// Start, end and label of a span.
type SpanKey = (i64, i64, String);

struct Reader<'a> {
    at: At<'a>,
    document: DraftDocument,
    draft: &'a mut Draft,
    /// The span with each id, to which its other ranges are added.
    by_id: HashMap<String, usize>,
    /// The spans by start, end and label.
    ends: HashMap<SpanKey, String>,
    /// The spans by their last token.
    tokens: HashMap<i64, String>,
}

impl Reader<'_> {
    fn refuse(&mut self, why: impl Into<Refusal>) {
        self.draft.problems.push(self.at.refused(why));
    }

    fn spans(&mut self, json: &Json, annotator: Option<String>, losses: &mut Losses) {
        for (number, item) in json::list(json, "spans").iter().enumerate() {
            if item.get("answer").and_then(Json::as_str).is_some_and(|answer| answer != "accept") {
                losses.add(TaskLoss::RejectedSpans, 1);
                continue;
            }
            let range = match json::range(item, ("start", "end")) {
                Ok(range) => range,
                Err(why) => {
                    self.refuse(why);
                    continue;
                }
            };
            let whole = json::id(item, "part_of").and_then(|id| self.by_id.get(&id).copied());
            if let Some(whole) = whole {
                self.document.spans[whole].ranges.push(range);
                continue;
            }
            let Some(category) = json::text(item, "label") else {
                self.refuse(SpanFault::NoLabel);
                continue;
            };
            let given = json::id(item, "id").filter(|id| !self.by_id.contains_key(id));
            let id = given.unwrap_or_else(|| format!("#{number}"));
            self.by_id.insert(id.clone(), self.document.spans.len());
            self.ends.entry((range.0, range.1, category.clone())).or_insert_with(|| id.clone());
            if let Some(token) = json::offset(item, "token_end") {
                self.tokens.entry(token).or_insert_with(|| id.clone());
            }
            let attributes = json::attributes(item, "attributes", |why| self.refuse(why));
            self.document.spans.push(DraftSpan {
                line: self.at.line,
                id: Some(id),
                annotator: annotator.clone(),
                category,
                ranges: vec![range],
                quote: None,
                attributes,
                note: item.get("note").and_then(Json::as_str).unwrap_or_default().to_owned(),
                created: json::time(item, "created"),
                modified: json::time(item, "modified"),
                provenance: None,
            });
        }
    }

    fn relations(&mut self, json: &Json, losses: &mut Losses) {
        for item in json::list(json, "relations") {
            let ends = self.end(item, "head").zip(self.end(item, "child"));
            match (ends, json::text(item, "label")) {
                (Some((from, to)), Some(kind)) => self.document.links.push(DraftLink {
                    line: self.at.line,
                    id: json::id(item, "id"),
                    kind,
                    from,
                    to,
                    to_document: None,
                    created: json::time(item, "created"),
                }),
                (Some(_), None) => self.refuse(LinkFault::NoRelationLabel),
                (None, _) => losses.add(AnnotationLoss::UnjoinedLinks, 1),
            }
        }
    }

    /// Returns the span at an end of a relation: by its id, which our export writes, then by its range or last token.
    fn end(&self, item: &Json, key: &str) -> Option<String> {
        let end = item.get(&format!("{key}_span"));
        let by_id = end.and_then(|end| json::id(end, "id")).filter(|id| self.by_id.contains_key(id));
        let by_range = |end: &Json| {
            let (start, stop) = json::range(end, ("start", "end")).ok()?;
            self.ends.get(&(start, stop, json::text(end, "label")?)).cloned()
        };
        let by_token = || self.tokens.get(&json::offset(item, key)?).cloned();
        by_id.or_else(|| end.and_then(by_range)).or_else(by_token)
    }
}
