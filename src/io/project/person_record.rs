//! The records of people in `project.ron`.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::codebook::read_colour;
use super::compose::Record;
use super::raw::{Fault, Raw};
use super::wire::{read_file_id, read_uuid};
use demarche_model::{Annotator, AnnotatorId, DocumentId, PersonKey, Role};

#[derive(Deserialize)]
#[serde(rename = "annotator", deny_unknown_fields)]
struct WireAnnotator {
    id: String,
    name: String,
    #[serde(default)]
    initials: String,
    colour: String,
    #[serde(default)]
    role: WireRole,
    #[serde(default)]
    documents: BTreeSet<String>,
    /// Since format 2.
    key: Option<String>,
}

#[derive(Deserialize, Clone, Copy, Default)]
enum WireRole {
    #[default]
    Annotator,
    Reviewer,
    Lead,
}

/// Reads a person.
pub(super) fn read_annotator(raw: Raw<'_>) -> Result<Annotator, Fault> {
    let wire: WireAnnotator = raw.parse()?;
    Ok(Annotator {
        id: AnnotatorId::new(read_file_id(raw, &wire.id)?),
        name: wire.name,
        initials: wire.initials,
        colour: read_colour(raw, &wire.colour)?,
        role: match wire.role {
            WireRole::Annotator => Role::Annotator,
            WireRole::Reviewer => Role::Reviewer,
            WireRole::Lead => Role::Lead,
        },
        documents: wire.documents.into_iter().map(DocumentId::new).collect(),
        key: wire.key.map(|key| read_uuid(raw, &key).map(PersonKey)).transpose()?,
    })
}

/// Writes a person.
pub(super) fn write_annotator(out: &mut String, annotator: &Annotator) {
    let mut record = Record::new(out);
    record
        .text("id", annotator.id.as_str())
        .text("name", &annotator.name)
        .text_if_any("initials", &annotator.initials)
        .text("colour", &annotator.colour.to_string());
    match annotator.role {
        Role::Annotator => {}
        Role::Reviewer => record.field("role").push_str("Reviewer"),
        Role::Lead => record.field("role").push_str("Lead"),
    }
    record.texts_if_any("documents", annotator.documents.iter().map(DocumentId::as_str));
    if let Some(key) = annotator.key {
        record.text("key", &key.to_string());
    }
    record.end();
}
