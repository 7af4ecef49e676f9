//! The English of the report in HTML. Arguments are escaped.

pub(crate) const SUMMARY: &str = "Summary";
pub(crate) const CODEBOOK: &str = "Codebook";
pub(crate) const DOCUMENTS: &str = "Documents";

/// The columns of the printed table of passages.
pub(crate) const PRINTED_COLUMNS: [&str; 5] = ["Category", "Passage", "Attributes", "Document", "Annotator"];

/// After the name of a retired category.
pub(crate) const CLOSED: &str = "(retired)";

// Labels before a text
pub(crate) const INCLUDE: &str = "Include: ";
pub(crate) const EXCLUDE: &str = "Exclude: ";
pub(crate) const EXAMPLE: &str = "Example: ";

/// Before the text of a memo.
pub(crate) fn memo(author: &str) -> String {
    format!("Memo by {author}")
}

/// Further passages, at the end of a list.
pub(crate) fn and_more(hidden: usize) -> String {
    format!("; and {hidden} more")
}

/// The document of a link's end.
pub(crate) fn in_document(title: &str) -> String {
    format!(" in {title}")
}
