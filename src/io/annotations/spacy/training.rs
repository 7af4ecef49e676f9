//! Training data of spaCy 2 and earlier: pairs such as `["text", {"entities": [[7, 17, "PERSON"]]}]`, and the JSON of `spacy
//! convert`, which has documents with paragraphs, sentences and tokens. Source: <https://v2.spacy.io/api/annotation#training>.

use std::collections::HashSet;

use super::super::conll::{Decoder, TaggedRun};
use super::super::json::{self, At, Head, Json};
use super::super::refusal::{DocumentFault, SpanFault};
use super::super::{Draft, DraftDocument, DraftSpan};
use crate::loss::{Losses, TaskLoss};

/// Returns whether the first bytes are those of training data.
pub(super) fn fits(head: &[u8]) -> bool {
    let keys = ["entities", "cats", "spans"];
    Head::of_pair(head).is_some_and(|head| head.has_any(&keys)) || Head::new(head).starts("paragraphs", b'[')
}

/// Reads a record if it is training data. Returns whether it is.
pub(super) fn read(at: At<'_>, json: &Json, draft: &mut Draft, losses: &mut Losses) -> bool {
    if let Some(items) = json.as_array() {
        match items.as_slice() {
            [Json::String(text), labels @ Json::Object(_), ..] => pair(at, text, labels, draft, losses),
            _ => draft.problems.push(at.refused(DocumentFault::NoText)),
        }
        return true;
    }
    let paragraphs = json.get("paragraphs").and_then(Json::as_array);
    let all = paragraphs.into_iter().flatten().enumerate();
    all.for_each(|(number, paragraph)| self::paragraph(at, json, (number, paragraph), draft, losses));
    paragraphs.is_some()
}

fn pair(at: At<'_>, text: &str, labels: &Json, draft: &mut Draft, losses: &mut Losses) {
    let mut document =
        DraftDocument { line: at.line, id: at.name(), text: text.to_owned(), ..DraftDocument::default() };
    entities(at, labels, &mut document, draft);
    whole(labels, losses);
    let has_grammar =
        ["tags", "heads", "deps", "pos", "lemmas", "morphs"].iter().any(|key| labels.get(key).is_some());
    losses.add(TaskLoss::TokenGrammar, usize::from(has_grammar));
    draft.documents.push(document);
}

/// Reads the entities, and the groups of spans, of a text.
fn entities(at: At<'_>, labels: &Json, document: &mut DraftDocument, draft: &mut Draft) {
    let groups = labels.get("spans").and_then(Json::as_object).into_iter().flat_map(|groups| groups.iter());
    let grouped = groups.filter_map(|(_, items)| items.as_array()).flatten();
    let mut known = HashSet::new();
    for item in json::list(labels, "entities").iter().chain(grouped) {
        let span = match item.as_array().map(Vec::as_slice) {
            Some([start, end, label, ..]) => {
                let range = start.as_i64().zip(end.as_i64()).ok_or(SpanFault::LabelRange);
                range.and_then(|range| Ok((range, label.as_str().ok_or(SpanFault::NoLabel)?.to_owned())))
            }
            Some(_) => Err(SpanFault::Label),
            None => json::range(item, ("start", "end"))
                .and_then(|range| Ok((range, json::text(item, "label").ok_or(SpanFault::NoLabel)?))),
        };
        match span {
            Ok((range, category)) => {
                // An entity may be in a group as well.
                if known.insert((range, category.clone())) {
                    let line = at.line;
                    let span = DraftSpan { line, category, ranges: vec![range], ..DraftSpan::default() };
                    document.spans.push(span);
                }
            }
            Err(why) => draft.problems.push(at.refused(why)),
        }
    }
}

/// Counts the categories of a whole text: an object with scores, or a list.
fn whole(labels: &Json, losses: &mut Losses) {
    let cats = labels.get("cats");
    let count = cats.and_then(Json::as_object).map_or(0, |cats| cats.len());
    losses.add(TaskLoss::TextCategories, count + json::list(labels, "cats").len());
}

/// Reads a paragraph as a document: its words, with names in the scheme BILUO.
fn paragraph(
    at: At<'_>,
    json: &Json,
    (number, paragraph): (usize, &Json),
    draft: &mut Draft,
    losses: &mut Losses,
) {
    let sentences = json::list(paragraph, "sentences").iter();
    let tokens: Vec<&Json> = sentences.flat_map(|sentence| json::list(sentence, "tokens")).collect();
    let words: Vec<&str> =
        tokens.iter().filter_map(|token| token.get("orth").and_then(Json::as_str)).collect();
    let raw = paragraph.get("raw").and_then(Json::as_str).filter(|raw| !raw.is_empty());
    let text = raw.map_or_else(|| words.join(" "), str::to_owned);
    if text.is_empty() {
        draft.problems.push(at.refused(DocumentFault::NoText));
        return;
    }
    let id = json::id(json, "id").unwrap_or_else(|| at.number.to_string());
    let id = format!("{id}-{}", number + 1);
    let mut document = DraftDocument {
        line: at.line,
        record: Some(id.clone()),
        id: format!("{}-{}", at.name(), number + 1),
        rebuilt: raw.is_none(),
        text,
        ..DraftDocument::default()
    };
    let mut decoder = Decoder::default();
    let mut ended: Vec<TaggedRun> = Vec::new();
    let (mut byte, mut character) = (0, 0);
    for token in &tokens {
        let word = token.get("orth").and_then(Json::as_str).unwrap_or_default();
        let Some(found) = document.text[byte..].find(word).filter(|_| !word.is_empty()) else {
            ended.extend(decoder.end());
            continue;
        };
        let start = character + document.text[byte..byte + found].chars().count();
        (byte, character) = (byte + found + word.len(), start + word.chars().count());
        // A hyphen is a token whose name is not known.
        let tag = token.get("ner").and_then(Json::as_str).filter(|tag| *tag != "-").unwrap_or("O");
        ended.extend(decoder.token(tag, start, character, at.number));
    }
    ended.extend(decoder.end());
    let offset = |at: usize| i64::try_from(at).unwrap_or(i64::MAX);
    document.spans.extend(ended.into_iter().map(|run| DraftSpan {
        line: at.line,
        category: run.label,
        ranges: vec![(offset(run.start), offset(run.end))],
        ..DraftSpan::default()
    }));
    entities(at, paragraph, &mut document, draft);
    whole(paragraph, losses);
    let has_grammar =
        tokens.iter().any(|token| ["tag", "dep", "head"].iter().any(|key| token.get(key).is_some()));
    losses.add(TaskLoss::TokenGrammar, usize::from(has_grammar));
    draft.documents.push(document);
}
