//! The review panel and the inbox.

use demarche_model::{DecisionState, Verdict};

use super::grammar::count;
pub use super::inspector::quote;

texts! {
    annotator: "Annotator",
    annotator_hint: "Show passages of",
    everyone_else: "Everyone else",
    state: "State",
    state_hint: "State of the review",
    category: "Category of passages",
    any_category: "Any category",
    document: "Document of passages",
    any_document: "Any document",
    this_document: "This document",
    sample: "Random sample",
    sample_hint: "Review a random sample of these passages",
    sample_size: "Number of passages",
    seed: "Seed",
    seed_hint: "One seed draws the same passages again. Choose “All” to keep the sample as you decide",

    queue: "Review queue",
    reading_queue: "Looking for passages…",
    empty_queue: "No passages to review",
    empty_queue_hint: "Change the filters above: choose another person, or “all” for passages that have a decision.",
    no_one_else: "You review passages of other people, and no one else works in this project yet. Add people in Review → \
                  People…",

    next_new: "Next",
    next_new_hint: "Go to the next new decision",
    empty_inbox: "No decisions yet",
    empty_inbox_hint: "Reviewers' decisions on your passages appear here and on the cards in the margin.",
    new: "new",
    read: "read",

    no_passage: "No passage selected",
    no_passage_hint: "Choose one in the list, or press Alt+N.",
    comment: "Comment",
    comment_hint: "Add comment, then press Enter (Alt+C)",
    dismiss: "Dismiss",
    dismiss_hint: "Mark as read and go to the next new decision",
    accept: "Accept",
    reject: "Reject",
    dispute: "Dispute",
    propose: "Propose…",
    propose_hint: "Propose another category, other text or other attributes",
    accept_proposal: "Accept proposal",
    remove_passage: "Remove passage",
    apply_hint: "Apply this decision to your passage. Can be undone.",
    proposes: "proposes",
    left_out: "left out",
    missing_passage: "Missing",
    missing_words: "A passage that was removed",
}

/// The name of a verdict.
pub fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Accepted => "accepted",
        Verdict::Rejected => "rejected",
        Verdict::Disputed => "disputed",
    }
}

/// A decision: who, what, and what has become of it.
pub fn decision(who: &str, what: &str, state: DecisionState) -> String {
    let state = match state {
        DecisionState::Current => "",
        DecisionState::Applied => ", applied",
        DecisionState::Changed => ", passage changed since",
        DecisionState::Removed => ", passage removed",
    };
    format!("{who}: {what}{state}")
}

/// A category that is proposed.
pub fn proposed_category(category: &str) -> String {
    format!("category: {category}")
}

/// The text that is proposed.
pub fn proposed_text(quote: &str) -> String {
    format!("text: “{quote}”")
}

/// A value that is proposed.
pub fn proposed_value(attribute: &str, value: Option<&str>) -> String {
    format!("{attribute}: {}", value.unwrap_or("(none)"))
}

/// The number of the current passage in the queue.
pub fn position(position: Option<usize>, passages: usize) -> String {
    let position = position.map_or_else(|| "–".to_owned(), |at| count(at + 1));
    format!("{position} of {}", count(passages))
}

/// The passages with a decision of the user.
pub fn decided(number: usize) -> String {
    format!("{} decided", count(number))
}

/// The new decisions in the inbox, of all.
pub fn new_of(new: usize, all: usize) -> String {
    format!("{} new of {}", count(new), count(all))
}

/// The accessible name of a row of the queue.
pub fn queue_row(category: &str, words: &str) -> String {
    format!("Queue: {category} “{words}”")
}

/// The accessible name of a row of the inbox.
pub fn inbox_row(unread: bool, category: &str, words: &str) -> String {
    let state = if unread { new() } else { read() };
    format!("Inbox, {state}: {category} “{words}”")
}

/// A passage: its category and words.
pub fn passage(category: &str, words: &str) -> String {
    format!("{category}: “{words}”")
}

/// The category of a passage that was removed.
pub fn removed_category(category: &str) -> String {
    format!("{category}, removed")
}

/// The words of a passage that was removed.
pub fn removed_words(words: &str) -> String {
    format!("removed: {words}")
}

/// The tooltip of a button that decides.
pub fn decide_hint(name: &str) -> String {
    format!("{name} and go to the next passage")
}
