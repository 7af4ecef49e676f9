//! The file that a document was imported from.

use smol_str::SmolStr;

/// The file that a document was imported from.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Origin {
    /// Its name, without folder. Empty for pasted text.
    pub file_name: String,
    /// SHA-256 of its bytes, 64 lower-case hexadecimal digits; of a file that holds several documents, of this one.
    pub sha256: String,
    /// The encoding that it was read in, such as `UTF-8`.
    pub encoding: String,
    /// Where the project keeps a copy of it: the ending of that copy's name, without the dot, such as `docx`. Empty where
    /// it keeps none. Of a file that holds several documents, such as a table, the first one has the copy.
    pub kept: SmolStr,
    /// SHA-256 of the whole file where it holds several documents, and `sha256` is that of this one; else empty.
    pub file_sha256: String,
}

impl Origin {
    /// SHA-256 of the whole file, and so of its copy.
    pub fn whole_sha256(&self) -> &str {
        if self.file_sha256.is_empty() { &self.sha256 } else { &self.file_sha256 }
    }
}
