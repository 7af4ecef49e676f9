//! Import of Hypothesis's JSON: `rows` of annotations of web pages as its API returns them, `annotations` as its sidebar
//! exports them, or one annotation per line. The text of the page is not in the file, so annotations are found by their quotes in documents of the project. Each tag is a
//! category; an annotation without one is a `highlight`, or an `annotation` if it has a comment.
//! Source: <https://h.readthedocs.io/en/latest/api-reference/>.

use super::importer::{Importer, Input};
use super::json::{self, Head, Json};
use super::{Draft, DraftDocument, DraftSpan, PlaceHint, Quoted};
use crate::FormatInfo;
use crate::IoError;
use crate::loss::{Losses, TaskLoss};

/// The keys of the list of annotations, in a file of the API and in one that the sidebar exports.
const LISTS: [&str; 2] = ["rows", "annotations"];

/// Hypothesis's JSON.
pub(super) struct Hypothesis;

impl Importer for Hypothesis {
    fn name(&self) -> &'static str {
        "hypothesis"
    }

    fn info(&self) -> Option<FormatInfo> {
        Some(FormatInfo {
            name: self.name(),
            title: "Hypothesis (JSON)",
            extension: "json",
            carries: "annotations as passages: tags, comment, user, times; found by quote and context in documents of the project",
            loses: "notes on whole pages, replies",
        })
    }

    fn endings(&self) -> &'static [&'static str] {
        &["json", "jsonl", "ndjson"]
    }

    fn fits(&self, head: &[u8]) -> bool {
        let text = String::from_utf8_lossy(head);
        let head = Head::new(head);
        let is_listed = head.starts("rows", b'[') && (head.has("total") || text.contains("\"uri\""));
        let is_export = head.starts("annotations", b'[') && head.has("export_userid");
        let is_one = head.has("uri") && head.has("user") && (head.has("target") || head.has("tags"));
        is_listed || is_export || is_one
    }

    fn parse(&self, input: &Input<'_>) -> Result<Draft, IoError> {
        let mut draft = Draft::default();
        let mut losses = Losses::default();
        let values = json::values(input, &mut draft);
        let mut pages: Vec<(Vec<String>, Vec<DraftSpan>, Vec<PlaceHint>)> = Vec::new();
        for (line, value) in &values {
            let rows = match value {
                Json::Array(rows) => rows.as_slice(),
                one => match LISTS.into_iter().find(|list| one.get(list).is_some()) {
                    Some(list) => json::list(one, list),
                    None => std::slice::from_ref(one),
                },
            };
            for row in rows {
                annotation(*line, row, &mut pages, &mut losses);
            }
        }
        let document = |(names, spans, hints): (Vec<String>, Vec<DraftSpan>, Vec<PlaceHint>)| {
            let id = names.first().cloned().unwrap_or_default();
            DraftDocument { id, spans, quoted: Some(Quoted { names, hints }), ..DraftDocument::default() }
        };
        draft.documents = pages.into_iter().map(document).collect();
        draft.losses = losses.report();
        Ok(draft)
    }
}

/// Adds the passages of an annotation to those of its page.
fn annotation(
    line: Option<usize>,
    row: &Json<'_>,
    pages: &mut Vec<(Vec<String>, Vec<DraftSpan>, Vec<PlaceHint>)>,
    losses: &mut Losses,
) {
    let Some((quote, hint)) = json::list(row, "target").iter().find_map(selected) else {
        let is_reply = !json::list(row, "references").is_empty();
        let kind = if is_reply { TaskLoss::TextComments } else { TaskLoss::ResourceAnnotations };
        losses.add(kind, 1);
        return;
    };
    let title = row.get("document").map(|document| json::list(document, "title")).unwrap_or_default();
    let title = title.first().and_then(Json::as_str).map(str::to_owned);
    let names: Vec<String> = json::text(row, "uri").into_iter().chain(title).collect();
    let note = json::text(row, "text").unwrap_or_default();
    let tags: Vec<&str> = json::list(row, "tags").iter().filter_map(Json::as_str).collect();
    let tags: Vec<&str> = tags.into_iter().filter(|tag| !tag.trim().is_empty()).collect();
    let plain = if note.trim().is_empty() { "highlight" } else { "annotation" };
    let tags = if tags.is_empty() { vec![plain] } else { tags };
    let at = pages.iter().position(|(known, ..)| *known == names).unwrap_or_else(|| {
        pages.push((names, Vec::new(), Vec::new()));
        pages.len() - 1
    });
    for tag in tags {
        let span = DraftSpan {
            line,
            id: json::id(row, "id"),
            annotator: json::text(row, "user").map(|user| name_of(&user)),
            category: tag.to_owned(),
            quote: Some(quote.clone()),
            note: note.clone(),
            created: json::time(row, "created"),
            modified: json::time(row, "updated"),
            ..DraftSpan::default()
        };
        pages[at].1.push(span);
        pages[at].2.push(hint.clone());
    }
}

/// Returns the quote of a target and the words around it.
fn selected(target: &Json<'_>) -> Option<(String, PlaceHint)> {
    let is_quote =
        |selector: &&Json<'_>| json::text(selector, "type").as_deref() == Some("TextQuoteSelector");
    let selector = json::list(target, "selector").iter().find(is_quote)?;
    let part = |key: &str| selector.get(key).and_then(Json::as_str).unwrap_or_default().to_owned();
    let hint = PlaceHint { before: part("prefix"), after: part("suffix"), paragraph: None };
    Some((part("exact"), hint)).filter(|(quote, _)| !quote.trim().is_empty())
}

/// Returns the name of `acct:ana@hypothes.is`.
fn name_of(user: &str) -> String {
    let name = user.strip_prefix("acct:").unwrap_or(user);
    name.split_once('@').map_or(name, |(name, _)| name).to_owned()
}
