//! Marker mode.

texts! {
    end: "End marker mode",
    toggle_hint: "Tag every selection with this category (marker mode)",
    menu_entry: "Marker mode",
    status_hint: "Every selection is tagged with this category; click to end marker mode",
}

/// The category of marker mode, above the text and in the status bar.
pub fn chip(category: &str) -> String {
    format!("Marker: {category}")
}

/// The accessible name of the toggle on a category.
pub fn toggle(category: &str) -> String {
    format!("Marker mode with {category}")
}
