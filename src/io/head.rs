//! The first bytes of a file, by which its format is detected.

use std::io::Read;
use std::path::Path;

/// Number of bytes by which a format is detected.
pub(crate) const HEAD: usize = 64 * 1024;

/// Reads the first bytes of a file.
pub(crate) fn head(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut head = Vec::new();
    std::fs::File::open(path)?.take(HEAD as u64).read_to_end(&mut head)?;
    Ok(head)
}
