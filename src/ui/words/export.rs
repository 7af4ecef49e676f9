//! Exporting passages.

use demarche_io::export::ExportGroup;

use super::grammar::quoted;

texts! {
    title: "Export passages",
    confirm: "Export",
    extent: "Passages to export",
    partial_hint: "Documents without these passages are left out; a link is exported with the passage it starts at.",
}

/// The title of a group of formats.
pub fn group(group: ExportGroup) -> &'static str {
    match group {
        ExportGroup::Reading => "To read and count",
        ExportGroup::QdaPrograms => "QDA programs",
        ExportGroup::MachineLearning => "Annotation tools and machine learning",
        ExportGroup::Memos => "Memos",
    }
}

/// Everything that is visible.
pub fn all_visible(count: usize) -> String {
    format!("All visible passages ({})", super::grammar::count(count))
}

/// The rows of the passages table.
pub fn table_rows(count: usize) -> String {
    format!("Passages in the table ({})", super::grammar::count(count))
}

/// The selected rows of the passages table.
pub fn selected_rows(count: usize) -> String {
    format!("Selected passages ({})", super::grammar::count(count))
}

/// The passages of the chosen documents.
pub fn chosen_documents(count: usize) -> String {
    format!("Passages of chosen documents ({})", super::grammar::count(count))
}

/// What a format carries; code in `what` is set in backticks.
pub fn carries(what: &str) -> String {
    format!("Carries {}.", quoted(what))
}

/// What a format loses; code in `what` is set in backticks.
pub fn loses(what: &str) -> String {
    format!("Loses {}.", quoted(what))
}
