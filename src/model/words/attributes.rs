//! The kinds of attribute values in words.

use std::fmt;

use crate::AttributeKind;

impl fmt::Display for AttributeKind {
    /// The values that it takes, in words: `one of: fees, port`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Choice(list) => write!(f, "one of: {}", list.join(", ")),
            Self::Choices(list) => write!(f, "any of: {}", list.join(", ")),
            Self::Actor => f.write_str("an actor"),
            Self::Issue => f.write_str("an issue"),
            Self::Text => f.write_str("a text"),
            Self::Number => f.write_str("a number"),
            Self::Flag => f.write_str("yes or no"),
            Self::Date => f.write_str("a date"),
        }
    }
}
