//! Exporting spans and codebooks, and the list of formats.

/// Introduces what a format could not carry.
pub fn losses(format: &str) -> String {
    format!("{format} could not carry everything:")
}

/// An export from which not everything came back that should.
pub fn not_whole() -> String {
    "the export lacks passages or documents that the format can carry; please report this".to_owned()
}

/// An item of a list under a sentence.
pub fn item(text: impl std::fmt::Display) -> String {
    format!("  {text}")
}

/// The label of the progress bar.
pub fn progress() -> &'static str {
    "exporting"
}

/// The heading of the formats of documents.
pub fn document_formats() -> &'static str {
    "Documents (`demarche import`, `demarche new`):"
}

/// The heading of the formats of labelled spans.
pub fn span_formats() -> &'static str {
    "Labelled spans (`demarche export`, `demarche import`):"
}

/// The heading of the formats of codebooks.
pub fn codebook_formats() -> &'static str {
    "Codebooks (`demarche codebook`, `demarche new --codebook`):"
}

/// The directions of a format.
pub fn directions(imports: bool, exports: bool) -> &'static str {
    match (imports, exports) {
        (true, true) => "import, export",
        (true, false) => "import",
        (false, _) => "export",
    }
}

/// The extension of a format; none for a folder.
pub fn extension(extension: &str) -> String {
    if extension.is_empty() { "a folder".to_owned() } else { format!(".{extension}") }
}

/// The consensus that an export leaves out.
pub fn without_consensus() -> &'static str {
    "the consensus is not included; --annotator consensus exports it"
}
