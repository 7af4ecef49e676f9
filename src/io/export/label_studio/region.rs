//! A passage as Label Studio's results.

use serde::Serialize;

use super::{LABELS, OBJECT};
use crate::export::parts::characters;
use crate::project::format_time;
use demarche_model::{AttributeId, Link, Span, Text, TextRange, Value};

/// An item of the list of results.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Result<'a> {
    Region(Region<'a>),
    Relation(Relation<'a>),
}

/// A range with a label, or what is said of it.
#[derive(Serialize)]
pub(super) struct Region<'a> {
    id: String,
    from_name: String,
    to_name: &'static str,
    r#type: &'static str,
    origin: &'static str,
    value: Content<'a>,
    #[serde(rename = "parentID", skip_serializing_if = "Option::is_none")]
    parent: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    meta: Option<Meta<'a>>,
}

#[derive(Serialize)]
struct Content<'a> {
    start: usize,
    end: usize,
    #[serde(flatten)]
    said: Said<'a>,
}

/// A text area's words take the place of the region's own.
#[derive(Serialize)]
#[serde(untagged)]
enum Said<'a> {
    Labels { text: &'a str, labels: [&'a str; 1] },
    Choices { text: &'a str, choices: Vec<&'a str> },
    Number { text: &'a str, number: f64 },
    Date { text: &'a str, datetime: &'a str },
    Area { text: [&'a str; 1] },
}

#[derive(Serialize)]
struct Meta<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<[&'a str; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    part_of: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    created: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    modified: Option<String>,
}

/// A link.
#[derive(Serialize)]
pub(super) struct Relation<'a> {
    r#type: &'static str,
    from_id: String,
    to_id: String,
    direction: &'static str,
    labels: [&'a str; 1],
}

impl<'a> Relation<'a> {
    /// A link as a relation.
    pub fn new(link: &'a Link) -> Self {
        let (from_id, to_id) = (link.from.to_string(), link.to.to_string());
        Self { r#type: "relation", from_id, to_id, direction: "right", labels: [link.kind.as_str()] }
    }
}

/// Adds the results of a passage: one per range, then one per attribute.
pub(super) fn regions<'a>(span: &'a Span, text: &'a Text, out: &mut Vec<Result<'a>>) {
    for (at, range) in span.ranges.iter().enumerate() {
        let first = at == 0;
        let id = if first { span.id.to_string() } else { format!("{}-{}", span.id, at + 1) };
        let parent = (!first).then(|| span.id.to_string());
        let note = Some([span.note.as_str()]).filter(|_| first && !span.note.is_empty());
        let meta = Meta {
            text: note,
            part_of: parent.clone(),
            created: first.then(|| format_time(span.created)),
            modified: first.then(|| format_time(span.modified)),
        };
        let said = Said::Labels { text: text.slice(range), labels: [span.category.as_str()] };
        let (kind, from) = ("labels", LABELS.to_owned());
        let region = Region { parent, meta: Some(meta), ..region(id, from, kind, text, range, said) };
        out.push(Result::Region(region));
    }
    let range = span.ranges.iter().next().unwrap_or(span.ranges.cover());
    for (attribute, value) in &span.attributes {
        if let Some((kind, said)) = said(value, text.slice(range)) {
            let region = region(span.id.to_string(), control(attribute), kind, text, range, said);
            out.push(Result::Region(region));
        }
    }
}

fn region<'a>(
    id: String,
    from_name: String,
    kind: &'static str,
    text: &Text,
    range: TextRange,
    said: Said<'a>,
) -> Region<'a> {
    let (start, end) = characters(text, range);
    let value = Content { start, end, said };
    Region { id, from_name, to_name: OBJECT, r#type: kind, origin: "manual", value, parent: None, meta: None }
}

/// The name of an attribute's control.
pub(super) fn control(id: &AttributeId) -> String {
    if [LABELS, OBJECT].contains(&id.as_str()) { format!("{id}-attribute") } else { id.to_string() }
}

/// What a value is called, and how it is said; `None` for a number that JSON lacks.
fn said<'a>(value: &'a Value, text: &'a str) -> Option<(&'static str, Said<'a>)> {
    let choices = |choices: Vec<&'a str>| ("choices", Said::Choices { text, choices });
    Some(match value {
        Value::Choice(choice) => choices(vec![choice]),
        Value::Choices(several) => choices(several.iter().map(|choice| choice.as_str()).collect()),
        Value::Flag(true) => choices(vec!["yes"]),
        Value::Flag(false) => choices(vec!["no"]),
        Value::Number(number) if !number.is_finite() => return None,
        Value::Number(number) => ("number", Said::Number { text, number: *number }),
        Value::Date(date) => ("datetime", Said::Date { text, datetime: date }),
        Value::Text(words) => ("textarea", Said::Area { text: [words] }),
    })
}
