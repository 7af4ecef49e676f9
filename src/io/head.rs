//! The first bytes of a file, by which its format is detected.

use std::path::Path;

use crate::disk::{DiskError, outside};

/// Number of bytes by which a format is detected.
pub(crate) const HEAD: usize = 64 * 1024;

/// Reads the first bytes of a file.
pub(crate) fn head(path: &Path) -> Result<Vec<u8>, DiskError> {
    outside::head(path, HEAD as u64)
}
