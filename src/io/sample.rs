//! The sample project, carried in the program so that it is there wherever Demarche runs.

use std::path::Path;

use include_dir::{Dir, include_dir};

use super::IoError;

static SAMPLE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../projects/halden-port-talks");

/// Who works in a working copy at first.
pub const SAMPLE_ANNOTATOR: &str = "ana";

/// Writes a working copy of the sample project.
///
/// # Errors
/// Where the folder can't be made or written.
pub fn write(to: &Path) -> Result<(), IoError> {
    std::fs::create_dir_all(to).map_err(IoError::system("can't make the sample's folder", to))?;
    SAMPLE.extract(to).map_err(IoError::system("can't write the sample project", to))
}
