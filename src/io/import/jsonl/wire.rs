//! A line of JSONL as it may come: our own export, and what other programs write that is like it.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};
use serde_json::Value as Json;
use smol_str::SmolStr;

use crate::model::{AttributeKind, Value};

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

/// An attribute's value; see `io::export::jsonl` for how each kind is written. A bare string is what the codebook says
/// of the attribute, or a choice. `Ok(None)` for nothing, `Err` for what is no value.
pub(super) fn value(json: &Json, kind: Option<&AttributeKind>) -> Result<Option<Value>, ()> {
    let value = match json {
        Json::Null => return Ok(None),
        Json::Bool(flag) => Value::Flag(*flag),
        Json::Number(number) => Value::Number(number.as_f64().ok_or(())?),
        Json::String(text) => match kind {
            Some(AttributeKind::Text) => Value::Text(text.clone()),
            Some(AttributeKind::Date) => Value::Date(text.into()),
            Some(AttributeKind::Choices(_)) => Value::Choices([text.into()].into()),
            _ => Value::Choice(text.into()),
        },
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
    Ok(Some(value))
}

/// A text with the line ends that Demarche keeps (LF) and no byte order mark.
pub(super) struct Normal {
    /// The text.
    pub text: String,
    /// Which characters of the original went, ascending.
    removed: Vec<usize>,
}

impl Normal {
    /// Turns CR LF and CR into LF.
    pub fn new(original: String) -> Self {
        if !original.contains('\r') && !original.starts_with('\u{feff}') {
            return Self { text: original, removed: Vec::new() };
        }
        let mut text = String::with_capacity(original.len());
        let mut removed = Vec::new();
        let mut characters = original.chars().enumerate().peekable();
        while let Some((at, c)) = characters.next() {
            match c {
                '\u{feff}' if text.is_empty() => removed.push(at),
                '\r' if characters.peek().is_some_and(|(_, next)| *next == '\n') => removed.push(at),
                '\r' => text.push('\n'),
                other => text.push(other),
            }
        }
        Self { text, removed }
    }

    /// Where a character of the original stands now.
    pub fn offset(&self, original: usize) -> usize {
        original - self.removed.partition_point(|&removed| removed < original)
    }
}

#[cfg(test)]
mod tests {
    use super::Normal;

    #[test]
    fn offsets_follow_the_line_ends() {
        let original = "\u{feff}a\r\nb\rc\r\n";
        let normal = Normal::new(original.to_owned());
        assert_eq!(normal.text, "a\nb\nc\n");
        for (at, c) in original.chars().enumerate().filter(|(_, c)| c.is_alphabetic()) {
            assert_eq!(normal.text.chars().nth(normal.offset(at)), Some(c));
        }
        assert_eq!(normal.offset(original.chars().count()), normal.text.chars().count());
    }
}
