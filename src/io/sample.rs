//! The sample project, which is compiled into the program so that it is available wherever Demarche runs.

use std::path::Path;

use include_dir::{Dir, File, include_dir};

use super::IoError;
use super::project::{Folder, write_sample};

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
    write_sample(&folder, files(&SAMPLE).into_iter().map(|file| (file.path(), file.contents())))
}

fn files(folder: &'static Dir<'static>) -> Vec<&'static File<'static>> {
    folder.files().chain(folder.dirs().flat_map(files)).collect()
}
