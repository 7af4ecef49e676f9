//! The list of bookmarks.

texts! {
    title: "Bookmarks",
    empty: "No bookmarks yet",
    empty_hint: "Ctrl+F2 marks the sentence at the caret. Bookmarks are yours, and stay on this computer.",
    no_document: "No longer in the project",
}

/// The accessible name of a bookmark: its words and its document.
pub fn row(quote: &str, title: &str) -> String {
    format!("{quote} – {title}")
}

/// The button that removes a bookmark.
pub fn remove(quote: &str) -> String {
    format!("Remove the bookmark “{quote}”")
}
