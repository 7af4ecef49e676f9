//! Changes in the history.

use std::borrow::Cow;

use demarche_model::{Change, Changed};

/// A change without its document: `category: demand → threat`.
pub fn change(change: &Change) -> String {
    let what = changed(&change.what);
    match (change.before.as_str(), change.after.as_str()) {
        ("", "") => what.into_owned(),
        ("", after) => format!("{what}: {after}"),
        (before, "") => format!("{what}: {before} → nothing"),
        (before, after) => format!("{what}: {before} → {after}"),
    }
}

/// What was changed.
pub fn changed(what: &Changed) -> Cow<'_, str> {
    Cow::Borrowed(match what {
        Changed::Span => "passage",
        Changed::Spans => "passages",
        Changed::SpanCategory => "category",
        Changed::Ranges => "place",
        Changed::Note => "note",
        Changed::Attribute(id) => return Cow::Owned(format!("attribute {id}")),
        Changed::Link => "link",
        Changed::Status => "status",
        Changed::Detached => "record that could not be placed",
        Changed::Decision => "decision",
        Changed::CategoryDef(id) => return Cow::Owned(format!("category {id}")),
        Changed::AttributeDef(id) => return Cow::Owned(format!("definition of attribute {id}")),
        Changed::LinkKindDef(id) => return Cow::Owned(format!("kind of link {id}")),
        Changed::Alias(id) => return Cow::Owned(format!("old id {id}")),
        Changed::Annotator(id) => return Cow::Owned(format!("annotator {id}")),
        Changed::ProjectName => "name of the project",
        Changed::Blind => "who sees whose tags",
        Changed::Actors => "actors",
        Changed::Issues => "issues",
        Changed::Meta => "title, date, source",
        Changed::Document => "document",
        Changed::Text => "text",
        Changed::Other(text) => text,
    })
}
