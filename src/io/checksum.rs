//! SHA-256 checksums, as 64 lower-case hexadecimal digits.

use std::io::{self, Read};

use sha2::{Digest, Sha256};

/// Size of the part of a file that is in memory at a time, in bytes.
const CHUNK: usize = 64 * 1024;

/// Returns the checksum of bytes.
///
/// ```
/// let empty = demarche_io::sha256(b"");
/// assert_eq!(empty, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
/// ```
pub fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// Returns the checksum of everything that `input` yields, read in chunks.
pub(crate) fn sha256_of(mut input: impl Read) -> io::Result<String> {
    let mut hash = Sha256::new();
    let mut chunk = vec![0; CHUNK];
    loop {
        match input.read(&mut chunk) {
            Ok(0) => return Ok(hex::encode(hash.finalize())),
            Ok(length) => hash.update(&chunk[..length]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}
