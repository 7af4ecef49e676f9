//! Reviewing, and answering a review.

use demarche_model::Verdict;

use super::and;

use crate::ReviewState;

pub(crate) fn no_current_passage() -> &'static str {
    "Select a passage first"
}

pub(crate) fn passage_gone() -> &'static str {
    "This passage is gone"
}

pub(crate) fn own_passage() -> &'static str {
    "This passage is yours: others decide on it, and you answer them"
}

pub(crate) fn not_a_reviewer() -> &'static str {
    "Only reviewers and leads decide on passages; see People… in the menu Review"
}

pub(crate) fn nothing_proposed() -> &'static str {
    "Nothing proposed: the passage is already like this"
}

pub(crate) fn proposed() -> &'static str {
    "Proposed"
}

pub(crate) fn not_decided() -> &'static str {
    "You have not decided on this passage"
}

pub(crate) fn still_filling() -> &'static str {
    "Still looking for passages"
}

pub(crate) fn queue_empty() -> &'static str {
    "Nothing to review here; see the filters of the tab Review"
}

pub(crate) fn end_of_queue() -> &'static str {
    "This is the last passage of the queue"
}

pub(crate) fn start_of_queue() -> &'static str {
    "This is the first passage of the queue"
}

pub(crate) fn all_decided() -> &'static str {
    "You have decided on every passage of the queue"
}

pub(crate) fn nothing_new() -> &'static str {
    "No new decision on your passages"
}

pub(crate) fn nothing_else_new() -> &'static str {
    "No further new decision on your passages"
}

pub(crate) fn no_change_proposed() -> &'static str {
    "No one has proposed a change to this passage"
}

pub(crate) fn not_yours() -> &'static str {
    "This passage is another annotator’s"
}

pub(crate) fn nothing_to_apply() -> &'static str {
    "Nothing is proposed there; answer it, or dismiss it"
}

pub(crate) fn proposal_outdated() -> &'static str {
    "This proposal no longer fits: its category or its words are gone; answer it instead"
}

pub(crate) fn proposal_already_applied() -> &'static str {
    "The passage is already like this"
}

pub(crate) fn duplicate() -> &'static str {
    "These words are already tagged like this; remove one of the two passages instead"
}

pub(crate) fn proposal_accepted() -> &'static str {
    "Proposal accepted. Ctrl+Z undoes it"
}

/// A decision. `owners` are those whose equal readings it is about; none if it is about one person's alone.
pub(crate) fn decided(verdict: Verdict, passage: &str, owners: &[String]) -> String {
    let verdict = match verdict {
        Verdict::Accepted => "Accepted",
        Verdict::Rejected => "Rejected",
        Verdict::Disputed => "Disputed",
    };
    let owners: Vec<&str> = owners.iter().map(String::as_str).collect();
    let owners = if owners.is_empty() { String::new() } else { format!(", of {}", and(&owners)) };
    format!("{verdict}: {passage}{owners}")
}

impl ReviewState {
    /// The name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Undecided => "undecided",
            Self::Disputed => "disputed",
            Self::Answered => "answered",
            Self::Decided => "decided by me",
            Self::All => "all",
        }
    }
}
