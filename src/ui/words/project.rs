//! The project: creating it, its details, closing the window.

use std::path::{Path, PathBuf};

use demarche_session::Kept;

use super::grammar::counted;

texts! {
    close_title: "Save before closing?",
    close_unsaved: "Your last changes have not been saved yet.",
    close_fault: "Your last changes can't be saved now.",
    save_and_close: "Save and close",
    keep_and_close: "Close, save later",
    discard_changes: "Discard changes",

    details_title: "Project details",
    name: "Name",

    new_title: "New project",
    name_example: "Harbour talks",
    my_name: "Your name",
    my_name_hint: "Your passages are saved under this name. It is suggested for later projects.",
    location: "Location",
    starting_codebook: "Starting codebook",
    codebook_from_file: "From a file…",
    codebook_file_hint: "A codebook exported from Demarche, or a CSV, REFI-QDA or brat codebook",
    own_folder: "Each project has a folder of its own.",
    folder_taken: "This folder already contains a project; choose another name.",
    create: "Create project",
}

/// The files that are imported into a new project, if any.
pub fn files_to_import(files: &[PathBuf]) -> Option<String> {
    let name = |file: &PathBuf| file.file_name().map(|name| name.to_string_lossy().into_owned());
    let first = files.first().and_then(name)?;
    Some(match files.len() - 1 {
        0 => format!("{first} will be imported."),
        more => format!("{first} and {} will be imported.", counted(more, "other file", "other files")),
    })
}

/// What happens to changes that can't be saved.
pub fn close_kept(kept: &Kept, project: &Path) -> String {
    match kept {
        Kept::InProject => format!(
            "Nothing is lost if you close the window: your changes are in the project’s journal, and are saved when you open \
             the project again: {}",
            project.display()
        ),
        Kept::OnThisComputer(path) => format!(
            "Nothing is lost if you close the window: your changes are in a journal on this computer, and are saved when you \
             open the project again at {}. Journal: {}",
            project.display(),
            path.display()
        ),
        Kept::InMemory => "If you close the window now, they are lost.".to_owned(),
    }
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
