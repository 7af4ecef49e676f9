//! `packet.ron`: the file that marks a folder as a packet, whichever program unpacked it, and names the person it is
//! for.

use super::compose::File;
use super::files::unreadable;
use super::folder::Folder;
use super::format::{FileKind, Format};
use super::limits;
use super::source::{Source, normal};
use crate::IoError;
use crate::disk::steps;
use crate::words::project::FileRole;
use demarche_model::{Annotator, AnnotatorId};

/// The name of the file, in the folder of the project.
pub(super) const FILE: &str = "packet.ron";

/// Returns the text of the file.
pub(super) fn compose(owner: &Annotator) -> String {
    let mut file = File::new(Format::FIRST);
    file.text("annotator", owner.id.as_str());
    file.finish()
}

/// Returns the person that the packet in a folder is for; `None` if it is not a packet.
///
/// # Errors
/// The file can't be read.
pub(super) fn read(folder: &Folder) -> Result<Option<AnnotatorId>, IoError> {
    let file = FILE.as_ref();
    let bytes = match steps::read(folder.disk(), file, limits::OWNER) {
        Err(error) if error.is_missing() => return Ok(None),
        bytes => bytes.map_err(|error| IoError::Problem(unreadable(file, FileRole::File, error)))?,
    };
    let text = normal(bytes, file).map_err(IoError::Problem)?;
    let mut source = Source::new(&text, file, FileKind::Packet).map_err(IoError::Problem)?;
    let owner: String = source.required("annotator").map_err(IoError::Problem)?;
    source.finish().map_err(IoError::Problem)?;
    Ok(Some(AnnotatorId::new(owner)))
}
