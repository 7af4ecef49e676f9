//! EUC-TW, which is recognised so that it is not read as another encoding.

/// Least number of characters that tell the encoding.
const LEAST: usize = 8;

/// Returns whether bytes that consist of pairs are EUC-TW: the characters of CNS 11643 start at row 36, where those of
/// other encodings with such pairs are rare, and the rows from 16 on, with the frequent ones of GB 2312 and KS X 1001, are
/// empty.
pub(super) fn is_euc_tw(bytes: &[u8]) -> bool {
    let (mut characters, mut frequent) = (0_usize, 0_usize);
    let mut rest = bytes;
    loop {
        rest = match rest {
            [] => break,
            [first, after @ ..] if first.is_ascii() => after,
            [0x8E, 0xA1..=0xB0, 0xA1..=0xFE, 0xA1..=0xFE, after @ ..] => {
                (characters, frequent) = (characters + 1, frequent + 1);
                after
            }
            [0xC4..=0xFD, 0xA1..=0xFE, after @ ..] => {
                (characters, frequent) = (characters + 1, frequent + 1);
                after
            }
            [0xA1..=0xA7, 0xA1..=0xFE, after @ ..] => {
                characters += 1;
                after
            }
            _ => return false,
        };
    }
    characters >= LEAST && frequent * 2 >= characters
}
