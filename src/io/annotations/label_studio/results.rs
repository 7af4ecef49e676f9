//! The results of an annotation: regions with labels, their values, and relations between them.

use std::collections::HashMap;

use smol_str::SmolStr;

use super::config::Config;
use crate::Problem;
use crate::annotations::json::{self, At, Json};
use crate::annotations::refusal::SpanFault;
use crate::annotations::{DraftDocument, DraftLink, DraftSpan, DraftValue};
use crate::loss::{AnnotationLoss, Losses, TaskLoss};
use demarche_model::Value;

/// A reader of the annotations of a task.
pub(super) struct Results<'a> {
    at: At<'a>,
    config: &'a Config,
    pub document: DraftDocument,
    pub problems: Vec<Problem>,
    /// Whether the text itself has `\n` as two characters.
    has_escapes: bool,
    /// The spans of each region of the current annotation, one per label.
    regions: HashMap<String, Vec<usize>>,
    /// Ids that are in use in the document.
    taken: std::collections::HashSet<String>,
}

/// Types of results with a value of a region.
const VALUES: [&str; 5] = ["choices", "textarea", "number", "rating", "datetime"];

impl<'a> Results<'a> {
    /// Starts without results.
    pub fn new(at: At<'a>, config: &'a Config, document: DraftDocument) -> Self {
        let has_escapes = document.text.contains("\\n");
        let (problems, regions, taken) = Default::default();
        Self { at, config, document, problems, has_escapes, regions, taken }
    }

    /// Reads an annotation.
    pub fn annotation(
        &mut self,
        number: usize,
        items: &[Json],
        annotator: Option<String>,
        created: Option<String>,
        losses: &mut Losses,
    ) {
        self.regions.clear();
        let kind = |item: &Json| item.get("type").and_then(Json::as_str).unwrap_or_default().to_lowercase();
        for (at, item) in items.iter().enumerate().filter(|(_, item)| kind(item) == "labels") {
            let id = json::id(item, "id").unwrap_or_else(|| format!("{number}#{at}"));
            let whole = item.get("meta").and_then(|meta| json::id(meta, "part_of"));
            let value = item.get("value").unwrap_or(&Json::Null);
            let span =
                DraftSpan { annotator: annotator.clone(), created: created.clone(), ..DraftSpan::default() };
            match self.region(id, whole, value, span) {
                Ok(spans) => self.say_meta(&spans, item.get("meta")),
                Err(why) => self.problems.push(self.at.refused(why)),
            }
        }
        for item in items {
            match kind(item).as_str() {
                "labels" => {}
                "relation" => self.relation(item, losses),
                kind if VALUES.contains(&kind) => self.region_value(kind, item, losses),
                kind if kind.ends_with("labels") => {
                    losses.add(TaskLoss::OtherRegions, 1);
                }
                _ => losses.add(TaskLoss::UnknownResults, 1),
            }
        }
    }

    /// Reads a task in JSON-MIN, with regions under the names of their controls.
    pub fn minimal(&mut self, task: &Json, losses: &mut Losses) {
        let annotator = json::id(task, "annotator").map(|id| format!("user {id}"));
        for (key, value) in task.as_object().into_iter().flat_map(|fields| fields.iter()) {
            let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
            for (at, value) in items.iter().enumerate().filter(|(_, item)| item.get("start").is_some()) {
                let span = DraftSpan { annotator: annotator.clone(), ..DraftSpan::default() };
                if let Err(why) = self.region(format!("{key}#{at}"), None, value, span) {
                    self.problems.push(self.at.refused(why));
                }
            }
            let choice = value.get("choices").is_some();
            losses.add(TaskLoss::TextAnswers, usize::from(choice));
        }
    }

