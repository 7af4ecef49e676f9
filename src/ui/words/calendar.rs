//! Events and phases of the negotiation.

use demarche_model::Date;

use super::grammar::{count, quoted};

texts! {
    title: "Events and phases",
    event: "Event",
    phase: "Phase",
    name: "Name",
    date: "Date",
    from: "First day",
    to: "Last day",
    date_hint: "For example 2026-03-06, 2026-03 or 2026",
    add: "Add",
    change: "Change",
    needs_name: "Type a name",
    no_date: "Type a date such as 2026-03-06",
    ends_before: "The last day is before the first",
}

/// The heading of the events.
pub fn events(number: usize) -> String {
    format!("Events ({})", count(number))
}

/// The heading of the phases.
pub fn phases(number: usize) -> String {
    format!("Phases ({})", count(number))
}

/// The days of a phase.
pub fn days(from: &Date, to: &Date) -> String {
    if from == to { from.to_string() } else { format!("{from} – {to}") }
}

/// The button that deletes an entry.
pub fn delete(name: &str) -> String {
    format!("Delete {name}")
}

/// The button that edits an entry.
pub fn edit(name: &str) -> String {
    format!("Edit {name}")
}

/// The question before an entry is deleted.
pub fn delete_question(name: &str) -> String {
    format!("Delete {}?", quoted(name))
}
