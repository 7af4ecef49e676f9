//! The English of the codebook page in Markdown.

use demarche_model::AttributeKind;

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

/// The values that an attribute may have.
pub(crate) fn values(kind: &AttributeKind) -> String {
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
