//! Entries of a folder that are not read.

use crate::disk::{DiskError, SpecialKind};

pub(crate) fn special(kind: SpecialKind) -> String {
    match kind {
        SpecialKind::Link => {
            "this is a symbolic link, which is not followed here; put the file or folder itself in its place, \
             or remove it"
                .to_owned()
        }
        SpecialKind::Pipe | SpecialKind::Socket | SpecialKind::Device => {
            format!("this is {kind}, not a file; remove it, or restore the file")
        }
    }
}

/// The reason why a file can't be read, without its path.
pub(crate) fn why_unread(error: &DiskError) -> String {
    match error {
        DiskError::System(error) => error.to_string(),
        DiskError::Special { kind, .. } => special(*kind),
        DiskError::TooLarge { limit } => too_large(*limit),
        DiskError::Gone => std::io::Error::from(std::io::ErrorKind::NotFound).to_string(),
    }
}

/// An entry of an imported folder that is not read.
pub(crate) fn skipped_special(kind: SpecialKind) -> String {
    format!("not imported: {}", special(kind))
}

/// A folder inside an imported one that can't be listed.
pub(crate) fn unlisted(error: &DiskError) -> String {
    format!("the folder can't be listed ({}); check its permissions", why_unread(error))
}

/// Folders inside an imported one that are nested deeper than this.
pub(crate) fn too_deep(levels: usize) -> String {
    format!("folders are nested more than {levels} levels deep; import the inner folder by itself")
}

/// An imported folder with more files than this.
pub(crate) fn too_many_files(most: usize) -> String {
    format!(
        "the folder contains more than {most} files; the rest were left out, so import its folders one by one"
    )
}

/// A file of more than this number of bytes.
pub(crate) fn too_large(limit: u64) -> String {
    format!(
        "the file is larger than {}, the limit for such a file; restore it, split it, or move it away",
        size(limit)
    )
}

/// An export that would repeat the words of passages in this many bytes, more than `most`.
pub(crate) fn too_repetitive(format: &str, passages: usize, bytes: u64, most: u64) -> String {
    let expected = match bytes >> 20 {
        0 => format!("{} kB", bytes.div_ceil(1 << 10)),
        mb if mb < 1 << 10 => format!("{mb} MB"),
        mb => format!("{:.1} GB", mb as f64 / 1024.0),
    };
    format!(
        "{passages} passages overlap, and {format} repeats their words for each of them: about {expected}, and the limit is {}; export fewer documents, people or categories at a time, or another format, such as jsonl",
        size(most)
    )
}

fn size(bytes: u64) -> String {
    match bytes {
        gb if gb.is_multiple_of(1 << 30) => format!("{} GB", gb >> 30),
        mb if mb.is_multiple_of(1 << 20) => format!("{} MB", mb >> 20),
        other => format!("{} kB", other >> 10),
    }
}
