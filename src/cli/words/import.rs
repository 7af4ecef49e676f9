//! Importing documents and labelled spans.

use std::path::Path;

use super::plural;
use crate::io::Effect;
use crate::io::annotations::Correction;
use crate::model::LayerId;

/// The result of an import; spans and links are named if there were any, or any that were skipped.
pub fn imported(documents: usize, spans_and_links: Option<(usize, usize)>, skipped: usize) -> String {
    let mut parts = vec![plural(documents, "document")];
    if let Some((spans, links)) = spans_and_links {
        parts.extend([plural(spans, "span"), plural(links, "link")]);
    }
    let skipped = match skipped {
        0 => String::new(),
        count => format!("; {}", already_imported(count)),
    };
    format!("imported {}{skipped}", parts.join(", "))
}

/// The number of passages that a corrected table changes.
pub fn corrected(passages: usize, is_dry: bool) -> String {
    format!("{} {}", if is_dry { "would change" } else { "changed" }, plural(passages, "span"))
}

/// The heading of an import that changes nothing.
pub fn dry_run() -> &'static str {
    "dry run: the project stays as it is; without --dry-run:"
}

/// What a row of a corrected table changes.
pub fn correction(correction: &Correction) -> String {
    let row = correction.line.map_or_else(String::new, |row| format!("row {row}: "));
    format!("{row}“{}” in {}: {}", correction.quote, correction.document, correction.described())
}

/// Items that were skipped.
pub fn already_imported(count: usize) -> String {
    format!("skipped {count} already in the project")
}

/// A document that was skipped.
pub fn document_exists(file: &Path, title: &str) -> String {
    format!("skipped, as it is already in the project as “{title}”: {}", file.display())
}

/// What was left out of a document, or changed in it.
pub fn not_as_in_file(effect: Effect, kinds: &[String]) -> String {
    format!("{}: {}", effect.words(), kinds.join(", "))
}

/// The reasons to look at a document that was imported.
pub fn doubts(reasons: &str) -> String {
    format!("check this text: {reasons}")
}

/// Files in folders that are not imported.
pub fn passed_over(files: usize) -> String {
    format!("{} in folders passed over:", plural(files, "file"))
}

/// Files that are passed over and not listed.
pub fn further(files: usize) -> String {
    format!("  … and {} more; the report of --json lists all", plural(files, "file"))
}

/// What an import could not carry.
pub fn loss(loss: impl std::fmt::Display) -> String {
    format!("lost or changed: {loss}")
}

/// What an import added to one of the project's lists.
pub fn added(what: &str, names: &[&str]) -> String {
    format!("added to the project: {what} {}", names.join(", "))
}

/// The end of a strict import that was refused.
pub fn nothing_imported(unknown: usize) -> String {
    format!(
        "imported nothing: {} missing from the project; correct the file, or import without --strict to add {}",
        if unknown == 1 { "1 name is".to_owned() } else { format!("{unknown} names are") },
        if unknown == 1 { "it" } else { "them" }
    )
}

/// The label of the progress bar.
pub fn progress() -> &'static str {
    "importing"
}

/// A layer that its coder has marked as done, in a project with a lead.
pub fn done(layer: &LayerId) -> String {
    format!(
        "nothing is imported: {} has marked `{}` as done; the lead has to return it first",
        layer.annotator, layer.document
    )
}
