//! The palette.

use std::path::Path;

texts! {
    hint: "Command, document, project, category, heading, page (p 12) or path",
    nothing_found: "No matches",
    nothing_found_hint: "Try another word, or a path that starts with / or ~.",
    category: "Category",
    document: "Document",
    heading: "Heading",
    page: "Page",
    path: "Path",
    project: "Project",
}

/// A page of the document.
pub fn page_named(name: &str) -> String {
    format!("Page {name}")
}

/// Opens a project.
pub fn open(path: &Path) -> String {
    format!("Open {}", path.display())
}

/// Imports a file or folder.
pub fn import(path: &Path) -> String {
    format!("Import {}", path.display())
}
