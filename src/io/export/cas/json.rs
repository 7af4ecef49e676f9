//! A CAS as JSON.

use serde_json::{Map, Value, json};

use super::types::TYPES;
use super::{Cas, FIRST, Feature, SOFA};

/// The file, one feature structure a line.
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
    for (id, structure) in (FIRST..).zip(&cas.structures) {
        let mut fields = Map::new();
        fields.insert("%ID".to_owned(), json!(id));
        fields.insert("%TYPE".to_owned(), json!(format!("demarche.{}", structure.kind.name)));
        fields.insert("@sofa".to_owned(), json!(SOFA));
        fields.insert("begin".to_owned(), json!(structure.begin));
        fields.insert("end".to_owned(), json!(structure.end));
        for (name, value) in &structure.features {
            match value {
                Feature::Text(text) => fields.insert((*name).to_owned(), json!(text)),
                Feature::Reference(id) => fields.insert(format!("@{name}"), json!(id)),
            };
        }
        out.push_str(",\n");
        out.push_str(&Value::Object(fields).to_string());
    }
    let members: Vec<usize> = (FIRST..).take(cas.structures.len()).collect();
    out.push_str("\n],\n\"%VIEWS\": ");
    out.push_str(&json!({"_InitialView": {"%SOFA": SOFA, "%MEMBERS": members}}).to_string());
    out.push_str("\n}\n");
    out
}
