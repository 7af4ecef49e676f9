//! Plain text in any encoding: the one decoder of all readers. Bytes without a meaning are replaced and counted.

mod cesu8;
mod detect;
mod ibm855;
mod kinds;
mod reading;
mod single_byte;
mod taiwan;
#[cfg(test)]
mod tests;
mod utf32;

use encoding_rs::Encoding;
use thiserror::Error;

use crate::loss::{DocumentLoss, Loss, Losses};
use detect::{detect, is_utf8};
use kinds::known_kind;
use reading::Read;
use utf32::utf32;

/// Greatest length of a first line that is taken for a title, in characters.
const TITLE: usize = 120;
/// Number of characters per control character; with more control characters, a file counts as binary.
const CONTROLS: usize = 100;
/// Number of characters per NUL; with more, a file counts as binary.
const NULS: usize = 10;
/// Number of damaged characters with which a page may be in the encoding that it states, whatever else is in it.
const FEW: usize = 10;
/// Number of characters per damaged one in a page; with more, its encoding is detected, whatever it states.
const STATED: usize = 100;
/// Number of characters per damaged character; with more, a file is not in the encoding that the user has named.
const NAMED: usize = 2;

/// A file that has been decoded.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Decoded {
    /// The text, with LF line ends and without a byte order mark.
    pub text: String,
    /// The encoding that it was read as, such as `windows-1252`.
    pub encoding: &'static str,
    /// The number of characters that could not be read.
    pub damage: Damage,
}

/// The number of characters of a file that could not be read, by kind.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Damage {
    /// Bytes without a meaning in the encoding, each run of which became U+FFFD.
    pub invalid: usize,
    /// NULs, each of which became U+FFFD.
    pub nuls: usize,
    /// NULs at the end of the text, which were removed.
    pub nuls_at_end: usize,
    /// Texts whose encoding was told from few characters.
    pub guesses: usize,
    /// Texts that are in another encoding than they state, and that was detected.
    pub misstated: usize,
}

impl Damage {
    /// Returns the damage as losses of a document.
    pub fn losses(self) -> Vec<Loss> {
        let mut losses = Losses::default();
        losses.add(DocumentLoss::UndefinedCharacters, self.invalid);
        losses.add(DocumentLoss::Nuls, self.nuls);
        losses.add(DocumentLoss::NulsAtEnd, self.nuls_at_end);
        losses.add(DocumentLoss::GuessedEncoding, self.guesses);
        losses.add(DocumentLoss::MisstatedEncoding, self.misstated);
        losses.report()
    }

    /// Adds the damage of another part of the same file.
    pub(crate) fn add(&mut self, other: Self) {
        self.invalid += other.invalid;
        self.nuls += other.nuls;
        self.nuls_at_end += other.nuls_at_end;
        self.guesses += other.guesses;
        self.misstated += other.misstated;
    }
}

