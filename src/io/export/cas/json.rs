//! The writer of a CAS as JSON.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::export::json::{to_text, to_writer};

use super::types::{LIST, Type};
use super::{Cas, FIRST, Held, SOFA, Structure};

/// Returns the file, with a line per feature structure.
pub(super) fn compose(cas: &Cas<'_>, types: &[Type]) -> String {
    let mut out = String::from("{\n\"%TYPES\": {\n");
    let types: Vec<String> = types.iter().map(of_type).collect();
    out.push_str(&types.join(",\n"));
    out.push_str("\n},\n\"%FEATURE_STRUCTURES\": [\n");
    let sofa = json!({
        "%ID": SOFA, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView",
        "mimeType": "text/plain", "sofaString": cas.text,
    });
    out.push_str(&to_text(&sofa));
    let mut lines = Vec::with_capacity(cas.structures.len() * 300);
    let mut lists = Lists { next: FIRST + cas.structures.len(), all: Vec::new() };
    for (id, structure) in (FIRST..).zip(&cas.structures) {
        lines.extend_from_slice(b",\n");
        // Numbers and texts can always be serialised.
        let _ = to_writer(&mut lines, &fields(id, structure, &mut lists));
    }
    for (id, list) in &lists.all {
        lines.extend_from_slice(b",\n");
        let _ = to_writer(&mut lines, &json!({"%ID": id, "%TYPE": LIST, "%ELEMENTS": list}));
    }
    out.push_str(&String::from_utf8_lossy(&lines));
    let members: Vec<usize> = (FIRST..).take(cas.structures.len()).collect();
    out.push_str("\n],\n\"%VIEWS\": ");
    out.push_str(&json!({"_InitialView": {"%SOFA": SOFA, "%MEMBERS": members}}).to_string());
    out.push_str("\n}\n");
    out
}

fn of_type(kind: &Type) -> String {
    let mut fields = Map::new();
    fields.insert("%NAME".to_owned(), json!(kind.name));
    fields.insert("%SUPER_TYPE".to_owned(), json!(kind.supertype));
    fields.insert("%DESCRIPTION".to_owned(), json!(kind.description));
    for (name, range) in &kind.features {
        let range = if *range == LIST { "uima.cas.String[]" } else { range };
        fields.insert(name.clone(), json!({"%NAME": name, "%RANGE": range}));
    }
    format!("{}: {}", json!(kind.name), Value::Object(fields))
}

/// Returns the fields of a structure, in the order of their names.
fn fields<'a>(
    id: usize,
    structure: &'a Structure<'_>,
    lists: &mut Lists<'a>,
) -> BTreeMap<Cow<'a, str>, Field<'a>> {
    let fields = [("%ID", id), ("@sofa", SOFA), ("begin", structure.begin), ("end", structure.end)];
    let mut fields: BTreeMap<Cow<'a, str>, Field<'a>> =
        fields.into_iter().map(|(name, number)| (name.into(), Field::Id(number))).collect();
    fields.insert("%TYPE".into(), Field::Text(structure.kind));
    for (name, value) in &structure.features {
        let (name, field) = match value {
            Held::Text(text) => ((*name).into(), Field::Text(text)),
            Held::Number(number) => ((*name).into(), Field::Number(*number)),
            Held::Flag(flag) => ((*name).into(), Field::Flag(*flag)),
            Held::Reference(id) => (format!("@{name}").into(), Field::Id(*id)),
            Held::List(list) => (format!("@{name}").into(), Field::Id(lists.add(list))),
        };
        fields.insert(name, field);
    }
    fields
}

/// Features with several values, which are structures of their own.
struct Lists<'a> {
    /// The next free id.
    next: usize,
    all: Vec<(usize, &'a [&'a str])>,
}

impl<'a> Lists<'a> {
    fn add(&mut self, list: &'a [&'a str]) -> usize {
        self.all.push((self.next, list));
        self.next += 1;
        self.next - 1
    }
}

/// The value of a field.
#[derive(Serialize)]
#[serde(untagged)]
enum Field<'a> {
    Id(usize),
    Number(f64),
    Flag(bool),
    Text(&'a str),
}
