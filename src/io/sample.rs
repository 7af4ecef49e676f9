//! The sample project, which is compiled into the program so that it is available wherever Demarche runs.

use std::path::Path;

use include_dir::{Dir, include_dir};

use super::{FileTask, IoError};

static SAMPLE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../projects/halden-port-talks");

/// The id of the annotator who is the user of a new working copy.
pub const SAMPLE_ANNOTATOR: &str = "ana";

/// Writes a working copy of the sample project.
///
/// # Errors
/// The folder can't be created or written.
pub fn write(to: &Path) -> Result<(), IoError> {
    std::fs::create_dir_all(to).map_err(IoError::system(FileTask::MakeFolder, to))?;
    SAMPLE.extract(to).map_err(IoError::system(FileTask::WriteSample, to))
}
