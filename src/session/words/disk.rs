//! Saving, and following what others write.

use std::path::{Path, PathBuf};

use demarche_io::IoError;
use demarche_io::project::{Holder, format_time};
use demarche_model::AnnotatorId;

use super::counted;
use crate::SessionError;
use crate::save_fault::Unwritten;

pub(crate) fn nothing_to_save() -> &'static str {
    "Everything is saved already"
}

/// What a save has done.
pub(crate) fn saved_files(count: usize) -> String {
    match count {
        0 => "Saved the history".to_owned(),
        _ => format!("Saved {}", counted(count, "file", "files")),
    }
}

/// The answer to a save that failed; a banner says more.
pub(crate) fn not_saved(why: &str, unwritten: Unwritten) -> String {
    match unwritten {
        Unwritten::Work => format!("Not saved: {why}"),
        Unwritten::History => format!("Saved all but the history: {why}"),
    }
}

/// A copy of the project, in which the user goes on.
pub(crate) fn copied(folder: &Path) -> String {
    format!("You are now working in the copy, and everything is saved there: {}", folder.display())
}

/// A copy of the project that could not be opened.
pub(crate) fn copied_but(folder: &Path, why: &SessionError) -> String {
    format!("The project is copied, but the copy can’t be opened: {why} ({})", folder.display())
}

/// A copy that was not made.
pub(crate) fn not_copied(why: &IoError) -> String {
    format!("The project is not copied: {why}")
}

/// Documents that were neither in memory nor on disk.
pub(crate) fn copy_lacks_documents(titles: &[String]) -> String {
    let titles: Vec<String> = titles.iter().map(|title| format!("“{title}”")).collect();
    format!(
        "The copy lacks the texts and passages of {}, which had not been read and can’t be read now: {}",
        counted(titles.len(), "document", "documents"),
        titles.join(", ")
    )
}

/// Files that could not be read; the empty path is the project's folder.
pub(crate) fn copy_lacks_files(files: &[PathBuf]) -> String {
    if files.iter().any(|file| file.as_os_str().is_empty()) {
        return "The project’s old folder can’t be read. The copy has what was in memory; earlier history, originals and \
                views are not in it."
            .to_owned();
    }
    let names: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
    let files = counted(files.len(), "file or folder", "files and folders");
    format!("The copy lacks {files} that could not be read: {}", names.join(", "))
}

pub(crate) fn held_by(holder: &Holder, annotator: &str) -> String {
    // `2026-11-28 09:14 UTC`: to the minute, and not as machines write it.
    let since = format_time(holder.since).replace('T', " ");
    let since = format!("{} UTC", since.get(..16).unwrap_or(&since));
    format!(
        "Read-only: {annotator} is in use in another Demarche on {}, since {since}. Close it there, or choose another \
         annotator here.",
        holder.host
    )
}

pub(crate) fn released(holder: &Holder, annotator: &str) -> String {
    format!("Read-only: {annotator} is no longer in use on {}. Work here instead?", holder.host)
}

pub(crate) fn unidentified() -> &'static str {
    "Read-only: choose who you are to tag."
}

pub(crate) fn unwritable(why: &str) -> String {
    format!("Read-only: this folder can’t be written ({why}).")
}

/// A project of which only a part could be read.
pub(crate) fn damaged() -> &'static str {
    "Read-only: a part of project.ron can’t be read. Open the project again to repair it."
}

/// Steps of an earlier session that were saved only now.
pub(crate) fn recovered(steps: usize, documents: usize) -> String {
    let changes = counted(steps, "change", "changes");
    match documents {
        0 => format!("Recovered {changes} that had not been saved"),
        _ => format!(
            "Recovered {changes} in {} that had not been saved",
            counted(documents, "document", "documents")
        ),
    }
}

/// A journal whose end is damaged.
pub(crate) fn journal_torn() -> &'static str {
    "The last change before the program stopped was not written in full and could not be recovered"
}

/// A journal that is kept because something in it can't be applied.
pub(crate) fn journal_kept(path: &Path) -> String {
    format!(
        "Some changes could not be recovered, because their document or text is missing or a file is damaged. They are \
         kept here: {}",
        path.display()
    )
}

/// A journal that could not be recovered.
pub(crate) fn not_recovered(why: &impl std::fmt::Display) -> String {
    format!(
        "unsaved changes of the last session could not be recovered: {why}. They are kept; open the project again to retry"
    )
}

/// Files of the user that others have changed, and that are not written until they are merged.
pub(crate) fn held_files() -> &'static str {
    "Not saved: files of yours wait for a merge with versions from elsewhere; use Merge above the text. Until then, your \
     changes are kept on this computer."
}

/// A version of the user's file from elsewhere that can't be read.
pub(crate) fn not_merged(why: &impl std::fmt::Display) -> String {
    format!("Not saved: your file was changed elsewhere and can’t be read: {why}")
}

/// A folder that could not be written, and still can't be.
pub(crate) fn still_unwritable() -> &'static str {
    "This folder still can’t be written"
}

/// A project with a file in a newer format.
pub(crate) fn newer(problem: &demarche_io::Problem) -> String {
    format!("Read-only: {problem}.")
}

pub(crate) fn own_file_unreadable(why: &impl std::fmt::Display) -> String {
    format!("Your file was changed elsewhere and can’t be read: {why}")
}

pub(crate) fn document_removed_elsewhere(title: &str) -> String {
    format!(
        "Another person has removed “{title}” from the project. It is kept because you have changed something in it; \
         remove it if you agree."
    )
}

/// A value of the project that was changed here and elsewhere.
pub(crate) fn changed_by_both(conflict: &str) -> String {
    format!("Changed here and by another person; yours is kept: {conflict}.")
}

/// An id that a person here and another person in the folder have, and how to keep them apart.
pub(crate) fn shared_id(conflict: &str, id: &AnnotatorId, name: &str) -> String {
    format!(
        "Two people share an id: {conflict}. Until then, each copy keeps its own entry. To change the one here, add {name} \
         again under a slightly different name (Review ▸ People), give the work of `{id}` to the new entry (`demarche \
         people PROJECT reassign {id} NEW`), and remove the old one."
    )
}
