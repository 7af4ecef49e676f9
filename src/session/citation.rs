//! Passages as text with where they are from, to be pasted into a paper.

use crate::model::{AttributeId, SpanRef, Value};

use super::{Passage, Row, Session};

/// Passages that go into the clipboard at most.
const MOST: usize = 5_000;

/// Passages as text.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Cited {
    /// One paragraph each.
    pub text: String,
    /// How many there are.
    pub copied: usize,
    /// How many there would be more.
    pub left_out: usize,
}

impl Session {
    /// The chosen passages with their citations, in the order of the table; all that it shows where none is chosen.
    pub fn cite_passages(&self) -> Cited {
        let mut chosen: Vec<(Option<usize>, &SpanRef)> =
            self.chosen().iter().map(|at| (self.passages.position(&self.project, at), at)).collect();
        chosen.sort_by_key(|(place, _)| place.unwrap_or(usize::MAX));
        let mut cited = Cited::default();
        let all = if chosen.is_empty() { self.passages.len() } else { chosen.len() };
        for index in 0..all.min(MOST) {
            let row = match chosen.get(index) {
                Some((_, SpanRef { layer, span })) => {
                    Some(Row { document: &layer.document, annotator: &layer.annotator, span: *span })
                }
                None => self.passages.row(index),
            };
            if let Some(passage) = row.as_ref().and_then(|row| row.passage(&self.project)) {
                cited.text.push_str(if cited.copied == 0 { "" } else { "\n\n" });
                cited.text.push_str(&citation(&passage));
                cited.copied += 1;
            }
        }
        cited.left_out = all.saturating_sub(MOST);
        cited
    }
}

/// `“quote” (Title, date, source; category; actor → target)`.
fn citation(passage: &Passage<'_>) -> String {
    let meta = &passage.document.meta;
    let date = meta.date.as_ref().map(|date| date.to_string()).unwrap_or_default();
    let from = [meta.title.clone(), date, meta.source.clone()];
    let from = from.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    let category = passage.project.codebook().name_of(&passage.span.category).to_owned();
    let parts = [from, category, parties(passage)];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("“{}” ({})", passage.quote(), parts.join("; "))
}

/// Who, towards whom; as far as it is said.
fn parties(passage: &Passage<'_>) -> String {
    let said = |id: &str| passage.span.attributes.get(&AttributeId::new(id)).map(Value::to_string);
    match (said("actor"), said("target")) {
        (Some(actor), Some(target)) => format!("{actor} → {target}"),
        (Some(actor), None) => actor,
        (None, Some(target)) => format!("→ {target}"),
        (None, None) => String::new(),
    }
}
