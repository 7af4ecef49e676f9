//! Text strings of a PDF outside of pages (ISO 32000-1, 7.9.2.2).

/// The characters of PDFDocEncoding from 0x80 to 0xA0 (ISO 32000-1, D.2).
const UPPER: [char; 33] = [
    '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™', 'ﬁ', 'ﬂ',
    'Ł', 'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž', '\u{fffd}', '€',
];

/// Decodes a text string: UTF-16 or UTF-8 with a byte order mark, or PDFDocEncoding. Languages in escapes are left out.
pub(super) fn decoded(bytes: &[u8]) -> String {
    let text = match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding.decode(bytes).0.into_owned(),
        None => bytes.iter().map(|byte| letter(*byte)).collect(),
    };
    let mut is_escape = false;
    text.chars()
        .filter(|c| {
            is_escape ^= *c == '\u{1b}';
            !is_escape && *c != '\u{1b}'
        })
        .collect()
}

fn letter(byte: u8) -> char {
    match byte {
        0x80..=0xa0 => UPPER.get(usize::from(byte - 0x80)).copied().unwrap_or(char::REPLACEMENT_CHARACTER),
        other => char::from(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_strings_are_decoded() {
        assert_eq!(decoded(b"Talks \x8d\xe4\x8e"), "Talks “ä”");
        assert_eq!(decoded(b"\xfe\xff\0T\x20\x19"), "T’");
        assert_eq!(decoded(b"\xfe\xff\0\x1b\0d\0e\0\x1b\0T"), "T");
        assert_eq!(decoded(b"\xef\xbb\xbf\xc3\xa4"), "ä");
    }
}
