//! Agreement of annotators.

use super::{list, plural};

/// The heading.
pub fn heading(project: &str, annotators: &str) -> String {
    format!("{project}: agreement of {annotators}")
}

/// The annotators by name.
pub fn people(names: &[String]) -> String {
    if names.is_empty() { "no annotators".to_owned() } else { list(names) }
}

/// The documents that are compared.
pub fn documents(compared: usize, left_out: usize) -> String {
    let compared = format!("{} annotated by at least two of them", plural(compared, "document"));
    match left_out {
        0 => compared,
        left_out => format!("{compared}; {left_out} excluded"),
    }
}

/// The heading of a table about some of the annotators.
pub fn table_of(title: &str, annotators: &str) -> String {
    format!("{title}: {annotators}")
}

/// The meaning of the intervals.
pub fn intervals(draws: usize) -> String {
    format!("In brackets: the range of 95% of {draws} bootstrap samples of documents.")
}

/// Why there are no intervals.
pub fn no_intervals(why: impl std::fmt::Display) -> String {
    format!("No intervals: {why}.")
}

/// The label of the progress bar.
pub fn progress() -> &'static str {
    "comparing"
}

/// An extension that names no format of reports.
pub fn report_extension(known: &[&str]) -> String {
    format!("the extension of --report must be one of: {}", known.join(", "))
}
