//! Names of steps in the history. The window names its steps in the same way.

/// A merge with another copy of the project.
pub fn merge(other: &str) -> String {
    format!("merge {other}")
}

/// An update of a document's text.
pub fn update_text(title: &str) -> String {
    format!("update the text of “{title}”")
}

/// Roles that categories were given.
pub fn set_roles() -> &'static str {
    "set bargaining roles"
}

/// The second edition of a codebook.
pub fn adopt_edition() -> &'static str {
    "adopt the second edition of the codebook"
}

/// Everything of one person that is given to another.
pub fn reassign(from: &str, to: &str) -> String {
    format!("give the work of {from} to {to}")
}
