//! Attributes: their kinds, how values are typed, and the attributes in the codebook editor.

use demarche_model::{AttributeKind, Meaning};

texts! {
    new: "New attribute",
    new_hint: "Add something to record about a passage",
    no_attributes: "No attributes yet",
    no_attributes_hint: "Add what to record about a passage, such as who addresses whom about what.",
    move_up: "Move up (Alt+↑)",
    move_down: "Move down (Alt+↓)",
    list_keys: "Alt+↑ and Alt+↓ move it, F2 renames, Delete deletes.",
    delete_hint: "Delete in the list",
    kind: "Kind",
    choices: "Choices",
    choice: "choice",
    default: "Default for new passages",
    nothing: "None",
    yes: "Yes",
    definition_hint: "What it records about a passage",
    key: "Key",
    key_none: "None",
    key_hint: "The letter that leads to it in the inspector",
    name_missing: "Enter a name.",
    key_invalid: "A key is a letter from a to z.",
    no_choices: "Add choices first.",
    default_invalid: "This is not a value of this kind.",
    categories: "Categories it applies to",
    all_categories: "All categories",
    delete_unused: "No passage has a value of it.",
    delete_values: "Remove its values from my passages too",
    delete_values_kept: "Values that are kept stay in the files, and are shown again if the attribute is restored.",
    delete_confirm: "Delete",
    means: "Meaning for the analysis",
    unit: "Unit",
    unit_hint: "Such as crowns a tonne",
}

/// A meaning, as an option; that of a single value without it.
pub fn meaning_name(meaning: &Meaning) -> &'static str {
    match meaning {
        Meaning::Actor => "Who makes the move",
        Meaning::Target => "To whom it is addressed",
        Meaning::Issue => "What it is about",
        Meaning::Speaker => "The person who speaks",
        Meaning::Conditional => "Whether it depends on something",
        Meaning::Negated => "Whether it was not made",
        Meaning::Hypothetical(_) => "Imagined, with the value",
        Meaning::Past(_) => "Reported, with the value",
        Meaning::When => "When it was made",
        Meaning::Position => "A number that the mover puts forward",
    }
}

/// The combo box with the value that has a meaning.
pub fn value_of(meaning: &Meaning) -> String {
    format!("Value: {}", meaning_name(meaning).to_lowercase())
}

/// The meaning that an attribute has without a tick.
pub fn means_by_id(meanings: &str) -> String {
    format!("By its id: {meanings}")
}

/// The id of an attribute.
pub fn id(id: &str) -> String {
    format!("id “{id}”")
}

/// Why a key can't be used.
pub fn key_taken(key: &str, attribute: &str) -> String {
    format!("{key} is the key of {attribute}.")
}

/// Why a name can't be used.
pub fn name_taken(name: &str) -> String {
    format!("There is another attribute {name}.")
}

/// The name of an attribute that was just added; its id ends with `number` if others were added before.
pub fn new_name(number: Option<&str>) -> String {
    number.map_or_else(|| new().to_owned(), |number| format!("{} {number}", new()))
}

/// What to type for a default.
pub fn default_hint(kind: &AttributeKind) -> String {
    typing_hint(kind).map_or_else(|| nothing().to_owned(), |hint| format!("{}, or {hint}", nothing()))
}

/// The title of the dialog that deletes an attribute.
pub fn delete_title(name: &str) -> String {
    format!("Delete attribute {name}")
}

/// Where an attribute has values.
pub fn delete_used(impact: &str) -> String {
    format!("It has values in {impact}.")
}

/// The name of a kind.
pub fn kind_name(kind: &AttributeKind) -> &'static str {
    match kind {
        AttributeKind::Choice(_) => "One choice",
        AttributeKind::Choices(_) => "Several choices",
        AttributeKind::Actor => "Actor",
        AttributeKind::Actors => "Actors",
        AttributeKind::Issue => "Issue",
        AttributeKind::Text => "Text",
        AttributeKind::Number => "Number",
        AttributeKind::Flag => "Yes or no",
        AttributeKind::Date => "Date",
    }
}

/// The values that a kind takes, for a tooltip.
pub fn kind_tooltip(kind: &AttributeKind) -> &'static str {
    match kind {
        AttributeKind::Choice(_) => "One of a list of choices",
        AttributeKind::Choices(_) => "Any number of a list of choices",
        AttributeKind::Actor => "One of the project's actors",
        AttributeKind::Actors => "Any number of the project's actors",
        AttributeKind::Issue => "One of the project's issues",
        AttributeKind::Text => "Free text",
        AttributeKind::Number => "A number",
        AttributeKind::Flag => "Yes or no",
        AttributeKind::Date => "A date",
    }
}

/// What to type for a value of a kind, if that needs saying.
pub fn typing_hint(kind: &AttributeKind) -> Option<&'static str> {
    match kind {
        AttributeKind::Number => Some("a number"),
        AttributeKind::Date => Some("2026-03-14"),
        AttributeKind::Choice(_)
        | AttributeKind::Choices(_)
        | AttributeKind::Actor
        | AttributeKind::Actors
        | AttributeKind::Issue
        | AttributeKind::Text
        | AttributeKind::Flag => None,
    }
}

/// Why a text is not a value of a kind, and what to type instead.
pub fn not_a_value(kind: &AttributeKind, text: &str) -> String {
    match kind {
        AttributeKind::Number => format!("“{text}” is not a number: type one such as 12 or 3.5"),
        AttributeKind::Date => format!("“{text}” is not a date: type 2026-03-14, 2026-03 or 2026"),
        AttributeKind::Choice(_)
        | AttributeKind::Choices(_)
        | AttributeKind::Actor
        | AttributeKind::Actors
        | AttributeKind::Issue
        | AttributeKind::Text
        | AttributeKind::Flag => format!("“{text}” is not {kind}"),
    }
}
