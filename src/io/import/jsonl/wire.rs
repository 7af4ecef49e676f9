//! A line of JSONL as it may come: our own export, and what other programs write that is like it.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};
use serde_json::Value as Json;
use smol_str::SmolStr;

use crate::io::import::DraftValue;
use crate::model::Value;

/// One document. Fields that we do not know are left alone.
#[derive(Deserialize)]
pub(super) struct Line {
    #[serde(default)]
    pub id: Option<Json>,
    pub text: String,
    #[serde(default)]
    pub title: Option<String>,
    #[serde(default)]
    pub date: Option<String>,
    #[serde(default)]
    pub source: Option<String>,
    #[serde(default = "Vec::new")]
    pub spans: Vec<Lenient<WireSpan>>,
    /// `[start, end, category]`, as doccano writes it.
    #[serde(default = "Vec::new", alias = "labels")]
    pub label: Vec<Lenient<(i64, i64, String)>>,
    #[serde(default = "Vec::new")]
    pub links: Vec<Lenient<WireLink>>,
}

/// One span. What is missing is filled in, but for its place and its category.
#[derive(Deserialize, Default)]
pub(super) struct WireSpan {
    #[serde(default)]
    pub id: Option<Json>,
    #[serde(default)]
    pub annotator: Option<String>,
    #[serde(alias = "label")]
    pub category: String,
    #[serde(default)]
    pub start: Option<i64>,
    #[serde(default)]
    pub end: Option<i64>,
    #[serde(default)]
    pub ranges: Option<Vec<(i64, i64)>>,
    #[serde(default)]
    pub quote: Option<String>,
    #[serde(default)]
    pub attributes: Option<BTreeMap<String, Json>>,
    #[serde(default)]
    pub note: Option<String>,
    #[serde(default)]
    pub created: Option<String>,
    #[serde(default)]
    pub modified: Option<String>,
}

/// One link.
#[derive(Deserialize)]
pub(super) struct WireLink {
    #[serde(default)]
    pub id: Option<Json>,
    pub kind: String,
    pub from: Json,
    pub to: Json,
    #[serde(default)]
    pub to_document: Option<Json>,
    #[serde(default)]
    pub created: Option<String>,
}

/// A record that is read, or the reason why it can't be; so one bad record does not take the line with it.
pub(super) struct Lenient<T>(pub Result<T, String>);

impl<'de, T: for<'t> Deserialize<'t>> Deserialize<'de> for Lenient<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = Json::deserialize(deserializer)?;
        Ok(Self(T::deserialize(json).map_err(|error| error.to_string())))
    }
}

/// Reads a line.
pub(super) fn parse(line: &[u8]) -> Result<Line, String> {
    // The reader's own count of lines starts anew on each line of the file.
    serde_json::from_slice(line).map_err(|error| error.to_string().replace("at line 1 column", "at column"))
}

/// An id as text: other programs write numbers.
pub(super) fn id_text(id: &Json) -> String {
    id.as_str().map_or_else(|| id.to_string(), str::to_owned)
}

/// An attribute's value; see `io::export::jsonl` for how each kind is written. `Ok(None)` for nothing, `Err` for what is
/// no value.
pub(super) fn value(json: &Json) -> Result<Option<DraftValue>, ()> {
    let value = match json {
        Json::Null => return Ok(None),
        Json::String(word) => return Ok(Some(DraftValue::Word(word.clone()))),
        Json::Bool(flag) => Value::Flag(*flag),
        Json::Number(number) => Value::Number(number.as_f64().ok_or(())?),
        Json::Array(items) => {
            let texts: Option<_> = items.iter().map(|item| item.as_str().map(SmolStr::new)).collect();
            Value::Choices(texts.ok_or(())?)
        }
        Json::Object(fields) => match (fields.len(), fields.get("text"), fields.get("date")) {
            (1, Some(Json::String(text)), None) => Value::Text(text.clone()),
            (1, None, Some(Json::String(date))) => Value::Date(date.into()),
            _ => return Err(()),
        },
    };
    Ok(Some(DraftValue::Of(value)))
}
