//! Plain text in any encoding.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use thiserror::Error;

/// Greatest length of a first line that is taken for a title, in characters.
const TITLE: usize = 120;
/// Number of characters per control character; with more control characters, a file counts as binary.
const CONTROLS: usize = 100;

/// A file that has been decoded.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Decoded {
    /// The text, with LF line ends and without a byte order mark.
    pub text: String,
    /// The encoding that it was read as, such as `windows-1252`.
    pub encoding: &'static str,
}

/// The reason why a file can't be decoded.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum DecodeError {
    /// A known format that is not plain text, and what to do.
    #[error("this is {0}, not plain text; {1}")]
    OtherKind(&'static str, &'static str),
    /// NUL or many control characters.
    #[error("this is not text: it is full of control characters; choose a text file, or name its encoding")]
    Binary,
    /// Nothing but white space.
    #[error("there is no text in this file; choose another one")]
    Empty,
    /// Bytes that are not valid in the given encoding.
    #[error("this is not {0}: some bytes have no meaning in it; name another encoding, or none")]
    NotThis(&'static str),
    /// Bytes that are not valid in the detected encoding.
    #[error("the encoding can't be found out ({0} comes nearest, but does not fit); name it")]
    Unknown(&'static str),
}

/// Decodes the bytes of a file. The encoding is that of the byte order mark, else `encoding`, else it is detected: UTF-16 by
/// its NULs, UTF-8 if it is valid, otherwise the guess of `chardetng`. CRLF and CR become LF.
///
/// # Errors
/// The bytes are not text, or not valid in the encoding. Nothing is replaced silently.
///
/// ```
/// let decoded = demarche_io::decode::decode("\u{FEFF}café\r\n".as_bytes(), None).expect("text");
/// assert_eq!(decoded.text, "café\n");
/// ```
pub fn decode(bytes: &[u8], encoding: Option<&'static Encoding>) -> Result<Decoded, DecodeError> {
    if let Some((kind, advice)) = known_kind(bytes) {
        return Err(DecodeError::OtherKind(kind, advice));
    }
    let (text, encoding) = match (Encoding::for_bom(bytes), encoding) {
        (Some((bom, length)), _) => (strictly(bom, &bytes[length..])?, bom),
        (None, Some(named)) => (strictly(named, bytes)?, named),
        (None, None) => detect(bytes)?,
    };
    let controls = text.chars().filter(|c| is_odd(*c)).count();
    if text.contains('\0') || controls * CONTROLS > text.len() {
        return Err(DecodeError::Binary);
    }
    if text.chars().all(|c| c.is_whitespace() || c == '\u{FEFF}') {
        return Err(DecodeError::Empty);
    }
    let text = if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text };
    Ok(Decoded { text, encoding: encoding.name() })
}

/// Returns the first line that is not empty, if it is short enough for a title, without the marks of a Markdown heading.
pub(crate) fn title_of(text: &str) -> Option<&str> {
    let line = text.lines().map(|line| line.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}'));
    let line = line.filter(|line| !line.is_empty()).map(|line| line.trim_start_matches('#').trim()).next()?;
    (!line.is_empty() && line.chars().count() <= TITLE).then_some(line)
}

fn strictly(encoding: &'static Encoding, bytes: &[u8]) -> Result<String, DecodeError> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes).map(Cow::into_owned);
    text.ok_or(DecodeError::NotThis(encoding.name()))
}

fn detect(bytes: &[u8]) -> Result<(String, &'static Encoding), DecodeError> {
    if bytes.contains(&0) {
        return utf16(bytes).ok_or(DecodeError::Binary);
    }
    let utf8 = std::str::from_utf8(bytes).ok().filter(|text| !text.contains('\x1B'));
    if let Some(text) = utf8 {
        return Ok((text.to_owned(), UTF_8));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Allow);
    strictly(guess, bytes).map(|text| (text, guess)).map_err(|_| DecodeError::Unknown(guess.name()))
}

/// Detects UTF-16 without a byte order mark: the byte order that yields text or, if both do, the one with more ASCII, since
/// every text contains spaces and line ends.
fn utf16(bytes: &[u8]) -> Option<(String, &'static Encoding)> {
    let read = |encoding: &'static Encoding| {
        let text = strictly(encoding, bytes).ok()?;
        let ascii = text.chars().filter(char::is_ascii).count();
        (ascii > 0 && !text.chars().any(is_odd)).then_some((ascii, text, encoding))
    };
    let best = [read(UTF_16LE), read(UTF_16BE)].into_iter().flatten().max_by_key(|(ascii, ..)| *ascii);
    best.map(|(_, text, encoding)| (text, encoding))
}

/// Returns whether a character is a control character that texts don't contain. Terminal logs contain escape, pages are
/// separated by form feeds, and old DOS files end with 0x1A.
fn is_odd(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{1A}' | '\u{1B}' | '\u{85}')
}

/// Recognises a binary file by its first bytes, and returns what it is and what to do.
fn known_kind(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    const SAVE: &str = "save it as text first";
    const NONE: &str = "there is no text to read in it";
    let kinds: [(&[u8], &str, &str); 12] = [
        (b"%PDF-", "a PDF", SAVE),
        (b"PK\x03\x04", "a ZIP archive or an office document (DOCX, ODT, EPUB …)", SAVE),
        (b"\xD0\xCF\x11\xE0", "an old Word, Excel or PowerPoint file", SAVE),
        (br"{\rtf", "an RTF document", SAVE),
        (b"\x89PNG", "a PNG picture", NONE),
        (b"\xFF\xD8\xFF", "a JPEG picture", NONE),
        (b"GIF8", "a GIF picture", NONE),
        (b"II*\0", "a TIFF picture", NONE),
        (b"MM\0*", "a TIFF picture", NONE),
        (b"\x1F\x8B", "a gzip archive", "unpack it first"),
        (b"\x7FELF", "a program", NONE),
        (b"SQLite format 3\0", "an SQLite database", NONE),
    ];
    kinds.iter().find(|(magic, ..)| bytes.starts_with(magic)).map(|(_, kind, advice)| (*kind, *advice))
}
