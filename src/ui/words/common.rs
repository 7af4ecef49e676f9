//! Buttons and labels that several dialogs share.

texts! {
    apply: "Apply",
    browse: "Browse…",
    cancel: "Cancel",
    close: "Close",
    open: "Open",
    show_in_folder: "Show in folder",
    delete: "Delete…",
    file: "File",
    name: "Name",
    definition: "Definition",
    reading: "Reading…",
    select_all: "All",
    select_none: "None",
    choose: "Choose…",
    no_categories: "No categories yet",
    no_categories_hint: "Add one with the + button above.",
}

/// Appended to a list that is cut off.
pub fn and_more(count: usize) -> String {
    format!("and {} more", super::grammar::count(count))
}
