//! Names that an import brings and the project lacks.

use super::Failure;
use super::terminal::{eprint_problem, eprint_status};
use super::words::import as words;
use crate::io::annotations::{Additions, UnknownName};

/// Prints the names that the project lacks.
pub(super) fn refuse_unknown(unknown: &[UnknownName]) -> Failure {
    unknown.iter().for_each(|name| eprint_problem(name.problem()));
    eprint_status(&words::nothing_imported(unknown.len()));
    Failure::Reported
}

/// Prints what an import added to the project's lists.
pub(super) fn print_additions(additions: &Additions) {
    let print = |what: &str, names: Vec<&str>| {
        if !names.is_empty() {
            eprint_status(&words::added(what, &names));
        }
    };
    print("categories", additions.categories.iter().map(|id| id.as_str()).collect());
    print("attributes", additions.attributes.iter().map(|id| id.as_str()).collect());
    print("kinds of link", additions.link_kinds.iter().map(|id| id.as_str()).collect());
    print("annotators", additions.annotators.iter().map(|id| id.as_str()).collect());
    print("actors", additions.actors.iter().map(String::as_str).collect());
    print("issues", additions.issues.iter().map(String::as_str).collect());
}
