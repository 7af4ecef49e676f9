//! Creating, opening, checking and saving projects.

use std::path::Path;

use super::plural;
use crate::cli::git::GitSetup;
use crate::io::project::GIT_ATTRIBUTES;

/// A project that was created.
pub fn created(name: &str, folder: &Path) -> String {
    format!("created the project {name} in {}", folder.display())
}

/// Why a project can't be created.
pub fn exists_already(folder: &Path) -> String {
    format!("this folder already contains a project; choose another folder: {}", folder.display())
}

/// Why a project can't be opened.
pub fn missing(folder: &Path) -> String {
    format!("there is no project here; create one with `demarche new`: {}", folder.display())
}

/// Why a project can't be changed.
pub fn read_only(why: impl std::fmt::Display) -> String {
    format!("the project is read-only: {why}")
}

/// The holder of a project's lock.
pub fn lock_holder(who: &str, host: &str, since: &str) -> String {
    format!("{who} on {host} since {since}")
}

/// Problems in a project's files.
pub fn problems(problems: usize, folder: &Path) -> String {
    let problems = plural(problems, "problem");
    format!("{problems} in the project's files; list them with `demarche check {}`", folder.display())
}

/// Changes that were recovered from a person's journal.
pub fn recovered(steps: usize, person: impl std::fmt::Display) -> String {
    format!("recovered {} by {person} that had not been saved", plural(steps, "change"))
}

/// A journal whose end is damaged.
pub fn journal_torn() -> String {
    "the last change before the program stopped was not written in full and could not be recovered".to_owned()
}

/// A journal that is kept because something in it can't be applied.
pub fn journal_kept(path: &Path) -> String {
    format!(
        "some changes could not be recovered, because their document or text is missing or a file is damaged; they are \
         kept here: {}",
        path.display()
    )
}

/// Changes in a person's journal that have not been recovered.
pub fn journal_waits(person: impl std::fmt::Display) -> String {
    format!("unsaved changes by {person} are not included; open the project in the window to recover them")
}

/// A layer that can't be read.
pub fn unread_layer(annotator: &str, document: &str) -> String {
    format!("the passages of {annotator} in {document} can't be read, and are missing from the result")
}

/// The result of a check that found nothing.
pub fn no_problems() -> String {
    "no problems found".to_owned()
}

/// The result of a check.
pub fn problems_found(problems: usize) -> String {
    format!("{} found", plural(problems, "problem"))
}

/// A hint on how to let git merge the project.
pub fn git_setup(missing: GitSetup) -> String {
    match missing {
        GitSetup::NoAttributes => {
            let lines = GIT_ATTRIBUTES.trim_end().replace('\n', "\n    ");
            format!(
                "hint: git merges this project line by line; add to .gitattributes in its folder:\n    {lines}"
            )
        }
        GitSetup::NoDriver => "hint: git does not know Demarche's merge driver on this machine; run:\n    \
             git config --global merge.demarche.name \"Demarche\"\n    \
             git config --global merge.demarche.driver \"demarche merge-driver %O %A %B %P\""
            .to_owned(),
    }
}

/// A field of `project.ron` that was changed on both sides.
pub fn changed_on_both_sides(conflict: impl std::fmt::Display) -> String {
    format!("another person changed this at the same time; your version is kept: {conflict}")
}

/// Files that were not written, as others have changed them.
pub fn changed_meanwhile(files: usize, first: &Path) -> String {
    let (files, verb, them) = match files {
        1 => ("1 file".to_owned(), "was", "it"),
        several => (plural(several, "file"), "were", "them"),
    };
    format!(
        "{files} {verb} not written, as another person has changed {them}; try again: {}",
        first.display()
    )
}

/// A file that can't be written.
pub fn not_written(error: &std::io::Error, path: &Path) -> String {
    format!("can't write the file: {error}: {}", path.display())
}

/// The label of the progress bar.
pub fn reading() -> &'static str {
    "reading"
}
