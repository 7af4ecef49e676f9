//! Entries of a project's folder that are not read.

use crate::disk::SpecialKind;

pub(crate) fn special(kind: SpecialKind) -> String {
    match kind {
        SpecialKind::Link => {
            "this is a symbolic link, which is not followed inside a project; put the file or folder itself in its place, \
             or remove it"
                .to_owned()
        }
        SpecialKind::Pipe | SpecialKind::Socket | SpecialKind::Device => {
            format!("this is {kind}, not a file; remove it, or restore the file")
        }
    }
}

/// A file of more than this number of bytes.
pub(crate) fn too_large(limit: u64) -> String {
    format!("the file is larger than {}, the most for such a file; restore it, or move it away", size(limit))
}

fn size(bytes: u64) -> String {
    match bytes {
        gb if gb.is_multiple_of(1 << 30) => format!("{} GB", gb >> 30),
        mb if mb.is_multiple_of(1 << 20) => format!("{} MB", mb >> 20),
        other => format!("{} kB", other >> 10),
    }
}
