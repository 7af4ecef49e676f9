//! Documents that are marked as done, and those that are returned to their coders.

pub(crate) fn done_without_lead(title: &str) -> String {
    format!("Not changed: you have marked “{title}” as done. Reopen it to change it")
}

pub(crate) fn done_with_lead(title: &str) -> String {
    format!(
        "Not changed: you have marked “{title}” as done. Ask the lead to return it to you (Review → Return to coder…)"
    )
}

pub(crate) fn was_returned(name: &str) -> String {
    format!("Returned to {name}, whose Demarche reopens the document when it next reads the project")
}

pub(crate) fn returned(title: &str, lead: &str, reason: &str) -> String {
    match reason {
        "" => format!("{lead} has returned “{title}” to you; it is in progress again"),
        reason => format!("{lead} has returned “{title}” to you; it is in progress again. Reason: {reason}"),
    }
}

/// The name of the lead's step.
pub(crate) fn return_to(name: &str) -> String {
    format!("return the document to {name}")
}

/// The name of the step with which a return is followed.
pub(crate) fn reopened_by(lead: &str, reason: &str) -> String {
    if reason.is_empty() { format!("reopened by {lead}") } else { format!("reopened by {lead}: {reason}") }
}
