//! The Analyse screen.

pub(crate) fn read_only() -> &'static str {
    "This project is read-only"
}

pub(crate) fn no_answer_kind() -> &'static str {
    "The codebook has no kind of link that answers; add one there first"
}

pub(crate) fn passage_of_consensus() -> &'static str {
    "This passage is part of the consensus: an adjudicator can link it"
}

pub(crate) fn passage_of(name: &str) -> String {
    format!("{name}’s passage: {name} or the consensus can link it")
}

pub(crate) fn missing_names(view: &str) -> String {
    format!("{view} names categories or actors that the project does not have any more")
}
