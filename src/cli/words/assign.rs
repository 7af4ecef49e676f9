//! Assignments of documents.

use super::plural;
use crate::analysis::assignment::AssignmentPlan;

/// Documents that were assigned, or would be, and the seed with which they are assigned again in the same way.
pub fn assigned(plan: &AssignmentPlan, is_dry_run: bool) -> String {
    let verb = if is_dry_run { "would assign" } else { "assigned" };
    let documents = plural(plan.distributed(), "document");
    let begun = match plan.begun {
        0 => String::new(),
        1 => ", and 1 that has been begun stays".to_owned(),
        begun => format!(", and {begun} that have been begun stay"),
    };
    format!("{verb} {documents} with seed {}{begun}", plan.design.seed)
}

/// The documents of a coder.
pub fn load(assigned: usize, documents: usize) -> String {
    let all = plural(documents, "document");
    if assigned == documents { all } else { format!("{all}, {assigned} of them now") }
}

/// The documents that two coders share.
pub fn shared(documents: usize) -> String {
    format!("share {}", plural(documents, "document"))
}

/// Documents of a batch that is opened, and batches that still wait.
pub fn opened(documents: usize, waiting: usize, is_dry_run: bool) -> String {
    let verb = if is_dry_run { "would open" } else { "opened" };
    let batches = if waiting == 1 { "1 batch is".to_owned() } else { format!("{waiting} batches are") };
    format!("{verb} a batch of {}; {batches} waiting", plural(documents, "document"))
}

pub fn none_waiting() -> &'static str {
    "no batch is waiting; all documents that are assigned are open"
}

/// Documents that can't be read, so that it is not known whether someone has begun them.
pub fn unread(documents: usize) -> String {
    format!(
        "{} can't be read, so it is not known who has begun them; see `demarche check`",
        plural(documents, "document")
    )
}
