//! Merging projects and files, and writing packets.

use std::path::Path;

use super::plural;
use crate::analysis::merge_project::{LeftOut, ProjectChange, Proposal};
use crate::model::Status;

/// Problems in the other copy of a project.
pub fn problems(problems: usize, other: &Path) -> String {
    let problems = plural(problems, "problem");
    format!("{problems} in the files of {}; what can't be read is not merged", other.display())
}

/// What a merge does in a layer.
pub fn layer(
    annotator: &str,
    document: &str,
    [added, changed, removed]: [usize; 3],
    links: usize,
    status: Option<Status>,
) -> String {
    let links = if links > 0 { format!(", {} changed", plural(links, "link")) } else { String::new() };
    let status = status.map_or("", |status| match status {
        Status::New => ", now not begun",
        Status::InProgress => ", now in progress",
        Status::Done => ", now done",
    });
    format!("{annotator} in {document}: {added} added, {changed} changed, {removed} removed{links}{status}")
}

/// A change to the project file.
pub fn change(change: &ProjectChange) -> String {
    format!("project: {change}")
}

/// Decisions of reviewers.
pub fn decisions(decisions: usize) -> String {
    format!("{} of reviewers added or changed", plural(decisions, "decision"))
}

/// Saved views, events, phases and dismissed answers.
pub fn notes(notes: usize) -> String {
    let entries = if notes == 1 { "1 entry".to_owned() } else { format!("{notes} entries") };
    format!("{entries} of saved views and calendars added, changed or removed")
}

/// Contradictions between decisions of adjudicators.
pub fn contradictions(contradictions: usize) -> String {
    let count = plural(contradictions, "contradiction");
    format!("{count} between adjudicators; both decisions are kept, see `demarche check`")
}

/// A change to the codebook that a packet proposes and that is not accepted.
pub fn proposal(proposal: &Proposal) -> String {
    format!("proposed, not merged without --accept-codebook: {proposal}")
}

/// Something in a packet that is not merged.
pub fn left_out(left_out: &LeftOut) -> String {
    format!("ignored: {left_out}")
}

/// What a merge does in all.
pub fn merged(documents: usize, [added, changed, removed]: [usize; 3], conflicts: usize) -> String {
    format!(
        "merged {}, {} added, {changed} changed, {removed} removed, {}",
        plural(documents, "document"),
        plural(added, "span"),
        plural(conflicts, "conflict"),
    )
}

/// A conflict in a project.
pub fn conflict(conflict: &str) -> String {
    format!("conflict: {conflict}; this project's version is kept")
}

/// Layers that were not merged.
pub fn unreadable(layers: usize, first: &Path) -> String {
    let (layers, verb, its) = match layers {
        1 => ("1 layer".to_owned(), "was", "its file in this project"),
        several => (plural(several, "layer"), "were", "their files in this project"),
    };
    format!("{layers} {verb} not merged, as {its} can't be read: {}", first.display())
}

/// Files of analysis notes that were not merged.
pub fn unreadable_notes(files: usize, first: &Path) -> String {
    let (files, verb) =
        if files == 1 { ("1 file".to_owned(), "was") } else { (plural(files, "file"), "were") };
    format!(
        "{files} of saved views and calendars {verb} not merged, as they can't be read here: {}",
        first.display()
    )
}

/// A conflict in a file that git merges.
pub fn file_conflict(conflict: impl std::fmt::Display, file: &Path) -> String {
    format!("CONFLICT: {conflict}: {}", file.display())
}

/// A file that is left to git's merge of lines.
pub fn left_to_git(problem: impl std::fmt::Display) -> String {
    format!("left to git's own merge: {problem}")
}

/// A packet that was written.
pub fn packet(recipient: &str, documents: usize, path: &Path) -> String {
    format!("wrote a packet for {recipient} with {}: {}", plural(documents, "document"), path.display())
}

/// Why no packets are written.
pub fn no_annotators() -> &'static str {
    "the project has no annotators; name the recipient with --for"
}

/// A message about one packet of several.
pub fn of(name: &str, message: impl std::fmt::Display) -> String {
    format!("{name}: {message}")
}

/// The result of merging several copies.
pub fn merged_of(merged: usize, all: usize) -> String {
    format!("merged in full: {merged} of {all}")
}

/// A folder that is neither a project nor has packets.
pub fn no_packets(folder: &Path) -> String {
    format!("there is no project and no packet in this folder: {}", folder.display())
}

/// The heading of what follows about one copy of several.
pub fn copy(path: &Path) -> String {
    format!("{}:", path.display())
}
