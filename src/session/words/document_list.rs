//! The list of documents and its sets.

/// A document by its title.
pub(crate) fn titled(title: &str) -> String {
    format!("“{title}”")
}

pub(crate) fn not_by_hand() -> &'static str {
    "Sort the list by hand before moving documents"
}

pub(crate) fn name_missing() -> &'static str {
    "A set needs a name"
}

pub(crate) fn name_taken(name: &str) -> String {
    format!("There is already a set “{name}”; choose another name")
}

/// Documents that are all in a set, or none of them.
pub(crate) fn no_member_changed(set: &str, are_in: bool) -> String {
    if are_in { format!("Already in “{set}”") } else { format!("Not in “{set}”") }
}

pub(crate) fn removed(what: &str) -> String {
    format!("Removed: {what}. Ctrl+Z brings them back")
}
