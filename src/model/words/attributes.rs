//! The kinds of attribute values in words.

use std::fmt;

use crate::{AttributeKind, Meaning};

impl fmt::Display for AttributeKind {
    /// The values that it takes, in words: `one of: fees, port`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Choice(list) => write!(f, "one of: {}", list.join(", ")),
            Self::Choices(list) => write!(f, "any of: {}", list.join(", ")),
            Self::Actor => f.write_str("an actor"),
            Self::Actors => f.write_str("any number of actors"),
            Self::Issue => f.write_str("an issue"),
            Self::Text => f.write_str("a text"),
            Self::Number => f.write_str("a number"),
            Self::Flag => f.write_str("yes or no"),
            Self::Date => f.write_str("a date"),
        }
    }
}

impl fmt::Display for Meaning {
    /// The meaning in words: `past (reported)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Actor => f.write_str("actor"),
            Self::Target => f.write_str("target"),
            Self::Issue => f.write_str("issue"),
            Self::Speaker => f.write_str("speaker"),
            Self::Conditional => f.write_str("conditional"),
            Self::Negated => f.write_str("negated"),
            Self::Hypothetical(value) => write!(f, "hypothetical ({value})"),
            Self::Past(value) => write!(f, "past ({value})"),
            Self::When => f.write_str("when"),
            Self::Position => f.write_str("position"),
        }
    }
}

/// What an attribute of a kind takes, in words, without its list.
pub(crate) fn expected(kind: &AttributeKind) -> &'static str {
    match kind {
        AttributeKind::Choice(_) => "one of its choices",
        AttributeKind::Choices(_) => "any of its choices",
        AttributeKind::Actor => "one actor",
        AttributeKind::Actors => "any number of actors",
        AttributeKind::Issue => "one issue",
        AttributeKind::Text => "a text",
        AttributeKind::Number => "a number",
        AttributeKind::Flag => "yes or no",
        AttributeKind::Date => "a date such as 2026-03-14, 2026-03 or 2026",
    }
}
