//! JSON in which no character but a line feed ends a line, so that readers that split a file into lines at any of
//! Unicode's line ends read JSONL right, too.

use std::io::{self, Write};

use memchr::memchr2_iter;
use serde::Serialize;
use serde_json::Result;
use serde_json::ser::{Formatter, Serializer};

/// Writes a value on one line. NEL, LINE SEPARATOR and PARAGRAPH SEPARATOR are escaped.
///
/// # Errors
/// `out` fails.
pub(super) fn to_writer(out: impl Write, value: &impl Serialize) -> Result<()> {
    value.serialize(&mut Serializer::with_formatter(out, OneLine))
}

/// Returns a value as [`to_writer`] writes it.
///
/// # Errors
/// None that a value of ours causes.
pub(super) fn to_vec(value: &impl Serialize) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    to_writer(&mut out, value)?;
    Ok(out)
}

/// Returns a value as [`to_writer`] writes it.
pub(super) fn to_text(value: &impl Serialize) -> String {
    // The bytes are UTF-8, since a serialiser writes them.
    String::from_utf8(to_vec(value).unwrap_or_default()).unwrap_or_default()
}

/// Compact JSON with escaped line ends.
struct OneLine;

impl Formatter for OneLine {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let bytes = fragment.as_bytes();
        let mut written = 0;
        for at in memchr2_iter(0xC2, 0xE2, bytes) {
            let Some((length, escape)) = line_end(&bytes[at..]) else { continue };
            out.write_all(&bytes[written..at])?;
            out.write_all(escape)?;
            written = at + length;
        }
        out.write_all(&bytes[written..])
    }
}

/// Returns the length and the escape of a line end that begins here.
fn line_end(bytes: &[u8]) -> Option<(usize, &'static [u8])> {
    match bytes {
        [0xC2, 0x85, ..] => Some((2, b"\\u0085")),
        [0xE2, 0x80, 0xA8, ..] => Some((3, b"\\u2028")),
        [0xE2, 0x80, 0xA9, ..] => Some((3, b"\\u2029")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn texts_are_on_one_line_and_come_back(text in "[a’é\u{85}\u{2028}\u{2029}\"\\\\\n한]{0,20}") {
            let json = to_text(&text);
            prop_assert!(!json.contains(['\n', '\u{85}', '\u{2028}', '\u{2029}']), "{json}");
            prop_assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
        }
    }
}
