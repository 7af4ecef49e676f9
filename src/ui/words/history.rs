//! The history: its dialog, and the changes in it.

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

/// The name of what was changed.
pub fn changed(what: &Changed) -> Cow<'_, str> {
    Cow::Borrowed(match what {
        Changed::Span => "passage",
        Changed::Spans => "passages",
        Changed::SpanCategory => "category",
        Changed::Ranges => "position",
        Changed::Note => "note",
        Changed::Attribute(id) => return Cow::Owned(format!("attribute {id}")),
        Changed::Link => "link",
        Changed::Status => "status",
        Changed::Detached => "record without a position",
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
        Changed::DocumentSetName(_) => "set of documents",
        Changed::Members(_) => "documents in a set",
        Changed::DocumentOrder => "order of documents",
        Changed::Relations => "relations of actors and issues",
        Changed::Meta => "title, date, source",
        Changed::Document => "document",
        Changed::Text => "text",
        Changed::SavedView => "saved view",
        Changed::Event => "event",
        Changed::Phase => "phase",
        Changed::DismissedPair => "dismissed answer",
        Changed::Memo(_) => "memo",
        Changed::Other(text) => text,
    })
}

texts! {
    title: "History",
    search: "Search the history",
    search_hint: "Search…",
    annotator: "Annotator",
    everyone: "Everyone",
    this_document_only: "This document only",
    nothing_yet: "No history yet",
    nothing_yet_hint: "From now on each step is recorded here: who did what, and when.",
    nothing_found: "No matching steps",
    nothing_found_hint: "Try another search, or choose everyone.",
    export_target: "Export the steps of this annotator and document as CSV",
    export: "Export CSV",
}

/// The changes of a step, of which `hidden` are not listed.
pub fn changes(listed: &[String], hidden: usize) -> String {
    let listed = listed.join("; ");
    match hidden {
        0 => listed,
        hidden => format!("{listed} {}", super::common::and_more(hidden)),
    }
}

/// A change in a document: `Communiqué, category: demand → threat`.
pub fn change_in(title: Option<&str>, change: &Change) -> String {
    let title = title.map(|title| format!("{title}, ")).unwrap_or_default();
    format!("{title}{}", self::change(change))
}

/// A step and who made it.
pub fn step(who: &str, step: &str) -> String {
    format!("{who}: {step}")
}

/// A step for a screen reader.
pub fn step_label(step: &str, moment: &str, changes: &str) -> String {
    format!("{step}, {moment}. {changes}")
}

/// The tooltip of a step whose passage still exists.
pub fn go_to_passage(changes: &str) -> String {
    format!("{changes}\nClick to go to the passage.")
}
