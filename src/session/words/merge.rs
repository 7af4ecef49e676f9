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

/// The heading of a report on packets that were written.
pub(crate) fn packets_written(written: usize, all: usize) -> String {
    format!("{written} of {} written", counted(all, "packet", "packets"))
}

/// A packet that was written.
pub(crate) fn packet_for(name: &str, document_count: usize) -> String {
    format!("{name}: {}", documents(document_count))
}

pub(crate) fn nobody_to_send_to() -> &'static str {
    "The project has no other coders; add them in Review → People…"
}

pub(crate) fn no_packets() -> &'static str {
    "There are no packets in this folder"
}

/// The heading of a report on packets that were merged.
pub(crate) fn packets_merged(merged: usize, all: usize) -> String {
    format!("{merged} of {} merged", counted(all, "packet", "packets"))
}

/// What came of one packet.
pub(crate) fn of_packet(name: &str, text: &str) -> String {
    format!("{name}: {text}")
}

/// A packet that clashes with the project.
pub(crate) fn merge_alone(conflicts: usize) -> String {
    format!("{}; merge it on its own to decide", counted(conflicts, "conflict", "conflicts"))
}

/// A packet that was merged.
pub(crate) fn packet_merged(
    spans: usize,
    answers: usize,
    left_out: &[String],
    contradictions: usize,
) -> String {
    let answers = match answers {
        0 => String::new(),
        some => format!(", {}", counted(some, "answer or decision", "answers and decisions")),
    };
    let contradictions = match contradictions {
        0 => String::new(),
        some => format!(", {} between adjudicators", counted(some, "contradiction", "contradictions")),
    };
    let left_out: String = left_out.iter().map(|item| format!("; not merged: {item}")).collect();
    format!("{} changed{answers}{contradictions}{left_out}", passages(spans))
}
