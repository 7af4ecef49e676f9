//! Tagging, retagging and removing passages.

use std::collections::BTreeMap;

use super::{links, passages};

pub(crate) fn no_document() -> &'static str {
    "Open a document first"
}

pub(crate) fn still_opening() -> &'static str {
    "The document is still opening"
}

pub(crate) fn nothing_selected() -> &'static str {
    "Select some words first, then press the key"
}

pub(crate) fn select_words_to_add() -> &'static str {
    "Select the words to add first"
}

pub(crate) fn select_where_to_place() -> &'static str {
    "Select the words to place it on first"
}

pub(crate) fn needs_a_character() -> &'static str {
    "A passage needs at least one character"
}

pub(crate) fn needs_a_word() -> &'static str {
    "A passage needs at least one word"
}

pub(crate) fn record_unreadable() -> &'static str {
    "This record can’t be read; fix it in the file, or remove it"
}

pub(crate) fn wording_gone() -> &'static str {
    "That wording is no longer in the text"
}

pub(crate) fn retired(category: &str) -> String {
    format!("{category} is retired, so nothing new can be tagged with it")
}

pub(crate) fn words_already_tagged(category: &str) -> String {
    format!("These words are already tagged as {category}")
}

pub(crate) fn passage_already_tagged(category: &str) -> String {
    format!("This passage is already tagged as {category}")
}

pub(crate) fn only_owner_can_change(owner: &str) -> String {
    format!("Only {owner} can change this passage")
}

pub(crate) fn only_owner_can_remove(owner: &str, count: usize) -> String {
    format!("Only {owner} can remove {}", if count == 1 { "this passage" } else { "these passages" })
}

pub(crate) fn boundary_moved() -> &'static str {
    "Boundary moved"
}

/// `These words were out of view. Press 3 again to tag them as Concession`.
pub(crate) fn again_to_tag(category: &str, key: Option<char>) -> String {
    let again = again(category, key);
    format!("These words were out of view. {again} to tag them as {category}")
}

/// `This passage was out of view. Press 3 again to retag it as Concession`.
pub(crate) fn again_to_retag(category: &str, key: Option<char>, count: usize) -> String {
    let again = again(category, key);
    match count {
        1 => format!("This passage was out of view. {again} to retag it as {category}"),
        _ => format!("Not all of the {} are in view. {again} to retag them as {category}", passages(count)),
    }
}

pub(crate) fn again_to_remove(count: usize) -> String {
    match count {
        1 => "This passage was out of view. Press Delete again to remove it".to_owned(),
        _ => format!("Not all of the {} are in view. Press Delete again to remove them", passages(count)),
    }
}

pub(crate) fn again_to_move_boundary() -> &'static str {
    "This boundary was out of view. Press the key again to move it"
}

fn again(category: &str, key: Option<char>) -> String {
    match key {
        Some(key) => format!("Press {} again", key.to_uppercase()),
        None => format!("Choose {category} again"),
    }
}

pub(crate) fn retagged(category: &str) -> String {
    format!("Retagged as {category}")
}

/// What became of several passages: `retagged`, `duplicates` that would repeat another one, and those of others.
pub(crate) fn retagged_several(category: &str, retagged: usize, duplicates: usize, others: &str) -> String {
    let duplicates = match duplicates {
        0 => String::new(),
        1 => format!(" 1 is unchanged: its words are already tagged as {category}."),
        many => format!(" {many} are unchanged: their words are already tagged as {category}."),
    };
    match retagged {
        0 => format!("Nothing to retag as {category}.{duplicates}{others}"),
        _ => format!("Retagged as {category}: {}.{duplicates}{others}", passages(retagged)),
    }
}

/// ` 3 passages are Ben’s and were not changed.` for each name; empty if there are none.
pub(crate) fn not_changed<'a>(owners: impl IntoIterator<Item = (&'a str, usize)>) -> String {
    let sentence = |(name, count): (&str, usize)| match count {
        1 => format!(" 1 passage is {name}’s and was not changed."),
        _ => format!(" {count} passages are {name}’s and were not changed."),
    };
    owners.into_iter().map(sentence).collect()
}

pub(crate) fn nothing_left_to_tag(category: &str) -> String {
    format!("Nothing left to tag as {category}")
}

pub(crate) fn tagged_occurrences(count: usize, category: &str) -> String {
    format!("Tagged {count} as {category}. Ctrl+Z undoes all of them")
}

/// What is removed: a single passage by its category, several by their number.
pub(crate) fn removed_what(count: usize, category: &str) -> String {
    if count == 1 { category.to_owned() } else { passages(count) }
}

/// `Removed: Threat and 4 links (3 responds to, 1 supports). Ctrl+Z brings them back.`
pub(crate) fn removed(what: &str, count: usize, by_kind: &BTreeMap<&str, usize>) -> String {
    let link_count: usize = by_kind.values().sum();
    let pronoun = if count + link_count == 1 { "it" } else { "them" };
    let mut kinds: Vec<_> = by_kind.iter().collect();
    kinds.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    let kinds: Vec<String> = kinds.into_iter().map(|(kind, count)| format!("{count} {kind}")).collect();
    let with_links = match link_count {
        0 => String::new(),
        _ => format!(" and {} ({})", links(link_count), kinds.join(", ")),
    };
    format!("Removed: {what}{with_links}. Ctrl+Z brings {pronoun} back.")
}

#[cfg(test)]
mod tests {
    use super::{not_changed, only_owner_can_remove, removed, retagged_several};
    use std::collections::BTreeMap;

    #[test]
    fn counts_agree_with_their_verbs() {
        let others = not_changed([("Ben", 1), ("Cleo", 2)]);
        assert_eq!(
            others,
            " 1 passage is Ben’s and was not changed. 2 passages are Cleo’s and were not changed."
        );
        assert_eq!(
            retagged_several("Offer", 2, 1, ""),
            "Retagged as Offer: 2 passages. 1 is unchanged: its words are already tagged as Offer."
        );
        assert_eq!(retagged_several("Offer", 0, 0, &others), format!("Nothing to retag as Offer.{others}"));
        assert_eq!(only_owner_can_remove("Ben", 1), "Only Ben can remove this passage");
        assert_eq!(only_owner_can_remove("Ben", 2), "Only Ben can remove these passages");
    }

    #[test]
    fn removed_links_are_counted_by_kind_the_most_frequent_first() {
        let none = BTreeMap::new();
        assert_eq!(removed("Offer", 1, &none), "Removed: Offer. Ctrl+Z brings it back.");
        let kinds = BTreeMap::from([("responds to", 1), ("supports", 3)]);
        assert_eq!(
            removed("5 passages", 5, &kinds),
            "Removed: 5 passages and 4 links (3 supports, 1 responds to). Ctrl+Z brings them back."
        );
    }
}
