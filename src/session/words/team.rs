//! People, and working as one of them.

pub(crate) fn this_is_you() -> &'static str {
    "This is you; work as another person first"
}

pub(crate) fn has_work() -> &'static str {
    "This person has tagged passages or made decisions, which stay in the project"
}

pub(crate) fn not_a_lead() -> &'static str {
    "Only a lead can change roles, assignments and blind coding"
}

pub(crate) fn consensus_is_reserved() -> &'static str {
    "“Consensus” is reserved for adjudication; choose another name for yourself"
}

pub(crate) fn working_as(name: &str) -> String {
    format!("You now tag as {name}")
}

pub(crate) fn name_in_use(name: &str, host: &str) -> String {
    format!("Not done: {name} is in use in another Demarche on {host}. Close it there first.")
}
