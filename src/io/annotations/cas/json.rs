//! Takes a JSON file apart.

use std::collections::HashMap;

use serde::Deserialize;
use thiserror::Error;

use super::{Cas, Held, Sofa, Structure};
use crate::annotations::json::{Fields, Json};

/// The file; types say nothing that the values do not.
#[derive(Deserialize)]
struct Wire<'a> {
    #[serde(rename = "%FEATURE_STRUCTURES", default, borrow)]
    structures: Option<Json<'a>>,
}

/// Why a file is no CAS in JSON.
#[derive(Debug, Error)]
pub(super) enum CasError {
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    #[error("there are no %FEATURE_STRUCTURES in it")]
    NoStructures,
}

/// Reads a file.
///
/// # Errors
/// It is no such JSON.
pub(super) fn read(bytes: &[u8]) -> Result<Cas, CasError> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let wire: Wire<'_> = serde_json::from_slice(bytes)?;
    let all: Vec<(Option<String>, Json<'_>)> = match wire.structures {
        Some(Json::Array(all)) => all.into_iter().map(|value| (None, value)).collect(),
        // By id, as earlier versions had it.
        Some(Json::Object(all)) => {
            all.into_iter().map(|(id, value)| (Some(id.into_owned()), value)).collect()
        }
        _ => return Err(CasError::NoStructures),
    };
    let mut cas = Cas::default();
    let mut lists = HashMap::new();
    for (id, value) in all {
        let Json::Object(fields) = value else { continue };
        let id = fields.get("%ID").map(text).or(id).unwrap_or_default();
        let kind = fields.get("%TYPE").and_then(Json::as_str).unwrap_or_default().to_owned();
        if kind == "uima.cas.Sofa" {
            let text = fields.get("sofaString").and_then(Json::as_str).map(str::to_owned);
            cas.sofas.push(Sofa { id, line: None, text });
        } else if let Some(Json::Array(elements)) = fields.get("%ELEMENTS") {
            lists.insert(id, elements.iter().map(text).collect::<Vec<String>>());
        } else {
            cas.structures.push(structure(id, kind, fields));
        }
    }
    for (_, held) in cas.structures.iter_mut().flat_map(|structure| &mut structure.features) {
        // A list that stands at many places comes in at the first, so that no small file grows large.
        if let Held::Reference(id) = held
            && let Some(list) = lists.remove(id)
        {
            *held = Held::List(list);
        }
    }
    Ok(cas)
}

fn text(value: &Json<'_>) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn structure(id: String, kind: String, fields: Fields<'_>) -> Structure {
    let number = |name: &str| fields.get(name).and_then(Json::as_i64);
    let range = number("begin").zip(number("end"));
    let sofa = fields.get("@sofa").map(text).unwrap_or_default();
    let mut features = Vec::new();
    for (name, value) in fields {
        let name = match name.strip_prefix('@') {
            _ if name.starts_with(['%', '^']) || matches!(&*name, "begin" | "end" | "@sofa") => {
                continue;
            }
            Some(name) => {
                features.push((name.to_owned(), Held::Reference(text(&value))));
                continue;
            }
            None => name.trim_start_matches('#').to_owned(),
        };
        let held = match value {
            Json::String(word) => Held::Word(word.into_owned()),
            Json::Bool(flag) => Held::Flag(flag),
            Json::Number(number) => {
                number.as_f64().map_or_else(|| Held::Word(number.to_string()), Held::Number)
            }
            Json::Array(list) => Held::List(list.iter().map(text).collect()),
            Json::Null | Json::Object(_) => continue,
        };
        features.push((name, held));
    }
    Structure { id, line: None, kind, sofa, range, features }
}
