//! Imports, exports, and new texts for documents.

use std::fmt::Display;
use std::path::Path;

use demarche_io::Effect;
use demarche_io::annotations::{Additions, Correction};

use super::{counted, passages};

pub(crate) fn nothing_to_import() -> &'static str {
    "No text and no file of a known format found here"
}

/// Files in folders that are of no known format.
pub(crate) fn passed_over(files: usize) -> String {
    format!("{} in folders passed over", counted(files, "file", "files"))
}

pub(crate) fn further(files: usize) -> String {
    format!("… and {} more", counted(files, "file", "files"))
}

/// A file that is of no known format, and why it is not imported.
pub(crate) fn passed_over_file(file: &str, reason: &str) -> String {
    format!("{file}: {reason}")
}

/// The reasons to look at a document that was imported.
pub(crate) fn doubts(file: &str, reasons: &str) -> String {
    format!("{file}: check this text: {reasons}")
}

pub(crate) fn no_text_in_clipboard() -> &'static str {
    "The clipboard holds no text"
}

pub(crate) fn import_stopped() -> &'static str {
    "Import cancelled; nothing was imported"
}

pub(crate) fn import_failed(why: &dyn Display) -> String {
    format!("Not imported: {why}")
}

/// The title of a report on an import of documents, of which some were refused.
pub(crate) fn imported_documents(titles: &[&str], refused: usize) -> String {
    match (titles, refused) {
        ([], 0) => "Nothing imported: the project has these texts already".to_owned(),
        ([title], 0) => format!("Imported “{title}”"),
        (several, 0) => format!("Imported {}", counted(several.len(), "document", "documents")),
        (some, refused) => format!("{} imported, {refused} not", some.len()),
    }
}

/// A passage that a corrected table changed.
pub(crate) fn corrected(correction: &Correction) -> String {
    format!("Changed “{}”: {}", correction.quote, correction.described())
}

/// The title of a report on an import of labelled files.
pub(crate) fn imported_labels(documents: usize, spans: usize, links: usize) -> String {
    let documents = counted(documents, "document", "documents");
    format!("Imported: {documents}, {}, {}", passages(spans), counted(links, "link", "links"))
}

/// Passages that the project had before an import.
pub(crate) fn present_before(spans: usize) -> String {
    format!("Skipped {}: already in the project", passages(spans))
}

pub(crate) fn document_present(title: &str, file: &Path) -> String {
    format!("already in the project as “{title}”: {}", file.display())
}

/// Differences between a file and its text that have the same effect.
pub(crate) fn not_as_in_file(file: &str, effect: Effect, losses: &[String]) -> String {
    format!("{file}: {} {}", effect.words(), losses.join(", "))
}

pub(crate) fn export_stopped() -> &'static str {
    "Export cancelled; nothing was written"
}

pub(crate) fn export_failed(why: &dyn Display) -> String {
    format!("Not exported: {why}")
}

/// The title of a report on an export.
pub(crate) fn exported(is_whole: bool, has_losses: bool) -> &'static str {
    match (is_whole, has_losses) {
        (false, _) => "Exported, but not everything came back",
        (true, false) => "Exported",
        (true, true) => "Exported, with losses",
    }
}

pub(crate) fn lost(loss: &dyn Display) -> String {
    format!("Lost or changed: {loss}")
}

/// Layers that blind coding kept out of an export.
pub(crate) fn hidden_layers(layers: usize) -> String {
    let layers = counted(layers, "layer", "layers");
    format!(
        "Left out {layers} of other people: the project is blind, and you are not done with these documents"
    )
}

pub(crate) fn open_the_document() -> &'static str {
    "Open the document first"
}

pub(crate) fn comparison_stopped() -> &'static str {
    "Comparison cancelled; the text is unchanged"
}

pub(crate) fn update_failed(why: &dyn Display) -> String {
    format!("Not updated: {why}.")
}

pub(crate) fn same_text() -> &'static str {
    "The new text is the same as the present one"
}

pub(crate) fn document_gone() -> &'static str {
    "The document was removed; its text was not updated"
}

pub(crate) fn changed_since_compared() -> &'static str {
    "Not updated: the document has changed since the texts were compared. Update it again."
}

/// The notice after an update of a text that leaves passages for the user to place.
pub(crate) fn text_updated(pending: usize) -> String {
    match pending {
        0 => "Text updated. Ctrl+Z restores the old one".to_owned(),
        _ => format!("Text updated; place {} of yours", passages(pending)),
    }
}

pub(crate) fn not_pending() -> &'static str {
    "This passage has been placed or removed already"
}

pub(crate) fn kept_old_text(title: &str, why: &dyn Display) -> String {
    format!("Another person has updated the text of “{title}”. You still see the old one: {why}.")
}

pub(crate) fn text_updated_elsewhere(title: &str) -> String {
    format!(
        "Another person has updated the text of “{title}”. Your passages follow it; earlier steps can't be undone any more."
    )
}

/// The additions of an import to the lists of the project, one line for each list.
pub(crate) fn additions(additions: &Additions) -> impl Iterator<Item = String> {
    let categories = additions.categories.iter().map(ToString::to_string).collect();
    let attributes = additions.attributes.iter().map(ToString::to_string).collect();
    let link_kinds = additions.link_kinds.iter().map(ToString::to_string).collect();
    let people = additions.annotators.iter().map(ToString::to_string).collect();
    let lists: [(&str, &str, Vec<String>); 6] = [
        ("new category", "new categories", categories),
        ("new attribute", "new attributes", attributes),
        ("new kind of link", "new kinds of link", link_kinds),
        ("new person", "new people", people),
        ("new actor", "new actors", additions.actors.clone()),
        ("new issue", "new issues", additions.issues.clone()),
    ];
    let lists = lists.into_iter().filter(|(.., names)| !names.is_empty());
    lists.map(|(one, many, names)| format!("{}: {}", counted(names.len(), one, many), names.join(", ")))
}
