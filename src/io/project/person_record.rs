//! The records of people in `project.ron`.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::codebook::read_colour;
use super::compose::{Record, joined, strings};
use super::format::Format;
use super::raw::{Fault, Raw};
use super::wire::{read_file_id, read_uuid};
use crate::words::people as words;
use demarche_model::{Annotator, AnnotatorId, Assignment, DocumentId, PersonKey, Role};

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
    /// True if no document is assigned; without it, an empty list means all. Since format 5.
    #[serde(default)]
    unassigned: bool,
    /// Since format 5.
    #[serde(default)]
    batches: Vec<BTreeSet<String>>,
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
        documents: read_assignment(raw, wire.documents, wire.unassigned)?,
        batches: wire
            .batches
            .into_iter()
            .map(|batch| batch.into_iter().map(DocumentId::new).collect())
            .collect(),
        key: wire.key.map(|key| read_uuid(raw, &key).map(PersonKey)).transpose()?,
    })
}

fn read_assignment(
    raw: Raw<'_>,
    documents: BTreeSet<String>,
    is_unassigned: bool,
) -> Result<Assignment, Fault> {
    match (documents.is_empty(), is_unassigned) {
        (false, true) => Err(raw.fault(words::unassigned_with_documents())),
        (true, false) => Ok(Assignment::All),
        (true, true) | (false, false) => Ok(documents.into_iter().map(DocumentId::new).collect()),
    }
}

/// Returns the lowest format that holds a person.
pub(super) fn format_of(annotator: &Annotator) -> Format {
    let is_unassigned = annotator.documents.listed().is_some_and(BTreeSet::is_empty);
    if is_unassigned || !annotator.batches.is_empty() {
        Format::WITH_BATCHES
    } else if annotator.key.is_some() {
        Format::WITH_KEYS_AND_CHECKSUMS
    } else {
        Format::FIRST
    }
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
    match &annotator.documents {
        Assignment::All => {}
        Assignment::Only(ids) if ids.is_empty() => record.field("unassigned").push_str("true"),
        Assignment::Only(ids) => {
            record.texts_if_any("documents", ids.iter().map(DocumentId::as_str));
        }
    }
    if !annotator.batches.is_empty() {
        let out = record.field("batches");
        joined(out, ['[', ']'], &annotator.batches, |out, batch| {
            strings(out, batch.iter().map(DocumentId::as_str))
        });
    }
    if let Some(key) = annotator.key {
        record.text("key", &key.to_string());
    }
    record.end();
}
