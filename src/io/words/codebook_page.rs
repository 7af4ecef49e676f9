//! The English of the codebook page in Markdown.

use demarche_model::{AttributeDef, AttributeKind, LinkKind};

pub(crate) const CONTENTS: &str = "Contents";
pub(crate) const CATEGORIES: &str = "Categories";
pub(crate) const ATTRIBUTES: &str = "Attributes";
pub(crate) const LINKS: &str = "Links";

/// Columns of the table of attributes.
pub(crate) const ATTRIBUTE_COLUMNS: [&str; 7] =
    ["Attribute", "Id", "Key", "Values", "For", "Default", "Definition"];
/// Columns of the table of link kinds.
pub(crate) const LINK_COLUMNS: [&str; 3] = ["Link", "Id", "Definition"];

// Labels before a text
pub(crate) const INCLUDE: &str = "**Include:** ";
pub(crate) const EXCLUDE: &str = "**Exclude:** ";
pub(crate) const EXAMPLES: &str = "**Examples:**";
pub(crate) const CODES: &str = "**Codes:** ";

// Facts about a category; arguments are escaped
pub(crate) const RETIRED: &str = "**retired**: no new passages";

pub(crate) fn key(key: &str) -> String {
    format!("key {key}")
}

pub(crate) fn id(id: &str) -> String {
    format!("id {id}")
}

pub(crate) fn kind_of(parent: &str) -> String {
    format!("a kind of {parent}")
}

/// The categories of an attribute without a list of them.
pub(crate) const ALL: &str = "all";

/// The definition of an attribute, with what it means to the analysis.
pub(crate) fn with_meanings(attribute: &AttributeDef) -> String {
    let means: Vec<String> = attribute.means.iter().map(ToString::to_string).collect();
    let means = if means.is_empty() { String::new() } else { format!("Means: {}.", means.join(", ")) };
    spaced(&attribute.definition, &means)
}

/// The definition of a kind of link, with whether it answers.
pub(crate) fn with_answers(kind: &LinkKind) -> String {
    let answers = match kind.answers {
        Some(true) => "An answer.",
        Some(false) => "Not an answer.",
        None => "",
    };
    spaced(&kind.definition, answers)
}

fn spaced(text: &str, more: &str) -> String {
    let gap = if text.is_empty() || more.is_empty() { "" } else { " " };
    [text, gap, more].concat()
}

/// The values that an attribute may have.
pub(crate) fn values(attribute: &AttributeDef) -> String {
    let unit = attribute.unit.as_ref().map(|unit| format!(" ({unit})")).unwrap_or_default();
    kind(&attribute.kind) + &unit
}

fn kind(kind: &AttributeKind) -> String {
    match kind {
        AttributeKind::Choice(choices) => format!("one of: {}", choices.join(", ")),
        AttributeKind::Choices(choices) => format!("any of: {}", choices.join(", ")),
        AttributeKind::Actor => "an actor of the project".to_owned(),
        AttributeKind::Actors => "any number of the project's actors".to_owned(),
        AttributeKind::Issue => "an issue of the project".to_owned(),
        AttributeKind::Text => "text".to_owned(),
        AttributeKind::Number => "a number".to_owned(),
        AttributeKind::Flag => "yes or no".to_owned(),
        AttributeKind::Date => "a date".to_owned(),
    }
}
