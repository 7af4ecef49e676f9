//! Settling differences by a rule.

use demarche_analysis::differences::{BulkCount, Threshold};

use super::grammar::count;

texts! {
    title: "Settle in bulk",
    hint: "Takes passages into the consensus by a rule, as one step. What is settled already stays as it is.",
    rule: "Take",
    majority: "The reading of the majority",
    threshold: "Votes needed",
    votes: "Number of people",
    person: "Everything of one person",
    people: "Person",
    accepted: "What a reviewer has accepted",
    reviewers: "Reviewer",
    any_reviewer: "Any reviewer",
    options: "Options",
    leave_out: "Leave out passages that are untagged or rejected by this rule",
    leave_out_hint: "Without this, they stay open",
    single: "Include documents that one person alone has read",
    single_hint: "Their passages enter the consensus marked as read by one person",
    only_done: "Only documents that everyone has marked as done",
    only_done_hint: "Of those who have worked on the document",
    documents: "Documents",
    this_document: "This document",
    all_documents: "All documents",
    counting: "Counting…",
    nothing: "Nothing would be settled.",
    ties: "a tie",
    short: "too few votes",
    untagged: "untagged or rejected",
    silent: "not decided by the rule",
    confirm: "Settle",
    button: "In bulk…",
    button_hint: "Settle differences by a rule, over several documents",
}

/// The documents that are chosen in the list.
pub fn chosen_documents(chosen: usize) -> String {
    format!("Chosen documents ({})", count(chosen))
}

/// A threshold of a majority.
pub fn threshold_name(threshold: Threshold) -> String {
    match threshold {
        Threshold::MoreThanHalf => "More than half".to_owned(),
        Threshold::Share { part, whole } if part == whole => "Everyone".to_owned(),
        Threshold::Share { part, whole } => format!("At least {part} of {whole}"),
        Threshold::Votes(_) => "At least this many people".to_owned(),
    }
}

/// The passages that are settled.
pub fn decided(counted: BulkCount) -> String {
    let single = match counted.single {
        0 => String::new(),
        single => format!(" ({} read by one person)", count(single)),
    };
    let left_out = match counted.left_out {
        0 => String::new(),
        left_out => format!(", {} left out", count(left_out)),
    };
    let passages = if counted.taken == 1 { "passage" } else { "passages" };
    format!("{} {passages} taken into the consensus{single}{left_out}", count(counted.taken))
}

/// Passages that stay open, and why.
pub fn open(passages: usize, why: &str) -> String {
    format!("{} still open: {why}", count(passages))
}

/// Passages that were settled before.
pub fn settled(passages: usize) -> String {
    format!("{} settled before, unchanged", count(passages))
}

/// Documents that are not included.
pub fn unfinished(documents: usize) -> String {
    let noun = if documents == 1 { "document" } else { "documents" };
    format!("{} {noun} not included: not everyone is done", count(documents))
}
