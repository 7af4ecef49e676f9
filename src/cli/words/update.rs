//! Updating the text of a document.

use super::plural;
use crate::analysis::align::RealignmentCounts;

/// A text that is the same as before.
pub fn unchanged(document: impl std::fmt::Display) -> String {
    format!("{document} already has this text")
}

/// What an update does, or would do, to the spans.
pub fn updated(
    document: impl std::fmt::Display,
    version: u32,
    counts: RealignmentCounts,
    dry_run: bool,
) -> String {
    let RealignmentCounts { exact, moved, fuzzy, lost } = counts;
    let done = if dry_run { "would become" } else { "is now" };
    let exact = plural(exact, "span");
    format!(
        "the text of {document} {done} version {version}: {exact} in place, {moved} moved, {fuzzy} in doubt, {lost} lost"
    )
}

/// Where spans in doubt can be reviewed.
pub fn review_hint() -> String {
    "spans in doubt or lost are kept for their annotators: see Document → Passages in doubt… in the window"
        .to_owned()
}

/// The label of the progress bar.
pub fn progress() -> &'static str {
    "locating spans"
}
