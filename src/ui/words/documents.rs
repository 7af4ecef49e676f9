//! The documents panel, the contents of a document, and the bar above the text.

use demarche_model::Status;
use demarche_session::DocumentSort;

use super::grammar::{count, plural};

texts! {
    import: "Import documents",
    empty: "No documents yet",
    empty_hint: "Drop files on the window, or press Ctrl+I.",
    list: "Documents",
    row_hint: "Ctrl+click or Shift+click chooses several; drag onto a set to add",

    filter: "Filter documents",
    filter_help: "Words of title, author, source, date, set or person",
    only_mine: "Only documents assigned to me",
    drop_condition: "List documents whatever this is",
    clear_filter: "Clear filter",
    no_match: "No document matches",
    no_match_hint: "Change the filter, or clear it.",
    filter_by: "Filter by",
    set: "Set",
    any_set: "Any",
    in_no_set: "In no set",
    person: "Person",
    anyone: "Anyone",
    person_hint: "Documents assigned to them, or with their passages; the status is theirs, too",
    any_status: "Any",

    sort_by: "Sort by",
    descending: "Descending",
    only_by_hand: "Sort the list by hand first",

    show_sets: "Show sets",
    hide_sets: "Hide sets",
    no_sets: "Choose documents, then press + to put them into a set.",
    set_hint: "Click: list only its documents · drop documents here to add them · F2: rename",
    show_set: "List only these",
    show_all: "List all documents",
    delete_set: "Delete set",
    delete_set_hint: "Its documents stay in the project",
    empty_set: "No documents in this set",
    empty_set_hint: "List all documents, then drag some onto the set.",
    set_field: "Name of the set",
    set_field_hint: "Name of the set",
    title_field: "Title",

    rename: "Rename",
    add_to_set: "Add to set",
    new_set: "New set…",
    take_out: "Remove from set",
    set_date: "Set date",
    date: "Date",
    date_example: "2026-03-14",
    bad_date: "Write 2026, 2026-03 or 2026-03-14",
    set_this_date: "Set date",
    clear_date: "Clear date",
    assign: "Assign to",
    move_up: "Move up",
    move_down: "Move down",
    open: "Open",
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
    all_layers: "Everyone and consensus",

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

/// A condition that a click removes.
pub fn condition(text: &str) -> String {
    format!("{text}  ×")
}

/// The documents that are listed.
pub fn listed(count: usize, of: usize) -> String {
    format!("{count} of {of}")
}

/// The name of an order of the list.
pub fn sort_name(by: DocumentSort) -> &'static str {
    match by {
        DocumentSort::Hand => "By hand",
        DocumentSort::Title => "Title",
        DocumentSort::Date => "Date",
        DocumentSort::Progress => "Progress",
    }
}

/// What an order of the list means.
pub fn sort_hint(by: DocumentSort) -> &'static str {
    match by {
        DocumentSort::Hand => "The order of the project, which everyone shares; drag rows to change it",
        DocumentSort::Title => "Numbers in titles count as numbers",
        DocumentSort::Date => "Documents without a date come last",
        DocumentSort::Progress => "New, then in progress, then done",
    }
}

/// The button that sorts and filters.
pub fn arrange(sorted_by: &str) -> String {
    format!("Sort and filter (sorted by: {})", sorted_by.to_lowercase())
}

/// The heading of the sets.
pub fn sets_heading(sets: usize) -> String {
    if sets == 0 { "Sets".to_owned() } else { format!("Sets ({sets})") }
}

/// The accessible name of a set.
pub fn set_label(name: &str, documents: usize) -> String {
    format!("{name}: {}", plural(documents, "document"))
}

/// The button for a new set.
pub fn new_set_of(chosen: usize) -> String {
    match chosen {
        0 => "New set".to_owned(),
        chosen => format!("New set of {}", plural(chosen, "chosen document")),
    }
}

/// Adds the chosen documents to a set.
pub fn add_chosen(chosen: usize) -> String {
    format!("Add {}", plural(chosen, "chosen document"))
}

/// The number of chosen documents.
pub fn chosen(count: usize) -> String {
    format!("{} chosen", plural(count, "document"))
}

/// Exports the passages of the chosen documents.
pub fn export_chosen(count: usize) -> String {
    format!("Export {}…", if count == 1 { "this document".to_owned() } else { plural(count, "document") })
}

/// What the pointer carries.
pub fn carried(count: usize) -> String {
    plural(count, "document")
}

/// The sets of a document.
pub fn in_sets(sets: &[&str]) -> String {
    format!("In {}", sets.join(", "))
}

/// A person without assigned documents.
pub fn has_all(name: &str) -> String {
    format!("{name} works on all documents now; this limits them to the chosen ones")
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
