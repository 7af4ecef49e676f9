//! References to places in documents.

use demarche_model::{Document, TextRange};

/// The reference of a place: `Author, Title, date, source, p. 3`, without the parts that are unknown.
pub fn reference(document: &Document, range: TextRange) -> String {
    let locator = document.anchors.locate(range);
    let location = match locator.short() {
        short if short.is_empty() => {
            locator.heading.map(|heading| format!("“{heading}”")).unwrap_or_default()
        }
        short => short,
    };
    let mut parts = document_parts(document);
    parts.push(location);
    joined(parts)
}

/// The reference of a whole document.
pub fn document_reference(document: &Document) -> String {
    joined(document_parts(document))
}

fn document_parts(document: &Document) -> Vec<String> {
    let meta = &document.meta;
    let date = meta.date.as_ref().map(|date| date.to_string()).unwrap_or_default();
    vec![meta.author.clone(), meta.title.clone(), date, meta.source.clone()]
}

fn joined(parts: Vec<String>) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}
