//! Import of spaCy's Doc in JSON: what `export::spacy` and `Doc.to_json` write; one Doc, a list of them, or one per line.
//! Offsets are characters. Source: <https://spacy.io/api/doc#to_json>. Training data of earlier versions is read as well, see
//! [`training`].
//!
//! A group of `spans` is an annotator in files of our export. Other groups, such as `sc`, name no one, and a passage both in
//! them and in `ents` is read once.

mod training;

use std::collections::HashSet;

use super::importer::{Importer, Input};
use super::json::{self, At, Head, Json};
use super::refusal::{DocumentFault, SpanFault};
use super::{Draft, DraftDocument, DraftSpan};
use crate::IoError;
use crate::loss::{Losses, TaskLoss};

/// spaCy's JSON.
pub(super) struct Spacy;

impl Importer for Spacy {
    fn name(&self) -> &'static str {
        "spacy"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["json", "jsonl", "ndjson"]
    }

    fn fits(&self, bytes: &[u8]) -> bool {
        let head = Head::new(bytes);
        let spans = head.starts("spans", b'{') && head.has_any(&["text", "tokens"]);
        head.starts("ents", b'[') || spans || training::fits(bytes)
    }

    fn parse(&self, input: &Input<'_>) -> Result<Draft, IoError> {
        let mut draft = Draft::default();
        let mut losses = Losses::default();
        json::records(input, &mut draft, &mut losses, |at, json, draft, losses| {
            if !training::read(at, &json, draft, losses) {
                doc(at, &json, draft, losses);
            }
        });
        draft.losses = losses.report();
        Ok(draft)
    }
}

fn doc(at: At<'_>, json: &Json, draft: &mut Draft, losses: &mut Losses) {
    let Some(text) = json.get("text").and_then(Json::as_str) else {
        draft.problems.push(at.refused(DocumentFault::NoText));
        return;
    };
    let mut document =
        DraftDocument { line: at.line, id: at.name(), text: text.to_owned(), ..DraftDocument::default() };
    let own = json.get("meta").filter(|own| own.get("document").is_some());
    if let Some(own) = own {
        json::about(&mut document, own);
        document.is_settled = json::is_ours(own, text);
    }
    let mut grouped = HashSet::new();
    let mut add = |item: &Json, annotator: Option<&str>| match span(item) {
        Ok(span) => {
            let place = (span.ranges[0], span.category.clone());
            // An entity that is in a group as well is only there for spaCy.
            let twice = annotator.is_none() && grouped.contains(&place);
            grouped.insert(place);
            if !twice {
                let annotator = annotator.map(str::to_owned);
                document.spans.push(DraftSpan { line: at.line, annotator, ..span });
            }
        }
        Err(why) => draft.problems.push(at.refused(why)),
    };
    for (group, items) in json.get("spans").and_then(Json::as_object).into_iter().flat_map(|all| all.iter()) {
        let annotator = own.map(|_| group);
        items.as_array().into_iter().flatten().for_each(|item| add(item, annotator));
    }
    json::list(json, "ents").iter().for_each(|item| add(item, None));
    losses.add(
        TaskLoss::TextCategories,
        json.get("cats").and_then(Json::as_object).map_or(0, |cats| cats.len()),
    );
    let tagged =
        |token: &Json| ["tag", "pos", "dep", "lemma", "morph"].iter().any(|key| token.get(key).is_some());
    let tagged = json::list(json, "tokens").iter().any(tagged);
    losses.add(TaskLoss::TokenGrammar, usize::from(tagged));
    draft.documents.push(document);
}

fn span(item: &Json) -> Result<DraftSpan, SpanFault> {
    let range = json::range(item, ("start", "end"))?;
    let category = json::text(item, "label").ok_or(SpanFault::NoLabel)?;
    Ok(DraftSpan { category, ranges: vec![range], ..DraftSpan::default() })
}
