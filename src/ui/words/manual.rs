//! The manual.

texts! {
    title: "Manual",
    search: "Search the manual",
    back: "Back (Alt+Left)",
    forward: "Forward (Alt+Right)",
    close: "Close manual (Escape)",
    page: "Page",
    no_hits: "No matches",
    no_hits_hint: "Try another word, or fewer of them.",
}

/// A section that a search has found.
pub fn hit(page: &str, section: &str) -> String {
    if page == section { page.to_owned() } else { format!("{page}: {section}") }
}
