//! `.gitattributes`: tells git to merge the files of a project with Demarche.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};

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
    let path = folder.root().join(".gitattributes");
    let written = OpenOptions::new().write(true).create_new(true).open(&path);
    match written.and_then(|mut file| file.write_all(GIT_ATTRIBUTES.as_bytes())) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => {
            Err(IoError::system(FileTask::WriteFile, &path)(error))
        }
        _ => Ok(()),
    }
}
