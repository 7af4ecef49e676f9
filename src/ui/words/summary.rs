//! The summary panel.

use demarche_session::Shown;

pub use super::analyse::clear_filter;
use super::grammar::{count, plural};
pub use super::passages::show_all;

texts! {
    empty: "No figures yet",
    empty_hint: "Import documents and tag passages in them.",
    of_text_tagged: "of the text tagged",
    categories: "Categories",
    categories_hint: "Passages per category; click to show them",
    positions: "Position in this document",
    positions_hint: "From the beginning on the left to the end on the right; click to show the passages there",
    nothing_tagged: "Nothing is tagged in this document yet.",
    documents: "Documents",
    documents_hint: "Passages per document, by category; click to show them",
    annotators: "Annotators",
    annotators_hint: "Passages per annotator; click to show them",
    activity: "Recent activity",
    activity_hint: "Passages created or changed per day (UTC); click a day to show those created on it",
    chart: "passages",
}

/// The passages that pass the filter, which alone are counted.
pub fn filtered(passing: usize, of: usize) -> String {
    format!("Counting the {} of {} that pass the filter.", count(passing), plural(of, "passage"))
}

/// The noun for a number of passages.
pub fn passages(number: usize) -> &'static str {
    if number == 1 { "passage" } else { "passages" }
}

/// The noun for a number of documents.
pub fn documents_noun(number: usize) -> &'static str {
    if number == 1 { "document" } else { "documents" }
}

/// A share, in per cent.
pub fn percent(share: f32) -> String {
    format!("{:.0} %", share * 100.0)
}

/// The accessible name of a total, which shows all passages when clicked.
pub fn total_label(noun: &str) -> String {
    format!("All {noun}")
}

/// Documents that are not counted yet.
pub fn still_reading(documents: usize) -> String {
    let are = if documents == 1 { "is" } else { "are" };
    format!("{} {are} still being read.", plural(documents, "document"))
}

/// The annotators whose passages are counted. `name` is that of a single annotator.
pub fn counting(shown: &Shown, name: &str) -> String {
    match shown {
        Shown::Mine => "Counting my passages (change above the text)".to_owned(),
        Shown::Everyone => "Counting everyone's passages (change above the text)".to_owned(),
        Shown::All => {
            "Counting everyone's passages and those of the consensus (change above the text)".to_owned()
        }
        Shown::One(_) => format!("Counting the passages of {name} (change above the text)"),
    }
}

/// The accessible name of a row with a bar.
pub fn bar_label(name: &str, passages: usize) -> String {
    format!("{name}: {}", plural(passages, "passage"))
}

/// The accessible name of a row that shows the positions of a category.
pub fn positions_label(category: &str) -> String {
    format!("Positions of {category}")
}

/// A bar of the chart of days.
pub fn day(day: &str, passages: usize) -> String {
    format!("{day}: {}", plural(passages, "passage"))
}
