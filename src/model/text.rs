//! The immutable text of a document, with fast conversion between bytes and characters.

use super::TextRange;
use super::fingerprint::{Fingerprint, Prefixes};

/// Bytes between two checkpoints of the character count.
const STRIDE: usize = 256;

/// A document's text: UTF-8 with LF line ends, immutable while it is annotated.
///
/// Files count Unicode scalar values, memory counts bytes. Either conversion counts at most `STRIDE` bytes,
/// and none if the text is all ASCII.
///
/// # Examples
///
/// Offsets are bytes in memory and characters in files:
///
/// ```
/// use demarche_model::Text;
///
/// let text = Text::new("café ☕");
/// // byte         0 1 2 3   5 6
/// //              c a f é     ☕
/// // character    0 1 2 3   4 5
/// assert_eq!((text.len(), text.characters()), (9, 6));
/// assert_eq!(text.char_offset(6), 5);
/// assert_eq!(text.byte_offset(5), Some(6));
/// assert_eq!(text.byte_offset(7), None);
/// ```
///
/// A range that is outside the text or cuts a character selects nothing:
///
/// ```
/// use demarche_model::{Text, TextRange};
///
/// let text = Text::new("We will suspend the talks.");
/// // (3, 15): We [will suspend] the talks.
/// assert_eq!(text.slice(TextRange::new(3, 15)), "will suspend");
/// assert_eq!(text.slice(TextRange::new(3, 99)), "");
/// assert!(!Text::new("é").holds(TextRange::new(0, 1)));
/// ```
#[derive(Debug)]
pub struct Text {
    content: String,
    characters: usize,
    /// `checkpoints[i]` is the number of characters that start before byte `i * STRIDE`. Empty if the text is
    /// all ASCII.
    checkpoints: Vec<usize>,
    prefixes: Prefixes,
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.content == other.content
    }
}

impl Eq for Text {}

impl Text {
    /// Wraps a text and counts its characters.
    pub fn new(content: impl Into<String>) -> Self {
        let content = content.into();
        if content.is_ascii() {
            let (characters, checkpoints) = (content.len(), Vec::new());
            return Self { content, characters, checkpoints, prefixes: Prefixes::default() };
        }
        let mut checkpoints = Vec::with_capacity(content.len() / STRIDE + 1);
        let mut characters = 0;
        for chunk in content.as_bytes().chunks(STRIDE) {
            checkpoints.push(characters);
            characters += count_starts(chunk);
        }
        Self { content, characters, checkpoints, prefixes: Prefixes::default() }
    }

    /// The whole text.
    pub fn as_str(&self) -> &str {
        &self.content
    }

    /// Returns the text without its cached counts.
    pub(crate) fn into_string(self) -> String {
        self.content
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.content.len()
    }

    /// True if the text is empty.
    pub fn is_empty(&self) -> bool {
        self.content.is_empty()
    }

    /// Length in Unicode scalar values.
    pub fn characters(&self) -> usize {
        self.characters
    }

    /// The text of a range; empty if the range is outside the text or cuts a character.
    pub fn slice(&self, range: TextRange) -> &str {
        self.content.get(range.start..range.end).unwrap_or_default()
    }

    /// The fingerprint of a range; that of an empty string if the range is outside the text.
    pub fn fingerprint(&self, range: TextRange) -> Fingerprint {
        if range.start > range.end || range.end > self.content.len() {
            return Fingerprint::default();
        }
        self.prefixes.part(self.content.as_bytes(), range.start, range.end)
    }

    /// True if a range is inside the text and on character boundaries.
    pub fn holds(&self, range: TextRange) -> bool {
        self.content.get(range.start..range.end).is_some()
    }

    /// Number of characters that start before `byte`, which is clamped to the text.
    pub fn char_offset(&self, byte: usize) -> usize {
        let byte = byte.min(self.content.len());
        let Some(&before) = self.checkpoints.get(byte / STRIDE) else {
            return if self.checkpoints.is_empty() { byte } else { self.characters };
        };
        let checkpoint = byte / STRIDE * STRIDE;
        before + count_starts(&self.content.as_bytes()[checkpoint..byte])
    }

    /// Offset in bytes of the character with the index `char_offset`. The end of the text has an index too;
    /// `None` beyond it.
    pub fn byte_offset(&self, char_offset: usize) -> Option<usize> {
        if char_offset > self.characters {
            return None;
        }
        if self.checkpoints.is_empty() {
            return Some(char_offset);
        }
        let checkpoint = self.checkpoints.partition_point(|&c| c <= char_offset) - 1;
        let start = checkpoint * STRIDE;
        let mut left = char_offset - self.checkpoints[checkpoint];
        let bytes = self.content.as_bytes();
        // A character that straddles the checkpoint was counted before it: skip its tail.
        let mut at = start;
        loop {
            while at < bytes.len() && is_continuation(bytes[at]) {
                at += 1;
            }
            if left == 0 {
                return Some(at);
            }
            left -= 1;
            at += 1;
        }
    }

    /// Number of characters in a range.
    pub fn characters_in(&self, range: TextRange) -> usize {
        self.char_offset(range.end) - self.char_offset(range.start)
    }
}

fn is_continuation(byte: u8) -> bool {
    byte & 0xC0 == 0x80
}

fn count_starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&b| !is_continuation(b)).count()
}

#[cfg(test)]
mod tests {
    use super::{STRIDE, Text};
    use proptest::prelude::*;

    #[test]
    fn offsets_agree_with_the_standard_library_around_checkpoints() {
        for pad in STRIDE - 5..STRIDE + 5 {
            let text = Text::new(format!("{}👩‍👩‍👧é한 tail", "a".repeat(pad)));
            for (count, (byte, _)) in text.as_str().char_indices().enumerate() {
                assert_eq!(text.char_offset(byte), count);
                assert_eq!(text.byte_offset(count), Some(byte));
            }
            assert_eq!(text.byte_offset(text.characters()), Some(text.len()));
            assert_eq!(text.byte_offset(text.characters() + 1), None);
        }
    }

    proptest! {
        #[test]
        fn offsets_round_trip(content in "(\\PC|\n){0,3000}") {
            let text = Text::new(content);
            prop_assert_eq!(text.characters(), text.as_str().chars().count());
            for count in (0..=text.characters()).step_by(7) {
                let byte = text.byte_offset(count).expect("inside the text");
                prop_assert_eq!(text.char_offset(byte), count);
            }
        }
    }
}
