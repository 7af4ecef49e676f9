//! `.gitattributes`: tells git to merge the files of a project with Demarche.

use std::path::Path;

use super::folder::Folder;
use crate::{FileTask, IoError};

/// The content of the file.
pub const GIT_ATTRIBUTES: &str =
    "*.ron          merge=demarche\nhistory/*.log  merge=union\ndocuments/*    -text\n";

/// Writes `.gitattributes` to the folder of a project, unless there is one.
///
/// # Errors
/// The file can't be written.
pub fn write_git_attributes(folder: &Folder) -> Result<(), IoError> {
    let path = Path::new(".gitattributes");
    match folder.disk().create(path, &mut GIT_ATTRIBUTES.as_bytes()) {
        Err(error) if !error.is_taken() => Err(folder.failed(FileTask::WriteFile, path)(error)),
        _ => Ok(()),
    }
}
