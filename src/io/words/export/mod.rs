//! English in export formats.

pub(crate) mod cas;
pub(crate) mod html;
pub(crate) mod markdown;
pub(crate) mod report;

/// An export that the user stopped.
pub(crate) fn stopped() -> String {
    "the export was stopped; no file was written".to_owned()
}

/// A format that is one file, to be written as a folder.
pub(crate) fn not_a_folder(format: &str) -> String {
    format!("{format} is a single file; name a file")
}

/// A format that is a folder of files, to be written as one file.
pub(crate) fn not_a_file(format: &str) -> String {
    format!("{format} is a folder of files; name a folder")
}