    /// Adds the spans of a region, or a range to the spans that it is a part of. Returns the new spans.
    fn region(
        &mut self,
        id: String,
        whole: Option<String>,
        value: &Json,
        span: DraftSpan,
    ) -> Result<Vec<usize>, SpanFault> {
        let range = json::range(value, ("start", "end"))?;
        // Also of white space alone: without the quote, word bounds would decide what the offsets count.
        let quote = value.get("text").and_then(Json::as_str).filter(|quote| !quote.is_empty());
        let quote = quote.map(|quote| self.plain(quote.to_owned()));
        if let Some(spans) = whole.as_ref().and_then(|whole| self.regions.get(whole)) {
            for &at in spans {
                let span = &mut self.document.spans[at];
                span.ranges.push(range);
                span.quote = span.quote.take().zip(quote.as_ref()).map(|(a, b)| format!("{a} {b}"));
            }
            return Ok(Vec::new());
        }
        let labels: Vec<&str> = json::list(value, "labels").iter().filter_map(Json::as_str).collect();
        if labels.is_empty() {
            return Err(SpanFault::NoLabel);
        }
        let mut new = Vec::new();
        for label in labels {
            let at = self.document.spans.len();
            // Copies of an annotation have regions with the same ids.
            let own = if self.taken.contains(&id) { format!("{id}#{at}") } else { id.clone() };
            self.taken.insert(own.clone());
            self.document.spans.push(DraftSpan {
                line: self.at.line,
                id: Some(own),
                category: self.config.category(label).to_owned(),
                ranges: vec![range],
                quote: quote.clone(),
                ..span.clone()
            });
            new.push(at);
        }
        self.regions.insert(id, new.clone());
        Ok(new)
    }

    /// Returns a quote with line ends, which some versions write as `\n`.
    fn plain(&self, quote: String) -> String {
        if self.has_escapes { quote } else { quote.replace("\\n", "\n") }
    }

    /// Reads the note and the times of a region.
    fn say_meta(&mut self, spans: &[usize], meta: Option<&Json>) {
        let Some(meta) = meta else { return };
        let notes = json::list(meta, "text").iter().filter_map(Json::as_str);
        let notes = notes.collect::<Vec<_>>().join("\n");
        let notes = json::text(meta, "text").unwrap_or(notes);
        for &at in spans {
            let span = &mut self.document.spans[at];
            span.note.clone_from(&notes);
            span.created = json::time(meta, "created").or(span.created.take());
            span.modified = json::time(meta, "modified");
        }
    }

    /// Reads a value of a region.
    fn region_value(&mut self, kind: &str, item: &Json, losses: &mut Losses) {
        let spans = json::id(item, "id").and_then(|id| self.regions.get(&id));
        let (Some(spans), Some(name)) = (spans, json::text(item, "from_name")) else {
            losses.add(TaskLoss::TextAnswers, 1);
            return;
        };
        let value = item.get("value").unwrap_or(&Json::Null);
        let Some(value) = draft_value(kind, value, self.config.is_multiple(&name)) else {
            losses.add(TaskLoss::UnknownResults, 1);
            return;
        };
        let name = Config::attribute(&name);
        for &at in spans {
            self.document.spans[at].attributes.push((name.to_owned(), value.clone()));
        }
    }

    fn relation(&mut self, item: &Json, losses: &mut Losses) {
        let span = |key: &str| {
            let at = *self.regions.get(&json::id(item, key)?)?.first()?;
            self.document.spans[at].id.clone()
        };
        let (Some(from), Some(to)) = (span("from_id"), span("to_id")) else {
            losses.add(AnnotationLoss::UnjoinedLinks, 1);
            return;
        };
        let (from, to) = match item.get("direction").and_then(Json::as_str) {
            Some("left") => (to, from),
            Some("bi") => {
                losses.add(AnnotationLoss::TwoWayLinks, 1);
                (from, to)
            }
            _ => (from, to),
        };
        let labels: Vec<&str> = json::list(item, "labels").iter().filter_map(Json::as_str).collect();
        let labels = if labels.is_empty() { vec!["related to"] } else { labels };
        for kind in labels {
            let (from, to) = (from.clone(), to.clone());
            let link =
                DraftLink { line: self.at.line, kind: kind.to_owned(), from, to, ..DraftLink::default() };
            self.document.links.push(link);
        }
    }
}

fn draft_value(kind: &str, value: &Json, multiple: bool) -> Option<DraftValue> {
    let of = |value| Some(DraftValue::Of(value));
    match kind {
        "choices" => {
            let choices: Option<Vec<&str>> = json::list(value, "choices").iter().map(Json::as_str).collect();
            match choices?.as_slice() {
                [] => None,
                [choice] if !multiple => Some(DraftValue::Word((*choice).to_owned())),
                several => of(Value::Choices(several.iter().map(SmolStr::new).collect())),
            }
        }
        "textarea" => {
            let lines: Vec<&str> = json::list(value, "text").iter().filter_map(Json::as_str).collect();
            let text = json::text(value, "text").or_else(|| Some(lines.join("\n")));
            of(Value::Text(text?))
        }
        "datetime" => of(Value::Date(value.get("datetime")?.as_str()?.into())),
        kind => of(Value::Number(value.get(kind)?.as_f64()?)),
    }
}
