//! What several JSON formats are made of: a record per text and annotator, places as characters, links within a record.

use serde::Serialize;

use super::Scope;
use super::exporter::FolderOut;
use crate::IoError;
use demarche_model::{AnnotatorId, Document, Layer, Link, Span, Text, TextRange};

/// What is said of a document beside its text.
#[derive(Serialize)]
pub(super) struct About<'a> {
    pub document: &'a str,
    pub title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<&'a str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub source: &'a str,
}

impl<'a> About<'a> {
    /// What is said of a document.
    pub fn new(document: &'a Document) -> Self {
        Self {
            document: document.id().as_str(),
            title: &document.meta.title,
            date: document.meta.date.as_ref().map(|date| date.as_str()),
            source: &document.meta.source,
        }
    }
}

/// A chosen layer with its annotator.
pub(super) type Signed<'a> = (&'a AnnotatorId, &'a Layer);

/// The layers of a document that hold chosen spans; one `None` where there are none, so that the text comes along.
pub(super) fn records<'a>(scope: &Scope<'a>, document: &'a Document) -> Vec<Option<Signed<'a>>> {
    let layers = scope.layers(document).into_iter();
    let filled = layers.filter(|(_, layer)| scope.spans(layer).next().is_some());
    let mut records: Vec<_> = filled.map(Some).collect();
    if records.is_empty() {
        records.push(None);
    }
    records
}

/// The files that are made of a document, by name.
pub(super) type Files = Vec<(String, Vec<u8>)>;

/// Writes the files of a document into the folder of an export.
pub(super) fn put(out: &mut dyn FolderOut, files: Files) -> Result<(), IoError> {
    files.iter().try_for_each(|(name, bytes)| out.file(name, bytes))
}

/// A range as characters.
pub(super) fn characters(text: &Text, range: TextRange) -> (usize, usize) {
    (text.char_offset(range.start), text.char_offset(range.end))
}

/// The links of a layer whose ends are both chosen spans of it, and how many others start in it.
pub(super) fn inner_links<'a>(
    scope: &Scope<'_>,
    document: &Document,
    layer: &'a Layer,
) -> (Vec<&'a Link>, usize) {
    let chosen = |id| layer.span(id).is_some_and(|span: &std::sync::Arc<Span>| scope.has(span));
    let starting = layer.links().map(|link| &**link).filter(|link| chosen(link.from));
    let (inner, outer): (Vec<&Link>, Vec<&Link>) =
        starting.partition(|link| link.to_document == *document.id() && chosen(link.to));
    (inner, outer.len())
}
