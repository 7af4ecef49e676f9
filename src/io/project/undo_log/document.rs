//! Complete documents in the undo log: undoing the removal of a document adds it with everything that belongs to it.
//! Texts, layers and reviews are written as in their files.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use ron::value::RawValue;
use serde::Deserialize;

use super::super::anchors;
use super::super::compose::{Record, joined};
use super::super::context::Context;
use super::super::document_record::{read_document as read_meta, write_document as write_meta};
use super::super::folder::FileKey;
use super::super::layer;
use super::super::layer_write::{self, Words};
use super::super::raw::{Fault, Raw};
use super::super::review;
use super::super::texts::{Alignments, Texts};
use super::keys::Keys;
use demarche_model::{AnnotatorId, Document, DocumentId, LayerId, OtherText, Text, TextId};

#[derive(Deserialize)]
#[serde(rename = "document_copy", deny_unknown_fields)]
pub(super) struct WireDocumentCopy<'a> {
    #[serde(borrow)]
    meta: &'a RawValue,
    /// The texts that were in memory; none for a document that was not loaded.
    #[serde(borrow, default)]
    texts: Vec<WireText<'a>>,
    #[serde(borrow, default)]
    layers: Vec<WireOwned<'a>>,
    #[serde(borrow, default)]
    reviews: Vec<WireOwned<'a>>,
    /// People whose files could not be read.
    #[serde(default)]
    unreadable: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename = "text", deny_unknown_fields)]
struct WireText<'a> {
    version: u32,
    #[serde(borrow)]
    text: Cow<'a, str>,
    /// The file with its anchors.
    #[serde(borrow, default)]
    anchors: Cow<'a, str>,
}

/// The file of a person.
#[derive(Deserialize)]
#[serde(rename = "owned", deny_unknown_fields)]
struct WireOwned<'a> {
    #[serde(borrow)]
    owner: Cow<'a, str>,
    #[serde(borrow)]
    file: Cow<'a, str>,
    /// The numbers of the records of a layer that could not be placed, in the order of the file.
    #[serde(default)]
    keys: Vec<u32>,
}

/// Writes a document with everything that belongs to it.
pub(super) fn write_document(out: &mut String, document: &Document, keys: &Keys) {
    let mut record = Record::new(out);
    write_meta(record.field("meta"), &document.meta);
    let (id, version) = (document.id(), document.meta.versions.current.number);
    let Some(text) = &document.text else { return record.end() };
    let current = OtherText { text: text.clone(), anchors: document.anchors.clone() };
    let others = document.other_texts.iter().map(|(number, other)| (*number, other));
    let texts = [(version, &current)].into_iter().chain(others);
    joined(record.field("texts"), ['[', ']'], texts, |out, (number, text)| write_text(out, id, number, text));
    joined(record.field("layers"), ['[', ']'], &document.layers, |out, (owner, layer)| {
        let id = LayerId::new(id, owner);
        let file = layer_write::compose(&id, None, layer, Words::Text(text), version);
        let mut record = Record::new(out);
        record.text("owner", owner.as_str()).text("file", &file);
        let written = layer_write::detached_keys(layer, Words::Text(text)).into_iter();
        joined(record.field("keys"), ['[', ']'], written, |out, key| {
            let _ = write!(out, "{}", keys.of(&id, key));
        });
        record.end();
    });
    joined(record.field("reviews"), ['[', ']'], &document.reviews, |out, (reviewer, review)| {
        let file = review::compose(id, (reviewer, None), review);
        Record::new(out).text("owner", reviewer.as_str()).text("file", &file).end();
    });
    let unreadable: Vec<&str> = document.unreadable.iter().map(AnnotatorId::as_str).collect();
    record.texts_if_any("unreadable", unreadable.into_iter());
    record.end();
}

fn write_text(out: &mut String, document: &DocumentId, version: u32, text: &OtherText) {
    let mut record = Record::new(out);
    let _ = write!(record.field("version"), "{version}");
    record.text("text", text.text.as_str());
    if !text.anchors.is_empty() {
        record.text("anchors", &anchors::compose(document, &text.anchors, &text.text));
    }
    record.end();
}

/// Reads a document with everything that belongs to it.
pub(super) fn read_document(raw: Raw<'_>, wire: WireDocumentCopy<'_>) -> Result<Document, Fault> {
    let meta = read_meta(raw.inside(wire.meta))?;
    let mut texts = BTreeMap::new();
    for text in wire.texts {
        texts.insert(text.version, read_text(raw, &meta.id, text)?);
    }
    let mut document = Document::unloaded(meta);
    if let Some(current) = texts.remove(&document.meta.versions.current.number) {
        document.text = Some(current.text);
        document.anchors = current.anchors;
    }
    document.other_texts = texts;
    document.unreadable = wire.unreadable.into_iter().map(AnnotatorId::new).collect();
    let context_texts = Texts::from_document(&document, &Alignments::default());
    for WireOwned { owner, file, keys } in wire.layers {
        let id = LayerId::new(document.id(), &AnnotatorId::new(owner));
        let path = FileKey::Layer(id.clone()).relative();
        let context =
            Context { file: &path, id: &id, texts: context_texts.as_ref(), categories: None, key: None };
        let read = layer::read(&file, &context).map_err(|problem| raw.fault(problem.message))?;
        document.layers.insert(id.annotator, Arc::new(read.into_layer().with_detached_keys(keys)));
    }
    for WireOwned { owner, file, .. } in wire.reviews {
        let reviewer = AnnotatorId::new(owner);
        let path = FileKey::Review(document.id().clone(), reviewer.clone()).relative();
        let read = review::read(&file, &path, document.id(), (&reviewer, None));
        let (review, _) = read.map_err(|problem| raw.fault(problem.message))?;
        document.reviews.insert(reviewer, Arc::new(review));
    }
    Ok(document)
}

fn read_text(raw: Raw<'_>, document: &DocumentId, wire: WireText<'_>) -> Result<OtherText, Fault> {
    let text = Arc::new(Text::new(wire.text));
    let id = TextId::new(document, wire.version);
    if wire.anchors.is_empty() {
        return Ok(OtherText { text, anchors: Arc::default() });
    }
    let path = FileKey::Anchors(id).relative();
    let read = anchors::read(&wire.anchors, &path, document, &text);
    let (anchors, _) = read.map_err(|problem| raw.fault(problem.message))?;
    Ok(OtherText { text, anchors: Arc::new(anchors) })
}
