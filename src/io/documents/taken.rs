//! A document that was read becomes one of a project.

use std::sync::Arc;

use super::FileDocument;
use crate::Imported;
use crate::decode::title_of;
use demarche_model::{Anchors, DocumentId, DocumentMeta, Text, Versions};

/// The document with this id. Without a title in the file it is the first line, if that is short enough for one, else the
/// file's name.
pub fn imported(file: FileDocument, id: DocumentId) -> Imported {
    let FileDocument { document, origin } = file;
    let stem = std::path::Path::new(&origin.file_name).file_stem().unwrap_or_default().to_string_lossy();
    let named = document.title.filter(|title| !title.trim().is_empty());
    let title = named.unwrap_or_else(|| title_of(&document.text).unwrap_or(&stem).to_owned());
    let (author, source) = (document.author.unwrap_or_default(), document.source.unwrap_or_default());
    let text = Text::new(document.text);
    let characters = text.characters();
    let meta = DocumentMeta {
        id,
        title,
        date: document.date,
        author,
        source,
        origin,
        characters,
        versions: Versions::default(),
    };
    Imported { meta, text: Arc::new(text), anchors: Arc::new(Anchors::new(document.anchors)) }
}
