//! Wire types of a line in JSONL: our own export, and similar files of other programs.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value as Json;

use crate::annotations::json::Lenient;

/// A document. Unknown fields are ignored. With `STRICT`, one bad record makes the whole line unreadable.
#[derive(Deserialize)]
pub(super) struct Line<const STRICT: bool> {
    #[serde(default)]
    pub id: Option<Json>,
    pub text: String,
    #[serde(default)]
    pub title: Option<String>,
    #[serde(default)]
    pub date: Option<String>,
    #[serde(default)]
    pub author: Option<String>,
    #[serde(default)]
    pub source: Option<String>,
    #[serde(default)]
    pub sets: Option<Json>,
    #[serde(default = "Vec::new")]
    pub anchors: Vec<Lenient<WireAnchor, STRICT>>,
    #[serde(default = "Vec::new")]
    pub spans: Vec<Lenient<WireSpan, STRICT>>,
    /// `[start, end, category]`, as in doccano.
    #[serde(default = "Vec::new", alias = "labels")]
    pub label: Vec<Lenient<(i64, i64, String), STRICT>>,
    #[serde(default = "Vec::new")]
    pub links: Vec<Lenient<WireLink, STRICT>>,
}

/// A span. Everything but its range and category is optional.
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
    #[serde(default)]
    pub provenance: Option<WireProvenance>,
}

/// The provenance of a span in the consensus.
#[derive(Deserialize)]
pub(super) struct WireProvenance {
    #[serde(default)]
    pub from: Vec<WireSource>,
    #[serde(default)]
    pub over: Vec<WireSource>,
    #[serde(default)]
    pub single: bool,
    pub by: String,
    pub at: String,
}

/// A span of the same document.
#[derive(Deserialize)]
pub(super) struct WireSource {
    pub annotator: String,
    pub span: String,
}

/// A page, a heading or a time.
#[derive(Deserialize)]
pub(super) struct WireAnchor {
    pub at: i64,
    #[serde(default)]
    pub page: Option<Json>,
    #[serde(default)]
    pub heading: Option<String>,
    #[serde(default)]
    pub level: Option<u8>,
    #[serde(default)]
    pub time: Option<String>,
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
