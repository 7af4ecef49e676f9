//! The file from which a document was imported.

use smol_str::SmolStr;

/// The file from which a document was imported.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Origin {
    /// Its name, without folder; empty for pasted text.
    pub file_name: String,
    /// SHA-256 of its bytes, as 64 lower-case hexadecimal digits; of this document's part if the file
    /// contains several.
    pub sha256: String,
    /// The encoding in which it was read, such as `UTF-8`.
    pub encoding: String,
    /// The extension of the copy that the project keeps, without the dot, such as `docx`; empty without a
    /// copy. The first document of a file that contains several, such as a table, has the copy.
    pub kept: SmolStr,
    /// SHA-256 of the whole file if it contains several documents; empty otherwise.
    pub file_sha256: String,
}

impl Origin {
    /// SHA-256 of the whole file, and so of its copy.
    pub fn whole_sha256(&self) -> &str {
        if self.file_sha256.is_empty() { &self.sha256 } else { &self.file_sha256 }
    }
}
