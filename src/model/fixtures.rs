//! Values for the tests of this crate.

use std::sync::Arc;

use crate::{Document, DocumentMeta, Origin, Text, Versions};

/// Returns a document with a text, and nothing else.
pub(crate) fn document(id: &str, text: &str) -> Document {
    let text = Arc::new(Text::new(text));
    let meta = DocumentMeta {
        id: id.into(),
        title: String::new(),
        date: None,
        author: String::new(),
        source: String::new(),
        origin: Origin::default(),
        characters: text.characters(),
        versions: Versions::default(),
        sets: Default::default(),
    };
    Document::new(meta, text)
}
