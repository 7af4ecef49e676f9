//! The inspector: the current passage, several selected passages, or the document.

use demarche_model::Value;

use super::grammar::{count, counted, plural};

texts! {
    document: "Document",
    no_passage: "No passage selected",
    no_passage_hint: "Click a tagged passage, or press Tab in the text, to see and edit it here. To tag, select text and \
                      press the key of a category.",

    category: "Category",
    location_hint: "Where the passage is in the document",
    provenance_hint: "Where this passage of the consensus comes from, and who decided",
    remove: "Remove",
    remove_hint: "Remove the tag; the text stays",
    copy_to_my_layer: "Copy to my layer",
    copy_to_my_layer_hint: "Tag the same words with the same category in your own layer",
    copy: "Copy with citation",
    overlapping: "Overlapping passages",

    note: "Note",
    note_hint: "Add a note (F2)",
    no_note: "No note",

    attributes: "Attributes",
    attribute_keys: "letter · Esc",
    no_attributes: "The codebook has no attributes for this category.",
    undefined_attributes: "Not defined for this category",
    several_values: "Several values",
    several_values_hint: "The selected passages have different values",
    several_values_replace_hint: "The selected passages have different values; choosing one replaces them all",
    no_value: "–",
    yes: "Yes",
    no: "No",
    type_to_filter: "Type to filter",
    empty_list: "No entries yet – type to add one",
    new_actor: "New actor",
    new_issue: "New issue",
    add_to_list: "Add to list:",

    no_links: "None. Press Ctrl+M to start one here.",
    cancel_link: "Cancel link",
    cancel_link_hint: "The link starts here; go to the other passage, then press Ctrl+M",
    link_here: "Link to here…",
    add_link: "Add link…",
    add_link_hint: "Start a link here, then go to another passage, in any document, and press Ctrl+M",
    remove_link: "Remove link",
    missing_end_hint: "The passage or its document was removed; only the link is left",
    unread_end: "A passage not read yet",
    missing_end: "The other passage is missing",
    in_this_document: "In this document",
    not_in_project: "Removed, or not in this project",

    history: "History",
    history_reading: "Reading…",
    tagged_before_history: "Tagged, or imported with many others",

    deselect: "Deselect",
    deselect_hint: "Clear the selection (Escape in the text)",
    remove_selected_hint: "Remove the tags and their links; the text stays",
    selected_hint: "Each change applies to all of them and is one step to undo. Ctrl+click adds a passage to the \
                    selection or removes it.",
}

/// The value of the previous passage, offered in an empty field.
pub fn previous_value(value: &Value) -> String {
    format!("{value} (Enter)")
}

/// The number of a passage among those of the table.
pub fn number(position: usize, passages: usize) -> String {
    format!("{} of {}", position + 1, count(passages))
}

/// The annotator and the time of a passage.
pub fn tagged(who: &str, moment: &str, changed: bool) -> String {
    format!("{who}, {moment}{}", if changed { ", changed since" } else { "" })
}

/// The origin of a passage of the consensus, with who decided and when.
pub fn provenance(origin: &str, who: &str, moment: &str) -> String {
    format!("{origin}; {who}, {moment}")
}

/// A step of the history of a passage: when and who.
pub fn step(moment: &str, who: &str) -> String {
    format!("{moment}, {who}")
}

/// The words of a passage.
pub fn quote(words: &str) -> String {
    format!("“{words}”")
}

/// The button that clears an attribute.
pub fn clear(attribute: &str) -> String {
    format!("Clear {}", attribute.to_lowercase())
}

/// The keys that lead to an attribute.
pub fn attribute_key(keys: &str, letter: char) -> String {
    format!("{keys}, then {letter}")
}

/// The accessible name of a value.
pub fn value_label(attribute: &str, value: &str) -> String {
    format!("{attribute}: {value}")
}

/// The button that adds a value to the list of its attribute.
pub fn add_to_list_of(attribute: &str) -> String {
    format!("Add to the list of {}", attribute.to_lowercase())
}

/// A value that the list of its attribute does not have.
pub fn not_in_list(value: &str, attribute: &str) -> String {
    format!("“{value}” is not in the list of {}", attribute.to_lowercase())
}

/// The entry that adds what was typed to a list. `add` is its verb: `New actor`.
pub fn new_option(add: &str, typed: &str) -> String {
    format!("{add} “{typed}”")
}

/// The heading of the links.
pub fn links(number: usize) -> String {
    if number == 0 { "Links".to_owned() } else { format!("Links ({})", count(number)) }
}

/// The tooltip of the button that ends a link.
pub fn link_here_hint(start: &str) -> String {
    format!("Link {start} to this passage")
}

/// A link and its other end.
pub fn link_to(kind: &str, passage: &str) -> String {
    format!("{kind} {passage}")
}

/// A link from another passage.
pub fn link_from(kind: &str, passage: &str) -> String {
    format!("{kind} from {passage}")
}

/// A link whose other end is missing.
pub fn broken_link(kind: &str) -> String {
    format!("{kind}: {}", missing_end())
}

/// A document with its date.
pub fn document_and_date(title: &str, date: Option<&str>) -> String {
    date.map_or_else(|| title.to_owned(), |date| format!("{title}, {date}"))
}

/// The other end of another annotator's link.
pub fn link_of(place: &str, who: &str) -> String {
    format!("{place} – {who}’s link")
}

/// The other end of a link, if it is another annotator's passage.
pub fn passage_of(place: &str, who: &str) -> String {
    format!("{place} – {who}’s passage")
}

/// The accessible name of a link.
pub fn link_label(link: &str, place: &str) -> String {
    format!("{link}; {place}")
}

/// The tooltip of a link.
pub fn go_to_link(sentence: &str) -> String {
    format!("{sentence}. Click to go there.")
}

/// The number of selected passages.
pub fn selected(passages: usize) -> String {
    format!("{} selected", plural(passages, "passage"))
}

/// The number of documents of the selected passages.
pub fn in_documents(documents: usize) -> String {
    format!("in {}", plural(documents, "document"))
}

/// The number of categories of the selected passages.
pub fn several_categories(categories: usize) -> String {
    counted(categories, "category", "categories")
}

/// The number of selected passages of a category.
pub fn category_count(category: &str, passages: usize) -> String {
    format!("{category} {}", count(passages))
}

/// Selected passages of other annotators, each with their number: `3 are Ben's and stay as they are`.
pub fn unchanged(others: &[(&str, usize)]) -> String {
    let each = others.iter().map(|(name, number)| {
        let verb = if *number == 1 { "is" } else { "are" };
        format!("{} {verb} {name}’s", count(*number))
    });
    let one = others.iter().map(|(_, number)| number).sum::<usize>() == 1;
    let unchanged = if one { "stays as it is" } else { "stay as they are" };
    format!("{} and {unchanged}", each.collect::<Vec<_>>().join(", "))
}

/// The button that removes the user's selected passages.
pub fn remove_selected(passages: usize) -> String {
    format!("Remove {}", count(passages))
}
