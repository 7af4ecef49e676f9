//! Detection of encodings.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE};

use super::cesu8::cesu8;
use super::reading::Read;
use super::taiwan::is_euc_tw;
use super::{CONTROLS, DecodeError, is_odd, single_byte};

/// Number of valid characters per damaged one in a text that is UTF-8, whatever else it may be.
const SURELY_UTF8: usize = 4;
/// Least percentage of UTF-16 units in which one byte is NUL, the same in all, for a text in a Latin script.
const NUL_UNITS: usize = 70;
/// Number of characters of more than one byte with which their encoding is no guess.
const TELLING: usize = 8;

/// Reads bytes in the encoding that is detected.
pub(super) fn detect(bytes: &[u8]) -> Result<Read, DecodeError> {
    let without_nuls: Cow<'_, [u8]> = if bytes.contains(&0) {
        if let Some(utf16) = utf16(bytes) {
            return Ok(utf16);
        }
        bytes.iter().copied().filter(|byte| *byte != 0).collect::<Vec<u8>>().into()
    } else {
        bytes.into()
    };
    let (valid, damaged) = utf8_characters(&without_nuls);
    if let Some(read) = Some(bytes).filter(|_| damaged > 0).and_then(cesu8) {
        return Ok(read);
    }
    let may_be_iso_2022 = valid == 0 && without_nuls.contains(&0x1B);
    if damaged == 0 && !may_be_iso_2022 || valid > 0 && valid >= damaged * SURELY_UTF8 {
        return Ok(Read::of(bytes, UTF_8));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(&without_nuls, true);
    let guess = detector.guess(None, Utf8Detection::Allow);
    // In texts of encodings with one byte per character, there is hardly a valid sequence of UTF-8.
    if valid > 0 && valid >= damaged && guess.is_single_byte() {
        return Ok(Read::of(bytes, UTF_8));
    }
    if guess.is_single_byte() && !may_be_iso_2022 {
        let read = single_byte::read(bytes, guess);
        return if read.invalid == 0 { Ok(read) } else { Err(DecodeError::Unknown(guess.name())) };
    }
    if is_euc_tw(&without_nuls) {
        return Err(DecodeError::NotRead("EUC-TW"));
    }
    let mut read = Read::of(bytes, guess);
    read.is_guess =
        read.text.chars().filter(|c| !c.is_ascii()).take(TELLING).count() < TELLING && valid + damaged > 0;
    if read.invalid == 0 { Ok(read) } else { Err(DecodeError::Unknown(guess.name())) }
}

/// Returns whether bytes are UTF-8, but for a few damaged characters.
pub(super) fn is_utf8(bytes: &[u8]) -> bool {
    let (valid, damaged) = utf8_characters(bytes);
    damaged == 0 || valid > 0 && valid >= damaged * SURELY_UTF8
}

/// Returns the number of valid characters of more than one byte, and that of damaged ones, if bytes are read as UTF-8.
fn utf8_characters(bytes: &[u8]) -> (usize, usize) {
    let mut count = (0, 0);
    for chunk in bytes.utf8_chunks() {
        count.0 += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        count.1 += usize::from(!chunk.invalid().is_empty());
    }
    count
}

/// Reads UTF-16 without a byte order mark; `None` for bytes that are not UTF-16. A NUL alone proves nothing: it may be
/// damage. In a Latin script, nearly every second byte is one; in other scripts, every second byte may be any, so that read
/// as single bytes the text is full of control characters.
fn utf16(bytes: &[u8]) -> Option<Read> {
    let units = bytes.len() / 2;
    let nuls = [0, 1].map(|at| bytes.iter().skip(at).step_by(2).filter(|byte| **byte == 0).count());
    for (encoding, high, low) in [(UTF_16LE, nuls[1], nuls[0]), (UTF_16BE, nuls[0], nuls[1])] {
        if high * 100 >= units * NUL_UNITS && low * 10 <= units {
            return Some(Read::of(bytes, encoding)).filter(has_ascii);
        }
    }
    let controls = bytes.iter().filter(|byte| **byte != 0 && is_odd(char::from(**byte)) && byte.is_ascii());
    if controls.count() * CONTROLS <= bytes.len() {
        return None;
    }
    let read = [UTF_16LE, UTF_16BE].map(|encoding| Read::of(bytes, encoding));
    // A byte too many is damage at the end.
    let is_text =
        |read: &Read| read.invalid <= bytes.len() % 2 && has_ascii(read) && !read.text.chars().any(is_odd);
    // If both orders yield text, it is the one with more ASCII, since every text contains spaces and line ends.
    read.into_iter().filter(is_text).max_by_key(|read| read.text.chars().filter(char::is_ascii).count())
}

fn has_ascii(read: &Read) -> bool {
    read.text.chars().any(|c| c.is_ascii() && c != '\0')
}
