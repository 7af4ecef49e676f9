//! The English that the reports in HTML and Markdown have in common, and their numbers.

use demarche_analysis::summary::Count;

/// Columns of the table of categories.
pub(crate) const CATEGORY_COLUMNS: [&str; 4] = ["Category", "Passages", "Characters", "Share of text"];
/// Columns of the table of documents.
pub(crate) const DOCUMENT_COLUMNS: [&str; 5] = ["Document", "Date", "Passages", "Characters", "Tagged"];
/// Columns of the table of annotators.
pub(crate) const ANNOTATOR_COLUMNS: [&str; 2] = ["Annotator", "Passages"];

/// The first paragraph. `characters` is the length of all texts.
pub(crate) fn summary(tagged: Count, documents: usize, characters: usize) -> String {
    format!(
        "{} in {}. {} of {} characters ({}) are tagged.",
        passages(tagged.spans),
        counted(documents, "document", "documents"),
        grouped(tagged.characters),
        grouped(characters),
        share(tagged.characters, characters),
    )
}

/// A number of passages.
pub(crate) fn passages(count: usize) -> String {
    counted(count, "passage", "passages")
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(count), if count == 1 { one } else { many })
}

/// Formats a number with a comma between groups of three digits.
pub(crate) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// The start and the end of a quote that is too long, with the length of the whole.
pub(crate) fn abridged(head: &str, characters: usize, tail: &str) -> String {
    format!("{} [… {} characters …] {}", head.trim_end(), grouped(characters), tail.trim_start())
}

/// Formats a share in per cent.
pub(crate) fn share(part: usize, all: usize) -> String {
    format!("{:.1} %", if all == 0 { 0.0 } else { 100.0 * part as f64 / all as f64 })
}

/// The sets of a document.
pub(crate) fn sets(names: &[String]) -> String {
    let word = if names.len() == 1 { "Set" } else { "Sets" };
    format!("{word}: {}", names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn numbers_are_grouped() {
        let got = [0, 999, 1000, 1_234_567].map(grouped);
        assert_eq!(got, ["0", "999", "1,000", "1,234,567"]);
    }
}