/// The reason why a file can't be decoded.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum DecodeError {
    /// A known format that is not plain text, and what to do.
    #[error("this is {0}, not plain text; {1}")]
    OtherKind(&'static str, &'static str),
    /// Many NULs or control characters.
    #[error("this is not text: it is full of control characters; choose a text file, or name its encoding")]
    Binary,
    /// Nothing but white space.
    #[error("there is no text in this file; choose another one")]
    Empty,
    /// Bytes that have no meaning in the given encoding, for the most part.
    #[error("this is not {0}: most of the file has no meaning in it; name another encoding, or none")]
    NotThis(&'static str),
    /// An encoding that is recognised but not read.
    #[error(
        "this is text in {0}, which Demarche does not read; convert it to UTF-8 first, for example with iconv or a browser"
    )]
    NotRead(&'static str),
    /// Bytes that are not valid in the detected encoding.
    #[error("the encoding can't be found out ({0} comes nearest, but does not fit); name it")]
    Unknown(&'static str),
}

/// Decodes the bytes of a file. The encoding is that of the byte order mark, or `encoding`, or is detected: UTF-16 by
/// NULs in nearly every second byte, UTF-8 if all but a few characters are valid, otherwise the guess of `chardetng`. What
/// has no meaning becomes U+FFFD and is counted. CRLF and CR become LF.
///
/// # Errors
/// The bytes are not text, or most of them are not valid in the encoding.
///
/// ```
/// let decoded = demarche_io::decode::decode("\u{FEFF}café\r\n".as_bytes(), None).expect("text");
/// assert_eq!(decoded.text, "café\n");
/// ```
pub fn decode(bytes: &[u8], encoding: Option<&'static Encoding>) -> Result<Decoded, DecodeError> {
    decode_stated(bytes, encoding, None)
}

/// Decodes a file that may state its encoding, like [`decode`]. What the file states counts after what the user has named,
/// and only if it fits: servers convert pages without a change to what they state.
///
/// # Errors
/// As [`decode`].
pub(crate) fn decode_stated(
    bytes: &[u8],
    named: Option<&'static Encoding>,
    stated: Option<&'static Encoding>,
) -> Result<Decoded, DecodeError> {
    let mut decoded = decode_as_written(bytes, named, stated)?;
    if decoded.text.contains('\r') {
        decoded.text = decoded.text.replace("\r\n", "\n").replace('\r', "\n");
    }
    Ok(decoded)
}

/// Returns whether bytes are UTF-8 without damage, so that they need no decoding if no encoding is named.
pub(crate) fn is_clean_utf8(bytes: &[u8]) -> bool {
    !bytes.contains(&0) && std::str::from_utf8(bytes).is_ok()
}

/// Decodes a text that offsets refer to, like [`decode`], with its line ends and its byte order mark. Valid UTF-8 is a text
/// whatever it contains.
///
/// # Errors
/// As [`decode`].
pub(crate) fn decode_verbatim(
    bytes: &[u8],
    encoding: Option<&'static Encoding>,
) -> Result<Decoded, DecodeError> {
    if encoding.is_none() && is_clean_utf8(bytes) {
        let text = String::from_utf8_lossy(bytes).into_owned();
        return Ok(Decoded { text, encoding: encoding_rs::UTF_8.name(), damage: Damage::default() });
    }
    let mut decoded = decode_as_written(bytes, encoding, None)?;
    if Encoding::for_bom(bytes).is_some() {
        decoded.text.insert(0, '\u{FEFF}');
    }
    Ok(decoded)
}

/// Decodes a file with its line ends, but without its byte order mark.
fn decode_as_written(
    bytes: &[u8],
    named: Option<&'static Encoding>,
    stated: Option<&'static Encoding>,
) -> Result<Decoded, DecodeError> {
    if let Some((kind, advice)) = known_kind(bytes) {
        return Err(DecodeError::OtherKind(kind, advice));
    }
    let (Read { mut text, encoding, invalid, is_guess }, is_misstated) = read(bytes, named, stated)?;
    let (nuls, nuls_at_end) = without_nuls(&mut text)?;
    let controls = text.chars().filter(|c| is_odd(*c)).count();
    if controls * CONTROLS > text.len() {
        return Err(DecodeError::Binary);
    }
    if text.chars().all(|c| c.is_whitespace() || c == '\u{FEFF}') {
        return Err(DecodeError::Empty);
    }
    let (guesses, misstated) = (usize::from(is_guess), usize::from(is_misstated));
    Ok(Decoded { text, encoding, damage: Damage { invalid, nuls, nuls_at_end, guesses, misstated } })
}

/// Reads bytes, and returns whether the file states another encoding than it has.
fn read(
    bytes: &[u8],
    named: Option<&'static Encoding>,
    stated: Option<&'static Encoding>,
) -> Result<(Read, bool), DecodeError> {
    let has_mark = Encoding::for_bom(bytes).is_some();
    if let Some(read) =
        utf32(bytes).filter(|_| named.is_none() || has_mark || bytes.starts_with(b"\0\0\xFE\xFF"))
    {
        return Ok((read, false));
    }
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return Ok((Read::of(&bytes[length..], encoding), false));
    }
    if let Some(named) = named {
        let read = Read::of(bytes, named);
        return if read.fits(NAMED) { Ok((read, false)) } else { Err(DecodeError::NotThis(named.name())) };
    }
    let Some(stated) = stated.filter(|_| !is_utf8(bytes)) else { return Ok((detect(bytes)?, false)) };
    let read = Read::of(bytes, stated);
    // Sequences of UTF-8 are never valid by chance; in other encodings, most pairs of bytes are.
    let is_sure = stated == encoding_rs::UTF_8 && read.is_mostly_valid();
    if read.invalid <= FEW || is_sure || read.fits(STATED) {
        return Ok((read, false));
    }
    Ok(detect(bytes).map_or((read, false), |detected| (detected, true)))
}

/// Replaces NULs, or removes them at the end, where a crash has left them. Returns the numbers of both.
fn without_nuls(text: &mut String) -> Result<(usize, usize), DecodeError> {
    if !text.contains('\0') {
        return Ok((0, 0));
    }
    let kept = text.trim_end_matches('\0').len();
    let at_end = text.len() - kept;
    text.truncate(kept);
    let inside = text.matches('\0').count();
    if inside * NULS > text.len() {
        return Err(DecodeError::Binary);
    }
    *text = text.replace('\0', "\u{FFFD}");
    Ok((inside, at_end))
}

/// Returns the first line that is not empty, if it is short enough for a title, without the marks of a Markdown heading.
pub(crate) fn title_of(text: &str) -> Option<&str> {
    let line = text.lines().map(|line| line.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}'));
    let line = line.filter(|line| !line.is_empty()).map(|line| line.trim_start_matches('#').trim()).next()?;
    (!line.is_empty() && line.chars().count() <= TITLE).then_some(line)
}

/// Returns whether a character is a control character that texts don't contain. Terminal logs contain escape, pages are
/// separated by form feeds, and old DOS files end with 0x1A.
fn is_odd(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{1A}' | '\u{1B}' | '\u{85}')
}
