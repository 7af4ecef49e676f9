//! The find bar, and the results of a search in all documents.

use super::grammar::{count, counted};

texts! {
    in_document: "Find in this document",
    in_all: "Find in all documents",
    match_case: "Aa",
    match_case_hint: "Match case",
    whole_words: "W",
    whole_words_hint: "Match whole words",
    regex: ".*",
    regex_hint: "Use a regular expression",
    find: "Find",
    previous: "Previous match",
    next: "Next match",
    all_documents: "All documents",
    this_document: "This document",
    close_results: "Close search results",
    tag_all: "Tag all hits…",
    tag_all_hint: "Choose a category for all hits, and leave out those that don't fit",
    close: "Close (Escape)",
    no_matches: "No matches",
    no_matches_hint: "Check the spelling, or switch off “W” (whole words) and “Aa” (match case).",
}

/// The number of the current match; `capped` if there are more than were counted.
pub fn current(at: usize, matches: usize, capped: bool) -> String {
    format!("{} of {}{}", at + 1, count(matches), if capped { "+" } else { "" })
}

/// The heading of the results.
pub fn results(pattern: &str, matches: usize, done: bool) -> String {
    let matches = counted(matches, "match", "matches");
    format!("“{pattern}”: {matches}{}", if done { "" } else { ", searching…" })
}
