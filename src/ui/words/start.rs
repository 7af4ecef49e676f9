//! The start page, and the line over the sample project.

texts! {
    subtitle: "Tag the moves in negotiation texts, and find out who asks whom for what.",
    start: "Start",
    recent: "Recent projects",
    no_recent: "No projects yet",
    no_recent_hint: "Projects that you open are listed here.",
    missing: "Not found",
    remove: "Remove from list",
    drop_hint: "Or drop texts or a project folder on this window.",
    start_your_own: "Start your own…",
    start_your_own_hint: "Choose texts, then name the project",
    dismiss: "Dismiss",
}

/// A recent project for screen readers: name, path, and when it was opened or that it is missing.
pub fn project_label(name: &str, path: &str, note: &str) -> String {
    if note.is_empty() { format!("{name}, {path}") } else { format!("{name}, {path}, {note}") }
}

/// The button that removes a project from the list, for screen readers.
pub fn remove_named(name: &str) -> String {
    format!("{}: {name}", remove())
}

/// The line over the sample project.
pub fn sample(me: &str) -> String {
    format!("Sample project: you are {me}.")
}
