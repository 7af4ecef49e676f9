//! People, working as one of them, and their documents.

use demarche_analysis::assignment::DesignError;

pub(crate) fn this_is_you() -> &'static str {
    "This is you; work as another person first"
}

pub(crate) fn has_work() -> &'static str {
    "This person has tagged passages, made decisions or saved views, which stay in the project"
}

pub(crate) fn not_a_lead() -> &'static str {
    "Only a lead can change roles, assignments and blind coding"
}

pub(crate) fn consensus_is_reserved() -> &'static str {
    "“Consensus” is reserved for adjudication; choose another name for yourself"
}

pub(crate) fn near_name(name: &str, known: &str) -> String {
    format!(
        "Not done: “{name}” is close to {known}. Choose {known}, or add a new person if you are another one."
    )
}

pub(crate) fn ambiguous_name(name: &str) -> String {
    format!("Not done: several people are called {name}. Choose one from the list.")
}

pub(crate) fn reassigned(passages: usize, from: &str, to: &str) -> String {
    let verb = if passages == 1 { "belongs" } else { "belong" };
    format!("{} of {from} now {verb} to {to}", super::passages(passages))
}

pub(crate) fn working_as(name: &str) -> String {
    format!("You now tag as {name}")
}

pub(crate) fn name_in_use(name: &str, host: &str) -> String {
    format!("Not done: {name} is in use in another Demarche on {host}. Close it there first.")
}

pub(crate) fn no_design(why: DesignError) -> String {
    format!("Not done: {why}.")
}

/// `Assigned: 60 documents. 3 have been begun and stay as they were.`
pub(crate) fn assigned(documents: usize, begun: usize) -> String {
    let assigned = format!("Assigned: {}.", super::documents(documents));
    match begun {
        0 => assigned,
        1 => format!("{assigned} 1 has been begun and stays as it was."),
        begun => format!("{assigned} {begun} have been begun and stay as they were."),
    }
}

pub(crate) fn assigned_already() -> &'static str {
    "The documents are assigned like this already"
}

pub(crate) fn no_batch() -> &'static str {
    "No batch is waiting; all documents that are assigned are open"
}

pub(crate) fn opened_batch(opened: usize, waiting: usize) -> String {
    let opened = crate::words::counted(opened, "batch", "batches");
    match waiting {
        0 => format!("Opened {opened}; none is waiting any more"),
        1 => format!("Opened {opened}; 1 is waiting"),
        waiting => format!("Opened {opened}; {waiting} are waiting"),
    }
}

/// The name of the step that opens a batch.
pub(crate) fn open_batch() -> &'static str {
    "open the next batch"
}

/// The name of the step that marks a layer whose owner could see the work of others.
pub(crate) fn saw_others() -> &'static str {
    "see the work of others"
}
