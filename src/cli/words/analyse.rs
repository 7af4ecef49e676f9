//! The analysis.

use super::plural;

/// A person who stands in for a consensus that does not exist.
pub fn stands_in(name: &str) -> String {
    format!("no document has a consensus: the passages of {name} count; --coder chooses others")
}

/// Documents without a consensus.
pub fn undecided(documents: usize) -> String {
    let (documents, verb) = (plural(documents, "document"), if documents == 1 { "has" } else { "have" });
    format!(
        "{documents} by several people {verb} no consensus and {verb} not been counted; --coder chooses a person"
    )
}

/// Passages that do not count.
pub fn not_counted(name: &str, passages: usize) -> String {
    format!("{} of {name} not counted", plural(passages, "passage"))
}

/// A filter that can't be used.
pub fn filter(error: &dyn std::fmt::Display) -> String {
    format!("--filter: {error}")
}

/// Two different choices of coders.
pub fn two_coders() -> String {
    "--coder and `coder:` in the filter choose different people; leave one out".to_owned()
}

/// An option that a view does not have.
pub fn not_of_view(option: &str, view: &str) -> String {
    format!("`{view}` has no {option}")
}

/// A format that a view does not have.
pub fn format_of_view(format: &str, view: &str, formats: &[&str]) -> String {
    format!("`{view}` can't be written as {format}; choose from: {}", formats.join(", "))
}

/// A format of bytes on a terminal.
pub fn needs_output(format: &str) -> String {
    format!("{format} is no text; give a file with --output")
}

/// Periods of a project without any.
pub fn no_phases() -> String {
    "the project has no phases; choose another --bin".to_owned()
}

/// Several coders where one file holds one network or figure.
pub fn one_coder(format: &str) -> String {
    format!("{format} shows one coder; choose one with --coder")
}

/// A report whose file has an unknown extension.
pub fn report_extension(known: &[&str]) -> String {
    format!("the extension of --output must be one of: {}", known.join(", "))
}

/// The work on a report.
pub fn composing() -> &'static str {
    "Composing the report"
}

/// A name that saved views of several people have.
pub fn ambiguous_view(name: &str, owners: &[impl AsRef<str>]) -> String {
    let owners: Vec<&str> = owners.iter().map(AsRef::as_ref).collect();
    format!(
        "several people have a view called “{name}”: {}; one of them has to rename theirs",
        owners.join(", ")
    )
}

/// A saved view that names something missing.
pub fn missing_names(view: &str) -> String {
    format!("the view “{view}” names something that the project does not have; see `demarche check`")
}
