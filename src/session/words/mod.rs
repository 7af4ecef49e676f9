//! English of this crate, one file per subject, as functions of values: a catalogue of another language can take its
//! place. Texts of errors are at their variants.
//!
//! Names of undo steps, which the menu shows after "Undo" and the audit log keeps, are in [`steps`]. The other files hold
//! what one room of the crate says: notices, reports, and reasons why an action is unavailable.

pub(crate) mod agreement;
pub(crate) mod analyse;
pub(crate) mod analysis_notes;
pub(crate) mod annotate;
pub(crate) mod attributes;
pub(crate) mod board;
pub(crate) mod codebook;
pub(crate) mod codebook_impact;
pub(crate) mod compare;
pub(crate) mod disk;
pub(crate) mod document_list;
pub(crate) mod exchange;
pub(crate) mod faults;
pub(crate) mod history;
pub(crate) mod jobs;
pub(crate) mod links;
pub(crate) mod merge;
pub(crate) mod panes;
mod passages;
pub(crate) mod reading;
pub(crate) mod returns;
pub(crate) mod review;
pub(crate) mod rounds;
pub(crate) mod steps;
pub(crate) mod team;

/// `1 passage`, `2 passages`.
pub(crate) fn passages(count: usize) -> String {
    counted(count, "passage", "passages")
}

/// `1 document`, `2 documents`.
pub(crate) fn documents(count: usize) -> String {
    counted(count, "document", "documents")
}

/// `1 link`, `2 links`.
pub(crate) fn links(count: usize) -> String {
    counted(count, "link", "links")
}

/// A number with its noun, such as `1 category`, `2 categories`.
pub(crate) fn counted(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

/// `Ana`, `Ana and Ben`, `Ana, Ben and Cleo`.
pub(crate) fn and(names: &[&str]) -> String {
    match names.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}

pub(crate) fn not_done(why: &impl std::fmt::Display) -> String {
    format!("Not done: {why}.")
}
