//! Messages for people, on standard error.

use std::io::Write;

use super::words;

/// Writes a line to standard error, for people. A closed standard error does not stop the work.
pub(super) fn eprint_status(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// Writes a problem to standard error, under the program's name.
pub(super) fn eprint_problem(problem: impl std::fmt::Display) {
    eprint_status(&words::message(problem));
}
