//! A document's details.

use demarche_model::{DocumentMeta, Origin};

texts! {
    details_title: "Document details",
    title: "Title",
    date: "Date",
    date_hint: "2026-03-14, 2026-03 or 2026",
    author: "Author",
    author_hint: "Who wrote or said it",
    source: "Source",
    source_hint: "Publisher, address, archive",
    title_missing: "Enter a title.",
    not_a_date: "Not a date: use 2026-03-14, 2026-03 or 2026.",
}

/// The file that the document was imported from.
pub fn origin(origin: &Origin) -> String {
    format!("Imported from {} ({}), SHA-256 {}", origin.file_name, origin.encoding, origin.sha256)
}

/// Where the copy of the imported file is.
pub fn kept_copy(meta: &DocumentMeta) -> String {
    format!("A copy of the file is kept as documents/{}.{}", meta.id, meta.origin.kept)
}
