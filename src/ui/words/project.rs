//! The project: creating it, its details, closing the window.

use std::path::Path;

use super::grammar::counted;

texts! {
    close_title: "Save before closing?",
    close_unsaved: "Your last changes have not been saved yet.",
    save_and_close: "Save and close",
    discard_changes: "Discard changes",

    details_title: "Project details",
    name: "Name",

    new_title: "New project",
    name_example: "Harbour talks",
    location: "Location",
    starting_codebook: "Starting codebook",
    codebook_from_file: "From a file…",
    codebook_file_hint: "A codebook exported from Demarche, or a CSV, REFI-QDA or brat codebook",
    own_folder: "Each project has a folder of its own.",
    folder_taken: "This folder already contains a project; choose another name.",
    create: "Create project",
}

/// Where the project is.
pub fn folder(root: &Path) -> String {
    format!("Folder: {}", root.display())
}

/// Where the project will be.
pub fn created_at(folder: &Path) -> String {
    format!("Will be created at {}", folder.display())
}

/// A codebook that can be chosen.
pub fn codebook(name: &str, categories: usize) -> String {
    format!("{name} ({})", counted(categories, "category", "categories"))
}

/// A codebook that was read from a file.
pub fn codebook_read(name: &str, categories: usize) -> String {
    format!("{name}: {}", counted(categories, "category", "categories"))
}
