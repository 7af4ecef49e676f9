//! A passage as results in Label Studio.

use serde::Serialize;

use super::{LABELS, OBJECT};
use crate::export::parts::characters;
use crate::export::quotes::Quotes;
use crate::project::format_time;
use demarche_model::{AttributeId, Link, Span, Text, TextRange, Value};

/// An item in the list of results.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Result<'a> {
    Region(Region<'a>),
    Relation(Relation<'a>),
}

/// A range with a label or the value of an attribute.
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
    value: Label<'a>,
}

/// The value of a result. In a text area, the words replace those of the region.
#[derive(Serialize)]
#[serde(untagged)]
enum Label<'a> {
    Labels {
        #[serde(skip_serializing_if = "Option::is_none")]
        text: Option<&'a str>,
        labels: [&'a str; 1],
    },
    Choices {
        #[serde(skip_serializing_if = "Option::is_none")]
        text: Option<&'a str>,
        choices: Vec<&'a str>,
    },
    Number {
        #[serde(skip_serializing_if = "Option::is_none")]
        text: Option<&'a str>,
        number: f64,
    },
    Date {
        #[serde(skip_serializing_if = "Option::is_none")]
        text: Option<&'a str>,
        datetime: &'a str,
    },
    Area {
        text: [&'a str; 1],
    },
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
    /// Converts a link into a relation.
    pub fn new(link: &'a Link) -> Self {
        let (from_id, to_id) = (link.from.to_string(), link.to.to_string());
        Self { r#type: "relation", from_id, to_id, direction: "right", labels: [link.kind.as_str()] }
    }
}

/// Adds the results of a passage: one for each range, then one for each attribute.
pub(super) fn regions<'a>(span: &'a Span, text: &'a Text, quotes: &Quotes<'a>, out: &mut Vec<Result<'a>>) {
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
        let label = Label::Labels { text: quotes.words_at(span, range), labels: [span.category.as_str()] };
        let (kind, from) = ("labels", LABELS.to_owned());
        let region = Region { parent, meta: Some(meta), ..region(id, from, kind, text, range, label) };
        out.push(Result::Region(region));
    }
    let range = span.ranges.iter().next().unwrap_or(span.ranges.cover());
    for (attribute, value) in &span.attributes {
        if let Some((kind, label)) = label_of(value, quotes.words_at(span, range)) {
            let region = region(span.id.to_string(), control(attribute), kind, text, range, label);
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
    label: Label<'a>,
) -> Region<'a> {
    let (start, end) = characters(text, range);
    let value = Content { start, end, value: label };
    Region { id, from_name, to_name: OBJECT, r#type: kind, origin: "manual", value, parent: None, meta: None }
}

/// Returns the name of an attribute's control.
pub(super) fn control(id: &AttributeId) -> String {
    if [LABELS, OBJECT].contains(&id.as_str()) { format!("{id}-attribute") } else { id.to_string() }
}

/// Returns the type of a value and its label. `None` for a number that JSON can't represent.
fn label_of<'a>(value: &'a Value, text: Option<&'a str>) -> Option<(&'static str, Label<'a>)> {
    let choices = |choices: Vec<&'a str>| ("choices", Label::Choices { text, choices });
    Some(match value {
        Value::Choice(choice) => choices(vec![choice]),
        Value::Choices(several) => choices(several.iter().map(|choice| choice.as_str()).collect()),
        Value::Flag(true) => choices(vec!["yes"]),
        Value::Flag(false) => choices(vec!["no"]),
        Value::Number(number) if !number.is_finite() => return None,
        Value::Number(number) => ("number", Label::Number { text, number: *number }),
        Value::Date(date) => ("datetime", Label::Date { text, datetime: date }),
        Value::Text(words) => ("textarea", Label::Area { text: [words] }),
    })
}
