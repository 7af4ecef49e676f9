//! CESU-8: UTF-8 in which characters outside the basic plane are pairs of surrogates, as some databases export it.

use super::reading::Read;

/// Reads CESU-8; `None` for bytes without a surrogate, or with anything else that is not valid. Half of a pair becomes U+FFFD.
pub(super) fn cesu8(bytes: &[u8]) -> Option<Read> {
    let mut utf8 = Vec::with_capacity(bytes.len());
    let (mut pairs, mut halves) = (0_usize, 0_usize);
    let mut rest = bytes;
    while let Some(at) = memchr::memchr(0xED, rest) {
        let (before, from) = rest.split_at(at);
        utf8.extend_from_slice(before);
        let (character, length) = match (pair(from), from) {
            (Some(character), _) => {
                pairs += 1;
                (character, 6)
            }
            (None, [0xED, 0xA0..=0xBF, 0x80..=0xBF, ..]) => {
                halves += 1;
                ('\u{FFFD}', 3)
            }
            (None, _) => {
                utf8.push(0xED);
                rest = &from[1..];
                continue;
            }
        };
        utf8.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
        rest = &from[length..];
    }
    utf8.extend_from_slice(rest);
    let text = String::from_utf8(utf8).ok().filter(|_| pairs + halves > 0)?;
    let encoding = if pairs > 0 { "CESU-8" } else { encoding_rs::UTF_8.name() };
    Some(Read { text, encoding, invalid: halves, is_guess: false })
}

/// Returns the character of a pair of surrogates at the start.
fn pair(bytes: &[u8]) -> Option<char> {
    let &[0xED, high @ 0xA0..=0xAF, high_end, 0xED, low @ 0xB0..=0xBF, low_end, ..] = bytes else {
        return None;
    };
    let unit = |middle: u8, end: u8| u32::from(middle & 0x3F) << 6 | u32::from(end & 0x3F);
    char::from_u32(0x1_0000 + ((unit(high, high_end) & 0x3FF) << 10) + (unit(low, low_end) & 0x3FF))
}

#[cfg(test)]
mod tests {
    use crate::decode::decode;

    #[test]
    fn pairs_of_surrogates_are_one_character() {
        let decoded = decode(b"A \xED\xA0\xBD\xED\xB8\x80 face.", None).unwrap();
        assert_eq!((decoded.text.as_str(), decoded.encoding), ("A \u{1F600} face.", "CESU-8"));
        assert!(decoded.damage.losses().is_empty());
        let half = decode(b"An answer \xED\xA0\xBD, cut in a face.", None).unwrap();
        assert_eq!((half.text.as_str(), half.encoding), ("An answer \u{FFFD}, cut in a face.", "UTF-8"));
        assert_eq!(half.damage.invalid, 1);
        let mixed = "Délégation été çà \u{1F600}".as_bytes();
        let mixed = [&mixed[..mixed.len() - 4], b"\xED\xA0\xBD\xED\xB8\x80"].concat();
        assert_eq!(decode(&mixed, None).unwrap().text, "Délégation été çà \u{1F600}");
        assert_eq!(decode("위협 \u{D7FF}".as_bytes(), None).unwrap().encoding, "UTF-8");
    }
}
