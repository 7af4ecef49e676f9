//! The writer of a CAS as JSON.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::types::TYPES;
use super::{Cas, FIRST, Feature, SOFA, Structure};

/// Returns the file, with a line per feature structure.
pub(super) fn compose(cas: &Cas<'_>) -> String {
    let mut out = String::from("{\n\"%TYPES\": {\n");
    let types: Vec<String> = TYPES
        .iter()
        .map(|kind| {
            let mut fields = Map::new();
            let name = format!("demarche.{}", kind.name);
            fields.insert("%NAME".to_owned(), json!(name));
            fields.insert("%SUPER_TYPE".to_owned(), json!(kind.supertype));
            fields.insert("%DESCRIPTION".to_owned(), json!(kind.description));
            for (name, range) in kind.features {
                fields.insert((*name).to_owned(), json!({"%NAME": name, "%RANGE": range}));
            }
            format!("{}: {}", json!(name), Value::Object(fields))
        })
        .collect();
    out.push_str(&types.join(",\n"));
    out.push_str("\n},\n\"%FEATURE_STRUCTURES\": [\n");
    let sofa = json!({
        "%ID": SOFA, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView",
        "mimeType": "text/plain", "sofaString": cas.text,
    });
    out.push_str(&sofa.to_string());
    let mut lines = Vec::with_capacity(cas.structures.len() * 300);
    for (id, structure) in (FIRST..).zip(&cas.structures) {
        lines.extend_from_slice(b",\n");
        // Numbers and texts can always be serialised.
        let _ = serde_json::to_writer(&mut lines, &fields(id, structure));
    }
    out.push_str(&String::from_utf8_lossy(&lines));
    let members: Vec<usize> = (FIRST..).take(cas.structures.len()).collect();
    out.push_str("\n],\n\"%VIEWS\": ");
    out.push_str(&json!({"_InitialView": {"%SOFA": SOFA, "%MEMBERS": members}}).to_string());
    out.push_str("\n}\n");
    out
}

/// Returns the fields of a structure, in the order of their names.
fn fields(id: usize, structure: &Structure) -> BTreeMap<Cow<'static, str>, Held<'_>> {
    let kind = format!("demarche.{}", structure.kind.name);
    let fields = [("%ID", id), ("@sofa", SOFA), ("begin", structure.begin), ("end", structure.end)];
    let mut fields: BTreeMap<Cow<'static, str>, Held<'_>> =
        fields.into_iter().map(|(name, number)| (Cow::Borrowed(name), Held::Number(number))).collect();
    fields.insert(Cow::Borrowed("%TYPE"), Held::Text(Cow::Owned(kind)));
    for (name, value) in &structure.features {
        match value {
            Feature::Text(text) => {
                fields.insert(Cow::Borrowed(*name), Held::Text(Cow::Borrowed(text)));
            }
            Feature::Reference(id) => {
                fields.insert(Cow::Owned(format!("@{name}")), Held::Number(*id));
            }
        }
    }
    fields
}

/// The value of a field.
#[derive(Serialize)]
#[serde(untagged)]
enum Held<'a> {
    Number(usize),
    Text(Cow<'a, str>),
}
