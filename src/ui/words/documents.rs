//! The documents panel, the contents of a document, and the bar above the text.

use demarche_model::Status;

use super::grammar::{count, plural};

texts! {
    import: "Import documents",
    empty: "No documents yet",
    empty_hint: "Drop files on the window, or press Ctrl+I.",
    only_mine: "Only documents assigned to me",
    open: "Open",
    mark_in_progress: "Mark as in progress",
    mark_done: "Mark as done",
    details: "Document details…",
    remove: "Remove from project",
    not_read: "Not read yet. Its passages are counted once it has been read.",

    edit_details_hint: "Double-click to edit title, date and source",
    status: "Status",
    status_hint: "Your progress with this document",
    layers: "Layers",
    layers_hint: "Annotators whose passages are shown and counted",
    everyone: "Everyone",
    consensus: "Consensus",

    contents_hint: "Open a document to see its contents.",
    no_contents: "No headings or pages",
    no_contents_hint: "PDF, Word, web pages, Markdown and transcripts bring headings, pages or times; this document has \
                       none.",
    contents_unread: "They are shown once the text has been read.",
}

/// The field that filters the list.
pub fn filter_hint(documents: usize) -> String {
    format!("Filter {}", plural(documents, "document"))
}

/// The name of a status.
pub fn status_name(status: Status) -> &'static str {
    match status {
        Status::New => "New",
        Status::InProgress => "In progress",
        Status::Done => "Done",
    }
}

/// The length of a document and its status.
pub fn length_and_status(characters: usize, status: Status) -> String {
    format!("{}, {}", plural(characters, "character"), status_name(status).to_lowercase())
}

/// The people to whom a document is assigned.
pub fn assigned_to(people: &[&str]) -> String {
    let people = if people.is_empty() { "no one".to_owned() } else { people.join(", ") };
    format!("Assigned to {people}")
}

/// The user's own layers in the menu of layers.
pub fn my_layers(name: &str) -> String {
    if name == "Me" { name.to_owned() } else { format!("{name} (me)") }
}

/// The accessible name of the list of contents. `noun` is what an entry is: `heading`.
pub fn contents_label(entries: usize, noun: &str) -> String {
    format!("Contents: {}", plural(entries, noun))
}

/// An entry of the contents: its title and first words, or its title and page.
pub fn contents_entry(title: &str, words: &str, page: &str) -> String {
    match (words, page) {
        ("", "") => title.to_owned(),
        ("", page) => format!("{title}, page {page}"),
        (words, _) => format!("{title} {words}"),
    }
}

/// The length of a document and the file that it comes from.
pub fn origin(characters: usize, file_name: &str, encoding: &str) -> String {
    let from = if file_name.is_empty() { "pasted text" } else { file_name };
    format!("{} characters, from {from} ({encoding})", count(characters))
}
