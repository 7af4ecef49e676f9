//! The difference of two texts, in a message.

use std::fmt;

use crate::mismatch::Mismatch;

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected “{}”, found “{}”", self.expected, self.found)
    }
}
