//! The sample project, which is compiled into the program so that it is available wherever Demarche runs.

use std::path::Path;

use include_dir::{Dir, File, include_dir};

use super::IoError;
use super::project::{FileKey, Folder, write_sample};

static SAMPLE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../projects/halden-port-talks");

/// The id of the annotator who is the user of a new working copy.
pub const SAMPLE_ANNOTATOR: &str = "ana";

/// Writes a working copy of the sample project.
///
/// # Errors
/// The folder can't be created or written.
pub fn write(to: &Path) -> Result<(), IoError> {
    let folder = Folder::new(to);
    folder.create_root()?;
    // `project.ron` is written last, so that a folder with that file is complete.
    let (last, first): (Vec<_>, Vec<_>) = files(&SAMPLE).into_iter().partition(|file| is_project_file(file));
    let mut files = first.into_iter().chain(last);
    files.try_for_each(|file| write_sample(&folder, file.path(), file.contents()))
}

fn is_project_file(file: &File<'_>) -> bool {
    FileKey::from_relative(file.path()) == Some(FileKey::Project)
}

fn files(folder: &'static Dir<'static>) -> Vec<&'static File<'static>> {
    folder.files().chain(folder.dirs().flat_map(files)).collect()
}
