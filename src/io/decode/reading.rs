//! Bytes read in a given encoding.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// A text as it was read, without replacement of control characters.
pub(super) struct Read {
    pub text: String,
    /// The name of the encoding.
    pub encoding: &'static str,
    /// The number of characters that are not valid in it.
    pub invalid: usize,
    /// Whether few characters of the text tell the encoding from others.
    pub is_guess: bool,
}

impl Read {
    /// Reads bytes in an encoding. What is not valid becomes U+FFFD.
    pub fn of(bytes: &[u8], encoding: &'static Encoding) -> Self {
        let (text, has_errors) = encoding.decode_without_bom_handling(bytes);
        let replaced = if has_errors { text.matches('\u{FFFD}').count() } else { 0 };
        // A character that was replaced by an earlier program is not damage of this file.
        let earlier = if replaced > 0 { earlier(bytes, encoding) } else { 0 };
        let invalid = replaced.saturating_sub(earlier).max(usize::from(has_errors));
        Self { text: text.into_owned(), encoding: encoding.name(), invalid, is_guess: false }
    }

    /// Returns whether more characters beyond ASCII are valid than damaged.
    pub fn is_mostly_valid(&self) -> bool {
        self.text.chars().filter(|c| !c.is_ascii() && *c != '\u{FFFD}').count() >= self.invalid
    }

    /// Returns whether there is at most one damaged character among as many as `limit`.
    pub fn fits(&self, limit: usize) -> bool {
        self.invalid == 0 || self.invalid * limit <= self.text.chars().count()
    }
}

/// Returns the number of times that the bytes themselves contain U+FFFD.
fn earlier(bytes: &[u8], encoding: &'static Encoding) -> usize {
    let units = |unit: [u8; 2]| bytes.chunks_exact(2).filter(|pair| **pair == unit).count();
    match encoding {
        _ if encoding == UTF_8 => memchr::memmem::find_iter(bytes, "\u{FFFD}".as_bytes()).count(),
        _ if encoding == UTF_16LE => units([0xFD, 0xFF]),
        _ if encoding == UTF_16BE => units([0xFF, 0xFD]),
        _ => 0,
    }
}
