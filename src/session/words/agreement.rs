//! Sets of passages behind figures of agreement, and its report.

use demarche_io::IoError;

use demarche_analysis::later_changes::LaterChange;

/// Stands for a category where an annotator has tagged nothing.
pub(crate) fn untagged() -> &'static str {
    "nothing"
}

/// The passages behind a figure: `differences behind Cohen’s κ, Threat`.
pub(crate) fn behind_figure(differing: bool, measure: &str, subject: Option<&str>) -> String {
    let which = if differing { "differences" } else { "passages" };
    let subject = subject.map_or(String::new(), |subject| format!(", {subject}"));
    format!("{which} behind {measure}{subject}")
}

/// The passages behind a cell of the confusion matrix, by the categories of its row and column.
pub(crate) fn behind_cell(row: &str, column: &str) -> String {
    format!("{row} against {column}")
}

/// After a report was written, before the names of its files.
pub(crate) fn report_written() -> &'static str {
    "Report written"
}

pub(crate) fn report_not_written(error: &IoError) -> String {
    format!("The report was not written: {error}")
}

/// The documents in which blind coding hides layers.
pub(crate) fn hidden_documents(documents: usize) -> String {
    let documents = if documents == 1 { "1 document".to_owned() } else { format!("{documents} documents") };
    format!("Blind coding hides layers in {documents}: they are not compared")
}

/// Passages that were changed late.
pub(crate) fn later_changes(why: LaterChange) -> &'static str {
    match why {
        LaterChange::AfterDone => "changed after Done",
        LaterChange::AfterUnblinding => "changed after unblinding",
        LaterChange::AfterReview => "changed after review",
    }
}

/// The heading of the table of documents.
pub(crate) fn each_document() -> &'static str {
    "Each document"
}

/// The heading of the table of rounds.
pub(crate) fn each_round() -> &'static str {
    "Each round"
}

/// The row of the work that is open, among rounds.
pub(crate) fn now() -> &'static str {
    "Now"
}

/// The heading of the table that compares people with themselves.
pub(crate) fn with_themselves(since: &str) -> String {
    format!("Each person with themselves since {since}")
}

/// The heading of a table of pairs.
pub(crate) fn each_pair(measure: &str, unit: &str) -> String {
    format!("Each pair: {measure}, {}", unit.to_lowercase())
}

/// The heading of an annotator's mean over pairs.
pub(crate) fn mean() -> &'static str {
    "mean"
}
