//! Kinds of attribute, and how their values are typed.

use demarche_model::AttributeKind;

/// The name of a kind.
pub fn kind_name(kind: &AttributeKind) -> &'static str {
    match kind {
        AttributeKind::Choice(_) => "one choice",
        AttributeKind::Choices(_) => "several choices",
        AttributeKind::Actor => "actor",
        AttributeKind::Issue => "issue",
        AttributeKind::Text => "text",
        AttributeKind::Number => "number",
        AttributeKind::Flag => "yes or no",
        AttributeKind::Date => "date",
    }
}

/// The values that a kind takes, for a tooltip.
pub fn kind_tooltip(kind: &AttributeKind) -> &'static str {
    match kind {
        AttributeKind::Choice(_) => "One of a list of choices",
        AttributeKind::Choices(_) => "Any number of a list of choices",
        AttributeKind::Actor => "One of the project's actors",
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
        | AttributeKind::Issue
        | AttributeKind::Text
        | AttributeKind::Flag => format!("“{text}” is not {kind}"),
    }
}
