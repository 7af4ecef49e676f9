//! Merging copies of the project and of its files, and packets.

use std::path::Path;

use super::{counted, documents, passages};

pub(crate) fn this_project() -> &'static str {
    "That is this project itself; choose another copy of it"
}

pub(crate) fn nothing_to_merge() -> &'static str {
    "Nothing to merge: all of it is here already"
}

pub(crate) fn packet_incomplete() -> &'static str {
    "Enter a name for the packet, and choose at least one document"
}

/// A merge of the user’s layer, with the number of conflicts left in it.
pub(crate) fn merged_elsewhere(conflicts: usize) -> String {
    match conflicts {
        0 => "Merged".to_owned(),
        _ => {
            format!("Merged; {} to resolve, see above the text", counted(conflicts, "conflict", "conflicts"))
        }
    }
}

pub(crate) fn merged_project(document_count: usize, spans: usize, conflicts: usize) -> String {
    format!(
        "Merged: {}, {} changed, {}. Ctrl+Z undoes it",
        documents(document_count),
        passages(spans),
        counted(conflicts, "conflict", "conflicts"),
    )
}

pub(crate) fn merged_copy(has_conflicts: bool) -> String {
    let conflicts = if has_conflicts { "; the differences are shown above the text" } else { "" };
    format!("Merged{conflicts}. The copy is now in .demarche/trash")
}

pub(crate) fn merged_but(why: &impl std::fmt::Display) -> String {
    format!("Merged, but {why}.")
}

pub(crate) fn copy_differs(conflict: &str) -> String {
    format!("The copy differs; your version is kept: {conflict}.")
}

pub(crate) fn not_merged(why: &impl std::fmt::Display) -> String {
    format!("Not merged: {why}.")
}

pub(crate) fn packet_written(name: &str, path: &Path) -> String {
    format!("Packet for {name}: {}", path.display())
}

pub(crate) fn packet_not_written(why: &impl std::fmt::Display) -> String {
    format!("Packet not written: {why}")
}
