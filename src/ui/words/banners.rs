//! Banners above the text.

use super::grammar::{count, plural};

texts! {
    dismiss: "Dismiss",
    show: "Show",
    choose_identity: "Choose who you are…",
    take_over: "Work here",
    reopen: "Reopen",
    reopen_hint: "Mark the document as in progress, so that it can be changed",
    try_again: "Try again",
    save_as: "Save as…",
    blind: "Blind mode: other people's passages appear once you mark this document as done (Ctrl+Enter).",
    merge: "Merge",
    merge_layer_hint: "Merge both versions, passage by passage. Can be undone.",
    merge_copy_hint: "Merge its contents field by field and move it to the trash. Can be undone.",
    cancel_link: "Cancel link",
    go_back: "Go back",
    go_back_hint: "Go to the passage at which the link starts",
    remove_it: "Remove it",
    place_it: "Place it",
    place_it_hint: "Place it at its words in this text. Can be undone.",
    keep_this: "Keep this",
    keep_this_hint: "Keep the passage as it is. Can be undone.",
    remove_conflict_hint: "Remove the passage and its links. Can be undone.",
    use_other: "Use the other",
    use_other_hint: "Change the passage to match the other copy. Can be undone.",
    show_conflict_hint: "Go to the passage",
    resolve: "Resolve…",
    resolve_hint: "Accept, correct or remove them one by one",
}

/// Problems in the project's files.
pub fn problems(number: usize) -> String {
    format!("{} found in this project's files.", plural(number, "problem"))
}

/// A layer that was also changed on another machine.
pub fn changed_elsewhere(title: &str) -> String {
    format!(
        "Your passages in “{title}” were also changed on another machine. Changes are saved here once both versions are \
         merged."
    )
}

/// A second version of a file that a synchronising program has left, and how many more there are.
pub fn sync_conflict(copy: &str, more: usize) -> String {
    let more = if more > 0 { format!(" ({} more)", count(more)) } else { String::new() };
    format!("Sync conflict: two versions of a project file. The second is {copy}{more}.")
}

/// The passage at which a link starts, with its document if that is not the open one, and how to go on.
pub fn linking(passage: &str, document: Option<&str>) -> String {
    let place = document.map_or(String::new(), |title| format!(" in {title}"));
    format!(
        "Linking from {passage}{place}. Go to the other passage and press Ctrl+M. Press Escape to cancel."
    )
}

/// Passages that could not be placed in the text, and the words of the first.
pub fn unplaced(number: usize, first: Option<&str>) -> String {
    let kept = if number == 1 { "It is kept unchanged." } else { "They are kept unchanged." };
    let first = first.map_or(String::new(), |quote| format!(" First: “{quote}”."));
    format!(
        "{number} of your passages could not be placed in this text. {kept}{first}",
        number = count(number)
    )
}

/// A passage that one copy changed and the other removed.
pub fn removed_conflict(quote: &str) -> String {
    format!("Merge conflict: “{quote}” was changed in one copy and removed in the other.")
}

/// A passage that two copies changed, as the other copy has it.
pub fn changed_conflict(quote: &str, values: &[String]) -> String {
    format!("Merge conflict: the other copy has “{quote}” as {}.", values.join(", "))
}

/// Passages whose place is in doubt since the text was updated.
pub fn in_doubt(number: usize) -> String {
    let (are, their) = if number == 1 { ("is", "Its") } else { ("are", "Their") };
    let number = count(number);
    format!(
        "{number} of your passages {are} in doubt since the text was updated. {their} old words are kept."
    )
}
