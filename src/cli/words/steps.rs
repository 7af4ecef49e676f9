//! Names of steps in the history. The window names its steps in the same way.

use super::plural;
use crate::model::Role;

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

/// A frozen round.
pub fn freeze_round(id: &str) -> String {
    format!("freeze round {id}")
}

/// A new set of documents.
pub fn create_set(name: &str) -> String {
    format!("create the set “{name}”")
}

/// A set of documents that is deleted.
pub fn remove_set(name: &str) -> String {
    format!("delete the set “{name}”")
}

/// Documents that are put into a set.
pub fn add_to_set(documents: usize, set: &str) -> String {
    format!("add {} to “{set}”", plural(documents, "document"))
}

/// Documents that are taken out of a set.
pub fn take_out_of_set(documents: usize, set: &str) -> String {
    format!("remove {} from “{set}”", plural(documents, "document"))
}

/// Differences that are settled by a rule.
pub fn settle(taken: usize, left_out: usize) -> String {
    let left_out = if left_out > 0 { format!(", and leave {left_out} out") } else { String::new() };
    format!("take {} into the consensus by rule{left_out}", plural(taken, "passage"))
}

/// People who are added.
pub fn add_people(names: &str) -> String {
    format!("add {names}")
}

/// The role that a person is given.
pub fn set_role(name: &str, role: Role) -> String {
    format!("make {name} {}", role.name())
}

/// A batch of documents that is opened.
pub fn open_batch() -> &'static str {
    "open the next batch"
}
