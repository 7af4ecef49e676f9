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

/// The rule that only finished work counts.
pub fn done_only() -> &'static str {
    "Only documents marked as done count."
}

/// The number of documents in which a person is missing: not begun, not marked as done, unreadable.
pub fn absent(name: &str, [not_begun, not_done, unreadable]: [usize; 3]) -> String {
    let mut facts = Vec::new();
    if not_begun > 0 {
        facts.push(format!("{} not begun", plural(not_begun, "document")));
    }
    if not_done > 0 {
        facts.push(format!("{} not marked as done", plural(not_done, "document")));
    }
    if unreadable > 0 {
        facts.push(format!("{} unreadable", plural(unreadable, "document")));
    }
    format!("Missing: {name} in {}.", facts.join(", "))
}

/// The heading of a table of pairs.
pub fn pairs(measure: &str, unit: &str) -> String {
    format!("Each pair: {}", self::measure(measure, unit))
}

/// A measure with the unit it counts.
pub fn measure(measure: &str, unit: &str) -> String {
    format!("{measure} ({})", unit.to_lowercase())
}

/// The heading of an annotator's mean over pairs.
pub fn mean() -> &'static str {
    "mean"
}

/// The heading of the table of rounds.
pub fn each_round() -> &'static str {
    "Each round"
}

/// The heading of the table of documents.
pub fn each_document() -> &'static str {
    "Each document"
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
