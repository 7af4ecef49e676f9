//! The people of a project, and whose work is whose.

use super::plural;
use crate::model::{Annotator, AnnotatorId, Role};

/// An owner of layers who is missing from the list of people.
pub fn not_listed() -> &'static str {
    "not listed"
}

/// A role, as `project.ron` and JSON name it.
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Annotator => "annotator",
        Role::Reviewer => "reviewer",
        Role::Lead => "lead",
    }
}

/// Work that now belongs to another person, and how much of it they had already.
pub fn reassigned(spans: usize, from: &AnnotatorId, to: &AnnotatorId, repeated: usize) -> String {
    let spans = plural(spans, "span");
    if from == to {
        return format!("`{to}` is listed now, with {spans}");
    }
    let already =
        if repeated > 0 { format!(", of which {repeated} were there already") } else { String::new() };
    format!("{spans} of `{from}` now belong to `{to}`{already}")
}

/// Documents that can't be read, so that nothing is reassigned.
pub fn unread(documents: usize) -> String {
    let (documents, pronoun) = match documents {
        1 => ("1 document".to_owned(), "it"),
        several => (plural(several, "document"), "them"),
    };
    format!("{documents} can't be read; fix {pronoun} first, so that no spans stay behind")
}

/// Why someone can't change roles and assignments.
pub fn not_a_lead(who: &AnnotatorId) -> String {
    format!(
        "`{who}` is not a lead of this project; a lead assigns documents and changes people (--annotator names one)"
    )
}

/// People who are listed now.
pub fn added(people: &[Annotator]) -> String {
    let ids: Vec<String> = people.iter().map(|person| format!("`{}`", person.id)).collect();
    format!("added {}", super::list(&ids))
}

/// The role that a person has now.
pub fn role_set(id: &AnnotatorId, to: Role) -> String {
    format!("the role of `{id}` is {} now", role(to))
}
