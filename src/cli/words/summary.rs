//! The figures of a project.

use super::plural;

/// The figures of the whole project.
pub fn totals(spans: usize, documents: usize, tagged: &str, characters: usize) -> String {
    let (spans, documents) = (plural(spans, "span"), plural(documents, "document"));
    format!("{spans} in {documents}; {tagged} of {characters} characters tagged")
}

/// The share of a text that is tagged.
pub fn tagged(share: &str) -> String {
    format!("{share} tagged")
}

/// A document without figures.
pub fn unread() -> String {
    "can't be read".to_owned()
}

/// The heading of the categories.
pub fn categories() -> &'static str {
    "Categories"
}

/// The heading of the documents.
pub fn documents() -> &'static str {
    "Documents"
}

/// The heading of the annotators.
pub fn annotators() -> &'static str {
    "Annotators"
}

/// The progress of an annotator; nothing if no document is assigned to them.
pub fn done((done, assigned): (usize, usize)) -> String {
    if assigned == 0 { String::new() } else { format!("{done} of {} done", plural(assigned, "document")) }
}
