//! The memos.

use demarche_analysis::context::shorten;
use demarche_model::MemoSubject;

/// Greatest number of characters of the first words of a memo.
const FIRST_WORDS: usize = 160;

texts! {
    hint: "Write a memo…",
    delete: "Delete memo",
    add: "Add memo…",
    edit: "Edit memo…",
    kind: "Kind of memo",
    filter: "Filter memos",
    all_kinds: "All memos",
    project: "Project",
    documents: "Documents",
    document: "Document",
    categories: "Categories",
    category: "Category",
    gone: "No longer in the project",
    empty: "No memos yet",
    no_match: "No memo matches",
    empty_hint: "Right-click a document or a category to write one, or press Ctrl+Alt+M.",
    too_long: "This memo is too long to be edited here. Export the memos to read it.",
    shortened: "… The rest is in the export of memos.",
}

/// The accessible name of the field.
pub fn field(title: &str) -> String {
    format!("Memo on {title}")
}

/// The time of the last change.
pub fn changed(moment: &str) -> String {
    format!("Changed {moment}")
}

/// The author of a memo and the time of its last change.
pub fn author(name: &str, moment: &str) -> String {
    format!("{name}, {moment}")
}

/// The subject of a memo in the list.
pub fn title(subject: &MemoSubject, name: &str) -> String {
    match subject {
        MemoSubject::Project => project().to_owned(),
        MemoSubject::Document(_) | MemoSubject::Category(_) => name.to_owned(),
    }
}

/// The subject of a memo that is no longer in the project.
pub fn gone_title(name: &str) -> String {
    format!("{name} (no longer in the project)")
}

/// The first words of a memo, on one line.
pub fn first_words(text: &str) -> String {
    let start = text.char_indices().nth(4 * FIRST_WORDS).map_or(text, |(end, _)| &text[..end]);
    shorten(&start.split_whitespace().collect::<Vec<_>>().join(" "), FIRST_WORDS)
}

/// The accessible name of a memo in the list.
pub fn row(title: &str, author: &str, first_words: &str) -> String {
    let by = if author.is_empty() { String::new() } else { format!(" by {author}") };
    format!("Memo on {title}{by}: {first_words}")
}

/// The first words of a memo, in the tooltip of its subject.
pub fn in_tooltip(author: &str, first_words: &str) -> String {
    format!("Memo by {author}: {first_words}")
}
