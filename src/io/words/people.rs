//! Problems in the records of people.

/// A person with a list of documents who is said to have none.
pub(crate) fn unassigned_with_documents() -> &'static str {
    "`unassigned` and `documents` contradict each other; remove one of them"
}
