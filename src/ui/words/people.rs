//! The people of a project.

use demarche_model::{Annotator, Role};
use demarche_session::Workload;

use super::grammar::plural;

texts! {
    title: "People",
    blind: "Blind coding",
    blind_hint: "Annotators see others' tags in a document only once they have marked it as done. Reviewers and leads see everything.",
    new: "New person",
    new_hint: "Names of new people",
    add_disabled: "Type a name that is not taken, or paste several, one a line",
    assignments: "Assigned documents",
    assign_all: "Assign all to everyone",
    assign_hint: "To distribute them at random, use Review → Assign documents…",
    name_hint: "Name",
    unlisted_hint: "These files have an owner who is not in the list of people",
    belongs_to: "These belong to",
    choose_person: "Choose a person…",
    new_owner: "Someone new",
    new_owner_hint: "Add the owner to the list; you can edit the name there",
}

/// The button that adds people.
pub fn add(people: usize) -> String {
    if people > 1 { format!("Add {people} people") } else { "Add".to_owned() }
}

/// The button that removes a person.
pub fn remove(name: &str) -> String {
    format!("Remove {name}")
}

/// The button for a person's colour.
pub fn colour(name: &str) -> String {
    format!("Colour of {name}")
}

/// The field for a person's name.
pub fn name_of(person: &Annotator) -> String {
    format!("Name of {}", person.id)
}

/// The field for a person's initials.
pub fn initials_of(person: &Annotator) -> String {
    format!("Initials of {}", person.id)
}

/// The menu of a person's role.
pub fn role_of(person: &Annotator) -> String {
    format!("Role of {}", person.id)
}

/// The box that assigns a document to a person.
pub fn assigned(person: &str, title: &str) -> String {
    format!("{person} reads {title}")
}

/// Why initials have to be changed.
pub fn same_initials(initials: &str) -> String {
    format!("Two people have the initials {initials}; change one of them")
}

/// What a person has done.
pub fn progress(person: &Annotator, load: Workload) -> String {
    let mut parts = Vec::new();
    if person.role == Role::Annotator || load.passages > 0 {
        parts.push(match load.assigned {
            0 => "no documents assigned".to_owned(),
            assigned => format!("{} of {} done", load.done, plural(assigned, "document")),
        });
        parts.push(plural(load.passages, "passage"));
    }
    if load.decisions > 0 {
        parts.push(plural(load.decisions, "decision"));
    }
    parts.join(", ")
}

/// What an owner who is not listed has done.
pub fn unlisted(load: Workload) -> String {
    let mut parts = vec!["not listed".to_owned(), plural(load.passages, "passage")];
    if load.decisions > 0 {
        parts.push(plural(load.decisions, "decision"));
    }
    parts.join(", ")
}

/// The menu of people to whom the work of an owner can be given.
pub fn owner_of(owner: &str) -> String {
    format!("Owner of the work of {owner}")
}
