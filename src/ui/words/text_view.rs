//! The document view: accessible names, the gutter, cards and menus.

use super::grammar::{count, plural};

texts! {
    bookmark: "Bookmark",
    bookmark_hint: "Bookmark (Ctrl+F2 removes it)",
    document_view: "Document text",
    overview: "Overview",
    tag_as: "Tag as",
    go_to_passage: "Go to passage",
}

/// A page in the gutter: `p. 4`, or the number alone if it is long.
pub fn short_page(page: &str) -> String {
    if page.chars().count() > 5 { page.to_owned() } else { format!("p. {page}") }
}

/// A page in full: `Page 4`.
pub fn page(page: &str) -> String {
    format!("Page {page}")
}

/// A heading, for its tooltip.
pub fn heading(level: u8, title: &str) -> String {
    format!("Heading {level}: {title}")
}

/// A time of a transcript, for its tooltip.
pub fn time(time: &str) -> String {
    format!("Time {time}")
}

/// The line below the cards for those that do not fit.
pub fn more_cards(hidden: usize) -> String {
    format!("+{} more", count(hidden))
}

/// The accessible name of a card: `Card: Demand by Ana Reyes, 2 links, accepted`. `annotator` is empty for the user's
/// own.
pub fn card(category: &str, annotator: &str, links: usize, verdict: Option<&str>) -> String {
    let by = if annotator.is_empty() { String::new() } else { format!(" by {annotator}") };
    let links = if links == 0 { String::new() } else { format!(", {}", plural(links, "link")) };
    let verdict = verdict.map_or(String::new(), |verdict| format!(", {verdict}"));
    format!("Card: {category}{by}{links}{verdict}")
}

/// Who acts, and towards whom, on a card.
pub fn actor_and_target(actor: &str, target: &str) -> String {
    if actor.is_empty() { format!("→ {target}") } else { format!("{actor} → {target}") }
}
