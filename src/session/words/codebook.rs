//! Changes of the codebook.

use super::{counted, documents, links, passages};

pub(crate) fn choose_target() -> &'static str {
    "Choose the category to keep"
}

pub(crate) fn nothing_to_import() -> &'static str {
    "Nothing imported: all of it is here already"
}

/// A notice about a change, with the way back.
pub(crate) fn done(what: &str) -> String {
    format!("{what}. Ctrl+Z undoes it")
}

pub(crate) fn added(name: &str) -> String {
    format!("Added: {name}")
}

pub(crate) fn changed(name: &str) -> String {
    format!("Changed: {name}")
}

pub(crate) fn moved(name: &str) -> String {
    format!("Moved: {name}")
}

pub(crate) fn removed(name: &str) -> String {
    format!("Removed: {name}")
}

pub(crate) fn renamed(old: &str, name: &str) -> String {
    format!("Renamed {old} to {name}")
}

pub(crate) fn already_there(name: &str) -> String {
    format!("{name} is already there")
}

pub(crate) fn key_taken(name: &str, holder: &str) -> String {
    format!("The key of {name} is already used by {holder}; choose another")
}

pub(crate) fn no_such_parent(name: &str, parent: &str) -> String {
    format!("{name} can’t be put under {parent}, which is not a category; choose another")
}

pub(crate) fn under_itself(name: &str) -> String {
    format!("{name} can’t be put under itself")
}

pub(crate) fn attribute_removed(name: &str, cleared: usize, kept: usize) -> String {
    let mut text = removed(name);
    if cleared > 0 {
        text.push_str(&format!(" and its value in {}", passages(cleared)));
    }
    match kept {
        0 => {}
        1 => text.push_str("; 1 passage keeps its value"),
        _ => text.push_str(&format!("; {} keep theirs", passages(kept))),
    }
    text
}

pub(crate) fn link_kind_in_use(name: &str, count: usize) -> String {
    let uses = counted(count, "link is", "links are");
    format!("Not removed: {uses} of the kind “{name}”. Remove them first, or give the kind another name.")
}

pub(crate) fn category_removed(name: &str, spans: usize, link_count: usize) -> String {
    match (spans, link_count) {
        (0, _) => removed(name),
        (_, 0) => format!("Removed: {name} with {}", passages(spans)),
        _ => format!("Removed: {name} with {} and {}", passages(spans), links(link_count)),
    }
}

/// Why a category that others have used stays, given their names and the number of their passages.
pub(crate) fn category_in_use(name: &str, owners: &[(String, usize)]) -> String {
    let owners: Vec<String> =
        owners.iter().map(|(person, count)| format!("{} of {person}", passages(*count))).collect();
    format!(
        "Not removed: {name} is used for {}, and only they can remove those. Move its passages to another category, or \
         retire {name} so that nothing new is tagged with it.",
        owners.join(", ")
    )
}

pub(crate) fn actors_changed(added: usize, removed: usize) -> String {
    format!("Actors: {}", list_change(added, removed))
}

pub(crate) fn issues_changed(added: usize, removed: usize) -> String {
    format!("Issues: {}", list_change(added, removed))
}

pub(crate) fn relations_changed() -> &'static str {
    "Relations of actors and issues changed"
}

/// The notice after roles were given to a number of categories.
pub(crate) fn roles_set(categories: usize) -> String {
    format!("Roles: {} changed", counted(categories, "category", "categories"))
}

/// The notice after a number of entries of the second edition was adopted.
pub(crate) fn adopted(entries: usize) -> String {
    format!("Second edition: {} adopted", counted(entries, "entry", "entries"))
}

fn list_change(added: usize, removed: usize) -> String {
    match (added, removed) {
        (0, 0) => "reordered".to_owned(),
        (added, 0) => format!("{added} added"),
        (0, removed) => format!("{removed} removed"),
        (added, removed) => format!("{added} added, {removed} removed"),
    }
}

/// What the categories to merge are called: by name if there are one or two.
pub(crate) fn merged_what(names: &[&str]) -> String {
    match names {
        [one] => (*one).to_owned(),
        [first, second] => format!("{first} and {second}"),
        several => format!("{} categories", several.len()),
    }
}

pub(crate) fn nothing_to_merge(target: &str) -> String {
    format!("Choose the categories to merge into {target}")
}

pub(crate) fn merged(what: &str, target: &str, retagged: &str) -> String {
    format!("Merged {what} into {target}: {retagged}")
}

/// What a merge did to passages, after a count of them.
pub(crate) fn retagged(counts: &str, duplicates: usize, others: bool) -> String {
    let mut text = counts.to_owned();
    if duplicates > 0 {
        let have = if duplicates == 1 { "has" } else { "have" };
        text.push_str(&format!("; {} now {have} a duplicate on the same words", passages(duplicates)));
    }
    if others {
        text.push_str("; the files of others are unchanged and read this way from now on");
    }
    text
}

pub(crate) fn nothing_to_split(name: &str) -> String {
    format!("Choose a new category for some passages of {name} first")
}

/// What a split did: passages retagged in documents, categories added, passages of others that are unchanged.
pub(crate) fn split(name: &str, retagged: usize, in_documents: usize, added: usize, others: usize) -> String {
    let mut text = format!("Split {name}: {} in {} retagged", passages(retagged), documents(in_documents));
    if added > 0 {
        text.push_str(&format!(", {} added", counted(added, "category", "categories")));
    }
    if others > 0 {
        text.push_str(&format!("; {} of others unchanged", passages(others)));
    }
    text
}

pub(crate) fn imported(new: usize, replaced: usize, kept: usize) -> String {
    let mut text = format!("Imported: {}", counted(new, "new entry", "new entries"));
    if replaced > 0 {
        text.push_str(&format!(", {replaced} replaced"));
    }
    if kept > 0 {
        text.push_str(&format!(", {kept} kept as they are here"));
    }
    text
}

pub(crate) fn exported(has_losses: bool) -> &'static str {
    if has_losses { "Codebook exported, with losses" } else { "Codebook exported" }
}

pub(crate) fn not_exported(why: &impl std::fmt::Display) -> String {
    format!("Not exported: {why}")
}

#[cfg(test)]
mod tests {
    use super::{attribute_removed, imported, merged_what, retagged, split};

    #[test]
    fn changes_are_counted() {
        assert_eq!(attribute_removed("Voice", 0, 0), "Removed: Voice");
        assert_eq!(
            attribute_removed("Voice", 3, 1),
            "Removed: Voice and its value in 3 passages; 1 passage keeps its value"
        );
        assert_eq!(imported(1, 0, 2), "Imported: 1 new entry, 2 kept as they are here");
        assert_eq!(
            split("Threat", 2, 1, 0, 1),
            "Split Threat: 2 passages in 1 document retagged; 1 passage of others unchanged"
        );
        assert_eq!(merged_what(&["Threat", "Offer"]), "Threat and Offer");
        assert_eq!(merged_what(&["Threat", "Offer", "Demand"]), "3 categories");
        assert_eq!(
            retagged("4 passages", 1, true),
            "4 passages; 1 passage now has a duplicate on the same words; the files of others are unchanged and read \
             this way from now on"
        );
    }
}
