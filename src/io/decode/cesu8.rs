//! CESU-8: UTF-8 in which characters outside the basic plane are pairs of surrogates, as some databases export it.

/// Reads CESU-8; `None` for bytes without such a pair, or with anything that is not valid.
pub(super) fn cesu8(bytes: &[u8]) -> Option<String> {
    let mut utf8 = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(at) = memchr::memchr(0xED, rest) {
        let (before, from) = rest.split_at(at);
        utf8.extend_from_slice(before);
        rest = match pair(from) {
            Some(character) => {
                utf8.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
                &from[6..]
            }
            None => {
                utf8.push(0xED);
                &from[1..]
            }
        };
    }
    utf8.extend_from_slice(rest);
    String::from_utf8(utf8).ok()
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
        assert_eq!(decode("위협 \u{D7FF}".as_bytes(), None).unwrap().encoding, "UTF-8");
    }
}
