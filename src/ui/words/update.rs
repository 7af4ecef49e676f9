//! Updating the text of a document: the new text, passages in doubt, earlier versions.

use super::grammar::{count, plural};

texts! {
    title: "Update text",
    file: "File with the new text",
    path: "Path of a file",
    pasted: "Or paste the text here",
    paste_hint: "Ctrl+V",
    explanation: "Each passage is located in the new text. Passages whose text or position is in doubt are shown to you first; those of other annotators wait for them.",
    compare: "Compare",
    comparing: "Comparing the two texts…",
    confirm: "Update text",

    none_in_doubt: "All your passages were located.",
    none_tagged: "You have not tagged this document. Passages in doubt wait for their annotators.",
    no_passages: "No one has tagged this document.",
    you: "You",
    all: "All",
    in_place: "In place",
    in_place_hint: "Same text in the same position",
    moved: "Moved",
    moved_hint: "Same text in another position, which follows from the text around it",
    in_doubt: "In doubt",
    in_doubt_hint: "Text or position has changed; review these below",
    lost: "Lost",
    lost_hint: "Nothing similar was found; the passage is kept with its old text until its annotator decides",

    in_doubt_title: "Passages in doubt",
    in_doubt_done: "No passages are in doubt.",
    in_doubt_explanation: "The text was updated after these passages were tagged. Accept the new position, correct it, or delete the passage.",
    use_selection: "Use selected text",
    use_selection_hint: "Move the passage to the text that is selected in the document",
    delete: "Delete",
    delete_hint: "Delete the passage; can be undone",

    accept: "Accept",
    accept_hint: "Accept this position (Enter)",
    correct: "Correct…",
    correct_hint: "Select the passage in the new text (F2)",
    leave: "Leave in doubt",
    leave_hint: "Decide later (Delete)",
    accept_same_hint: "Their text is unchanged; only the position is in doubt, or spaces have changed",
    accepted: "Accepted",
    corrected: "Corrected",
    same_text: "Same text",
    lost_state: "Lost",

    old_text: "Before",
    new_text: "Now",
    nothing_similar: "Nothing similar was found.",

    correct_caption: "Select the text of the passage",
    nothing_selected: "No text selected",
    use_selection_shortcut: "Ctrl+Enter",
    back: "Back",
    back_hint: "Escape",
    earlier_part: "Earlier in the text",
    later_part: "Later in the text",

    earlier_title: "Earlier versions",
    none_pending: "None of your passages in this version is in doubt.",
    pending: "Your passages in doubt",
}

/// What the new text is for.
pub fn introduction(title: &str) -> String {
    format!("Replaces the text of “{title}”. The current version is kept.")
}

/// The title of the review.
pub fn title_of(document: &str) -> String {
    format!("Update text of “{document}”")
}

/// The progress of the comparison.
pub fn progress(done: usize, total: usize) -> String {
    format!("Locating passages: {} of {}", count(done), count(total))
}

/// What happens to the passages without a decision.
pub fn undecided(passages: usize) -> String {
    let (verb, them) = if passages == 1 { ("stays", "it") } else { ("stay", "them") };
    format!("{} {verb} in doubt with the old text; review {them} later.", plural(passages, "passage"))
}

/// The button that accepts all passages with the same text.
pub fn accept_same(passages: usize) -> String {
    format!("Accept all {passages} with the same text")
}

/// How similar the text found is to that of the passage.
pub fn similarity(percent: u8) -> String {
    format!("{percent}% similar")
}

/// A passage for a screen reader.
pub fn passage(category: &str, quote: &str, state: &str) -> String {
    format!("{category}: {quote}, {state}")
}

/// The note of a passage.
pub fn note(note: &str) -> String {
    format!("Note: {note}")
}

/// The text that is selected.
pub fn selected(quote: &str) -> String {
    format!("“{quote}”")
}

/// An earlier version.
pub fn version(number: u32) -> String {
    format!("Version {number}")
}

/// Who replaced a version, and on which day.
pub fn replaced(name: &str, day: &str) -> String {
    format!("replaced by {name} on {day}")
}

/// The position of the part that is shown.
pub fn part(percent: usize) -> String {
    format!("from {percent}%")
}
